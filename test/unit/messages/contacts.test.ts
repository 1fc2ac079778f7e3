import {
	contactsFromFields,
	contactsFromJson,
	contactsMessage,
	type ContactFields,
} from '../../../nodes/core/messages/contacts';

import { refusal } from './refusal';

const anna = { name: { formatted_name: 'Anna Example', first_name: 'Anna' } };
const cardOf = (contact: unknown) => contactsMessage([contact]).contacts[0];
const withName = (parts: object) => ({ ...anna, ...parts });

describe('contactsMessage', () => {
	it('takes everything that Meta knows', () => {
		const contact = {
			name: {
				formatted_name: 'Dr. Anna B. Example Jr.',
				first_name: 'Anna',
				middle_name: 'B.',
				last_name: 'Example',
				prefix: 'Dr.',
				suffix: 'Jr.',
			},
			phones: [{ phone: '+1 (940) 555-1234', type: 'CELL', wa_id: '19405551234' }, { phone: '7' }],
			emails: [{ email: 'anna@example.com', type: 'WORK' }],
			urls: [{ url: 'www.example.com', type: 'Company' }],
			addresses: [
				{
					street: '1 Way',
					city: 'A',
					state: 'CA',
					zip: '94025',
					country: 'United States',
					country_code: 'us',
					type: 'HOME',
				},
			],
			org: { company: 'Example', department: 'Design', title: 'Manager' },
			birthday: '2012-08-18',
		};
		expect(contactsMessage([contact, anna])).toEqual({
			type: 'contacts',
			contacts: [contact, anna],
		});
	});

	it.each<[string, object, object]>([
		[
			'a formatted name only',
			{ formatted_name: 'Anna' },
			{ formatted_name: 'Anna', first_name: 'Anna' },
		],
		[
			'parts only',
			{ first_name: ' Anna ', last_name: 'Example', prefix: 'Dr.' },
			{
				formatted_name: 'Dr. Anna Example',
				first_name: 'Anna',
				last_name: 'Example',
				prefix: 'Dr.',
			},
		],
		['numbers', { formatted_name: 7 }, { formatted_name: '7', first_name: '7' }],
	])('completes a name: %s', (_name, name, built) => {
		expect(cardOf({ name }).name).toEqual(built);
	});

	it.each<[string, object, object]>([
		['empty lists', { phones: [], emails: null, org: {} }, {}],
		[
			'empty entries',
			{ phones: [{ phone: '', type: 'CELL' }], emails: [{}], org: { title: ' ' } },
			{},
		],
		[
			'a WhatsApp number only',
			{ phones: [{ wa_id: '+49 (176) 0406-9000' }] },
			{ phones: [{ phone: '+4917604069000', wa_id: '4917604069000' }] },
		],
		[
			'a date with a time',
			{ birthday: '1999-01-23T00:00:00.000+02:00' },
			{ birthday: '1999-01-23' },
		],
		[
			'what only received cards have',
			{
				origin: 'other',
				vcard: 'BEGIN:VCARD',
				ims: [{ service: 'AIM', user_id: 'anna' }],
				contact_image: '/9j/4AAQ',
			},
			{},
		],
		['unknown entries that are empty', { ims: [], photo: null, social: {}, note: '' }, {}],
	])('takes %s', (_name, parts, built) => {
		expect(cardOf(withName(parts))).toEqual({ ...anna, ...built });
	});

	it.each<[string, object, string]>([
		['the organisation', { org: { company: 'Example Inc.' } }, 'Example Inc.'],
		['a number', { name: {}, phones: [{ phone: '+49 176 04069000' }] }, '+49 176 04069000'],
		['an e-mail address', { emails: [{ email: 'anna@example.com' }] }, 'anna@example.com'],
	])('names a card without a name after %s', (_what, contact, name) => {
		expect(cardOf(contact).name).toEqual({ formatted_name: name, first_name: name });
	});

	it('leaves out what WhatsApp does not know of a card that is sent on, and tells it', () => {
		const leftOut: string[] = [];
		const received = withName({
			pronouns: 'she',
			phones: [{ phone: '7', wa_id: '4917604069000', user_id: 'DE.1' }],
		});
		const { contacts } = contactsMessage([received], (entry) => leftOut.push(entry));
		expect(contacts).toEqual([{ ...anna, phones: [{ phone: '7', wa_id: '4917604069000' }] }]);
		expect(leftOut).toEqual([
			"Contact 1: 'Contacts' has an entry 'pronouns'",
			"Contact 1: 'Phones' has an entry 'user_id'",
		]);
	});

	it.each<[string, object, string]>([
		['is meant by another name', withName({ phone: '7' }), 'phone'],
		['is all there is', withName({ phones: [{ number: '7' }] }), 'number'],
	])('refuses an unknown entry that %s', (_what, contact, entry) => {
		const thrown = refusal(() => contactsMessage([contact], () => undefined));
		expect(thrown.message).toContain(`has an entry '${entry}'`);
	});

	it('takes 257 contacts', () => {
		expect(contactsMessage(Array(257).fill(anna)).contacts).toHaveLength(257);
	});

	it.each<[string, unknown[], string, RegExp]>([
		['no contacts', [], 'Contacts', /0 entries/],
		['258 contacts', Array(258).fill(anna), 'Contacts', /258 entries; .* at most 257/],
		['text for a contact', ['Anna'], 'Contacts', /not valid JSON/],
		['no contact', [anna, null], 'Formatted Name', /^Contact 2: 'Formatted Name' is empty/],
		['no name', [anna, { phones: [] }], 'Formatted Name', /^Contact 2: 'Formatted Name' is empty/],
		['text for a name', [{ name: 7 }], 'Name', /^Contact 1: 'Name' is not an object/],
		['an unknown part', [withName({ phone: '7' })], 'Contacts', /has an entry 'phone'/],
		['an unknown name', [{ name: { full_name: 'A' } }], 'Name', /has an entry 'full_name'/],
		[
			'an unknown entry',
			[withName({ phones: [{ number: '7' }] })],
			'Phones',
			/has an entry 'number'/,
		],
		['no list', [withName({ phones: { phone: '7' } })], 'Phones', /is not a list/],
		['a list of texts', [withName({ emails: [7] })], 'Emails', /is not an object/],
		['an object as number', [withName({ phones: [{ phone: {} }] })], 'Phone Number', /not text/],
		[
			'a WhatsApp number with another ending',
			[withName({ phones: [{ wa_id: '4917604069000/6' }] })],
			'WhatsApp Number',
			/^Contact 1: 'WhatsApp Number' has digits that are not part of one number/,
		],
		[
			'a shortened WhatsApp number',
			[withName({ phones: [{ wa_id: '9.19877E+11' }] })],
			'WhatsApp Number',
			/spreadsheet has shortened/,
		],
		['a WhatsApp name', [withName({ phones: [{ wa_id: 'anna' }] })], 'WhatsApp Number', /'anna'/],
		[
			'no e-mail address',
			[withName({ emails: [{ email: 'anna' }] })],
			'Email',
			/not an e-mail address: 'anna'/,
		],
		['a country', [withName({ addresses: [{ country_code: 'USA' }] })], 'Country Code', /'USA'/],
		['another order', [withName({ birthday: '23.01.1999' })], 'Birthday', /'23\.01\.1999'/],
		['no such day', [withName({ birthday: '1999-02-30' })], 'Birthday', /not a date/],
	])('refuses %s', (_name, contacts, field, message) => {
		const thrown = refusal(() => contactsMessage(contacts));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});

describe('contactsFromFields', () => {
	it('reads the rows of a form', () => {
		const row: ContactFields = {
			formattedName: 'Anna Example',
			firstName: 'Anna',
			middleName: '',
			phones: [{ phone: '+49 176 04069000', type: 'CELL', waId: '4917604069000' }],
			emails: [{ email: 'anna@example.com' }],
			urls: [{ url: 'https://example.com' }],
			addresses: [{ street: '1 Way', countryCode: 'DE' }],
			company: 'Example',
			title: 'Manager',
			birthday: '1999-01-23',
		};
		expect(contactsMessage(contactsFromFields([row])).contacts).toEqual([
			{
				name: { formatted_name: 'Anna Example', first_name: 'Anna' },
				phones: [{ phone: '+49 176 04069000', type: 'CELL', wa_id: '4917604069000' }],
				emails: [{ email: 'anna@example.com' }],
				urls: [{ url: 'https://example.com' }],
				addresses: [{ street: '1 Way', country_code: 'DE' }],
				org: { company: 'Example', title: 'Manager' },
				birthday: '1999-01-23',
			},
		]);
	});

	it.each<[string, unknown, string]>([
		['no rows', [], 'Contacts'],
		['text', 'Anna', 'Contacts'],
		['an empty row', [{}], 'Formatted Name'],
		['text for numbers', [{ formattedName: 'A', phones: '7' }], 'Phones'],
		['text for a number', [{ formattedName: 'A', phones: [7] }], 'Phones'],
	])('refuses %s', (_name, rows, field) => {
		const build = () => contactsMessage(contactsFromFields(rows as ContactFields[]));
		expect(refusal(build).field).toBe(field);
	});
});

describe('contactsFromJson', () => {
	it.each<[string, unknown]>([
		['a list', [anna]],
		['a contact', anna],
		['a message', { type: 'contacts', contacts: [anna] }],
	])('takes %s, as such or as text', (_name, value) => {
		expect(contactsFromJson(value)).toEqual([anna]);
		expect(contactsFromJson(JSON.stringify(value))).toEqual([anna]);
	});

	it.each<[unknown, RegExp]>([
		['', /not valid JSON/],
		['{"name": ', /not valid JSON/],
		[7, /neither a contact nor a list/],
		[null, /neither a contact nor a list/],
		['"Anna"', /neither a contact nor a list/],
	])('refuses %j', (value, message) => {
		const thrown = refusal(() => contactsFromJson(value));
		expect(thrown.field).toBe('Contacts');
		expect(thrown.message).toMatch(message);
	});
});
