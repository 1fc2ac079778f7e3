import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { joinItems } from '../../core/burst/joinedItem';
import { consentFor } from '../../core/conversation/consent';
import { ownerOf } from '../../core/conversation/owner';
import { DEFAULT_MARGIN_SECONDS, windowOf } from '../../core/conversation/window';
import { isOfGroup } from '../../core/events/group';
import type { WebhookEvent } from '../../core/events/types';
import { sessionKey } from '../../core/state/sessionKey';
import { ownerView } from '../../shared/ownerView';
import { windowView } from '../../shared/windowView';
import { isShaped } from '../itemShape';

import type { Candidate } from './admit';
import type { Delivery, Told } from './delivery';
import { failureView } from './failureView';

/** The items that start the workflow. What events told has to be learned before. */
export function itemsOf(delivery: Delivery, starting: Candidate[]): INodeExecutionData[] {
	return starting.map((candidate) => {
		const { raw, ...json } = candidate.json;
		return {
			json: {
				...json,
				...failureView(candidate.event),
				...consentPart(delivery, candidate),
				...contactPart(delivery, candidate),
				...latePart(candidate),
				raw,
			},
		};
	});
}

/** One item for messages of one contact. */
export function joinedItems(items: INodeExecutionData[]): INodeExecutionData[] {
	return [{ json: joinItems(items.map(({ json }) => json)) }];
}

/**
 * The word with which a message opted out or took that back. A start word does not lift a stop at
 * Meta, so the item says whether there is one (rule T26).
 */
function consentPart(delivery: Delivery, { event, told }: Told): IDataObject {
	const { conversations, receivedAt } = delivery;
	if (!told?.consentWord) return {};
	const { consent } = conversations.factsAtNumber(event.businessNumberId, told.contact);
	const { atMeta } = consentFor(consent, 'marketing', receivedAt);
	return {
		consentWord: told.consentWord,
		...changedPart(delivery, event),
		stoppedAtMeta: atMeta,
	};
}

/** Whether the word has changed anything, so that it is confirmed once. Nobody knows: it has. */
function changedPart({ context, consentChanges }: Delivery, event: WebhookEvent): IDataObject {
	if (event.kind !== 'message' || !isShaped(context.getNode())) return {};
	return { consentChanged: consentChanges.get(event.messageId) ?? true };
}

/**
 * The contact's window after this event, who has the conversation, and what a memory of it goes by,
 * where the event has a contact. A group has the last alone.
 */
function contactPart({ conversations, receivedAt }: Delivery, { event }: Told): IDataObject {
	if (!event.businessNumberId || !('contact' in event)) return {};
	if (isOfGroup(event)) return { sessionKey: sessionKey(event.businessNumberId, event.groupId) };
	const facts = conversations.factsAtNumber(event.businessNumberId, event.contact);
	const watchedSince = conversations.watchedSince(event.businessNumberId);
	return {
		window: windowView(windowOf(facts, watchedSince, DEFAULT_MARGIN_SECONDS, receivedAt)),
		owner: ownerView(ownerOf(facts, receivedAt)),
		sessionKey: conversations.sessionKeyOf(event.businessNumberId, event.contact),
	};
}

/** The question that waits for this answer no longer. */
function latePart({ event }: Candidate): IDataObject {
	if (event.kind !== 'message' || !event.question) return {};
	const { executionId, nodeId } = event.question;
	return { lateAnswerTo: { executionId, nodeId } };
}
