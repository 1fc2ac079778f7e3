import type { IDataObject } from 'n8n-workflow';

import type { MessageLink } from '../../core/transport/numberApi';

/** A link that opens a chat, as items show it. */
export function messageLinkView(link: MessageLink, businessNumberId: string): IDataObject {
	const { url, text, code, qrImageUrl } = link;
	return { url, text, code, qrImageUrl, businessNumberId };
}
