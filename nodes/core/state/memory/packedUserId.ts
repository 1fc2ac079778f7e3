import { readNumber, writeNumber } from './base64';

/** Two letters of the country, and twice six characters for up to twenty digits. */
export const USER_ID_CHARS = 14;

const HALF_DIGITS = 10;
const HALF_CHARS = 6;

const scratch = Buffer.alloc(USER_ID_CHARS);

/**
 * A user ID such as `US.13491208655302741918` in {@link USER_ID_CHARS} characters; undefined for
 * those of another form.
 */
export function packUserId(id: string): string | undefined {
	if (!/^[A-Z]{2}\.[1-9]\d{0,19}$/.test(id)) return undefined;
	scratch.write(id.slice(0, 2), 'latin1');
	const split = Math.max(3, id.length - HALF_DIGITS);
	writeNumber(scratch, 2, Number(id.slice(3, split)), HALF_CHARS);
	writeNumber(scratch, 2 + HALF_CHARS, Number(id.slice(split)), HALF_CHARS);
	return scratch.toString('latin1', 0, USER_ID_CHARS);
}

/** What {@link packUserId} packed. */
export function unpackUserId(packed: string): string {
	scratch.write(packed, 'latin1');
	const high = readNumber(scratch, 2, HALF_CHARS);
	const low = readNumber(scratch, 2 + HALF_CHARS, HALF_CHARS);
	const digits = high === 0 ? String(low) : `${high}${String(low).padStart(HALF_DIGITS, '0')}`;
	return `${packed.slice(0, 2)}.${digits}`;
}
