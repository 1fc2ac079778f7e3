import { EVERYTHING } from '../capabilities';
import type { CloudDialect } from '../dialect';

/** Meta's own Cloud API. */
export const META: CloudDialect = {
	provider: 'Meta Cloud API',
	capabilities: { ...EVERYTHING, marketingMessages: true },
	paths: {
		messages: (businessNumberId) => [businessNumberId, 'messages'],
		marketing: (businessNumberId) => [businessNumberId, 'marketing_messages'],
		media: (businessNumberId) => [businessNumberId, 'media'],
		file: (mediaId) => [mediaId],
	},
	upload: {
		fields: (mimeType) => ({ messaging_product: 'whatsapp', type: mimeType }),
		idIn: 'id',
	},
	templates: 'graph',
	numbers: 'graph',
};
