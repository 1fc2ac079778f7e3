/**
 * The length of a text as its reader counts it: an emoji made of one code point is one character.
 * Meta does not say how it counts; code points lie between its other candidates.
 */
export function characterCount(text: string): number {
	return [...text].length;
}
