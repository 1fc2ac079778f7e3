import type { IDataObject } from 'n8n-workflow';

import type { ConsentRecord } from '../core/conversation/consent';
import { identityOf, type ContactIdentity } from '../core/conversation/contact';
import { NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import { recordOf } from '../core/conversation/keywords';
import { NO_OWNER } from '../core/conversation/owner';
import { preferenceRecord } from '../core/conversation/preference';

import { ownerIn } from './ownerView';

/** Type name of the trigger without its package, which differs by the way of installation. */
export const TRIGGER_TYPE = 'whatsAppConversationsTrigger';

/** Type name of the other node, likewise. */
export const NODE_TYPE = '.whatsAppConversations';

/** What an item of the trigger tells about the contact. */
export interface TriggerItemFacts {
	businessNumberId: string;
	contact: ContactIdentity;
	/** When WhatsApp named the contact's identifiers together, epoch seconds; 0 when it did not. */
	seenAt: number;
	facts: ContactFacts;
}

/**
 * The facts that an item of the trigger carries with it, so that a reply in the same execution is
 * right even where no state reaches; undefined for other items.
 */
export function factsOfTriggerItem(json: IDataObject): TriggerItemFacts | undefined {
	if (typeof json.businessNumberId !== 'string') return undefined;
	const window = (json.window ?? {}) as IDataObject;
	// What was opened before a change of the number is not confirmed (E36).
	const lastInboundAt = window.state === 'unknown' ? 0 : secondsOf(window.openedAt);
	const refusedAt =
		json.errorKind === 'windowClosed' ? secondsOf(json.sentAt || json.timestamp) : 0;
	const record = recordOfItem(json);
	const owner = ownerIn(json.owner, secondsOf);
	if (lastInboundAt + refusedAt === 0 && !record && owner === NO_OWNER) return undefined;
	// Such an item does not say that the message was delivered to us (E43).
	const isApart = json.event === 'call' || owner.otherAt > 0;
	return {
		businessNumberId: json.businessNumberId,
		contact: identityOf(json.phone, json.userId),
		// Of a status the item shows what is known of the contact, not what the status names.
		seenAt: json.event === 'status' ? 0 : secondsOf(json.timestamp),
		facts: {
			...NO_FACTS,
			lastInboundAt,
			refusedAt,
			owner: isApart ? { ...owner, apartAt: lastInboundAt } : owner,
			consent: record ? [record] : NO_FACTS.consent,
		},
	};
}

/** What the contact said about consent, by a word, a button, or in WhatsApp. */
function recordOfItem(json: IDataObject): ConsentRecord | undefined {
	const at = secondsOf(json.timestamp);
	if (at === 0) return undefined;
	if (json.event === 'consent') {
		const { category, value, signupId } = json as Record<string, string>;
		return preferenceRecord({ category, value, signupId, at });
	}
	const { consentWord, text, reply } = json as { reply?: IDataObject } & IDataObject;
	if (consentWord !== 'stop' && consentWord !== 'start') return undefined;
	// Items of newer triggers have an empty reply where nothing was tapped.
	const tapped = reply?.id ? String(reply.id) : undefined;
	return recordOf(consentWord, tapped !== undefined, (tapped ?? String(text)).trim(), at);
}

/** Epoch seconds of an ISO text; 0 where there is none. */
function secondsOf(time: unknown): number {
	const seconds = typeof time === 'string' ? Date.parse(time) / 1000 : NaN;
	return Number.isFinite(seconds) ? seconds : 0;
}
