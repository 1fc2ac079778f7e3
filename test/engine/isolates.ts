import { Expression } from 'n8n-workflow';

interface Evaluator {
	acquire(caller: Expression): Promise<boolean>;
	release(caller: Expression): Promise<void>;
}

/** What is private in n8n-workflow. */
const engine = Expression as unknown as {
	vmEvaluator?: Evaluator;
	prototype: { renderExpression(...args: unknown[]): unknown };
};

/** The workflows for which expressions may be evaluated now. */
const held = new WeakSet<object>();

let restore = () => {};

// Other test files have the same n8n-workflow.
afterAll(() => restore());

/**
 * n8n evaluates expressions in an isolate, which a run holds as long as it goes on. Afterwards those of
 * its contexts have no value any more, among them what a credential adds to a request. Here they are
 * evaluated without an isolate, but just as long.
 */
export function useIsolates(): void {
	if (engine.vmEvaluator) return;
	engine.vmEvaluator = {
		async acquire(caller) {
			const isNew = !held.has(caller);
			held.add(caller);
			return await Promise.resolve(isNew);
		},
		async release(caller) {
			held.delete(caller);
			await Promise.resolve();
		},
	};
	const { renderExpression } = engine.prototype;
	restore = () => {
		engine.vmEvaluator = undefined;
		engine.prototype.renderExpression = renderExpression;
	};
	engine.prototype.renderExpression = function (this: object, ...args) {
		if (!held.has(this)) {
			throw new Error('No bridge acquired for this context. Call acquire() first.');
		}
		return renderExpression.apply(this, args);
	};
}
