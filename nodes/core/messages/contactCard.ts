import { DateTime } from 'luxon';

import { InputError } from '../inputError';
import { internationalDigits } from '../phoneNumber';

import { NO_LIMIT, optionalLabel, requiredLabel } from './fields';
import { optionalObject } from './json';
import { namedTexts, type Labels } from './namedTexts';
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
const RECEIVED_ONLY = ['origin', 'vcard'];

/** What stands in a list of the card; entries with nothing but a type are left out. */
function listOf<Name extends string>(
	field: string,
	value: unknown,
	labels: Labels<Name>,
	where: string,
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
		.map((entry: unknown) => namedTexts(field, entry, labels, where))
		.filter((texts) => Object.keys(texts).some((name) => name !== 'type'));
}

function nameOf(value: unknown, where: string): ContactCard['name'] {
	const texts = namedTexts('Name', value, NAME, where);
	const { formatted_name: formatted, ...parts } = texts;
	const joined = [parts.prefix, parts.first_name, parts.middle_name, parts.last_name, parts.suffix]
		.filter((part) => part !== undefined)
		.join(' ');
	const shown = requiredLabel('Formatted Name', formatted ?? joined, NO_LIMIT, where);
	// Meta asks for one of the other parts too.
	return { formatted_name: shown, ...(joined === '' ? { first_name: shown } : parts) };
}

function phonesOf(value: unknown, where: string): NonNullable<ContactCard['phones']> {
	return listOf('Phones', value, PHONE, where).map(({ phone, type, wa_id: whatsApp }) => {
		const digits =
			whatsApp === undefined
				? undefined
				: internationalDigits(whatsApp, {
						field: 'WhatsApp Number',
						where,
						hint: 'Write the number with its country code, or leave the field empty.',
					});
		return {
			phone: phone ?? `+${digits}`,
			...(type !== undefined && { type }),
			...(digits !== undefined && { wa_id: digits }),
		};
	});
}

function emailsOf(value: unknown, where: string): NonNullable<ContactCard['emails']> {
	return listOf('Emails', value, EMAIL, where).map(({ email, type }) => {
		const address = requiredLabel('Email', email, NO_LIMIT, where);
		if (/^[^\s@]+@[^\s@]+$/.test(address)) {
			return { email: address, ...(type !== undefined && { type }) };
		}
		throw new InputError(
			'Email',
			`${where}'Email' is not an e-mail address: '${address}'.`,
			'Write one address such as anna@example.com.',
		);
	});
}

function urlsOf(value: unknown, where: string): NonNullable<ContactCard['urls']> {
	return listOf('Websites', value, WEBSITE, where).map(({ url, type }) => ({
		url: requiredLabel('Website', url, NO_LIMIT, where),
		...(type !== undefined && { type }),
	}));
}

function addressesOf(value: unknown, where: string): NonNullable<ContactCard['addresses']> {
	const addresses = listOf('Addresses', value, ADDRESS, where);
	for (const { country_code: code } of addresses) {
		if (code === undefined || /^[a-z]{2}$/i.test(code)) continue;
		throw new InputError(
			'Country Code',
			`${where}'Country Code' is not a code of two letters: '${code}'.`,
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
 * from the other parts of the name where it is absent, and the first name taken from it where there
 * is no other part.
 *
 * @param where what goes before the names of fields: `Contact 2: `
 * @throws InputError, naming the field
 */
export function contactCard(value: unknown, where = ''): ContactCard {
	const card = optionalObject('Contacts', value, where) ?? {};
	const unknown = Object.keys(card).find((key) => ![...PARTS, ...RECEIVED_ONLY].includes(key));
	if (unknown !== undefined) {
		throw new InputError(
			'Contacts',
			`${where}'Contacts' has an entry '${unknown}', which WhatsApp does not know.`,
			`Use only: ${PARTS.join(', ')}.`,
		);
	}
	const name = nameOf(card.name, where);
	const org = namedTexts('Organisation', card.org, ORGANISATION, where);
	const lists = {
		phones: phonesOf(card.phones, where),
		emails: emailsOf(card.emails, where),
		urls: urlsOf(card.urls, where),
		addresses: addressesOf(card.addresses, where),
	};
	const birthday = birthdayOf(card.birthday, where);
	return {
		name,
		...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
		...(Object.keys(org).length > 0 && { org }),
		...(birthday !== undefined && { birthday }),
	};
}
