import type { IDataObject } from 'n8n-workflow';

import { identityOf, type ContactIdentity } from '../core/conversation/contact';
import { NO_FACTS, type ContactFacts } from '../core/conversation/facts';

/** Type name of the trigger without its package, which differs by the way of installation. */
export const TRIGGER_TYPE = 'whatsAppConversationsTrigger';

/** What an item of the trigger tells about the contact's window: its opening, and its refusal. */
export interface TriggerItemFacts {
	businessNumberId: string;
	contact: ContactIdentity;
	facts: ContactFacts;
}

/**
 * The facts that an item of the trigger carries with it, so that a reply in the same execution is
 * right even where no state reaches; undefined for other items.
 */
export function factsOfTriggerItem(json: IDataObject): TriggerItemFacts | undefined {
	const lastInboundAt = secondsOf((json.window as IDataObject | undefined)?.openedAt);
	const refusedAt =
		json.errorKind === 'windowClosed' ? secondsOf(json.sentAt || json.timestamp) : 0;
	if (lastInboundAt + refusedAt === 0 || typeof json.businessNumberId !== 'string') {
		return undefined;
	}
	return {
		businessNumberId: json.businessNumberId,
		contact: identityOf(json.phone, json.userId),
		facts: { ...NO_FACTS, lastInboundAt, refusedAt },
	};
}

/** Epoch seconds of an ISO text; 0 where there is none. */
function secondsOf(time: unknown): number {
	const seconds = typeof time === 'string' ? Date.parse(time) / 1000 : NaN;
	return Number.isFinite(seconds) ? seconds : 0;
}
