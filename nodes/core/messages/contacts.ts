import { checkCount, entriesOf } from '../input/entries';
import { jsonValue } from '../input/json';
import type { LeftOut } from '../input/namedTexts';
import { InputError } from '../inputError';
import { isObject } from '../isObject';

import { contactCard } from './contactCard';
import type { ContactsMessage } from './types';

/** Meta: Contacts messages. */
const MAX_CONTACTS = 257;

/** A contact as a form gives it. One of the names must be filled. */
export interface ContactFields {
	formattedName?: unknown;
	prefix?: unknown;
	firstName?: unknown;
	middleName?: unknown;
	lastName?: unknown;
	suffix?: unknown;
	/** With `waId`, the number on WhatsApp, the card has a button that opens a chat. */
	phones?: Array<{ phone?: unknown; type?: unknown; waId?: unknown }>;
	emails?: Array<{ email?: unknown; type?: unknown }>;
	urls?: Array<{ url?: unknown; type?: unknown }>;
	addresses?: Array<{
		street?: unknown;
		city?: unknown;
		state?: unknown;
		zip?: unknown;
		country?: unknown;
		countryCode?: unknown;
		type?: unknown;
	}>;
	company?: unknown;
	department?: unknown;
	/** Job title. */
	title?: unknown;
	/** YYYY-MM-DD, or a date with a time. */
	birthday?: unknown;
}

/** The same object with Meta's way of writing names: `countryCode` → `country_code`. */
function renamed(value: unknown): unknown {
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
			entry,
		]),
	);
}

const renamedAll = (value: unknown) => (Array.isArray(value) ? value.map(renamed) : value);

/**
 * Contacts in Meta's form, from the rows of a form.
 *
 * @throws InputError('Contacts') when they are no list
 */
export function contactsFromFields(rows: ContactFields[]): unknown[] {
	return entriesOf('Contacts', rows, [1, MAX_CONTACTS]).map((row) => {
		const { company, department, title, birthday, phones, emails, urls, addresses, ...name } = row;
		return {
			name: renamed(name),
			phones: renamedAll(phones),
			emails,
			urls,
			addresses: renamedAll(addresses),
			org: { company, department, title },
			birthday,
		};
	});
}

/**
 * Contacts in Meta's form, from JSON: a list, a single contact, or a message with `contacts`; as
 * such or as text.
 *
 * @throws InputError('Contacts') when it is nothing of the kind
 */
export function contactsFromJson(value: unknown): unknown[] {
	const json = jsonValue('Contacts', value);
	if (Array.isArray(json)) return json;
	if (!isObject(json)) {
		throw new InputError(
			'Contacts',
			"'Contacts' is neither a contact nor a list of contacts.",
			'Pass a list such as [{"name": {"formatted_name": "Anna Example"}}].',
		);
	}
	return Array.isArray(json.contacts) ? json.contacts : [json];
}

/**
 * One or more contacts that can be saved and called.
 *
 * @param contacts 1 to 257 in Meta's form: from {@link contactsFromFields},
 * {@link contactsFromJson} or contactsFromVCard
 * @param leftOut told of entries that WhatsApp does not know and that are left out; without it they
 * are refused
 * @throws InputError('Contacts'), or naming the field of a contact
 */
export function contactsMessage(contacts: unknown[], leftOut?: LeftOut): ContactsMessage {
	checkCount('Contacts', contacts.length, [1, MAX_CONTACTS]);
	return {
		type: 'contacts',
		contacts: contacts.map((contact, index) =>
			contactCard(contact, `Contact ${index + 1}: `, leftOut),
		),
	};
}
