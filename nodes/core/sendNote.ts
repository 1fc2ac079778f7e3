import { addressOf, identityOf, type ContactIdentity } from './conversation/contact';
import { isObject } from './isObject';
import { jsonIn } from './json';

/** Longest tracking data (`biz_opaque_callback_data`), in characters (Meta: Messages API). */
export const MAX_TRACKING_DATA = 512;

/** The template that was sent, as Meta writes its name, language and category. */
export interface SentTemplate {
	name: string;
	language: string;
	/** '' when Meta gave none. */
	category: string;
}

/** A message that we sent: what its statuses leave unsaid. */
export interface Send {
	contact: ContactIdentity;
	/** When it went out, epoch seconds. */
	at: number;
	template?: SentTemplate;
	/** Name of the broadcast that it is part of. */
	broadcast?: string;
}

/** By these words a note is told from the tracking data of a user. */
const PREFIX = 'n8n-nodes-whatsapp-conversations ';

/** From here on a number counts milliseconds. */
const FIRST_MILLISECONDS = 1e11;

/**
 * The tracking data of a message whose user gave none. Every status brings it back, so that it tells
 * of its send without any memory: after a restart, or in another process of n8n (rules E20, E31).
 * A template that does not fit is left out.
 */
export function writeSendNote({ contact, at, template, broadcast }: Send): string {
	const address = { to: addressOf(contact), at, ...(broadcast && { broadcast }) };
	const note = PREFIX + JSON.stringify({ ...address, ...template });
	return note.length <= MAX_TRACKING_DATA ? note : PREFIX + JSON.stringify(address);
}

/** The send of which tracking data tell; undefined unless they are a note of ours. */
export function readSendNote(trackingData: string): Send | undefined {
	if (!trackingData.startsWith(PREFIX)) return undefined;
	const { to, at, name, language, category, broadcast } = parsed(trackingData.slice(PREFIX.length));
	const contact = identityOf(to, '');
	const isTime = Number.isInteger(at) && Number(at) > 0 && Number(at) < FIRST_MILLISECONDS;
	if (!isTime || addressOf(contact) === '') return undefined;
	return {
		contact,
		at: Number(at),
		...(typeof name === 'string' && {
			template: { name, language: textOf(language), category: textOf(category) },
		}),
		...(typeof broadcast === 'string' && { broadcast }),
	};
}

function parsed(json: string): Record<string, unknown> {
	const value = jsonIn(json);
	return isObject(value) ? value : {};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
