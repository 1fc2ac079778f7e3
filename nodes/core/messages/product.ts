import { interactive, optionalPartsOf } from './interactive';
import { catalogId, productId } from './products';
import type { ProductMessage } from './types';

export interface ProductInput {
	catalogId: unknown;
	productId: unknown;
	body?: unknown;
	footer?: unknown;
}

/**
 * One product of the catalog that is connected to the account (Meta: Single-product messages).
 *
 * @throws InputError('Body', 'Footer', 'Catalog' or 'Product ID')
 */
export function productMessage(input: ProductInput): ProductMessage {
	return interactive('product', optionalPartsOf(input), {
		catalog_id: catalogId(input.catalogId),
		product_retailer_id: productId(input.productId),
	});
}
