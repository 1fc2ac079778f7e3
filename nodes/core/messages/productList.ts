import { checkCount, entriesOf } from '../input/entries';
import { optionalLabel, requiredLabel, requiredText } from '../input/text';

import { MAX_HEADER } from './header';
import { interactive, partsOf } from './interactive';
import { catalogId, productIds } from './products';
import type { ProductListMessage } from './types';

/** Limits (Meta: Multi-product messages); texts in characters. */
const MAX_SECTIONS = 10;
const MAX_SECTION_TITLE = 24;
const MAX_PRODUCTS = 30;

export interface ProductSectionInput {
	/** Must be filled where there are several sections. */
	title?: unknown;
	/** IDs of products: a list, or a text with commas or line breaks between them. */
	products: unknown;
}

export interface ProductListInput {
	/** Text only, and must be filled. */
	header: unknown;
	body: unknown;
	footer?: unknown;
	catalogId: unknown;
	/** 1 to 10, with 1 to 30 products altogether. */
	sections: ProductSectionInput[];
}

/**
 * Up to 30 products of the catalog that is connected to the account.
 *
 * @throws InputError('Header', 'Body', 'Footer', 'Catalog', 'Sections', 'Section Title',
 * 'Products' or 'Product ID')
 */
export function productListMessage(input: ProductListInput): ProductListMessage {
	const header = requiredText('Header', input.header, MAX_HEADER);
	const parts = partsOf({ ...input, header: { type: 'text', text: header } });
	const given = entriesOf('Sections', input.sections, [1, MAX_SECTIONS]);
	const sections = given.map(({ title, products }, index) => {
		const where = `Section ${index + 1}: `;
		const text = given.length > 1 ? requiredLabel : optionalLabel;
		const heading = text('Section Title', title, MAX_SECTION_TITLE, where);
		const ids = productIds(products, [1, MAX_PRODUCTS], where);
		return {
			...(heading !== undefined && { title: heading }),
			product_items: ids.map((id) => ({ product_retailer_id: id })),
		};
	});
	const total = sections.flatMap(({ product_items }) => product_items).length;
	checkCount('Products', total, [1, MAX_PRODUCTS], 'All sections together: ');
	return interactive('product_list', parts, { catalog_id: catalogId(input.catalogId), sections });
}
