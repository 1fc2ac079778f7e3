import fs from 'fs';
import path from 'path';
import ts from 'typescript';

import { ROOT } from './sentences';

/** What calls of the test runner are called, also `it.each(…)`. */
const BLOCK = /^(describe|it)\b/;

/**
 * The tests that stand in a file, each with the blocks around it: `block › test`. Titles are as they are
 * written, so of `it.each` with their placeholders.
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
		const path = [...around, title.text];
		if (title.isTest) titles.add(path.join(' › '));
		else node.forEachChild((child) => visit(child, path));
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2021), []);
	return titles;
}

function titleOf(node: ts.Node): { text: string; isTest: boolean } | undefined {
	if (!ts.isCallExpression(node) || node.arguments.length < 2) return undefined;
	const [first] = node.arguments;
	const name = nameOf(node.expression);
	if (!BLOCK.test(name) || !ts.isStringLiteralLike(first)) return undefined;
	return { text: first.text, isTest: name.startsWith('it') };
}

/** `it` of `it(…)` and of `it.each(…)(…)`. */
function nameOf(callee: ts.Expression): string {
	if (ts.isIdentifier(callee)) return callee.text;
	if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) {
		return nameOf(callee.expression);
	}
	return '';
}
