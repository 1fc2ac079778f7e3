import type { IExecuteFunctions } from 'n8n-workflow';

/** So many hints of a run are read; more would hide its output. */
const MOST = 5;

/** What each run was told, for as long as it lasts. */
const told = new WeakMap<IExecuteFunctions, Set<string>>();

/** Shows a sentence above the output of this run, once, whatever number of items it holds for. */
export function hintOnce(context: IExecuteFunctions, message: string): void {
	const texts = told.get(context) ?? new Set();
	told.set(context, texts);
	if (texts.has(message) || texts.size >= MOST) return;
	texts.add(message);
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
}
