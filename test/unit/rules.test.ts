import fs from 'fs';
import path from 'path';

const root = path.join(__dirname, '..', '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

/** All files of a folder whose names end so, as one text. */
const textOf = (folder: string, ending: string) =>
	fs
		.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending) && !name.endsWith(path.basename(__filename)))
		.map((name) => read(path.join(folder, name)))
		.join('\n');

const code = textOf('nodes', '.ts');
const tests = textOf('test', '.test.ts');

/** Whether a text names a rule, by itself or as one of several (`T24 to T28`). */
function names(text: string, rule: string): boolean {
	const [, letter, number] = /^([A-Z])(\d+)$/.exec(rule) ?? [];
	return (
		new RegExp(`\\b${rule}\\b`).test(text) ||
		[...text.matchAll(/\b([DERT])(\d+)(?: to |–)\1(\d+)/g)].some(
			([, each, from, to]) => each === letter && +from <= +number && +number <= +to,
		)
	);
}

const rows = new Set(
	[...read('docs/development/rules.md').matchAll(/^\| ([DERT]\d+) +\|/gm)].map(([, id]) => id),
);

describe('docs/development/rules.md', () => {
	const cited = [
		...new Set([...code.matchAll(/(?<![\w.#-])[DERT]\d{1,2}(?![\w.])/g)].map(String)),
	].sort();

	it('is cited by the code', () => {
		expect(cited.length).toBeGreaterThan(50);
	});

	it.each(cited)('has the rule %s, which the code cites', (rule) => {
		expect(rows).toContain(rule);
	});

	it.each([...rows])('holds no rule that nothing cites: %s', (rule) => {
		expect(names(code, rule)).toBe(true);
	});

	it.each([...rows].filter((rule) => rule.startsWith('T')))(
		'the row %s is named by a test',
		(rule) => {
			expect(names(tests, rule)).toBe(true);
		},
	);
});
