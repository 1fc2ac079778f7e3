import { MAX_TEXT, splitText } from './splitText';

const FENCE = '```';

/** What closes a block of code at the end of a part, and opens it again in the next one. */
const ROOM = FENCE.length * 2 + 2;

/**
 * As {@link splitText}; a block of code that is cut ends in one part and begins again in the next, so
 * that WhatsApp shows all of it as code.
 *
 * @param limit the longest part, in characters
 */
export function splitFormatted(text: string, limit = MAX_TEXT): string[] {
	if (!text.includes(FENCE)) return splitText(text, limit);
	let isOpen = false;
	return splitText(text, limit - ROOM).map((part) => {
		const opening = isOpen ? `${FENCE}\n` : '';
		const marks = part.split(FENCE).length - 1;
		if (marks % 2 === 1) isOpen = !isOpen;
		return `${opening}${part}${isOpen ? `\n${FENCE}` : ''}`;
	});
}
