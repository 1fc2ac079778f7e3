import type { Remembered } from '../../conversation/remembered';
import { jsonIn } from '../../json';

/*
 * The saved form of what is remembered of a contact: `+` between entries, each
 * at!until!key and value as JSON in base64url.
 */

/** Packs it into a text without the characters `,`, `;` and `~`. */
export function rememberedText(all: readonly Remembered[]): string {
	return all
		.map(({ key, value, at, until }) => {
			const content = Buffer.from(JSON.stringify([key, value])).toString('base64url');
			return [at.toString(36), until.toString(36), content].join('!');
		})
		.join('+');
}

/** What a text holds; what cannot be read is left out. */
export function readRememberedText(text = ''): readonly Remembered[] {
	if (text === '') return [];
	return text.split('+').flatMap((part) => {
		const [at, until, content = ''] = part.split('!');
		const times = { at: parseInt(at, 36), until: parseInt(until, 36) };
		const read: unknown = jsonIn(Buffer.from(content, 'base64url').toString());
		if (!Array.isArray(read) || !(times.at > 0) || !(times.until > 0)) return [];
		const [key, value] = read as unknown[];
		if (typeof key !== 'string' || typeof value !== 'string') return [];
		return value === '' || jsonIn(value) !== undefined ? [{ key, value, ...times }] : [];
	});
}
