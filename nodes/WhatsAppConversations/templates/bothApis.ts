import type { Product } from '../../core/transport/analyticsApi';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Item } from '../run/item';

/**
 * What Meta reports of templates, by whichever of its APIs they went out. Where it tells nothing of the
 * second one, a hint of the run says so.
 *
 * @throws ProviderRefusal
 */
export async function ofBothApis<T>(
	item: Item,
	ask: (product: Product) => Promise<T[]>,
): Promise<T[]> {
	const points = await ask('CLOUD_API');
	const others = await ask('MARKETING_MESSAGES_LITE_API').catch((error: unknown) => {
		if (!(error instanceof ProviderRefusal)) throw error;
		item.session.hint(
			`What went out by the Marketing Messages API is not among these: ${error.message}`,
		);
		return [];
	});
	return [...points, ...others];
}
