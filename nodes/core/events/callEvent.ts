import type { IDataObject } from 'n8n-workflow';

import { personOf } from './people';
import { asId, asObjects, asText, compact, digitsOf } from './reading';
import { baseOf, type Source } from './source';
import { epochSeconds } from './time';
import type { CallEvent } from './types';

/** @param call an entry of `calls[]` (Meta: Calling API webhooks) */
export function callEvent(call: IDataObject, source: Source): CallEvent {
	// Without a direction the call is taken for ours, which does not open the window (rule E18).
	const direction = call.direction === 'USER_INITIATED' ? 'inbound' : 'outbound';
	const [near, far] = direction === 'inbound' ? ['from', 'to'] : ['to', 'from'];
	// Meta's pages disagree on which side is which, so the business is never taken for the contact.
	const nearIsBusiness =
		source.businessPhone !== '' && digitsOf(call[near]) === source.businessPhone;

	return {
		kind: 'call',
		callId: asId(call.id),
		...personOf(
			source.people,
			nearIsBusiness ? call[far] : call[near],
			asId(call[`${near}_user_id`]) || call[`${far}_user_id`],
		),
		direction,
		event: asText(call.event).toLowerCase(),
		...baseOf(source, call, call.timestamp),
		...compact({
			outcome: outcomeOf(call.status),
			startedAt: epochSeconds(call.start_time),
			durationSeconds: typeof call.duration === 'number' ? call.duration : undefined,
			trackingData: asText(call.biz_opaque_callback_data),
			errors: asObjects(call.errors),
		}),
	};
}

/**
 * The state of a call that the business made: ringing, accepted, rejected.
 *
 * @param status an entry of `statuses[]` with the type `call`
 */
export function callStatusEvent(status: IDataObject, source: Source): CallEvent {
	return {
		kind: 'call',
		callId: asId(status.id),
		...personOf(source.people, status.recipient_id, status.recipient_user_id),
		direction: 'outbound',
		event: asText(status.status).toLowerCase(),
		...baseOf(source, status, status.timestamp),
		...compact({
			trackingData: asText(status.biz_opaque_callback_data),
			errors: asObjects(status.errors),
		}),
	};
}

/** Meta's pages show the outcome as a text and as a list of one. */
function outcomeOf(status: unknown): string {
	return asText(Array.isArray(status) ? status[0] : status).toLowerCase();
}
