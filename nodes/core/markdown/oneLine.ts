import { markdownToWhatsApp } from './markdown';

const FENCE_LINE = /^```$/;
const BULLET = /^[ \t]*[-*] (?=\S)/;
const QUOTE = /^> /;

/**
 * Markdown for a place that takes a single line, such as a template's value (Meta: no line breaks,
 * no tabs, not more than four spaces in a row): entries of a list begin with `•`, the marks of
 * quotes and blocks of code go.
 */
export function markdownToOneLine(markdown: string): string {
	return markdownToWhatsApp(markdown)
		.split('\n')
		.filter((line) => !FENCE_LINE.test(line))
		.map((line) => line.replace(BULLET, '• ').replace(QUOTE, '').trim())
		.filter((line) => line !== '')
		.join(' ')
		.replace(/\s+/gu, ' ');
}
