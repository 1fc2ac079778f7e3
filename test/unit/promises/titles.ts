import fs from 'fs';
import path from 'path';

import ts from 'typescript';

import { ROOT } from './sentences';

/** How tests and blocks of tests are called; `row` is one of the decision table. */
const BLOCK = /^(describe|it|row)$/;

/**
 * The tests that stand in a file, each with the blocks around it: `block › test`. Titles are as they are
 * written, with their placeholders.
 *
 * @param file below the folder `test`, e.g. `engine/window.test.ts`
 */
export function titlesIn(file: string): Set<string> {
	const text = fs.readFileSync(path.join(ROOT, 'test', file), 'utf8');
	const titles = new Set<string>();
	const visit = (node: ts.Node, around: string[]): void => {
		const title = titleOf(node);
		if (title === undefined) {
			node.forEachChild((child) => visit(child, around));
			return;
		}
		const within = [...around, title.text];
		if (title.isTest) titles.add(within.join(' › '));
		else node.forEachChild((child) => visit(child, within));
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2021, true), []);
	return titles;
}

function titleOf(node: ts.Node): { text: string; isTest: boolean } | undefined {
	if (!ts.isCallExpression(node) || node.arguments.length < 2) return undefined;
	const [first] = node.arguments;
	const name = nameOf(node.expression);
	if (!BLOCK.test(name)) return undefined;
	const text = ts.isStringLiteralLike(first)
		? first.text
		: ts.isTemplateExpression(first) && first.getText().slice(1, -1);
	return text ? { text, isTest: name !== 'describe' } : undefined;
}

/** `it` of `it(…)` and of `it.each(…)(…)`. */
function nameOf(callee: ts.Expression): string {
	if (ts.isIdentifier(callee)) return callee.text;
	if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) {
		return nameOf(callee.expression);
	}
	return '';
}
