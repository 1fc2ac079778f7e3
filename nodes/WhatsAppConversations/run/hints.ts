import type { IExecuteFunctions } from 'n8n-workflow';

/** So many hints of a run are read; more would hide its output. */
const MOST = 5;

/** What is said above the output of a run: each sentence once. */
export class RunHints {
	private readonly said = new Set<string>();

	constructor(private readonly context: Pick<IExecuteFunctions, 'addExecutionHints'>) {}

	add(message: string): void {
		if (this.said.has(message) || this.said.size >= MOST) return;
		this.said.add(message);
		this.context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
}
