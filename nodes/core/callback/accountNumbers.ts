import type { CloudApi } from '../transport/cloudApi';

type BusinessNumber = Awaited<ReturnType<CloudApi['listBusinessNumbers']>>['entries'][number];

/** All numbers of the business account, page by page: who looks for one need not ask for all. */
export async function* accountNumbers(
	cloud: Pick<CloudApi, 'listBusinessNumbers'>,
): AsyncGenerator<BusinessNumber, void, undefined> {
	let after: string | undefined;
	do {
		const { entries, next } = await cloud.listBusinessNumbers(after);
		yield* entries;
		after = next;
	} while (after);
}
