import { accountNumbers } from '../../../nodes/core/callback/accountNumbers';
import type { BusinessNumber } from '../../../nodes/core/transport/transport';

const number = (id: string): BusinessNumber => ({
	id,
	displayPhoneNumber: '',
	verifiedName: '',
	callbackUrl: '',
});

/** An account with three numbers on two pages, and what it was asked. */
function account() {
	const asked: Array<string | undefined> = [];
	const listBusinessNumbers = async (after?: string) => {
		asked.push(after);
		return after === 'more'
			? { entries: [number('3')] }
			: { entries: [number('1'), number('2')], next: 'more' };
	};
	return { asked, listBusinessNumbers };
}

it('goes through all pages', async () => {
	const ids: string[] = [];
	for await (const { id } of accountNumbers(account())) ids.push(id);
	expect(ids).toEqual(['1', '2', '3']);
});

it('asks for no further page than is looked at', async () => {
	const cloud = account();
	for await (const { id } of accountNumbers(cloud)) if (id === '2') break;
	expect(cloud.asked).toEqual([undefined]);
});
