import { interactive, partsOf } from './interactive';
import { catalogId, productIds } from './products';
import type { ProductCarouselMessage } from './types';

/** Meta: Interactive product carousel messages. */
const MIN_CARDS = 2;
const MAX_CARDS = 10;

export interface ProductCarouselInput {
	body: unknown;
	catalogId: unknown;
	/** 2 to 10 IDs of products: a list, or a text with commas or line breaks between them. */
	products: unknown;
}

/**
 * A text with two to ten products side by side.
 *
 * @throws InputError('Body', 'Catalog', 'Products' or 'Product ID')
 */
export function productCarouselMessage(input: ProductCarouselInput): ProductCarouselMessage {
	const parts = partsOf({ body: input.body });
	const catalog = catalogId(input.catalogId);
	const ids = productIds(input.products, [MIN_CARDS, MAX_CARDS]);
	return interactive('carousel', parts, {
		cards: ids.map((id, index) => ({
			card_index: index,
			type: 'product',
			action: { product_retailer_id: id, catalog_id: catalog },
		})),
	});
}
