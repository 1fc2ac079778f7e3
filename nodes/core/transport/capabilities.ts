import type { IDataObject } from 'n8n-workflow';

import { isForMarketingApi } from '../messages/marketing';
import type { CloudMessage } from '../messages/types';
import { UnsupportedByProvider } from '../unsupported';

import type { Capabilities } from './transport';

/** Every kind of message, by Meta's `type`. */
const ALL_MESSAGES: ReadonlyArray<CloudMessage['type']> = [
	'text',
	'image',
	'video',
	'audio',
	'document',
	'sticker',
	'location',
	'contacts',
	'interactive',
	'reaction',
	'template',
];

/** What Meta can do, and so whoever does as Meta does. */
export const EVERYTHING: Capabilities = {
	messages: ALL_MESSAGES,
	userIds: true,
	markRead: true,
	typingIndicator: true,
	mediaUpload: true,
	mediaDownload: true,
	mediaDelete: true,
	templateList: true,
	businessNumberList: true,
	authenticationTemplates: true,
	registration: true,
};

/** The kinds of message in the words of a sentence. */
const WORDS: Record<CloudMessage['type'], string> = {
	text: 'texts',
	image: 'images',
	video: 'videos',
	audio: 'audio',
	document: 'documents',
	sticker: 'stickers',
	location: 'locations',
	contacts: 'contact cards',
	interactive: 'interactive messages',
	reaction: 'reactions',
	template: 'templates',
};

/**
 * What the kind of a message, or its recipient, is too much for (rule T34).
 *
 * @param body from `requestBody()`
 * @throws UnsupportedByProvider
 */
export function refuseUnsupported(
	provider: string,
	{ messages, userIds, marketingMessages }: Capabilities,
	body: IDataObject,
): void {
	if (isForMarketingApi(body) && !marketingMessages) {
		throw new UnsupportedByProvider(
			provider,
			'Marketing Messages API',
			'messages of the Marketing Messages API',
		);
	}
	const type = body.type as CloudMessage['type'];
	// Whoever carries everything may carry what is new to us too.
	if (messages !== ALL_MESSAGES && !messages.includes(type)) {
		const field = type === 'reaction' ? 'Operation' : 'Message Type';
		throw new UnsupportedByProvider(provider, field, WORDS[type] ?? 'messages of this kind');
	}
	if ('recipient' in body && !userIds) {
		throw new UnsupportedByProvider(
			provider,
			'To',
			'messages to user IDs',
			"Write the contact's phone number into 'To'.",
		);
	}
}
