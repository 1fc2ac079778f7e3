import { GraphError, invalidParameter } from './errors';
import { checkInteractive } from './interactiveRules';
import { checkMedia, type MediaExists } from './mediaRules';
import type { Json } from './types';

type Check = (content: Json, mediaExists: MediaExists) => void;

/** Free-form kinds: the keys of their content, and their check (Meta: Messages). */
const KINDS: Record<string, { keys?: string[]; check: Check }> = {
	text: {
		keys: ['body', 'preview_url'],
		check: ({ body }) => {
			if (typeof body !== 'string' || !body) {
				throw invalidParameter("The parameter text['body'] is required.");
			}
			atMost("text['body']", body, 4096);
		},
	},
	image: media('image', ['caption']),
	video: media('video', ['caption']),
	audio: media('audio', ['voice']),
	document: media('document', ['caption', 'filename']),
	sticker: media('sticker', []),
	location: {
		keys: ['latitude', 'longitude', 'name', 'address'],
		check: ({ latitude, longitude }) => {
			inRange("location['latitude']", latitude, 90);
			inRange("location['longitude']", longitude, 180);
		},
	},
	contacts: { check: checkContacts },
	reaction: {
		keys: ['message_id', 'emoji'],
		check: ({ message_id: id, emoji }) => {
			if (typeof id !== 'string' || !id) {
				throw invalidParameter("The parameter reaction['message_id'] is required.");
			}
			if (typeof emoji !== 'string') {
				throw invalidParameter("The parameter reaction['emoji'] is required.");
			}
		},
	},
	interactive: { check: checkInteractive },
};

/**
 * Checks a free-form message as the API does before it accepts it.
 * @throws GraphError 100, 131008 or 131009
 */
export function checkFreeForm(type: string, body: Json, mediaExists: MediaExists): void {
	const kind = KINDS[type];
	if (!kind) {
		throw invalidParameter(
			`Param type must be one of {${[...Object.keys(KINDS), 'template'].join(', ')}} - got "${type}".`,
		);
	}
	const content = body[type];
	if (typeof content !== 'object' || content === null) {
		throw invalidParameter(`The parameter ${type} is required.`);
	}
	for (const key of kind.keys ? Object.keys(content) : []) {
		if (!kind.keys?.includes(key)) {
			throw invalidParameter('Invalid parameter', `Unexpected key "${key}" on param "${type}".`);
		}
	}
	kind.check(content as Json, mediaExists);
}

/** @throws GraphError 100 when the text is longer than Meta takes it */
export function atMost(param: string, text: unknown, limit: number): void {
	if (typeof text === 'string' && [...text].length > limit) {
		throw invalidParameter(`Param ${param} must be at most ${limit} characters long.`);
	}
}

function media(kind: string, extra: string[]): { keys: string[]; check: Check } {
	return {
		keys: ['id', 'link', ...extra],
		check: (content, mediaExists) => {
			checkMedia(kind, content, mediaExists);
			atMost(`${kind}['caption']`, content.caption, 1024);
		},
	};
}

function inRange(param: string, value: unknown, limit: number): void {
	if (value === undefined || value === '') {
		throw invalidParameter(`The parameter ${param} is required.`);
	}
	if (!(Math.abs(Number(value)) <= limit)) {
		throw new GraphError(131009, { details: `${param} must be between -${limit} and ${limit}` });
	}
}

const CONTACT_KEYS = ['name', 'phones', 'emails', 'urls', 'addresses', 'org', 'birthday'];
function isWhatsAppId(id: unknown): boolean {
	return typeof id === 'string' && /^[1-9]\d{6,14}$/.test(id);
}

function checkContacts(content: Json): void {
	if (!Array.isArray(content) || !content.length) {
		throw invalidParameter('Param contacts must be a non-empty array.');
	}
	if (content.length > 257) {
		throw invalidParameter('Param contacts must have at most 257 elements.');
	}
	content.forEach((contact: Json, index) => {
		const unexpected = Object.keys(contact).find((key) => !CONTACT_KEYS.includes(key));
		if (unexpected !== undefined) {
			throw invalidParameter(
				'Invalid parameter',
				`Unexpected key "${unexpected}" on param "contacts[${index}]".`,
			);
		}
		const name = contact.name as Json | undefined;
		if (typeof name?.formatted_name !== 'string' || !name.formatted_name) {
			throw invalidParameter(
				`The parameter contacts[${index}]['name']['formatted_name'] is required.`,
			);
		}
		const phones = Array.isArray(contact.phones) ? (contact.phones as Json[]) : [];
		const wrong = phones.find(({ wa_id: id }) => id !== undefined && !isWhatsAppId(id));
		if (wrong) {
			throw new GraphError(131009, {
				details: `contacts[${index}]['phones']: wa_id '${String(wrong.wa_id)}' is not valid`,
			});
		}
	});
}
