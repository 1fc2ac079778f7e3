import fc from 'fast-check';

import { InputError } from '../../../nodes/core/inputError';
import { contactsMessage } from '../../../nodes/core/messages/contacts';
import { contactsFromVCard } from '../../../nodes/core/messages/vCard';

import { refusal } from './refusal';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n');
const read = (text: string) => contactsMessage(contactsFromVCard(text)).contacts;
const named = (...lines: string[]) => read(card('VERSION:4.0', 'FN:Anna', ...lines))[0];

describe('contactsFromVCard', () => {
	it.each([
		['with the mark of the encoding', `\uFEFF${card('VERSION:3.0', 'FN:Anna')}`, 'Anna'],
		[
			'of an organisation',
			card('VERSION:3.0', 'N:;;;;', 'FN:', 'ORG:Example Inc.;'),
			'Example Inc.',
		],
		['with an organisation alone', card('VERSION:3.0', 'ORG:Example Inc.'), 'Example Inc.'],
		['with a number alone', card('VERSION:3.0', 'TEL:+49 176 04069000'), '+49 176 04069000'],
	])('reads a card %s', (_what, text, name) => {
		expect(read(text)[0].name).toEqual({ formatted_name: name, first_name: name });
	});

	it('reads a card of version 3.0', () => {
		const text = card(
			'VERSION:3.0',
			'N:Example;Anna;Maria,Luise;Dr.;Jr.',
			'FN:Dr. Anna Example',
			'ORG:Example\\, Inc.;Design;North',
			'TITLE:Manager',
			'item1.EMAIL;type=INTERNET;type=WORK;type=pref:anna@example.com',
			'TEL;type=CELL;type=VOICE;waid=4917604069000:+49 176 04069000',
			'TEL;TYPE="voice,home":+49 30 1234567',
			'item2.ADR;TYPE=HOME:;;1 Way;Berlin;;10115;Germany',
			'URL:https\\://example.com/?a=1;b=2',
			'BDAY:1999-01-23',
			'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
			'X-ABLABEL:FN:x',
		);
		expect(read(text)).toEqual([
			{
				name: {
					formatted_name: 'Dr. Anna Example',
					first_name: 'Anna',
					middle_name: 'Maria Luise',
					last_name: 'Example',
					prefix: 'Dr.',
					suffix: 'Jr.',
				},
				phones: [
					{ phone: '+49 176 04069000', type: 'CELL', wa_id: '4917604069000' },
					{ phone: '+49 30 1234567', type: 'HOME' },
				],
				emails: [{ email: 'anna@example.com', type: 'WORK' }],
				urls: [{ url: 'https://example.com/?a=1;b=2' }],
				addresses: [
					{ street: '1 Way', city: 'Berlin', zip: '10115', country: 'Germany', type: 'HOME' },
				],
				org: { company: 'Example, Inc.', department: 'Design, North', title: 'Manager' },
				birthday: '1999-01-23',
			},
		]);
	});

	it('reads a card of version 4.0', () => {
		const text = card(
			'VERSION:4.0',
			'FN;PREF=1:Anna Example',
			'TEL;VALUE=uri;PREF=1;TYPE="work,voice":tel:+1-418-656-9254;ext=102',
			'ADR;TYPE=work;LABEL="1 Way: Suite 7; Berlin":Box 3;Suite 7;1 Way;Berlin;BE;10115;DE',
			'BDAY:19990123',
		);
		expect(read(text)).toEqual([
			{
				name: { formatted_name: 'Anna Example', first_name: 'Anna Example' },
				phones: [{ phone: '+1-418-656-9254', type: 'WORK' }],
				addresses: [
					{
						street: '1 Way, Suite 7, Box 3',
						city: 'Berlin',
						state: 'BE',
						zip: '10115',
						country: 'DE',
						type: 'WORK',
					},
				],
				birthday: '1999-01-23',
			},
		]);
	});

	it.each<[string, string[], object]>([
		['folded lines', ['TEL:+49 1', ' 76', '\t 0'], { phones: [{ phone: '+49 176 0' }] }],
		['names in small letters', ['tel;type=cell:7'], { phones: [{ phone: '7', type: 'CELL' }] }],
		['a type without its name', ['TEL;CELL:7'], { phones: [{ phone: '7', type: 'CELL' }] }],
		['a list of types', ['TEL;TYPE=pref,iPhone:7'], { phones: [{ phone: '7', type: 'IPHONE' }] }],
		['the title without a company', ['TITLE:A\\;B\\nC\\\\'], { org: { title: 'A;B\nC\\' } }],
		[
			'a birthday with a time',
			['BDAY;VALUE=date-time:1999-01-23T10:00:00Z'],
			{ birthday: '1999-01-23' },
		],
		['no birthday without a year', ['BDAY:--0123'], {}],
		['no birthday of Apple without a year', ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-23'], {}],
		['no birthday in words', ['BDAY;VALUE=text:around 1999'], {}],
		['nothing from lines without a colon', ['TEL;TYPE=CELL', 'EMAIL', 'rubbish'], {}],
		['nothing from empty lines', ['', 'TEL:', 'ADR:;;;;;;'], {}],
	])('reads %s', (_name, lines, parts) => {
		expect(named(...lines)).toEqual({
			name: { formatted_name: 'Anna', first_name: 'Anna' },
			...parts,
		});
	});

	it('puts the shown name together where it is absent', () => {
		expect(read(card('N:Example;Anna;;;'))[0].name.formatted_name).toBe('Anna Example');
	});

	it.each([['\r\n'], ['\n'], ['\r']])('reads several cards, lines ended by %j', (lineEnd) => {
		const text = [card('FN:Anna'), '', card('FN:Bo')].join('\r\n').split('\r\n').join(lineEnd);
		expect(read(` \n${text}\n`.trim()).map(({ name }) => name.formatted_name)).toEqual([
			'Anna',
			'Bo',
		]);
	});

	it.each<[string, unknown, RegExp]>([
		['nothing', '', /holds no vCard/],
		['other text', 'Anna, +49 176', /holds no vCard/],
		['a card without its end', 'BEGIN:VCARD\nFN:Anna', /holds no vCard/],
		['an object', {}, /not text/],
		['quoted-printable', card('FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=84'), /FN in quoted/],
	])('refuses %s', (_name, text, message) => {
		const thrown = refusal(() => contactsFromVCard(text));
		expect(thrown.field).toBe('vCard');
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain("'vCard'");
	});

	it('gives contacts or an InputError, whatever comes', () => {
		const line = fc.string({ unit: fc.constantFrom(...'NFTELADRORG;:,=\\"\n \ttype.wB1') });
		fc.assert(
			fc.property(fc.array(line), (lines) => {
				try {
					const contacts = contactsMessage(contactsFromVCard(card('FN:A', ...lines))).contacts;
					expect(contacts.length).toBeGreaterThan(0);
				} catch (thrown) {
					if (!(thrown instanceof InputError)) throw thrown;
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('reads back what is written', () => {
		const escape = (text: string) => text.replace(/[\\,;]/g, '\\$&').replace(/\n/g, '\\n');
		const name = fc
			.string({ unit: fc.constantFrom(...'Aä😀,;\\:"n \n'), minLength: 1 })
			.filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(name, (title) => {
				const folded = `TITLE:${escape(title)}`.match(/[\s\S]{1,7}/gu)!.join('\r\n ');
				expect(named(folded).org?.title).toBe(title.trim());
			}),
		);
	});
});
