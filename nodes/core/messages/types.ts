/**
 * The canonical message: the body that Meta's Cloud API takes, without the recipient and the
 * envelope. Every transport starts from it.
 */
export type CloudMessage =
	| TextMessage
	| MediaMessage
	| ReplyButtonsMessage
	| ReactionMessage
	| TemplateMessage;

/** Meta's name of a message type: `text`, `image`, `interactive`, … */
export type MessageKind = CloudMessage['type'];

export interface TextMessage {
	type: 'text';
	text: { body: string; preview_url?: boolean };
}

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** A file: uploaded before (`id`), or fetched by WhatsApp from a public address (`link`). */
export type MediaReference = { id: string } | { link: string };

export type MediaContent = MediaReference & { caption?: string; filename?: string };

export type MediaMessage =
	| { type: 'image'; image: MediaContent }
	| { type: 'video'; video: MediaContent }
	| { type: 'audio'; audio: MediaContent }
	| { type: 'document'; document: MediaContent }
	| { type: 'sticker'; sticker: MediaContent };

/** What stands on top of an interactive message. */
export type InteractiveHeader =
	| { type: 'text'; text: string }
	| { type: 'image'; image: MediaContent }
	| { type: 'video'; video: MediaContent }
	| { type: 'document'; document: MediaContent };

export interface ReplyButtonsMessage {
	type: 'interactive';
	interactive: {
		type: 'button';
		header?: InteractiveHeader;
		body: { text: string };
		footer?: { text: string };
		action: { buttons: Array<{ type: 'reply'; reply: { id: string; title: string } }> };
	};
}

export interface ReactionMessage {
	type: 'reaction';
	/** An empty `emoji` removes the reaction. */
	reaction: { message_id: string; emoji: string };
}

export interface TemplateMessage {
	type: 'template';
	template: {
		name: string;
		language: { code: string };
		/** Built from the template's definition. */
		components?: object[];
	};
}
