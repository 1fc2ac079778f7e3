import { readLiteral } from './literal';
import { isObject, textIn, type Values } from './workflow';

/** Stands for the expression of that number while the text around it is read as JSON. */
const mark = (index: number) => `\u2983${index}\u2984`;
const MARKS = /\u2983(\d+)\u2984/g;

/** The functions by which a text was made fit for JSON, which a field of a node does not need. */
const ESCAPING =
	/\.(?:replace|replaceAll)\(\s*(?:\/(?:\\[nrt"'\\]|["']|\[[^\]]+\]|\?|\|)+\/[gmu]*|(["'])(?:\\n|\\"|")\1)\s*,\s*(["'`])\\\\?.*?\2\s*\)/g;

/**
 * The body of a request, as n8n keeps it: JSON with `{{ }}` in it, or one expression that makes an
 * object. Values that come from expressions begin with '='.
 *
 * @returns undefined where it is neither
 */
export function bodyIn(text: unknown): Values | undefined {
	if (isObject(text)) return text;
	const value = valueIn(text);
	return isObject(value) ? value : undefined;
}

/** A value of a body: an object where its text is one, else as it is. */
export function valueIn(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const isDynamic = value.startsWith('=');
	const text = (isDynamic ? value.slice(1) : value).trim();
	const whole = /^\{\{([\s\S]*)\}\}$/.exec(text);
	if (isDynamic && whole && !whole[1].includes('{{')) {
		const read = readLiteral(withoutStringify(whole[1].trim()));
		return isObject(read) || Array.isArray(read) ? read : value;
	}
	if (!/^[[{]/.test(text)) return value;
	const expressions: string[] = [];
	const json = isDynamic ? marked(text, expressions) : text;
	try {
		return restored(JSON.parse(json) as unknown, expressions);
	} catch {
		return value;
	}
}

/** Puts a value where a way of names leads. */
export function nested(into: Values, [name, ...rest]: string[], value: unknown): void {
	if (rest.length === 0) {
		into[name] = value;
		return;
	}
	if (!isObject(into[name])) into[name] = {};
	nested(into[name] as Values, rest, value);
}

/** The text as JSON: each expression a mark, in quotes where it had none; line breaks written out. */
function marked(text: string, expressions: string[]): string {
	let json = '';
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const end = text.startsWith('{{', i) ? text.indexOf('}}', i) : -1;
		if (end > 0) {
			const code = text.slice(i + 2, end).trim();
			expressions.push(withoutEscaping(inString ? withoutSlice(code) : withoutStringify(code)));
			json += inString ? mark(expressions.length - 1) : `"${mark(expressions.length - 1)}"`;
			i = end + 1;
		} else if (inString && text[i] === '\\') {
			json += text.slice(i, i + 2);
			i++;
		} else {
			if (text[i] === '"') inString = !inString;
			json += inString && text[i] === '\n' ? '\\n' : text[i];
		}
	}
	return json;
}

function restored(value: unknown, expressions: string[]): unknown {
	if (Array.isArray(value)) return value.map((entry) => restored(entry, expressions));
	if (isObject(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [key, restored(entry, expressions)]),
		);
	}
	const text = textIn(value);
	if (typeof value !== 'string' || text.search(MARKS) < 0) return value;
	return `=${text.replace(MARKS, (_, index: string) => `{{ ${expressions[Number(index)]} }}`)}`;
}

/** `JSON.stringify(…)`, however indented, and brackets around an object are what they hold. */
function withoutStringify(code: string): string {
	const inner = /^JSON\.stringify\(([\s\S]*?)(?:,\s*null(?:,\s*[\w"' \\]+)?)?\)$/.exec(code)?.[1];
	const text = inner?.trim() ?? code;
	return /^\(\s*(\{[\s\S]*\})\s*\)$/.exec(text)?.[1] ?? text;
}

/** `JSON.stringify(…).slice(1, -1)` is a text without its quotes. */
function withoutSlice(code: string): string {
	const inner = /^JSON\.stringify\(([\s\S]*)\)\.(?:slice|substring)\(1,\s*-1\)$/.exec(code)?.[1];
	return inner?.trim() ?? code;
}

function withoutEscaping(code: string): string {
	return code.replace(ESCAPING, '');
}
