import type { NodeExecutionHint } from 'n8n-workflow';

import type { StateUnavailable } from '../core/stateUnavailable';

/** What a run that went on without the stored state tells its reader. */
export function stateHint({ message, hint }: StateUnavailable): NodeExecutionHint {
	return { message: `${message} ${hint}`, type: 'warning', location: 'outputPane' };
}
