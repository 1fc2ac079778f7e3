import fs from 'fs';
import path from 'path';

import ts from 'typescript';

/** Where a person with n8n alone pastes the old workflow, and gets the new one. */
export const EXAMPLE = path.join(__dirname, '..', 'examples', 'migrate-workflow.json');

/** Name of the node in {@link EXAMPLE} that holds {@link conversionScript}. */
export const CONVERTER = 'Convert';

/** The field of its form. */
export const FIELD = 'Old Workflow';

/**
 * All of convert.ts as the script of a Code node, which may import nothing: its modules in one object,
 * and the few lines that give each to the others.
 */
export function conversionScript(): string {
	const modules = new Map<string, string>();
	const take = (name: string) => {
		if (modules.has(name)) return;
		const source = fs.readFileSync(path.join(__dirname, `${name}.ts`), 'utf8');
		const { outputText } = ts.transpileModule(source, {
			compilerOptions: {
				module: ts.ModuleKind.CommonJS,
				target: ts.ScriptTarget.ES2021,
				removeComments: true,
			},
		});
		modules.set(name, outputText);
		for (const [, other] of outputText.matchAll(/require\("\.\/(\w+)"\)/g)) take(other);
	};
	take('convert');
	const parts = [...modules].map(
		([name, code]) => `'./${name}': (exports, require) => {\n${code.trim()}\n},`,
	);
	return [
		"// Made from the folder 'migrate' of the repository, where it is tested.",
		'const modules = {',
		...parts,
		'};',
		'const loaded = {};',
		'const load = (name) => {',
		'  if (!loaded[name]) modules[name]((loaded[name] = {}), load);',
		'  return loaded[name];',
		'};',
		'return $input.all().map(({ json }, index) => ({',
		`  json: load('./convert').convert(JSON.parse(json['${FIELD}'])).workflow,`,
		'  pairedItem: { item: index },',
		'}));',
		'',
	].join('\n');
}
