const COLOURS = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

type Colour = keyof typeof COLOURS;

/** Where the text of a chat line begins: after the arrow and the name. */
const MARGIN = 11;

const WIDEST = 92;

/** What the person sees: a chat, with a few words around it. */
export class Screen {
	private readonly coloured: boolean;

	constructor(private readonly out: NodeJS.WriteStream = process.stdout) {
		this.coloured = Boolean(out.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
	}

	title(text: string): void {
		this.print('', this.paint('bold', text), '');
	}

	/** A step of a story: `1  Ann writes …`. */
	scene(number: number, text: string): void {
		this.print('', this.paint('bold', `${number}  ${text}`), '');
	}

	/** Something that is ready now. */
	done(text: string): void {
		this.print(`  ${this.paint('green', '✓')} ${text}`);
	}

	/** What is being done; may take a while. */
	working(text: string): void {
		this.print(this.paint('dim', `    ${text}`));
	}

	/** A sentence of the teller. */
	tell(text: string): void {
		this.print(...wrap(text, this.width - 3).map((line) => `   ${line}`));
	}

	/** Something comes in to the business. */
	incoming(who: string, text: string, aside = ''): void {
		this.chat('cyan', '←', who, text, aside);
	}

	/** Something goes out to a customer. */
	outgoing(who: string, text: string, aside = ''): void {
		this.chat('green', '→', who, text, aside);
	}

	/** Something that did not go out, or was not let in. */
	stopped(text: string): void {
		this.chat('yellow', '✗', '', text, '');
	}

	/** Small print below a chat line. */
	note(text: string): void {
		const lines = wrap(text, this.width - MARGIN);
		this.print(...lines.map((line) => ' '.repeat(MARGIN) + this.paint('dim', line)));
	}

	/** Something is not as it should be. */
	wrong(text: string): void {
		const lines = wrap(text, this.width - 5);
		this.print(...lines.map((line, index) => this.paint('red', `   ${index ? ' ' : '✗'} ${line}`)));
	}

	blank(): void {
		this.print('');
	}

	/** An address or a command, on a line of its own. */
	link(label: string, text: string): void {
		this.print(`   ${label.padEnd(18)} ${this.paint('bold', text)}`);
	}

	private chat(colour: Colour, sign: string, who: string, text: string, aside: string): void {
		const lines = text.split(/\n+/).flatMap((line) => wrap(line, this.width - MARGIN));
		lines.forEach((line, index) => {
			const head = index ? '' : `   ${sign} ${who}`;
			const tail = aside && index === lines.length - 1 ? this.paint('dim', `   (${aside})`) : '';
			this.print(this.paint(colour, head.padEnd(MARGIN)) + line + tail);
		});
	}

	private get width(): number {
		return Math.max(40, Math.min(this.out.columns || WIDEST, WIDEST));
	}

	private paint(colour: Colour, text: string): string {
		return this.coloured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
	}

	private print(...lines: string[]): void {
		for (const line of lines) this.out.write(`${line.trimEnd()}\n`);
	}
}

/** The text in lines of at most `width` characters, broken between words. */
function wrap(text: string, width: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines[lines.length - 1];
		if (line && line.length + 1 + word.length > width) lines.push(word);
		else lines[lines.length - 1] = line ? `${line} ${word}` : word;
	}
	return lines;
}
