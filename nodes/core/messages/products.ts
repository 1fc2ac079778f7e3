import { checkCount, type Limits } from '../input/entries';
import { NO_LIMIT, requiredLabel } from '../input/text';

/**
 * The IDs of products in a catalog (Content ID or SKU in Meta's Commerce Manager), from a list or
 * from a text with commas or line breaks between them.
 *
 * @throws InputError('Products') when there are too few or too many, InputError('Product ID') for
 * one that is no text
 */
export function productIds(value: unknown, limits: Limits, where = ''): string[] {
	const given: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/[,\n]/).filter((id) => id.trim() !== '')
			: [value ?? []].flat();
	checkCount('Products', given.length, limits, where);
	return given.map((id) => productId(id, where));
}

/** @throws InputError('Product ID') */
export function productId(value: unknown, where = ''): string {
	return requiredLabel('Product ID', value, NO_LIMIT, where);
}

/** @throws InputError('Catalog') */
export function catalogId(value: unknown): string {
	return requiredLabel('Catalog', value, NO_LIMIT);
}
