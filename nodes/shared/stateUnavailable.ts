import type { NodeExecutionHint } from 'n8n-workflow';

import { StateUnavailable } from '../core/stateUnavailable';

/**
 * Does something with the place where state is kept.
 *
 * @returns why it was not possible; undefined when it was
 */
export async function attempt(act: () => Promise<void>): Promise<StateUnavailable | undefined> {
	return await act().then(
		() => undefined,
		(error: unknown) => {
			if (error instanceof StateUnavailable) return error;
			throw error;
		},
	);
}

/** What a run that went on without the stored state tells its reader. */
export function hintOf({ message, hint }: StateUnavailable): NodeExecutionHint {
	return { message: `${message} ${hint}`, type: 'warning', location: 'outputPane' };
}
