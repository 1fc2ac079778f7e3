import type { IDataObject } from 'n8n-workflow';

import { showsWhatMattersFirst } from '../version';

/** The item of a message that was sent, or was not: what became of it and why, then all the rest. */
export function outcomeView(node: { typeVersion: number }, json: IDataObject): IDataObject {
	if (!showsWhatMattersFirst(node)) return json;
	const { sentAs, ...rest } = json;
	const { reason, explanation } = json.decision as IDataObject;
	return { sentAs, reason, explanation, ...rest };
}
