const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/**
 * Names of the placeholders in a template text, `1` for {{1}} and `first_name` for {{first_name}}:
 * in order of appearance, each once. Spaces inside the braces do not matter (rule R36).
 */
export function placeholdersOf(text = ''): string[] {
	return [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name))];
}

/** The text with each placeholder replaced by its value; one without a value stays visible. */
export function fillPlaceholders(
	text: string,
	valueOf: (name: string) => string | undefined,
): string {
	return text.replace(PLACEHOLDER, (_, name: string) => valueOf(name) ?? `{{${name}}}`);
}

/**
 * The few words around a placeholder, so that a person recognises it: 'Hi {{1}}! Your order' in
 * 'Hi {{1}}! Your order {{2}} is ready.' Ends at the neighbouring placeholders and line breaks.
 *
 * @param shown stands for the placeholder
 * @returns '' when nothing stands around it
 */
export function wordsAround(text: string, name: string, shown: string): string {
	const [found] = Array.from(text.matchAll(PLACEHOLDER)).filter((match) => match[1] === name);
	if (!found) return '';
	const start =
		text
			.slice(0, found.index)
			.split(/\n|\}\}/)
			.pop() ?? '';
	const [end] = text.slice(found.index + found[0].length).split(/\n|\{\{/);
	const before = lastWords(oneSpace(start).replace(/^[\p{P}\s]+/u, ''));
	const after = firstWords(oneSpace(end)).trimEnd();
	return before || after ? before + shown + after : '';
}

/** The editor shows about 25 characters, and the placeholder has to be among them. */
const MOST_BEFORE = 14;
const MOST_AFTER = 20;

function oneSpace(text: string): string {
	return text.replace(/\s+/g, ' ');
}

function lastWords(text: string): string {
	const letters = Array.from(text);
	if (letters.length <= MOST_BEFORE) return text;
	const end = letters.slice(-MOST_BEFORE).join('');
	return `…${/\s\S/.test(end) ? end.replace(/^\S*\s+/, '') : end}`;
}

function firstWords(text: string): string {
	const letters = Array.from(text);
	if (letters.length <= MOST_AFTER) return text;
	const start = letters.slice(0, MOST_AFTER).join('');
	return /\S\s/.test(start) ? start.replace(/\s+\S*$/, '') : start;
}
