import fs from 'fs';
import path from 'path';

const root = path.join(__dirname, '..', '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

const sources = fs
	.readdirSync(path.join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts'))
	.map((name) => path.join('nodes', name));

/** The rules that a file cites, as `T29` or `T26 to T29`. */
const citedIn = (text: string) =>
	[...text.matchAll(/(?<![\w.#-])[DERT]\d{1,2}(?![\w.])/g)].map(String);

const rows = new Set(
	[...read('docs/development/rules.md').matchAll(/^\| ([DERT]\d+) +\|/gm)].map(([, id]) => id),
);

describe('docs/development/rules.md', () => {
	const cited = [...new Set(sources.flatMap((file) => citedIn(read(file))))].sort();

	it('is cited by the code', () => {
		expect(cited.length).toBeGreaterThan(50);
	});

	it.each(cited)('has the rule %s, which the code cites', (rule) => {
		expect(rows).toContain(rule);
	});

	it.each([...rows])('holds no rule that nothing cites: %s', (rule) => {
		const isCited = cited.includes(rule) || rangesWith(rule);
		expect(isCited).toBe(true);
	});

	/** The rows of the decision table are tested one by one, with all states around them. */
	const tested = ['decisionTable', 'settle', 'explain']
		.map((name) => read(`test/unit/conversation/${name}.test.ts`))
		.concat(
			fs
				.readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
				.filter((name) => /\.test\.ts$/.test(name))
				.map((name) => read(path.join('test', name))),
		)
		.join('\n');

	it.each([...rows].filter((rule) => rule.startsWith('T')))(
		'the row %s is named by a test',
		(rule) => {
			const [, number] = /(\d+)/.exec(rule) ?? [];
			const inRange = [...tested.matchAll(/\bT(\d+)(?: to |–)T(\d+)/g)].some(
				([, from, to]) => Number(from) <= Number(number) && Number(number) <= Number(to),
			);
			expect(inRange || new RegExp(`\\b${rule}\\b`).test(tested)).toBe(true);
		},
	);
});

/** Whether the code cites a rule as one of several, as in `T24 to T28`. */
function rangesWith(rule: string): boolean {
	const [, letter, number] = /^([A-Z])(\d+)$/.exec(rule) ?? [];
	return sources
		.flatMap((file) => [...read(file).matchAll(/\b([DERT])(\d+) to \1(\d+)/g)])
		.some(([, each, from, to]) => each === letter && +from <= +number && +number <= +to);
}
