import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Any character of Unicode, as fast-check's own unit 'binary', which first puts a million of them into
 * a map.
 */
export const anyCharacter = fc
	.nat(0x10ffff - SURROGATES)
	.map(
		(index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
		indexOf,
	);

function indexOf(character: unknown): number {
	const code = String(character).codePointAt(0) ?? FIRST_SURROGATE;
	const isHalf = code >= FIRST_SURROGATE && code < FIRST_SURROGATE + SURROGATES;
	if (isHalf || String.fromCodePoint(code) !== character) throw new Error('No character');
	return code < FIRST_SURROGATE ? code : code - SURROGATES;
}
