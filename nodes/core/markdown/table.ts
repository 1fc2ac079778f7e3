import { formatSpans } from './format';
import { readInline, type InlineOptions, type Span } from './inline';
import { inBold } from './spans';

/** The line below a table's header (GitHub: Tables). */
const DELIMITER_ROW = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The index behind the last line of the table that begins at `start`; `start` where none begins. */
export function endOfTable(lines: string[], start: number): number {
	const [header, delimiters = ''] = lines.slice(start, start + 2);
	const isTable =
		header.includes('|') &&
		delimiters.includes('|') &&
		DELIMITER_ROW.test(delimiters) &&
		cellsOf(header).length === cellsOf(delimiters).length;
	if (!isTable) return start;
	let end = start + 2;
	while (end < lines.length && lines[end].includes('|')) end++;
	return end;
}

/**
 * A table as lines, since WhatsApp has none: of two columns `- *Tea*: 3 €`, of more the first cell in
 * bold and below it `Header: cell` for each other one.
 *
 * @param lines header, delimiter row, rows
 */
export function tableText(lines: string[], options: InlineOptions): string {
	const [headers, , ...rows] = lines.map(cellsOf);
	const spansOf = (cell: string) => readInline(cell, options);
	if (rows.length === 0)
		return formatSpans(
			joined(
				headers.map((cell) => inBold(spansOf(cell))),
				' | ',
			),
		);
	const isPair = headers.length <= 2;
	return rows
		.map(([first = '', ...others]) => {
			const title = inBold(spansOf(first));
			const facts = others.slice(0, headers.length - 1).flatMap((cell, i): Span[][] => {
				if (cell === '') return [];
				const named = [...spansOf(headers[i + 1]), plain(': '), ...spansOf(cell)];
				return [isPair || headers[i + 1] === '' ? spansOf(cell) : named];
			});
			if (headers.length === 1) return formatSpans([plain('- '), ...spansOf(first)]);
			if (isPair)
				return formatSpans([plain('- '), ...joined([title, ...facts].filter(isFilled), ': ')]);
			return formatSpans(joined([title, ...facts].filter(isFilled), '\n'));
		})
		.filter((row) => row !== '')
		.join(isPair ? '\n' : '\n\n');
}

/** The cells of a row; a pipe behind a backslash or within code does not divide. */
function cellsOf(line: string): string[] {
	const cells = [''];
	for (const [part] of line.trim().matchAll(/\\\||`+[^`]*`+|[\s\S]/gu)) {
		if (part === '|') cells.push('');
		else cells[cells.length - 1] += part === '\\|' ? '|' : part;
	}
	if (cells.length > 1 && cells[0].trim() === '') cells.shift();
	if (cells.length > 1 && cells[cells.length - 1].trim() === '') cells.pop();
	return cells.map((cell) => cell.trim());
}

function plain(text: string): Span {
	return { text, styles: new Set() };
}

function isFilled(spans: Span[]): boolean {
	return spans.length > 0;
}

function joined(lists: Span[][], between: string): Span[] {
	return lists.flatMap((spans, i) => (i === 0 ? spans : [plain(between), ...spans]));
}
