/** Numbers and texts of fixed width in an alphabet that JSON leaves alone. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGITS = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const VALUES = new Uint8Array(256);
DIGITS.forEach((code, value) => (VALUES[code] = value));

/** Writes a whole number as `chars` digits; it must be below 64 ** `chars`. */
export function writeNumber(into: Buffer, at: number, value: number, chars: number): void {
	for (let i = at + chars - 1; i >= at; i--) {
		// Bit operations would cut what is above 32 bits.
		const rest = Math.floor(value / 64);
		into[i] = DIGITS[value - rest * 64];
		value = rest;
	}
}

/** What {@link writeNumber} wrote. */
export function readNumber(from: Uint8Array, at: number, chars: number): number {
	let value = 0;
	for (let i = at; i < at + chars; i++) value = value * 64 + VALUES[from[i]];
	return value;
}
