import fc from 'fast-check';

import { markdownToWhatsApp } from '../../../nodes/core/markdown/markdown';
import { markdownToOneLine } from '../../../nodes/core/markdown/oneLine';

/** By kind: Markdown as models write it, and what WhatsApp is to get. */
const CASES: Record<string, Array<[markdown: string, shown: string]>> = {
	'bold, italic and strikethrough': [
		['**bold**', '*bold*'],
		['__bold__', '*bold*'],
		['*italic* and **bold**', '_italic_ and *bold*'],
		['_italic_ and __bold__', '_italic_ and *bold*'],
		['~~gone~~', '~gone~'],
		['~~**gone**~~', '*~gone~*'],
		['**Note:** text', '*Note:* text'],
		['(**a**)', '(*a*)'],
		['**a**, **b**!', '*a*, *b*!'],
		['a **b**. c', 'a *b*. c'],
		['**"quoted"** text', '*"quoted"* text'],
		['**Total:** **12,50 €**', '*Total:* *12,50 €*'],
		["I'm **very** sure — _really_.", "I'm *very* sure — _really_."],
		['*note* **x** _y_ ~z~', '_note_ *x* _y_ ~z~'],
	],
	'nested formats': [
		['***both***', '*_both_*'],
		['**_both_**', '*_both_*'],
		['_**both**_', '*_both_*'],
		['**a *b* c**', '*a _b_ c*'],
		['*a **b** c*', '_a *b* c_'],
		['**a ~~b~~ c**', '*a ~b~ c*'],
		['**bold `code` bold**', '*bold* `code` *bold*'],
	],
	'formats across lines': [
		['line one **bold\nstill bold** end', 'line one *bold*\n*still bold* end'],
		['*a*\n**b**', '_a_\n*b*'],
	],
	'what is not balanced or not Markdown': [
		['**bold', '**bold'],
		['bold**', 'bold**'],
		['** not **', '** not **'],
		['2 ** 3 ** 4', '2 ** 3 ** 4'],
		['3 * 4 * 5', '3 * 4 * 5'],
		['a*b*c', 'a*b*c'],
		['5*3=15 and **15**', '5*3=15 and *15*'],
		['snake_case_name', 'snake_case_name'],
		['**use** snake_case_name', '*use* snake_case_name'],
		['__init__.py', '__init__.py'],
		['#hashtag', '#hashtag'],
		['>:(', '>:('],
		['¯\\_(ツ)_/¯', '¯_(ツ)_/¯'],
		['\\*not\\*', '*not*'],
	],
	'sums, codes and estimates': [
		['**Total:** 2*19.90 + 1*5.00', '*Total:* 2*19.90 + 1*5.00'],
		['**Area:** 4*(2+3)*5', '*Area:* 4*(2+3)*5'],
		['**Total:** 2*€5 + 3*€4', '*Total:* 2*€5 + 3*€4'],
		['10*20*30 **cm**', '10*20*30 *cm*'],
		['x**2 + y**2', 'x**2 + y**2'],
		['2**3 and 4**5', '2**3 and 4**5'],
		['**Order**123 and **Table 5**2nd floor', 'Order123 and Table 52nd floor'],
		['**Note: 2*3 = 6**', 'Note: 2*3 = 6'],
		['**Password:** abc*123*def', '*Password:* abc*123*def'],
		['**ETA:** ~20 min (~5 km)', '*ETA:* ~20 min (~5 km)'],
		['~5 min, **~10 km**', '~5 min, *~10 km*'],
		['~5–~10 or ~€10 **now**', '~5–~10 or ~€10 *now*'],
		['20 €\n+ 5 € delivery', '20 €\n+ 5 € delivery'],
		['**20 €**\n+ 19% VAT\n+ shipping: $4', '*20 €*\n+ 19% VAT\n+ shipping: $4'],
	],
	"WhatsApp's own marks": [
		['*bold*', '*bold*'],
		['*bold* _italic_ ~gone~ `code`', '*bold* _italic_ ~gone~ `code`'],
		['* one\n* two', '* one\n* two'],
		['```one\ntwo```', '```one\ntwo```'],
		['```\none\n```', '```\none\n```'],
		['> quoted', '> quoted'],
	],
	'within words, where WhatsApp shows the marks': [
		['un**believ**able', 'unbelievable'],
		['**a**b', 'ab'],
		['**Price:**5', 'Price:5'],
		['这是**重点**内容', '这是重点内容'],
		['**标题：** 内容', '*标题：* 内容'],
	],
	'other scripts and emoji': [
		['مرحبا **بالعالم** يا', 'مرحبا *بالعالم* يا'],
		['**नमस्ते** दुनिया', '*नमस्ते* दुनिया'],
		['😀**a**😀', '😀*a*😀'],
		['**👍 done**', '*👍 done*'],
		['👩‍👩‍👧 **family**', '👩‍👩‍👧 *family*'],
	],
	'addresses, which no mark may touch': [
		['https://x.y/a_b_c*d*', 'https://x.y/a_b_c*d*'],
		['**bold** https://x.y/_a_/**b**', '*bold* https://x.y/_a_/'.concat('*b*')],
		['**https://x.y/a_b**', 'https://x.y/a_b'],
		['**See https://x.y/a_b now**', '*See* https://x.y/a_b *now*'],
		['See https://x.y/(a_b). **x**', 'See https://x.y/(a_b). *x*'],
		['<https://x.y/a>', 'https://x.y/a'],
		['a_b_c@x.de', 'a_b_c@x.de'],
		['<a_b@x.de>', 'a_b@x.de'],
	],
	links: [
		['[Shop](https://x.y/p_1_2)', 'Shop (https://x.y/p_1_2)'],
		['**[Shop](https://x.y)**', '*Shop* (https://x.y)'],
		['[**Shop**](https://x.y)', '*Shop* (https://x.y)'],
		['[https://x.y](https://x.y)', 'https://x.y'],
		['[x.y](https://x.y/)', 'https://x.y/'],
		['[Shop](<https://x.y/a b>)', 'Shop (https://x.y/a b)'],
		['[Shop](https://x.y "Our shop")', 'Shop (https://x.y)'],
		['[a](https://en.wikipedia.org/wiki/A_(b))', 'a (https://en.wikipedia.org/wiki/A_(b))'],
		['![Cat](https://x.y/c.png)', 'Cat (https://x.y/c.png)'],
		['![](https://x.y/c.png)', 'https://x.y/c.png'],
		['[Mail](mailto:a@b.c)', 'Mail (a@b.c)'],
		['[Call us](tel:+4930123)', 'Call us (+4930123)'],
		['[up](#top)', 'up'],
		['[a][1] b\n\n[1]: https://x.y', 'a (https://x.y) b'],
		['[a][1] b\n\n[1]: https://x.y\n[2]: https://z.y', 'a (https://x.y) b\n\n[2]: https://z.y'],
		[
			'**Sources**\n[1]: https://x.y/a_b\n[2]: www.z.y',
			'*Sources*\n[1]: https://x.y/a_b\n[2]: www.z.y',
		],
		['`a[1]` **b**\n\n[1]: https://x.y', '`a[1]` *b*\n\n[1]: https://x.y'],
		['[not a link]', '[not a link]'],
	],
	code: [
		['`a*b*`', '`a*b*`'],
		['``a`b``', '```a`b```'],
		['```x```', '```x```'],
		['```js\nlet a = `b`;\n**x**\n```', '```\nlet a = `b`;\n**x**\n```'],
		['~~~\na\n~~~', '```\na\n```'],
		['```js\nopen', '```\nopen\n```'],
		['1. Do:\n   ```sh\n   ls\n   ```', '1. Do:\n```\nls\n```'],
	],
	'headings and rules': [
		['# Title', '*Title*'],
		['## Title with **bold** #', '*Title with bold*'],
		['### 1. Step `x`', '*1. Step* `x`'],
		['Title\n=====\ntext', '*Title*\ntext'],
		['a\n\n---\n\nb **x**', 'a\n\nb *x*'],
		['# a\n***\nb', '*a*\nb'],
	],
	lists: [
		['- a\n- **b**', '- a\n- *b*'],
		['* a\n* **b**', '- a\n- *b*'],
		['+ a', '- a'],
		['- [ ] todo\n- [x] done', '- ☐ todo\n- ☑ done'],
		['1. a\n2) b', '1. a\n2) b'],
		['1. **Tea**: hot\n   - *green*\n   - black', '1. *Tea*: hot\n   - _green_\n   - black'],
		['*   **a**', '- *a*'],
	],
	quotes: [
		['> q **b**', '> q *b*'],
		['> > q', '> q'],
	],
	tables: [
		['| A | B |\n|---|---|\n| Tea | 3 |\n| **Cake** | 4 |', '- *Tea*: 3\n- *Cake*: 4'],
		[
			'| A | B | C |\n|:--|--|--:|\n| x | 1 | 2 |\n| y | | 3 |\n\nEnd',
			'*x*\nB: 1\nC: 2\n\n*y*\nC: 3\n\nEnd',
		],
		['A | B\n--- | ---\na\\|b | `c|d`', '- *a|b*: `c|d`'],
		['| A | B |\n|---|---|', '*A* | *B*'],
		['| A | B |\n|---|---|\n| x | 1<br>2 |', '- *x*: 1\n2'],
		['a | b', 'a | b'],
	],
};

describe.each(Object.entries(CASES))('%s', (_kind, cases) => {
	it.each(cases)('%j', (markdown, shown) => {
		expect(markdownToWhatsApp(markdown)).toBe(shown);
	});
});

it('is tried with at least 80 texts', () => {
	expect(Object.values(CASES).flat().length).toBeGreaterThanOrEqual(80);
});

describe('any text', () => {
	const plainChars = [...'abc ABC 123 .,;:!?()\'"%&$€/=@äßéя漢😀ال'];
	const plainText = fc
		.array(fc.constantFrom(...plainChars, '\n', '\n\n'), { maxLength: 200 })
		.map((chars) => chars.join(''));
	const anything = fc
		.array(
			fc.constantFrom(...plainChars, ...'*_~`#[]()<>|-+\\!', '\n', '**', '```', '](https://x.y)'),
			{
				maxLength: 120,
			},
		)
		.map((chars) => chars.join(''));

	it('stays as it is without Markdown', () => {
		fc.assert(fc.property(plainText, (text) => markdownToWhatsApp(text) === text));
	});

	it('with one format keeps its words and their order', () => {
		const word = fc.stringMatching(/^[a-z]{1,8}$/);
		fc.assert(
			fc.property(fc.array(word, { minLength: 3, maxLength: 9 }), fc.nat(), (words, pick) => {
				const i = pick % words.length;
				const marked = (mark: string) =>
					words.map((one, k) => (k === i ? `${mark}${one}${mark}` : one)).join(' ');
				expect(markdownToWhatsApp(marked('**'))).toBe(marked('*'));
				expect(markdownToWhatsApp(marked('~~'))).toBe(marked('~'));
			}),
		);
	});

	it('never loses a letter, and never ends in an error', () => {
		const letters = (text: string) =>
			text.replace(/https:\/\/x\.y/g, '').replace(/[^\p{L}\p{N}]/gu, '');
		fc.assert(
			fc.property(anything, (text) => {
				const shown = markdownToWhatsApp(text);
				// The language of a block of code, and a link's address that its label shows, may go.
				if (/`|~|\]\(/.test(text)) return typeof shown === 'string';
				return letters(shown) === letters(text);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('of 60,000 characters is read in a moment, however many marks it has', () => {
		for (const part of ['**a ', '*a* ', '[a](', '`a ', '_a_b', '| a ', '~~a ']) {
			expect(markdownToWhatsApp(part.repeat(60_000 / part.length)).length).toBeGreaterThan(0);
		}
	}, 20_000);
});

describe('for a place of one line', () => {
	it.each([
		['**Tea**\n- green\n- black', '*Tea* • green • black'],
		['a\n\n\nb\tc', 'a b c'],
		['```js\nx\n```\n> q', 'x q'],
		['', ''],
	])('%j', (markdown, line) => {
		expect(markdownToOneLine(markdown)).toBe(line);
	});
});
