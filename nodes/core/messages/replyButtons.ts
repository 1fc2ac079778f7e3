import { InputError } from '../inputError';

import { optionalText, requiredText } from './fields';
import { mediaContent, type MediaSource } from './media';
import type { InteractiveHeader, ReplyButtonsMessage } from './types';

/** Limits, in characters (Meta: Interactive reply buttons messages). */
const MAX_BODY = 1024;
const MAX_HEADER = 60;
const MAX_FOOTER = 60;
const MAX_BUTTON_TEXT = 20;
const MAX_BUTTON_ID = 256;
const MAX_BUTTONS = 3;

export interface ReplyButtonInput {
	/** What the contact reads and taps. */
	title: unknown;
	/** What the trigger reports when the button is tapped; the title when empty. */
	id?: unknown;
}

export type HeaderInput =
	| { type: 'text'; text: unknown }
	| { type: 'image' | 'video' | 'document'; source: MediaSource; fileName?: unknown };

export interface ReplyButtonsInput {
	body: unknown;
	/** 1 to 3. */
	buttons: ReplyButtonInput[];
	header?: HeaderInput;
	footer?: unknown;
}

/** `undefined` for a text header without text. */
function headerOf(header: HeaderInput): InteractiveHeader | undefined {
	if (header.type === 'text') {
		const text = optionalText('Header', header.text, MAX_HEADER);
		return text === undefined ? undefined : { type: 'text', text };
	}
	const content = mediaContent(header.type, header.source, { fileName: header.fileName });
	return { type: header.type, [header.type]: content } as InteractiveHeader;
}

function refuseRepeats(field: string, values: string[]): void {
	values.forEach((value, index) => {
		const first = values.indexOf(value);
		if (first === index) return;
		throw new InputError(
			field,
			`Button ${index + 1}: '${field}' is the same as that of button ${first + 1}.`,
			'Give every button a text and an ID of its own.',
		);
	});
}

function buttonsOf(buttons: ReplyButtonInput[]): Array<{ id: string; title: string }> {
	if (buttons.length < 1 || buttons.length > MAX_BUTTONS) {
		throw new InputError(
			'Buttons',
			`'Buttons' has ${buttons.length} entries; WhatsApp takes 1 to ${MAX_BUTTONS}.`,
			buttons.length < 1 ? 'Add a button, or send a text.' : 'Remove buttons.',
		);
	}
	const replies = buttons.map((button, index) => {
		const where = `Button ${index + 1}: `;
		const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
		const title = requiredText('Button Text', trimmed(button.title), MAX_BUTTON_TEXT, where);
		const id = optionalText('Button ID', trimmed(button.id), MAX_BUTTON_ID, where) ?? title;
		return { id, title };
	});
	refuseRepeats(
		'Button Text',
		replies.map(({ title }) => title),
	);
	refuseRepeats(
		'Button ID',
		replies.map(({ id }) => id),
	);
	return replies;
}

/**
 * A text with one to three buttons; a tap comes back as a message of the contact.
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Buttons', 'Button Text', 'Button ID', or a field
 * of the header's file)
 */
export function replyButtonsMessage(input: ReplyButtonsInput): ReplyButtonsMessage {
	const header = input.header && headerOf(input.header);
	const footer = optionalText('Footer', input.footer, MAX_FOOTER);
	return {
		type: 'interactive',
		interactive: {
			type: 'button',
			...(header && { header }),
			body: { text: requiredText('Body', input.body, MAX_BODY) },
			...(footer !== undefined && { footer: { text: footer } }),
			action: {
				buttons: buttonsOf(input.buttons).map((reply) => ({ type: 'reply', reply })),
			},
		},
	};
}
