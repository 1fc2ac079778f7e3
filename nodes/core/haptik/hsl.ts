import type { IDataObject } from 'n8n-workflow';

import { NO_LIMIT, optionalLabel, requiredLabel, requiredText } from '../input/text';
import { webAddress } from '../input/webAddress';
import { ctaUrlMessage } from '../messages/ctaUrl';
import { MAX_BODY, MAX_BUTTON_ID, MAX_BUTTON_TEXT } from '../messages/interactive';
import { mediaMessage } from '../messages/media';
import { replyButtonsMessage } from '../messages/replyButtons';
import type { CloudMessage } from '../messages/types';
import { fileNameIn } from '../templates/mediaReference';

import {
	holdsSomething,
	isSet,
	listIn,
	objectIn,
	refuse,
	refuseGaps,
	unknownParts,
} from './payload';

/** What became of an HSL element, with a note for every part that has no counterpart. */
export type ConvertedHsl = { from: 'hsl'; notes: string[] } & (
	| { to: 'text'; text: string }
	| { to: 'linkButton' | 'document' | 'buttons'; message: CloudMessage }
);

/** Where an element of a type keeps what can be tapped. */
const ITEMS: Partial<Record<string, string>> = { BUTTON: 'items', TEXT: 'quick_replies' };

/**
 * Endings of links that lead to a file: the formats that WhatsApp names (rules R53 to R56, D11), and
 * the tables and archives that are sent as documents as often.
 */
const FILE_ENDINGS = new Set([
	...['pdf', 'txt', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip'],
	...['jpg', 'jpeg', 'png', 'mp4', '3gp', '3gpp'],
	...['aac', 'amr', 'mp3', 'mpeg', 'm4a', 'ogg'],
]);

/**
 * The message that an HSL element stands for (rules R57 and D17): one link becomes a link button or,
 * where it leads to a file, a document; items that send a message become reply buttons.
 *
 * @throws InputError for what has no counterpart
 */
export function convertHsl(element: IDataObject): ConvertedHsl {
	refuseGaps(String(element.text ?? ''));
	const type = String(element.type ?? '');
	const key = ITEMS[type];
	if (key === undefined) {
		refuse(
			type === '' ? "'type' is missing." : `'type' is '${type}', which has no counterpart.`,
			`Elements of the types ${Object.keys(ITEMS).join(' and ')} are converted; send others with a 'Message Type' of their own.`,
		);
	}
	const data = holdsSomething(element.data) ? objectIn(element, 'data') : {};
	const items = listIn(data, key, `data.${key}`).map(readItem);
	const notes = [
		...unknownParts(element, ['text', 'type', 'data']),
		...unknownParts(data, [key], 'data.'),
		...items.flatMap((item) => item.notes),
	];
	if (items.length === 0) {
		if (type === 'BUTTON') refuse("'data.items' is empty.", 'An element needs at least one item.');
		const text = requiredText('text', element.text, NO_LIMIT);
		return { from: 'hsl', to: 'text', text, notes };
	}
	const converted = items.some(({ isLink }) => isLink)
		? fromLink(element.text, items)
		: fromReplies(element.text, items);
	return { from: 'hsl', ...converted, notes: [...notes, ...converted.notes] };
}

/** One thing to tap. */
interface Item {
	isLink: boolean;
	/** What goes before the name of its parts: `Item 2: `. */
	where: string;
	label: unknown;
	payload: IDataObject;
	notes: string[];
}

function readItem(item: IDataObject, index: number): Item {
	const where = `Item ${index + 1}: `;
	const payload = holdsSomething(item.payload) ? objectIn(item, 'payload', 'payload', where) : {};
	if (isSet(item.location_required)) {
		refuse(
			`${where}'location_required' is set, and a button does not tell where the contact is.`,
			"Set it to false, and ask with the 'Message Type' Location Request.",
		);
	}
	const isLink = isLinkItem(item, payload, where);
	const known = isLink
		? ['message', 'gogo_message', linkKey(payload)]
		: ['message', 'gogo_message'];
	const notes = [
		...unknownParts(item, [...ITEM_KEYS, 'is_default'], '', where),
		...unknownParts(payload, known, 'payload.', where),
	];
	if (isSet(item.is_default)) {
		notes.push(`${where}'is_default' was left out: on WhatsApp only the buttons can be tapped.`);
	}
	return { isLink, where, label: item.actionable_text, payload, notes };
}

const ITEM_KEYS = ['actionable_text', 'location_required', 'uri', 'type', 'payload'];

/** Whether an item opens a link; if not, it sends a message. @throws InputError for all others */
function isLinkItem({ type, uri }: IDataObject, payload: IDataObject, where: string): boolean {
	if (uri === 'LINK' && type === 'APP_ACTION') return true;
	const isMessage = holdsSomething(payload.message) || holdsSomething(payload.gogo_message);
	if (!holdsSomething(uri) && (type === 'TEXT_ONLY' || isMessage)) return false;
	return refuse(
		`${where}'uri' is '${String(uri ?? '')}' and 'type' is '${String(type ?? '')}', which has no counterpart.`,
		"Items that open a link ('APP_ACTION' with 'LINK') or send a message ('TEXT_ONLY') are converted.",
	);
}

type Message = Omit<Extract<ConvertedHsl, { message: CloudMessage }>, 'from'>;

/** @throws InputError unless the link stands alone */
function fromLink(text: unknown, items: Item[]): Message {
	if (items.length > 1) {
		refuse(
			`it has ${items.length} items and a link among them; a WhatsApp message takes one link and nothing else to tap.`,
			'Make an element of each link, and another one of what sends a message.',
		);
	}
	const [{ where, label, payload }] = items;
	const notes = ['message', 'gogo_message']
		.filter((key) => holdsSomething(payload[key]))
		.map((key) => `${where}'payload.${key}' was left out: a tap on a link sends nothing.`);
	const body = requiredText('text', text, MAX_BODY);
	const url = linkOf(payload, where);
	const fileName = fileNameIn(url);
	if (!fileName || !isFile(fileName)) {
		const buttonText = requiredLabel('actionable_text', label, MAX_BUTTON_TEXT, where);
		return { to: 'linkButton', message: ctaUrlMessage({ body, buttonText, url }), notes };
	}
	if (holdsSomething(label)) {
		notes.push(`${where}'actionable_text' was left out: a document has no button.`);
	}
	const message = mediaMessage('document', { link: url }, { caption: body, fileName });
	return { to: 'document', message, notes };
}

/** Where a payload has its link: the key is `url`, in older bots `link`. */
function linkKey({ url, link }: IDataObject): string {
	return !holdsSomething(url) && holdsSomething(link) ? 'link' : 'url';
}

/** @throws InputError for anything but a web address, and for a file that is not at an https one */
function linkOf(payload: IDataObject, where: string): string {
	const key = linkKey(payload);
	const hint = 'Use an address that begins with https://; a file must open without signing in.';
	const address = (protocols: string[]) =>
		webAddress(`payload.${key}`, payload[key], { protocols, hint }, where);
	const url = address(['https:', 'http:']);
	return isFile(fileNameIn(url) ?? '') ? address(['https:']) : url;
}

function isFile(fileName: string): boolean {
	return FILE_ENDINGS.has(fileName.split('.').pop()?.toLowerCase() ?? '');
}

/** @throws InputError for more than three items */
function fromReplies(text: unknown, items: Item[]): Message {
	const notes: string[] = [];
	const buttons = items.map(({ where, label, payload: { message, gogo_message: own } }) => {
		const id = holdsSomething(own) ? own : message;
		if (holdsSomething(own) && holdsSomething(message) && own !== message) {
			notes.push(`${where}'payload.message' was left out: 'payload.gogo_message' comes back.`);
		}
		return {
			title: requiredLabel('actionable_text', label, MAX_BUTTON_TEXT, where),
			id: optionalLabel('payload.message', id, MAX_BUTTON_ID, where),
		};
	});
	const body = requiredText('text', text, MAX_BODY);
	return { to: 'buttons', message: replyButtonsMessage({ body, buttons }), notes };
}
