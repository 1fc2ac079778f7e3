import { DateTime } from 'luxon';

import { optionalObject } from '../input/json';
import { checkUnknown, namedTexts, type Labels, type LeftOut } from '../input/namedTexts';
import { NO_LIMIT, optionalLabel, requiredLabel } from '../input/text';
import { InputError } from '../inputError';
import { internationalDigits } from '../phoneNumber';

import type { ContactCard } from './types';

/** What a card consists of, with the display names of its fields (Meta: Contacts messages). */
const NAME = {
	formatted_name: 'Formatted Name',
	prefix: 'Prefix',
	first_name: 'First Name',
	middle_name: 'Middle Name',
	last_name: 'Last Name',
	suffix: 'Suffix',
};
const ORGANISATION = { company: 'Company', department: 'Department', title: 'Job Title' };
const PHONE = { phone: 'Phone Number', type: 'Phone Type', wa_id: 'WhatsApp Number' };
const EMAIL = { email: 'Email', type: 'Email Type' };
const WEBSITE = { url: 'Website', type: 'Website Type' };
const ADDRESS = {
	street: 'Street',
	city: 'City',
	state: 'State',
	zip: 'Postal Code',
	country: 'Country',
	country_code: 'Country Code',
	type: 'Address Type',
};
const PARTS = ['name', 'phones', 'emails', 'urls', 'addresses', 'org', 'birthday'];

/** What received cards carry besides; WhatsApp does not take it back. */
const RECEIVED_ONLY = ['contact_image', 'ims', 'origin', 'vcard'];

/** Whose card it is, for sentences, and what to do with entries that WhatsApp does not take. */
interface Card {
	where: string;
	leftOut?: LeftOut;
}

/** What stands in a list of the card; entries with nothing but a type are left out. */
function listOf<Name extends string>(
	field: string,
	value: unknown,
	labels: Labels<Name>,
	{ where, leftOut }: Card,
): Array<Partial<Record<Name, string>>> {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) {
		throw new InputError(
			field,
			`${where}'${field}' is not a list.`,
			'Pass a list of objects, also for a single entry.',
		);
	}
	return value
		.map((entry: unknown) => namedTexts(field, entry, labels, { where, leftOut }))
		.filter((texts) => Object.keys(texts).some((name) => name !== 'type'));
}

function nameOf(
	value: unknown,
	others: Array<string | undefined>,
	{ where, leftOut }: Card,
): ContactCard['name'] {
	const texts = namedTexts('Name', value, NAME, { where, leftOut });
	const { formatted_name: formatted, ...parts } = texts;
	const joined = [parts.prefix, parts.first_name, parts.middle_name, parts.last_name, parts.suffix]
		.filter((part) => part !== undefined)
		.join(' ');
	const given = [formatted, joined, ...others].find((name) => name !== undefined && name !== '');
	const shown = requiredLabel('Formatted Name', given, NO_LIMIT, where);
	// Meta asks for one of the other parts too.
	return { formatted_name: shown, ...(joined === '' ? { first_name: shown } : parts) };
}

function phonesOf(value: unknown, card: Card): NonNullable<ContactCard['phones']> {
	return listOf('Phones', value, PHONE, card).map(({ phone, type, wa_id: whatsApp }) => {
		const digits =
			whatsApp === undefined
				? undefined
				: internationalDigits(whatsApp, {
						field: 'WhatsApp Number',
						where: card.where,
						hint: 'Write the number with its country code, or leave the field empty.',
					});
		return {
			phone: phone ?? `+${digits}`,
			...(type !== undefined && { type }),
			...(digits !== undefined && { wa_id: digits }),
		};
	});
}

function emailsOf(value: unknown, card: Card): NonNullable<ContactCard['emails']> {
	return listOf('Emails', value, EMAIL, card).map(({ email, type }) => {
		const address = requiredLabel('Email', email, NO_LIMIT, card.where);
		if (/^[^\s@]+@[^\s@]+$/.test(address)) {
			return { email: address, ...(type !== undefined && { type }) };
		}
		throw new InputError(
			'Email',
			`${card.where}'Email' is not an e-mail address: '${address}'.`,
			'Write one address such as anna@example.com.',
		);
	});
}

function urlsOf(value: unknown, card: Card): NonNullable<ContactCard['urls']> {
	return listOf('Websites', value, WEBSITE, card).map(({ url, type }) => ({
		url: requiredLabel('Website', url, NO_LIMIT, card.where),
		...(type !== undefined && { type }),
	}));
}

function addressesOf(value: unknown, card: Card): NonNullable<ContactCard['addresses']> {
	const addresses = listOf('Addresses', value, ADDRESS, card);
	for (const { country_code: code } of addresses) {
		if (code === undefined || /^[a-z]{2}$/i.test(code)) continue;
		throw new InputError(
			'Country Code',
			`${card.where}'Country Code' is not a code of two letters: '${code}'.`,
			"Write a code such as DE; the country's name belongs into 'Country'.",
		);
	}
	return addresses;
}

/** @returns YYYY-MM-DD, also out of a date with a time */
function birthdayOf(value: unknown, where: string): string | undefined {
	const text = optionalLabel('Birthday', value, NO_LIMIT, where);
	if (text === undefined) return undefined;
	const date = text.replace(/[T ].*$/, '');
	if (/^\d{4}-\d\d-\d\d$/.test(date) && DateTime.fromISO(date).isValid) return date;
	throw new InputError(
		'Birthday',
		`${where}'Birthday' is not a date: '${text}'.`,
		'Write year, month and day, such as 1999-01-23.',
	);
}

/**
 * Checks a contact in Meta's form. Empty fields are left out; the formatted name is put together
 * from the other parts of the name where it is absent, or else taken from the organisation, a number
 * or an address, and the first name is taken from it where there is no other part.
 *
 * @param where what goes before the names of fields: `Contact 2: `
 * @param leftOut takes entries that WhatsApp does not know, so that a received card can be sent on;
 * without it they are refused
 * @throws InputError, naming the field
 */
export function contactCard(value: unknown, where = '', leftOut?: LeftOut): ContactCard {
	const given = optionalObject('Contacts', value, where) ?? {};
	const known = Object.entries(given).filter(([key]) => !RECEIVED_ONLY.includes(key));
	const card = { where, leftOut };
	checkUnknown('Contacts', Object.fromEntries(known), PARTS, card);
	const org = namedTexts('Organisation', given.org, ORGANISATION, card);
	const lists = {
		phones: phonesOf(given.phones, card),
		emails: emailsOf(given.emails, card),
		urls: urlsOf(given.urls, card),
		addresses: addressesOf(given.addresses, card),
	};
	const others = [org.company, lists.phones[0]?.phone, lists.emails[0]?.email];
	const name = nameOf(given.name, others, card);
	const birthday = birthdayOf(given.birthday, where);
	return {
		name,
		...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
		...(Object.keys(org).length > 0 && { org }),
		...(birthday !== undefined && { birthday }),
	};
}
