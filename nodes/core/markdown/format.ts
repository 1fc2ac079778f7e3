import type { Span, Style } from './inline';

/** WhatsApp's marks (WhatsApp Help Center: How to format your messages). */
const MARKS: Record<Style, string> = { bold: '*', italic: '_', strike: '~' };

/** The outermost first. */
const STYLES = Object.keys(MARKS) as Style[];

const WORD_END = /[\p{L}\p{N}]$/u;
const WORD_START = /^[\p{L}\p{N}]/u;

/**
 * Writes stretches of text with WhatsApp's marks. A style is left out where WhatsApp would show its
 * marks instead: within a word, around a text that holds the same mark, around white space. No style
 * reaches across a line break or touches a link or code.
 */
export function formatSpans(spans: Span[]): string {
	const parts = splitAtSpace(spans);
	for (const style of STYLES) dropUnshown(parts, style);
	return write(parts);
}

interface Part {
	text: string;
	styles: Set<Style>;
}

/** Words and what is between them apart: the space between two words has the styles of both. */
function splitAtSpace(spans: Span[]): Part[] {
	const parts = spans.flatMap(({ text, styles, isVerbatim }): Part[] =>
		isVerbatim
			? [{ text, styles: new Set() }]
			: text
					.split(/(\s+)/)
					.filter((one) => one !== '')
					.map((one) => ({ text: one, styles: new Set(styles) })),
	);
	parts.forEach((part, i) => {
		if (part.text.trim() !== '') return;
		const around = [parts[i - 1], parts[i + 1]];
		for (const style of part.styles) {
			const isWithin = around.every((one) => one?.styles.has(style));
			if (!isWithin || part.text.includes('\n')) part.styles.delete(style);
		}
	});
	return parts;
}

function dropUnshown(parts: Part[], style: Style): void {
	for (let start = 0; start < parts.length; start++) {
		if (!parts[start].styles.has(style)) continue;
		let end = start + 1;
		while (end < parts.length && parts[end].styles.has(style)) end++;
		const run = parts.slice(start, end);
		const isInWord =
			WORD_END.test(parts[start - 1]?.text ?? '') || WORD_START.test(parts[end]?.text ?? '');
		if (isInWord || run.some(({ text }) => text.includes(MARKS[style]))) {
			for (const part of run) part.styles.delete(style);
		}
		start = end - 1;
	}
}

function write(parts: Part[]): string {
	let text = '';
	let open: Style[] = [];
	for (const part of [...parts, { text: '', styles: new Set<Style>() }]) {
		// A mark closes in the order in which it was opened, from the inside out.
		const firstEnded = open.findIndex((style) => !part.styles.has(style));
		if (firstEnded >= 0) {
			text += open
				.slice(firstEnded)
				.reverse()
				.map((style) => MARKS[style])
				.join('');
			open = open.slice(0, firstEnded);
		}
		const opened = STYLES.filter((style) => part.styles.has(style) && !open.includes(style));
		text += opened.map((style) => MARKS[style]).join('') + part.text;
		open = [...open, ...opened];
	}
	return text;
}
