import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../core/isObject';
import { showsWhatMattersFirst } from '../version';

/** The item of a message that was sent, or was not: what became of it and why, then all the rest. */
export function outcomeView(node: { typeVersion: number }, json: IDataObject): IDataObject {
	const { sentAs, ...rest } = json;
	if (!showsWhatMattersFirst(node) || !isObject(json.decision)) return json;
	const { reason, explanation } = json.decision;
	return { sentAs, reason, explanation, ...rest };
}
