import {
	addressOf,
	canonicalPhone,
	identityOf,
	isUserId,
} from '../../../nodes/core/conversation/contact';

const USER_ID = 'US.13491208655302741918';

describe('isUserId (D12)', () => {
	it.each([
		USER_ID,
		'DE.a',
		'BR.AbC123',
		'US.ENT.13491208655302741918',
		`GB.${'9'.repeat(128)}`,
		`GB.ENT.${'9'.repeat(128)}`,
	])('%s is one', (text) => {
		expect(isUserId(text)).toBe(true);
	});

	it.each([
		['nothing', ''],
		['a phone number', '4915112345678'],
		['a phone number with a plus', '+4915112345678'],
		['no ID after the country', 'US.'],
		['no ID after the enterprise mark', 'US.ENT.'],
		['no country', '.13491208655302741918'],
		['a country in lower case', 'us.13491208655302741918'],
		['a country of three letters', 'USA.13491208655302741918'],
		['a character that is neither letter nor digit', 'US.1349-1208'],
		['129 characters', `US.${'9'.repeat(129)}`],
		['white space around it', ` ${USER_ID} `],
		['a line break at its end', `${USER_ID}\n`],
		['more text around it', `to US.13491208655302741918 please`],
	])('%s is none', (_what, text) => {
		expect(isUserId(text)).toBe(false);
	});
});

describe('identityOf', () => {
	it.each([
		['both', '4915112345678', USER_ID, { phone: '4915112345678', userId: USER_ID }],
		['phone only (R48)', '4915112345678', undefined, { phone: '4915112345678' }],
		['user ID only (D12)', undefined, USER_ID, { userId: USER_ID }],
		['E39: empty phone, user ID present', '', USER_ID, { userId: USER_ID }],
		['phone present, empty user ID', '4915112345678', '', { phone: '4915112345678' }],
		['a plus is dropped', '+4915112345678', undefined, { phone: '4915112345678' }],
		[
			'white space is dropped',
			' 4915112345678 ',
			` ${USER_ID} `,
			{
				phone: '4915112345678',
				userId: USER_ID,
			},
		],
		['a user ID in the phone field', USER_ID, undefined, { userId: USER_ID }],
		['a user ID in the phone field, user ID empty', USER_ID, '', { userId: USER_ID }],
		['T35: both empty', '', '', {}],
		['T35: white space only', '  ', '\t', {}],
		['T35: both absent', undefined, undefined, {}],
		['T35: null', null, null, {}],
		['T35: no digits and no user ID', 'Anna', 'anna', {}],
		['T35: a plus alone', '+', undefined, {}],
		['a group is no contact', '120363040000000000@g.us', undefined, {}],
		['more digits than a number has', '4'.repeat(16), USER_ID, { userId: USER_ID }],
		['a million digits', '4'.repeat(1_000_000), undefined, {}],
		['things that are no text', { wa_id: '49' }, ['US.1'], {}],
	])('%s', (_name, phone, userId, identity) => {
		expect(identityOf(phone, userId)).toStrictEqual(identity);
	});
});

describe('addressOf', () => {
	it.each([
		['the user ID goes first', { phone: '4915112345678', userId: USER_ID }, USER_ID],
		['the phone number with a plus (D13)', { phone: '4915112345678' }, '+4915112345678'],
		['T35: nothing known', {}, ''],
	])('%s', (_name, identity, address) => {
		expect(addressOf(identity)).toBe(address);
	});

	it.each([[{ phone: '4915112345678' }], [{ userId: USER_ID }]])(
		'can be read back: %j',
		(identity) => {
			expect(identityOf(addressOf(identity), '')).toStrictEqual(identity);
		},
	);
});

describe('canonicalPhone (D13)', () => {
	const PLANS = [
		['Brazil', '5511987654321', '551187654321'],
		['Mexico', '5215512345678', '525512345678'],
		['Argentina', '5491123456789', '541123456789'],
		['Benin', '2290197123456', '22997123456'],
		['Ivory Coast, Moov', '2250141123456', '22541123456'],
		['Ivory Coast, MTN', '2250505123456', '22505123456'],
		['Ivory Coast, Orange', '2250748123456', '22548123456'],
	];

	it.each(PLANS)(
		'%s: with and without the extra digit it is one number',
		(_country, long, short) => {
			expect(canonicalPhone(long)).toBe(canonicalPhone(short));
		},
	);

	it.each(PLANS)('%s: it is so for the whole number alone', (_country, long) => {
		for (const other of [`1${long}`, `${long}0`]) expect(canonicalPhone(other)).toBe(other);
	});

	it.each([
		['two numbers in Brazil', '5511987654321', '5511987654322'],
		['two areas in Brazil', '5511987654321', '5521987654321'],
		['two numbers in Mexico', '5215512345678', '5215512345679'],
		['two numbers in Argentina', '5491123456789', '5491123456780'],
		['Brazil and Mexico', '5511987654321', '5215512345678'],
		['a mobile phone and a landline in Brazil (E50)', '5511933334444', '551133334444'],
		['a mobile phone and another landline in Brazil', '5511951234567', '551151234567'],
		['two operators in Ivory Coast', '2250508123456', '22508123456'],
		['a landline in Ivory Coast', '2252721234567', '22521234567'],
	])('%s stay apart', (_name, one, other) => {
		expect(canonicalPhone(one)).not.toBe(canonicalPhone(other));
	});

	it.each([
		['Germany', '4915112345678'],
		['United States', '15551234567'],
		['Colombia', '573001234567'],
		['Peru', '51987654321'],
		['Chile, nine included', '56987654321'],
		['a landline in Brazil', '551132345678'],
		['a landline in Argentina', '541143211234'],
		['a Mexican number as written today', '525512345678'],
		['a user ID', USER_ID],
		['nothing', ''],
	])('%s stays as it is', (_name, phone) => {
		expect(canonicalPhone(phone)).toBe(phone);
	});

	it.each(['5511987654321', '5215512345678', '5491123456789'])('twice is once: %s', (phone) => {
		expect(canonicalPhone(canonicalPhone(phone))).toBe(canonicalPhone(phone));
	});
});
