import fc from 'fast-check';

import { InputError } from '../../../nodes/core/inputError';
import { addressFields, parseRecipient } from '../../../nodes/core/messages/recipient';

import { refusal } from './refusal';

describe('parseRecipient', () => {
	it.each<[string, unknown]>([
		['digits only', '4917604069000'],
		['a number', 4917604069000],
		['with +', '+4917604069000'],
		['spaces', '+49 176 0406 9000'],
		['spaces around', '  +49 176 04069000\n'],
		['non-breaking and thin spaces', '+49\u00a0176\u200904\u202f06\u20079000'],
		['dashes', '+49-176-0406-9000'],
		['en dashes', '+49–176–0406–9000'],
		['non-breaking hyphens', '+49\u2011176\u20110406\u20119000'],
		['minus signs', '+49\u2212176\u22120406\u22129000'],
		['dots', '+49.176.0406.9000'],
		['slashes', '0049/176/04069000'],
		['brackets', '(+49) (176) [0406] 9000'],
		['trunk zero', '+49 (0) 176 04069000'],
		['trunk zero without spaces', '0049(0)17604069000'],
		['trunk zero without prefix', '49 (0)176 04069000'],
		['trunk zero after brackets', '(+49) [0] 176 04069000'],
		['leading 00', '00 49 176 04069000'],
		['tel:', 'tel:+49-176-04069000'],
		['whatsapp:', 'whatsapp:+4917604069000'],
		['WhatsApp: in other case', 'WhatsApp: +49 176 04069000'],
		['direction marks', '\u202a+49 176 04069000\u202c'],
		['left-to-right isolates', '\u2066+49 176\u2069\u200e 04069000'],
		['zero-width spaces', '\u200b+49\u200b176\ufeff04069000'],
		['full-width forms', '＋４９　１７６　０４０６９０００'],
		['Arabic-Indic digits', '+٤٩ ١٧٦ ٠٤٠٦٩٠٠٠'],
		['Persian digits', '+۴۹ ۱۷۶ ۰۴۰۶۹۰۰۰'],
	])('reads a phone number: %s', (_name, value) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone: '4917604069000' });
	});

	it.each([
		['+39 (0) 6 1234567', '39061234567'],
		['+1 (202) 555-0143', '12025550143'],
		['+44 (0)20 7946 0123', '442079460123'],
		['+1 (0) 202 555 0143', '12025550143'],
		['+358 (0)9 4245 0123', '358942450123'],
		['1234567', '1234567'],
		['123456789012345', '123456789012345'],
	])('reads %s', (value, phone) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone });
	});

	it.each([
		['US.13491208655302741918'],
		['US.ENT.11815799212886844830'],
		['BR.a'],
		[`DE.${'9'.repeat(128)}`],
	])('reads a user ID: %s', (userId) => {
		expect(parseRecipient(userId)).toEqual({ kind: 'userId', userId });
		expect(parseRecipient(` \u200e${userId}\n`)).toEqual({ kind: 'userId', userId });
		expect(parseRecipient(`whatsapp:${userId}`)).toEqual({ kind: 'userId', userId });
	});

	it.each<[unknown]>([[''], ['   '], [undefined], [null], ['-'], ['()'], ['tel:'], ['\u200e']])(
		'finds no recipient in %j (T35)',
		(value) => {
			const { field, message, hint } = refusal(() => parseRecipient(value));
			expect(field).toBe('To');
			expect(message).toBe('No phone number or user ID was given.');
			expect(hint).toContain("'To'");
		},
	);

	it.each<[string, unknown, RegExp, RegExp]>([
		['no country code', '0176 04069000', /country code is missing/, /\+49 /],
		['bracketed zero without country code', '(0) 176 04069000', /country code is missing/, /\+49 /],
		['zero after +', '+0 176 04069000', /country code is missing/, /\+49 /],
		['too short', '123456', /6 digits/, /\+49 /],
		['too long', '1234567890123456', /16 digits/, /\+49 /],
		['group of the app', '120363043968066561', /18 digits/, /\+49 /],
		['old group of the app', '4917604069000-1420070400', /23 digits/, /one number/],
		['letters', '+49 176 CALL ME', /neither a phone number nor a user ID/, /country code/],
		['word', 'mum', /neither/, /country code/],
		['extension', '+49 176 04069000 ext. 5', /neither/, /one number/],
		['two numbers', '+4917604069000, +4917604069001', /neither/, /one number/],
		['repeated +', '++4917604069000', /neither/, /country code/],
		['inner +', '49+17604069000', /neither/, /country code/],
		['plus alone', '+', /neither/, /country code/],
		['user ID in lower case', 'us.13491208655302741918', /neither/, /US\./],
		['user ID too long', `DE.${'9'.repeat(129)}`, /neither/, /US\./],
		['chat address', '4917604069000@s.whatsapp.net', /neither/, /groups cannot/],
		['group address', '120363043968066561@g.us', /neither/, /groups cannot/],
		['group of the Cloud API', 'Y2FwaV9ncm91cDoxMjM0NTY3', /neither/, /groups cannot/],
		['emoji', '📞4917604069000', /neither/, /country code/],
		['fraction', 49176.5, /cannot be a phone number/, /as text/],
		['number too large', 1e21, /cannot be a phone number/, /as text/],
		['not a number', NaN, /cannot be a phone number/, /as text/],
		['negative number', -4917604069000, /cannot be a phone number/, /as text/],
		['boolean', true, /neither text nor a number/, /one phone number/],
		['object', { to: '4917604069000' }, /neither text nor a number/, /one phone number/],
		['list', ['4917604069000'], /neither text nor a number/, /one phone number/],
	])('refuses: %s', (_name, value, message, hint) => {
		const thrown = refusal(() => parseRecipient(value));
		expect(thrown.field).toBe('To');
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain("'To'");
		expect(thrown.hint).toMatch(hint);
	});

	it('reads any way of writing an international number as the same digits', () => {
		const number = fc.stringMatching(/^[1-9][0-9]{6,14}$/);
		const prefix = fc.constantFrom(
			'',
			'+',
			'00',
			'tel:',
			'tel:+',
			'whatsapp:+',
			'(+',
			' \u200e+',
			'0 0',
		);
		const separator = fc.constantFrom(
			...['', '', '', ' ', '-', '–', '.', '/', ') ', ' - ', '\u00a0', '\u2011', '\u200b'],
		);
		fc.assert(
			fc.property(
				number,
				prefix,
				fc.array(separator, { minLength: 15, maxLength: 15 }),
				(digits, start, gaps) => {
					const written = start + [...digits].map((digit, i) => digit + gaps[i]).join('');
					expect(parseRecipient(written)).toEqual({ kind: 'phone', phone: digits });
				},
			),
			{ numRuns: 500 },
		);
	});

	it('reads its own address again', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[1-9][0-9]{6,14}$/), (digits) => {
				const fields = addressFields(parseRecipient(digits));
				expect(parseRecipient('to' in fields && fields.to)).toEqual({
					kind: 'phone',
					phone: digits,
				});
			}),
		);
	});

	it('gives a usable recipient or an InputError, whatever comes', () => {
		const near = fc.string({ unit: fc.constantFrom(...'+0149 -()./[]٠US.ENT\u200e,@x') });
		fc.assert(
			fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), near), (value) => {
				try {
					const recipient = parseRecipient(value);
					if (recipient.kind === 'phone') expect(recipient.phone).toMatch(/^[1-9]\d{6,14}$/);
					else expect(recipient.userId).toMatch(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/);
				} catch (thrown) {
					if (!(thrown instanceof InputError)) throw thrown;
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('addressFields', () => {
	it.each([
		['a phone number goes into to, with +', '4917604069000', { to: '+4917604069000' }],
		['a user ID goes into recipient', 'US.1349', { recipient: 'US.1349' }],
	])('%s', (_name, value, fields) => {
		expect(addressFields(parseRecipient(value))).toEqual(fields);
	});
});
