import type { IDataObject } from 'n8n-workflow';

import { readSendNote } from '../sendNote';

import { personOf } from './people';
import { asId, asObject, asObjects, asText, compact } from './reading';
import { baseOf, type Source } from './source';
import { epochSeconds } from './time';
import type { StatusEvent } from './types';

/** @param status an entry of `statuses[]` (Meta: Status messages webhook reference) */
export function statusEvent(status: IDataObject, source: Source): StatusEvent {
	const conversation = asObject(status.conversation);
	// Statuses of groups are seen with the pricing inside the conversation.
	const pricing = asObject(status.pricing ?? conversation.pricing);
	const errors = asObjects(status.errors);
	const { groupId, phone, userId } = recipientOf(status);
	const attached = asText(status.biz_opaque_callback_data);
	const send = readSendNote(attached);

	return {
		kind: 'status',
		messageId: asId(status.id),
		status: asText(status.status),
		...personOf(source.people, phone, userId),
		trackingData: send ? '' : attached,
		errorCode: Number(asId(errors[0]?.code)) || 0,
		...baseOf(source, status, status.timestamp),
		...compact({
			send,
			groupId,
			pricing: status.pricing || conversation.pricing ? pricing : undefined,
			conversation: status.conversation ? conversation : undefined,
			freeEntryPointUntil:
				pricing.type === 'free_entry_point'
					? epochSeconds(conversation.expiration_timestamp)
					: undefined,
			errors,
		}),
	};
}

/**
 * To whom the message went. For a group `recipient_id` is the group, and the participant stands in
 * fields of its own, of which one is seen under two names.
 */
function recipientOf(status: IDataObject): { groupId: string; phone: string; userId: string } {
	const participant =
		asId(status.recipient_participant_id) || asId(status.participant_recipient_id);
	const participantUserId = asId(status.recipient_participant_user_id);
	const recipient = asId(status.recipient_id);
	const toGroup =
		status.recipient_type === 'group' ||
		[participant, participantUserId, asId(status.group_id)].some((id) => id !== '');

	if (!toGroup) return { groupId: '', phone: recipient, userId: asId(status.recipient_user_id) };

	const groupId = asId(status.group_id) || recipient;
	return {
		groupId,
		phone: participant || (recipient === groupId ? '' : recipient),
		userId: participantUserId || asId(status.recipient_user_id),
	};
}
