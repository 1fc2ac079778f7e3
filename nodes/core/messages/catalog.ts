import { NO_LIMIT, optionalLabel } from '../input/text';

import { interactive, partsOf } from './interactive';
import type { CatalogMessage } from './types';

export interface CatalogInput {
	body: unknown;
	footer?: unknown;
	/** ID of the product whose picture is shown; the first one of the catalog when empty. */
	thumbnailProductId?: unknown;
}

/**
 * A text with a button that opens the catalog (Meta: Catalog messages).
 *
 * @throws InputError('Body', 'Footer' or 'Thumbnail Product ID')
 */
export function catalogMessage({ body, footer, thumbnailProductId }: CatalogInput): CatalogMessage {
	const thumbnail = optionalLabel('Thumbnail Product ID', thumbnailProductId, NO_LIMIT);
	return interactive('catalog_message', partsOf({ body, footer }), {
		name: 'catalog_message',
		...(thumbnail !== undefined && {
			parameters: { thumbnail_product_retailer_id: thumbnail },
		}),
	});
}
