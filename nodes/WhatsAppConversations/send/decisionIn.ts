import type { IDataObject } from 'n8n-workflow';

import { DecisionError } from './decisionError';
import { PartlySent } from './parts';

/** What was decided about an item that did not go out, as items show it. */
export function decisionIn(cause: unknown): IDataObject {
	if (cause instanceof DecisionError) return { kind: cause.kind, decision: cause.decision };
	return cause instanceof PartlySent && cause.decision ? { decision: cause.decision } : {};
}
