/** Deeper than anything that Meta sends, and than what n8n can keep of an item. */
export const MOST_LEVELS = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Whether lists and objects lie in each other more deeply than a number of levels. Told by the
 * bytes, because what is too deep can be parsed, but not be written again.
 *
 * @param json bytes of a JSON text
 */
export function isDeeperThan(levels: number, json: Uint8Array): boolean {
	let depth = 0;
	let isInText = false;
	for (let at = 0; at < json.length; at++) {
		const byte = json[at];
		if (isInText) {
			if (byte === BACKSLASH) at++;
			else if (byte === QUOTE) isInText = false;
		} else if (byte === QUOTE) isInText = true;
		else if (OPENING.includes(byte)) {
			if (++depth > levels) return true;
		} else if (CLOSING.includes(byte)) depth--;
	}
	return false;
}
