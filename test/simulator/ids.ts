import { createHash, randomBytes, randomInt } from 'crypto';

/** A message ID of Meta's shape: base64 over the phone number and twenty random hex digits. */
export function messageId(phone = ''): string {
	const token = randomBytes(10).toString('hex').toUpperCase();
	const bytes = Buffer.from(`\x1d\x18${String.fromCharCode(phone.length)}${phone}\x15\x02${token}`);
	return `wamid.${bytes.toString('base64')}`;
}

/** A call ID of Meta's shape. */
export function callId(): string {
	return `wacid.${randomBytes(18).toString('base64')}`;
}

/** A numeric ID of fifteen digits, which also fits a JSON number. */
export function objectId(): string {
	return String(randomInt(100_000_000, 281_000_000)) + String(randomInt(100_000, 1_000_000));
}

const COUNTRIES: Array<[prefix: string, country: string]> = [
	['1', 'US'],
	['44', 'GB'],
	['49', 'DE'],
	['52', 'MX'],
	['54', 'AR'],
	['55', 'BR'],
	['91', 'IN'],
];

/** The business-scoped user ID that the simulator gives to a phone number: always the same one. */
export function userIdFor(phone: string): string {
	const country = COUNTRIES.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? 'FR';
	const hash = createHash('sha256').update(phone).digest('hex');
	return `${country}.${BigInt(`0x${hash}`).toString().slice(0, 19)}`;
}

/** Whether a text has the form of a business-scoped user ID. */
export function looksLikeUserId(text: string): boolean {
	return /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/.test(text);
}
