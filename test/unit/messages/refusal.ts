import { InputError } from '../../../nodes/core/inputError';

/** The InputError that a call throws; any other outcome is thrown on. */
export function refusal(call: () => unknown): InputError {
	let result: unknown;
	try {
		result = call();
	} catch (thrown) {
		if (!(thrown instanceof InputError)) throw thrown;
		expect(`${thrown.message} ${thrown.hint}`).not.toMatch(/error|problem|failure|mistake/i);
		expect(thrown.message).toMatch(/\.$/);
		expect(thrown.hint).toMatch(/\.$/);
		return thrown;
	}
	throw new Error(`not refused: ${JSON.stringify(result)}`);
}
