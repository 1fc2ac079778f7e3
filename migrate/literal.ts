/**
 * An object as JavaScript writes it, such as `{ to: $json.phone, type: 'text' }`. What is no text,
 * number or object of its own becomes an expression, which begins with '='.
 *
 * @returns undefined where the code is anything else
 */
export function readLiteral(code: string): unknown {
	if (!/^[{[]/.test(code)) return undefined;
	try {
		const reader = new Reader(code);
		const value = reader.value();
		reader.space();
		return reader.at === code.length ? value : undefined;
	} catch {
		return undefined;
	}
}

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

class Reader {
	at = 0;

	constructor(private readonly code: string) {}

	space(): void {
		while (/\s/.test(this.code[this.at] ?? '')) this.at++;
	}

	value(): unknown {
		this.space();
		const char = this.code[this.at];
		if (char === '{') return this.object();
		if (char === '[') return this.list();
		const source = this.expression();
		return simple(source) ?? `={{ ${source} }}`;
	}

	private object(): Record<string, unknown> {
		const object: Record<string, unknown> = {};
		this.entries('}', () => {
			const key = /^(?:([A-Za-z_$][\w$]*)|"([^"]*)"|'([^']*)')\s*/.exec(this.code.slice(this.at));
			if (!key) throw new SyntaxError('a key was expected');
			this.at += key[0].length;
			const name = key[1] ?? key[2] ?? key[3];
			if (this.code[this.at] !== ':') throw new SyntaxError('a colon was expected');
			this.at++;
			object[name] = this.value();
		});
		return object;
	}

	private list(): unknown[] {
		const list: unknown[] = [];
		this.entries(']', () => list.push(this.value()));
		return list;
	}

	private entries(close: string, read: () => void): void {
		this.at++;
		for (;;) {
			this.space();
			if (this.code[this.at] === close) break;
			read();
			this.space();
			if (this.code[this.at] === ',') this.at++;
			else if (this.code[this.at] !== close) throw new SyntaxError('a comma was expected');
		}
		this.at++;
	}

	/** Code up to the comma or bracket that ends the value. */
	private expression(): string {
		const start = this.at;
		const open: string[] = [];
		for (; this.at < this.code.length; this.at++) {
			const char = this.code[this.at];
			if (char === '"' || char === "'" || char === '`') this.skipText(char);
			else if (CLOSING[char]) open.push(CLOSING[char]);
			else if (open.length > 0 && char === open[open.length - 1]) open.pop();
			else if (open.length === 0 && /[,}\]]/.test(char)) break;
		}
		const source = this.code.slice(start, this.at).trim();
		if (source === '' || open.length > 0) throw new SyntaxError('a value was expected');
		return source;
	}

	private skipText(quote: string): void {
		for (this.at++; this.code[this.at] !== quote; this.at++) {
			if (this.at >= this.code.length) throw new SyntaxError('a text does not end');
			if (this.code[this.at] === '\\') this.at++;
		}
	}
}

/** A text, number or truth value; undefined for code. */
function simple(source: string): unknown {
	if (/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(source)) return JSON.parse(source) as unknown;
	const text = /^(["'])((?:(?!\1)[^\\]|\\.)*)\1$/s.exec(source);
	return text ? unescaped(text[2]) : undefined;
}

function unescaped(text: string): string {
	return text.replace(
		/\\(.)/gs,
		(_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char,
	);
}
