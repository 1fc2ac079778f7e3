/** The longest text, in characters (Meta: Text messages). */
export const MAX_TEXT = 4096;

// With a fixed language, so that the machine's own makes no difference.
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How far a segment may reach beyond the cut, in UTF-16 units, so that its end is still seen. */
const LOOK_AHEAD = 256;

/** The index behind the first `count` characters (code points). */
function indexAfter(text: string, count: number): number {
	let index = 0;
	for (let seen = 0; seen < count && index < text.length; seen++) {
		index += text.codePointAt(index)! > 0xffff ? 2 : 1;
	}
	return index;
}

/** The last of the ends that is not behind `fit`; 0 when there is none. The ends must ascend. */
function lastWithin(fit: number, ends: Iterable<number>): number {
	let last = 0;
	for (const end of ends) {
		if (end > fit) break;
		last = end;
	}
	return last;
}

/** Where the segments of a text end, without the white space behind them. */
function* segmentEnds(segmenter: Intl.Segmenter, text: string, accepted = /$/): Generator<number> {
	for (const { segment, index } of segmenter.segment(text)) {
		const content = segment.trimEnd().length;
		if (content > 0 && accepted.test(segment)) yield index + content;
	}
}

/**
 * A sentence that white space or a mark outside ASCII (`。`) ends; not the `?` in a link, and not the
 * number of a list's entry.
 */
const WHOLE_SENTENCE = /^(?!\s*\p{Nd}{1,9}\.\s*$)[^]*[\s\u0080-\uffff]$/u;

/** An empty line, but for one behind a heading or a line that says what follows: `Steps:`. */
const PARAGRAPH_END = /(?<!(?:^|\n)(?:\*[^*\n]+\*|[^\n]*:)\s*)\n\s*\n/g;

/** Where the matches begin. */
function* matchStarts(text: string, pattern: RegExp): Generator<number> {
	for (const match of text.matchAll(pattern)) yield match.index;
}

/**
 * The kinds of places where a text may be cut, the best first. A line ends a sentence. Between
 * graphemes, what readers take for one character (a family emoji, a letter with its accents) stays
 * whole.
 */
const CUTS: Array<(text: string) => Iterable<number>> = [
	(text) => matchStarts(text, PARAGRAPH_END),
	(text) => segmentEnds(sentences, text, WHOLE_SENTENCE),
	(text) => matchStarts(text, /\s+/g),
	(text) => segmentEnds(graphemes, text),
];

/** Where the first part of a text ends that is longer than `fit`, by the best kind of cut. */
function cutOf(text: string, fit: number): number {
	const near = text.slice(0, fit + LOOK_AHEAD);
	for (const ends of CUTS) {
		const cut = lastWithin(fit, ends(near));
		if (cut > 0) return cut;
	}
	return fit; // a single grapheme above the limit
}

/**
 * Cuts a text into parts that are short enough for a message each, in order: at the end of a
 * paragraph, else of a sentence or line, else of a word, else between characters. White space at the
 * cuts and at both ends is left out, nothing else; no part is empty. There is no part when the text
 * is nothing but white space.
 *
 * @param limit the longest part, in characters; at least 1
 */
export function splitText(text: string, limit = MAX_TEXT): string[] {
	const parts: string[] = [];
	let rest = text.trim();
	while (rest !== '') {
		const fit = indexAfter(rest, limit);
		const end = fit === rest.length ? fit : cutOf(rest, fit);
		parts.push(rest.slice(0, end).trimEnd());
		rest = rest.slice(end).trimStart();
	}
	return parts;
}
