import fs from 'fs';
import path from 'path';

export const ROOT = path.join(__dirname, '..', '..', '..');

/** Marks that a reader does not see: targets of links, stress, backslashes. */
function plain(markdown: string): string {
	return markdown
		.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
		.replace(/\*\*|(?<![\w`])_|_(?![\w`])|`/g, '')
		.replace(/\\\|/g, '|')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A full stop ends a sentence where a capital letter, a number, a quotation or 'n8n' follows it. */
const ENDS = /(?<=[.!?]["”)]?) (?=["“(]?\p{Lu}|\d|n8n )/u;

/** The mark of an item of a list, with its heading if it has one: `- **Limits.** `. */
const ITEM = /^(- |\d+\. )(\*\*[^*]+\.\*\* )?/;

const cellsOf = (row: string): string[] =>
	row
		.replace(/^\||\|$/g, '')
		.split(/(?<!\\)\|/)
		.map((cell) => plain(cell));

/**
 * The sentences of a page as a reader sees them, in order. A row of a table is one sentence, with
 * ` | ` between its cells. Headings, heads of tables, tables of contents and code say nothing.
 */
export function sentencesOf(page: string): string[] {
	const text = fs.readFileSync(path.join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
	const lines = text.split('\n');
	return lines.flatMap((line, index) => {
		if (/^\s*$|^#|^- \[[^\]]+\]\(#[^)]+\)$/.test(line)) return [];
		if (!line.startsWith('|')) return plain(line.replace(ITEM, '')).split(ENDS);
		const isHead = /^\| ?-/.test(line) || /^\| ?-/.test(lines[index + 1] ?? '');
		return isHead ? [] : [cellsOf(line).join(' | ')];
	});
}
