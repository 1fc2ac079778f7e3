import fc from 'fast-check';

import { InputError } from '../../../nodes/core/inputError';
import { addressFields, parseRecipient } from '../../../nodes/core/messages/recipient';
import { anyCharacter } from '../anyCharacter';

import { refusal } from './refusal';

/** The digits of a number; undefined for one that no country has. */
function readOnce(given: string): string | undefined {
	try {
		const recipient = parseRecipient(given);
		return recipient.kind === 'phone' ? recipient.phone : undefined;
	} catch {
		return undefined;
	}
}

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
		['one dot', '+49.17604069000'],
		['slashes', '0049/176/04069000'],
		['one slash', '+49 176/04069000'],
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

	it.each<[string, unknown, string]>([
		['decimals', '919876543210.0', '919876543210'],
		['two decimals', '919876543210.00', '919876543210'],
		['a decimal comma', '+919876543210,0', '919876543210'],
		['white space around decimals', ' 919876543210.0\n', '919876543210'],
		['a number', 919876543210.0, '919876543210'],
		['a bigint', 919876543210n, '919876543210'],
		['groups of thousands', '919.876.543.210', '919876543210'],
	])('reads what a spreadsheet gives: %s', (_what, value, phone) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone });
	});

	it.each([
		['Devanagari', '+९१ ९८७६५ ४३२१०'],
		['Bengali', '+৯১ ৯৮৭৬৫ ৪৩২১০'],
		['Arabic', '+٩١ ٩٨٧٦٥ ٤٣٢١٠'],
		['Thai', '+๙๑ ๙๘๗๖๕ ๔๓๒๑๐'],
		['Khmer', '+៩១ ៩៨៧៦៥ ៤៣២១០'],
		[
			'Chakma',
			'+\u{1113f}\u{11137} \u{1113f}\u{1113e}\u{1113d}\u{1113c}\u{1113b} \u{1113a}\u{11139}\u{11138}\u{11137}\u{11136}',
		],
		['bold', '+𝟗𝟏 𝟗𝟖𝟕𝟔𝟓 𝟒𝟑𝟐𝟏𝟎'],
		['emoji', '+9\ufe0f1\ufe0f 98765 43210'],
	])('reads digits of other scripts: %s', (_script, value) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone: '919876543210' });
	});

	it.each([
		['Germany', '+49 0176 04069000', '4917604069000'],
		['Germany, in one', '49017604069000', '4917604069000'],
		['Germany, by 00', '0049 0176 04069000', '4917604069000'],
		['Germany, in brackets', '+49 (0176) 04069000', '4917604069000'],
		['France', '+33 06 12 34 56 78', '33612345678'],
		['Great Britain', '+44 020 7946 0123', '442079460123'],
		['Great Britain, mobile', '+44 07911 123456', '447911123456'],
		['Netherlands', '+31 06 12345678', '31612345678'],
		['India', '+91 098765 43210', '919876543210'],
		['Brazil', '+55 011 91234-5678', '5511912345678'],
		['Nigeria', '+234 0803 123 4567', '2348031234567'],
		['Indonesia', '+62 0812 3456 7890', '6281234567890'],
		['Poland', '+48 0 601 234 567', '48601234567'],
		['Russia', '+7 8 912 345 67 89', '79123456789'],
		['Hungary', '+36 06 20 123 4567', '36201234567'],
		['Lithuania', '+370 8 612 34567', '37061234567'],
		['Mexico', '+52 01 55 1234 5678', '525512345678'],
		['Mexico, mobile', '+52 044 55 1234 5678', '525512345678'],
		['USA', '+1 1 202 555 0143', '12025550143'],
		['Gabon', '+241 077 12 34 56', '24177123456'],
		['Rwanda', '+250 0788 123 456', '250788123456'],
		['Spain, in brackets', '+34 (0) 612 345 678', '34612345678'],
	])('drops what is dialled within a country: %s', (_country, value, phone) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone });
	});

	it.each([
		['Italy', '+39 06 1234567', '39061234567'],
		['San Marino', '+378 0549 123456', '3780549123456'],
		['Ivory Coast', '+225 07 12 34 56 78', '2250712345678'],
		['Ivory Coast, in brackets', '+225 (0)7 12 34 56 78', '2250712345678'],
		['Ivory Coast, before 2021', '+225 07 12 34 56', '22507123456'],
		['Benin', '+229 01 97 12 34 56', '2290197123456'],
		['Gabon, before 2019', '+241 06 12 34 56', '24106123456'],
		['Congo', '+242 06 123 4567', '242061234567'],
		['Burkina Faso', '+226 07 12 34 56', '22607123456'],
		['Rwanda, landline', '+250 06 123456', '25006123456'],
		['Russia, beginning with 8', '+7 812 345 67 89', '78123456789'],
		['Hungary, beginning with 6', '+36 62 123 456', '3662123456'],
		['Georgia, whose code begins as that of Moscow', '+995 32 123 4567', '995321234567'],
	])('keeps what belongs to the number: %s', (_country, value, phone) => {
		expect(parseRecipient(value)).toEqual({ kind: 'phone', phone });
	});

	it.each([
		['of a country without a trunk prefix', '+34 0612 345 678'],
		['twice', '+49 00176 04069000'],
		['in North America', '+1 0202 555'],
	])('refuses a zero behind the country code: %s', (_what, value) => {
		const { field, message, hint } = refusal(() => parseRecipient(value));
		expect(field).toBe('To');
		expect(message).toContain("'To' has a 0 behind the country code");
		expect(hint).toContain('country code');
	});

	it.each([
		['another ending', '+4917604069000/6'],
		['another ending of two digits', '+49 176 04069000/01'],
		['two numbers of one place', '+1 202 555 0143/0144'],
		['decimals', '919876543210.5'],
		['many decimals', '919876543210.000'],
		['decimals behind groups', '+91 98765 43210.00'],
		['one decimal behind groups', '+91 98765 43210.0'],
		['a note in brackets', '+49 176 04069000 (2)'],
		['a footnote', '+49 176 04069000²'],
		['a circled digit', '+49 176 04069000 ①'],
		['two lines', '12345678\n1234567'],
	])('refuses digits that are not part of the number: %s', (_what, value) => {
		const { field, message, hint } = refusal(() => parseRecipient(value));
		expect(field).toBe('To');
		expect(message).toContain("'To' has digits that are not part of one number");
		expect(hint).toContain('one number');
	});

	it.each(['9.19877E+11', '9,19877E+11', '9.1987654321E11', '9e+11'])(
		'refuses what a spreadsheet has shortened: %s',
		(value) => {
			const { field, message, hint } = refusal(() => parseRecipient(value));
			expect(field).toBe('To');
			expect(message).toContain(`'To' is '${value}': a spreadsheet has shortened the number`);
			expect(hint).toContain('as text');
		},
	);

	it('names the field', () => {
		for (const value of ['', 'mum', '017612345678', '12', '+4917604069000/6', '9e+11', 1.5, []]) {
			const { field, message } = refusal(() => parseRecipient(value, 'Contact'));
			expect(field).toBe('Contact');
			expect(message).toContain("'Contact'");
		}
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
			expect(message).toBe("'To' is empty.");
			expect(hint).toMatch(/phone number .* or with a user ID/);
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
		const number = fc.stringMatching(/^(1[2-9]|39|49[1-9])[0-9]{6,12}$/);
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
			...['', '', '', ' ', '-', '–', ') ', ' - ', '\u00a0', '\u2011', '\u200b'],
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
			fc.property(fc.stringMatching(/^[1-9][0-9]{6,14}$/), (given) => {
				const digits = readOnce(given);
				fc.pre(digits !== undefined);
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
			fc.property(fc.oneof(fc.anything(), fc.string({ unit: anyCharacter }), near), (value) => {
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
