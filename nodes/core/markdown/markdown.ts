import { formatSpans } from './format';
import { readInline, type InlineOptions } from './inline';
import { inBold } from './spans';
import { endOfTable, tableText } from './table';

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*([^`]*)$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$/;
const UNDERLINE = /^ {0,3}={2,}[ \t]*$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?:\[([ xX])\][ \t]+)?(\S.*)$/;
/** An amount that is added, not an entry of a list: `+ 5 € delivery`. */
const ADDED = /^[ \t]*\+[ \t]+(?:\p{Nd}|.*(?:\p{Sc}|%))/u;
const QUOTE = /^ {0,3}(?:>[ \t]?)*>[ \t]+(\S.*)$/;
const DEFINITION =
	/^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*<?((?:https?:\/\/|www\.|mailto:|tel:)[^\s>]+)>?(?:[ \t].*)?$/i;

/** What shows that a text is Markdown, and not written with WhatsApp's own marks: all of a row. */
const SIGNS: RegExp[][] = [
	[/\*\*[^\s*]/, /[^\s*]\*\*/],
	[/(?<![\p{L}\p{N}_])__[^\s_]/u, /[^\s_]__(?![\p{L}\p{N}_])/u],
	[/~~[^\s~]/, /[^\s~]~~/],
	[/^ {0,3}#{1,6}[ \t]+\S/m],
	[/\]\(\s*<?(?:https?:|mailto:|tel:|www\.|\/)/i],
	[/^[ \t]*(?:`{3,}|~{3,})\w+[ \t]*$/m],
	[/^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t|:-]*$/m],
];

/**
 * Turns Markdown, as language models write it (CommonMark 0.31; GitHub's tables, task lists and
 * strikethrough), into what WhatsApp shows: bold, italic, strikethrough, code, lists, quotes. Headings
 * become bold lines, links their label with the address in brackets, rows of a table lines; rules go.
 * A text without Markdown comes back as it is: WhatsApp's own `*bold*` stays bold where nothing else
 * in the text tells that it is Markdown.
 */
export function markdownToWhatsApp(markdown: string): string {
	const lines = markdown.replace(/\r\n?/g, '\n').split('\n');
	const isMarkdown = SIGNS.some((signs) => signs.every((sign) => sign.test(markdown)));
	const links = new Definitions(lines);
	const options: InlineOptions = { links, isMarkdown };
	// An address that no link of the text names is content, such as a source, and stays.
	if (links.size > 0) convert(lines, options, new Set());
	return convert(lines, options, links.used);
}

/** @param named the labels of the definitions that go: their addresses stand with the links */
function convert(lines: string[], options: InlineOptions, named: ReadonlySet<string>): string {
	const { isMarkdown } = options;
	const inline = (text: string) => formatSpans(readInline(text, options));
	const heading = (text: string) => formatSpans(inBold(readInline(text, options)));

	const written: string[] = [];
	/** The lines of text that are read as one, since a format may reach across a line's end. */
	let paragraph: string[] = [];
	const write = (...more: string[]) => {
		if (paragraph.length > 0) written.push(inline(paragraph.join('\n')));
		paragraph = [];
		written.push(...more);
	};
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i];
		const fence = FENCE.exec(line);
		const tableEnd = endOfTable(lines, i);
		let match: RegExpExecArray | null;
		if (fence) {
			const { text, end } = codeBlock(lines, i, fence);
			write(...text);
			i = end;
		} else if (tableEnd > i) {
			write(tableText(lines.slice(i, tableEnd), options));
			i = tableEnd - 1;
		} else if (isEmptyLine(line)) {
			write(line);
		} else if ((match = DEFINITION.exec(line)) && !named.has(labelOf(match))) {
			write(line);
		} else if (match || (isMarkdown && RULE.test(line))) {
			write();
			// With the empty line behind it, where there is one above it, too.
			if (isEmptyLine(written[written.length - 1]) && isEmptyLine(lines[i + 1])) i++;
			if (i >= lines.length - 1)
				while (written.length > 0 && isEmptyLine(written[written.length - 1])) written.pop();
		} else if (UNDERLINE.test(line) && paragraph.length > 0) {
			const title = heading(paragraph.join(' '));
			paragraph = [];
			write(title);
		} else if ((match = HEADING.exec(line))) {
			write(heading(match[1]));
		} else if ((match = ITEM.exec(line)) && !ADDED.test(line)) {
			write(item(match, isMarkdown, inline));
		} else if ((match = QUOTE.exec(line))) {
			write(`> ${inline(match[1])}`);
		} else {
			paragraph.push(line);
		}
	}
	write();
	return written.join('\n');
}

/** Also where there is none. */
function isEmptyLine(line = ''): boolean {
	return line.trim() === '';
}

/** An entry of a list; WhatsApp shows those that begin with `-`, `*` or a number and a point. */
function item(
	[, indent, mark, space, done, text]: RegExpExecArray,
	isMarkdown: boolean,
	inline: (text: string) => string,
): string {
	const box = done === undefined ? '' : done === ' ' ? '☐ ' : '☑ ';
	const isBullet = /^[-*+]$/.test(mark);
	const own = mark === '+' || (isBullet && isMarkdown) ? '-' : mark;
	return `${indent}${own}${isMarkdown ? ' ' : space}${box}${inline(text)}`;
}

/** A block of code without its language, and the index of its last line. */
function codeBlock(
	lines: string[],
	start: number,
	[, indent, mark]: RegExpExecArray,
): { text: string[]; end: number } {
	const closes = (line: string) => {
		const own = line.trim();
		return own.length >= mark.length && own === mark[0].repeat(own.length);
	};
	let end = start + 1;
	while (end < lines.length && !closes(lines[end])) end++;
	if (end === lines.length) {
		// WhatsApp's own block ends behind a text: "```one\ntwo```".
		const ownEnd = lines.findIndex((line, i) => i > start && line.includes(mark));
		if (ownEnd >= 0) return { text: lines.slice(start, ownEnd + 1), end: ownEnd };
	}
	const code = lines
		.slice(start + 1, end)
		.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
	if (code.join('').trim() === '') return { text: [], end };
	return { text: ['```', ...code, '```'], end };
}

/** The addresses that reference links name, and which of them the text does name. */
class Definitions {
	readonly used = new Set<string>();
	private readonly addresses: ReadonlyMap<string, string>;

	constructor(lines: string[]) {
		this.addresses = new Map(
			lines.flatMap((line): Array<[string, string]> => {
				const match = DEFINITION.exec(line);
				return match ? [[labelOf(match), match[2]]] : [];
			}),
		);
	}

	get size(): number {
		return this.addresses.size;
	}

	get(label: string): string | undefined {
		const address = this.addresses.get(label);
		if (address !== undefined) this.used.add(label);
		return address;
	}
}

function labelOf([, label]: RegExpExecArray): string {
	return label.toLowerCase();
}
