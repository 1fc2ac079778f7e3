/** What formats a stretch of text in WhatsApp. */
export type Style = 'bold' | 'italic' | 'strike';

/** A stretch of text of one look. */
export interface Span {
	text: string;
	styles: ReadonlySet<Style>;
	/** A link or code, which no format mark may touch. */
	isVerbatim?: boolean;
}

/** A run of `*`, `_` or `~` that may begin or end a format. */
interface Delimiter {
	mark: string;
	length: number;
	canOpen: boolean;
	canClose: boolean;
}

interface Piece extends Span {
	delimiter?: Delimiter;
	styles: Set<Style>;
}

export interface InlineOptions {
	/** By the lower-case label of a reference link its address. */
	links: Pick<ReadonlyMap<string, string>, 'get'>;
	/** Whether its marks are Markdown's: `*this*` is italic there, and bold in WhatsApp. */
	isMarkdown: boolean;
}

const URL_PATTERN = /^(?:https?:\/\/|www\.)[^\s<>]+/i;
const AUTOLINK = /^<((?:https?:\/\/|mailto:|tel:)[^\s<>]+|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>/i;
const EMAIL = /^[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/u;
const CODE = /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/;
const ESCAPED = /^\\([!-/:-@[-`{-~])/;
const ESCAPES = /\\([!-/:-@[-`{-~])/g;
const BREAK = /^(?:<br\s*\/?>|\\(?=\n))/i;
/** A label may hold one level of brackets, an address one level of parentheses (CommonMark: Links). */
const LABEL = '\\[((?:[^\\[\\]\\\\]|\\\\.|\\[[^\\[\\]]*\\])*)\\]';
const LINK = new RegExp(
	`^(!?)${LABEL}\\(\\s*(?:<([^<>\\n]*)>|((?:[^\\s()\\\\]|\\\\.|\\([^\\s()]*\\))*))(?:\\s+(?:"[^"]*"|'[^']*'|\\([^()]*\\)))?\\s*\\)`,
);
const REFERENCE = new RegExp(`^(!?)${LABEL}(?:\\[([^\\[\\]]*)\\])?`);
const RUN = /^(\*+|_+|~+)/;
const ANY = /^[\s\S]/u;
const WORD = /^[\p{L}\p{N}]+/u;

/**
 * Reads the Markdown within one block into stretches of text and their looks (CommonMark 0.31:
 * Inlines; GitHub: Strikethrough). What is not Markdown stays as it is.
 */
export function readInline(text: string, options: InlineOptions): Span[] {
	const pieces = tokens(text, options);
	pairDelimiters(pieces);
	return pieces
		.map(({ text: own, styles, isVerbatim }) => ({ text: own, styles, isVerbatim }))
		.filter((span) => span.text !== '');
}

function tokens(text: string, options: InlineOptions): Piece[] {
	const pieces: Piece[] = [];
	let index = 0;
	const add = (own: string, more: Partial<Piece> = {}) => {
		const last = pieces[pieces.length - 1];
		if (Object.keys(more).length === 0 && last && !last.isVerbatim && !last.delimiter) {
			last.text += own;
		} else {
			pieces.push({ text: own, styles: new Set(), ...more });
		}
	};
	while (index < text.length) {
		const rest = text.slice(index);
		const startsWord = !/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, index - 2), index));
		const link = linkAt(rest, options.links);
		let match: RegExpExecArray | null;
		if ((match = CODE.exec(rest))) {
			add(match[1].length === 3 ? match[0] : codeOf(match[2]), { isVerbatim: true });
		} else if ((match = BREAK.exec(rest))) {
			add(rest[0] === '<' ? '\n' : '');
		} else if ((match = ESCAPED.exec(rest))) {
			add(match[1]);
		} else if ((match = AUTOLINK.exec(rest))) {
			add(addressShown(match[1]), { isVerbatim: true });
		} else if (startsWord && (match = URL_PATTERN.exec(rest))) {
			match[0] = urlEnd(match[0]);
			add(match[0], { isVerbatim: true });
		} else if (startsWord && (match = EMAIL.exec(rest))) {
			add(match[0], { isVerbatim: true });
		} else if (link) {
			pieces.push(...linkPieces(link, options));
			index += link.whole.length;
			continue;
		} else if (options.isMarkdown && (match = RUN.exec(rest))) {
			add(match[0], { delimiter: delimiterAt(text, index, match[0]) });
		} else {
			match = WORD.exec(rest) ?? ANY.exec(rest)!;
			add(match[0]);
		}
		index += match[0].length;
	}
	return pieces;
}

interface Link {
	/** As it stands in the text. */
	whole: string;
	label: string;
	address: string;
}

function linkAt(rest: string, links: InlineOptions['links']): Link | undefined {
	if (rest[0] !== '[' && !rest.startsWith('![')) return undefined;
	const inline = LINK.exec(rest);
	if (inline) {
		const [whole, , label, bracketed, bare = ''] = inline;
		return { whole, label, address: (bracketed ?? bare).replace(ESCAPES, '$1') };
	}
	const [whole, , label, name] = REFERENCE.exec(rest) ?? ['', '', '', ''];
	const address = links.get((name || label).toLowerCase());
	return address === undefined ? undefined : { whole, label, address };
}

/** The label, and the address behind it unless the label shows it already. */
function linkPieces({ label, address }: Link, options: InlineOptions): Piece[] {
	const inner = readInline(label, { ...options, links: new Map() });
	const pieces: Piece[] = inner.map((span) => ({ ...span, styles: new Set(span.styles) }));
	const shown = addressShown(address);
	const text = inner
		.map((span) => span.text)
		.join('')
		.trim();
	if (text === '') return [{ text: shown, styles: new Set(), isVerbatim: true }];
	if (shown === '' || shown.startsWith('#')) return pieces;
	if (bareAddress(text) === bareAddress(shown)) {
		return [{ text: shown, styles: new Set(), isVerbatim: true }];
	}
	return [...pieces, { text: ` (${shown})`, styles: new Set(), isVerbatim: true }];
}

function addressShown(address: string): string {
	return address.replace(/^(?:mailto|tel):/i, '');
}

function bareAddress(text: string): string {
	return text
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/\/$/, '');
}

/** Without the marks of a sentence or a format that follow an address. */
function urlEnd(url: string): string {
	let end = url.replace(/[.,;:!?'"*_~`|]+$/, '');
	while (end.endsWith(')') && count(end, ')') > count(end, '(')) {
		end = end.slice(0, -1).replace(/[.,;:!?'"*_~`|]+$/, '');
	}
	// A bracket or an asterisk pair ends it: neither is in an address that models write.
	return end.replace(/(?:\*\*|~~|\]).*$/, '');
}

function count(text: string, char: string): number {
	return text.split(char).length - 1;
}

function codeOf(content: string): string {
	const inner = /^ .*[^ ].* $/s.test(content) ? content.slice(1, -1) : content;
	// WhatsApp has one backtick for a line of code, and three for more.
	return /[`\n]/.test(inner) ? `\`\`\`${inner}\`\`\`` : `\`${inner}\``;
}

function delimiterAt(text: string, index: number, run: string): Delimiter {
	const before = [...text.slice(Math.max(0, index - 2), index)].pop() ?? ' ';
	const [after = ' ', second = ' '] = text.slice(index + run.length, index + run.length + 4);
	const isSpace = (char: string) => /\s/u.test(char);
	const isWord = (char: string) => /[\p{L}\p{N}]/u.test(char);
	// Next to a mark Markdown is strict; models are not: `**Price:**5`.
	const canOpen = !isSpace(after);
	const canClose = !isSpace(before);
	if (run[0] === '*' && isTimes(before, after, run.length)) {
		// It may yet end what was begun: `**Order**123`, but not in `*2*3 = 6*`.
		const isProduct = run.length === 1 && isDigit(before) && isDigit(after);
		return { mark: run[0], length: run.length, canOpen: false, canClose: canClose && !isProduct };
	}
	if (run === '~') {
		// Mostly 'about': `~20 min (~5 km)`, `~5–~10`, `~€10`.
		const isFigure = isWord(after) || /\p{Sc}/u.test(after);
		return {
			mark: run,
			length: 1,
			canOpen: canOpen && !isWord(before),
			canClose: canClose && !isFigure,
		};
	}
	if (run[0] !== '_') return { mark: run[0], length: run.length, canOpen, canClose };
	// Within names nothing is formatted: snake_case, __init__.py.
	const isFileEnd = after === '.' && isWord(second);
	return {
		mark: run[0],
		length: run.length,
		canOpen: canOpen && !isWord(before),
		canClose: canClose && !isWord(after) && !isFileEnd,
	};
}

/** Whether asterisks are part of a sum, a power or a code: `2*19.90`, `4*(2+3)`, `2**10`, `abc*123`. */
function isTimes(before: string, after: string, length: number): boolean {
	if (length > 2) return false;
	const isLetter = (char: string) => /[A-Za-z]/.test(char);
	if (isDigit(before) && isDigit(after)) return true;
	if (length === 2) return isLetter(before) && isDigit(after);
	if (/[)\p{Nd}\p{Sc}]/u.test(before) && /[(\p{Nd}\p{Sc}]/u.test(after)) return true;
	return (isLetter(before) && isDigit(after)) || (isDigit(before) && isLetter(after));
}

function isDigit(char: string): boolean {
	return /\p{Nd}/u.test(char);
}

/** Gives what lies between two delimiters of a pair its style (CommonMark: Emphasis, the algorithm). */
function pairDelimiters(pieces: Piece[]): void {
	for (let close = 0; close < pieces.length; close++) {
		const closer = pieces[close].delimiter;
		if (!closer?.canClose) continue;
		for (let open = close - 1; open >= 0 && closer.length > 0; open--) {
			const opener = pieces[open].delimiter;
			if (!opener?.canOpen || opener.mark !== closer.mark || opener.length === 0) continue;
			const size = sizeOfPair(opener, closer);
			if (size === 0) continue;
			const style = styleOf(closer.mark, size);
			for (const piece of pieces.slice(open + 1, close)) {
				piece.styles.add(style);
				// What was not paired up to here is text: pairs do not cross.
				if (piece.delimiter) piece.delimiter.canOpen = piece.delimiter.canClose = false;
			}
			for (const [piece, delimiter] of [
				[pieces[open], opener],
				[pieces[close], closer],
			] as const) {
				delimiter.length -= size;
				piece.text = delimiter.mark.repeat(delimiter.length);
			}
			// The same run may open another pair further out.
			open++;
		}
	}
}

/** How many marks of two runs make a pair; 0: none. */
function sizeOfPair(opener: Delimiter, closer: Delimiter): number {
	const both = opener.length >= 2 && closer.length >= 2;
	if (opener.mark === '~') {
		const isPair = opener.length === closer.length && opener.length <= 2;
		return isPair ? opener.length : 0;
	}
	// "Multiple of three": `**a*b**` is one bold, not two italics (CommonMark, rule 9).
	const isAmbiguous =
		((opener.canClose && opener.canOpen) || (closer.canOpen && closer.canClose)) &&
		(opener.length + closer.length) % 3 === 0 &&
		(opener.length % 3 !== 0 || closer.length % 3 !== 0);
	if (isAmbiguous) return 0;
	return both ? 2 : 1;
}

function styleOf(mark: string, size: number): Style {
	if (mark === '~') return 'strike';
	return size === 2 ? 'bold' : 'italic';
}
