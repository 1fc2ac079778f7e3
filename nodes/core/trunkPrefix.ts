/**
 * What is dialled within a country before the number of a subscriber, and never from abroad: by the
 * national numbering plans that the ITU publishes (E.164). People leave it in behind the country
 * code, and the number is another one then.
 */

/** Country codes of two digits; 1 and 7 have one, all others three. */
const TWO_DIGITS = codes(
	'20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58',
	'60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98',
);

/** Here a zero is dialled first, and no number of a subscriber begins with one. Poland had it. */
const TRUNK_ZERO = codes(
	'20 27 31 32 33 40 41 43 44 46 48 49 51 53 54 55 57 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93',
	'94 95 98 211 212 213 218 231 232 233 234 243 249 251 252 254 255 256 260 261 262 263 264 265 291',
	'353 355 358 359 373 374 377 380 381 382 383 385 386 387 389 421 423 590 591 593 594 595 596 598',
	'850 855 856 880 886 961 962 963 964 966 967 970 971 972 976 977 994 995 996',
);

/** Here nothing is dialled first, and no number of a subscriber begins with a zero. */
const NO_ZERO = codes(
	'30 34 45 56 65 216 220 221 222 223 224 228 230 235 236 237 238 239 240 244 245 248 253 257 258',
	'266 269 297 298 299 350 351 352 354 356 357 371 372 376 420 502 503 504 505 506 509 592 597 599',
	'670 673 852 960 965 968 973 975 998',
);

/** Here a zero in brackets is part of the number: the numbers of subscribers begin with it. */
const ZERO_BELONGS = codes('39 225 226 227 229 242 378');

/** Where something else is dialled first, or only before some numbers. */
const OTHERS: Readonly<Record<string, RegExp>> = {
	1: /^[01](?=[2-9]\d{9}$)/,
	7: /^[08](?=\d{10}$)/,
	36: /^0(?:6(?=[1-9]\d{7,8}$))?/,
	52: /^(?:01|04[45]|0)(?=\d{10}$)/,
	// Numbers of eight digits may begin with a zero of their own.
	241: /^0(?=(?:11|6[0-256]|7[467])\d{6}$)/,
	250: /^0(?=[27]\d{8}$)/,
	370: /^[08](?=\d{8}$)/,
	993: /^8(?=\d{8}$)/,
};

/** Behind these a zero that is left over is no number's; behind the others it may be. */
const NEVER_ZERO = new Set([...TRUNK_ZERO, ...NO_ZERO, '1', '7', '36', '52', '370', '993']);

function codes(...lists: string[]): ReadonlySet<string> {
	return new Set(lists.join(' ').split(' '));
}

function countryCodeOf(digits: string): string {
	if (digits[0] === '1' || digits[0] === '7') return digits[0];
	return digits.slice(0, TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3);
}

/**
 * An international number without the trunk prefix of its country.
 *
 * @param digits begins with the country code
 * @param written the same as it was written: a zero in brackets behind the country code is dropped
 * @returns undefined when a zero stays that no number of the country has
 */
export function withoutTrunkPrefix(digits: string, written: string): string | undefined {
	const code = countryCodeOf(digits);
	const national = digits.slice(code.length);
	const rest = national.replace(OTHERS[code] ?? (dropsZero(code, written) ? /^0/ : ''), '');
	return rest.startsWith('0') && NEVER_ZERO.has(code) ? undefined : code + rest;
}

function dropsZero(code: string, written: string): boolean {
	if (TRUNK_ZERO.has(code)) return true;
	const zeroInBrackets = String.raw`^\D*(?:00\D*)?${[...code].join('\\D*')}\D*[([]\s*0\s*[)\]]`;
	return !ZERO_BELONGS.has(code) && new RegExp(zeroInBrackets).test(written);
}
