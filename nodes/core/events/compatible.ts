import type { IDataObject } from 'n8n-workflow';

import { parseDelivery } from './parse';
import { asObject, asObjects } from './reading';
import type { WebhookEvent } from './types';

/**
 * The events of a delivery that a compatible provider passes on. Never throws. Gupshup writes the
 * code of a failed status beside it, and announces its own callbacks among the statuses.
 *
 * @param body the parsed JSON body
 * @param receivedAt time of the arrival, epoch seconds
 */
export function parseCompatible(body: unknown, receivedAt: number): WebhookEvent[] {
	const delivery = asObject(body);
	const entry = asObjects(delivery.entry).map((each) => ({
		...each,
		changes: asObjects(each.changes).map((change) => {
			const value = asObject(change.value);
			if (!Array.isArray(value.statuses)) return change;
			const statuses = asObjects(value.statuses)
				.filter(({ type }) => type !== 'set-callback')
				.map(withErrors);
			return statuses.length > 0 || Object.keys(value).length > 1
				? { ...change, value: { ...value, statuses } }
				: undefined;
		}),
	}));
	return parseDelivery({ ...delivery, entry }, receivedAt);
}

function withErrors(status: IDataObject): IDataObject {
	const { code, reason, errors } = status;
	if (status.status !== 'failed' || errors !== undefined || code === undefined) return status;
	return { ...status, errors: [{ code, title: String(reason ?? '') }] };
}
