import { isObject } from './isObject';

/**
 * The length of a text as its reader counts it: an emoji made of one code point is one character.
 * Meta does not say how it counts; code points lie between its other candidates.
 */
export function characterCount(text: string): number {
	return [...text].length;
}

/**
 * Whether a reader sees nothing of a text: white space, and characters that have no shape, such as
 * the zero-width space, the mark of the encoding, or the blanks of Hangul and Braille.
 */
export function isBlank(text: string): boolean {
	return /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
}

/** A text without halves of characters, as cutting leaves them; WhatsApp refuses those. */
export function wellFormed(text: string): string {
	return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** As {@link wellFormed}, for all texts in a JSON value. */
export function wellFormedJson<T>(value: T): T {
	if (typeof value === 'string') return wellFormed(value) as T;
	if (Array.isArray(value)) return value.map(wellFormedJson) as T;
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, wellFormedJson(entry)]),
	) as T;
}

/**
 * A text without what cannot be seen: zero-width characters, direction marks, variation selectors.
 * They come along when somebody copies.
 */
export function withoutInvisible(text: string): string {
	return text.replace(/[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u3164]/gu, '');
}

const DECIMAL_DIGIT = /\p{Nd}/u;

/** A text with the decimal digits of every script as those of ASCII. */
export function asciiDigits(text: string): string {
	return text.replace(/\p{Nd}/gu, (digit) => {
		// Each script has its ten digits in a row; some have theirs next to each other.
		const code = digit.codePointAt(0) as number;
		let first = code;
		while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first--;
		return String((code - first) % 10);
	});
}
