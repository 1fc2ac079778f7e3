import type { IDataObject } from 'n8n-workflow';

import { contentOf } from './messageContent';
import { personOf } from './people';
import { asId, asObject, asObjects, compact, digitsOf } from './reading';
import { baseOf, type Source } from './source';
import type { MessageEvent } from './types';

/** @param message an entry of `messages[]` (Meta: Messages webhook reference) */
export function messageEvent(message: IDataObject, source: Source): MessageEvent {
	const { details, ...content } = contentOf(message);
	const context = asObject(message.context);
	const quotedId = asId(context.id);
	const referredProduct = context.referred_product;

	return {
		kind: 'message',
		messageId: asId(message.id),
		...content,
		...personOf(source.people, message.from, message.from_user_id),
		...baseOf(source, message, message.timestamp),
		...((details ?? referredProduct) && {
			details: { ...details, ...(referredProduct ? { referredProduct } : {}) },
		}),
		...compact({
			groupId: asId(message.group_id),
			replyTo: quotedId ? { messageId: quotedId, from: digitsOf(context.from) } : undefined,
			forwarded: context.forwarded === true || context.frequently_forwarded === true || undefined,
			referral: message.referral ? asObject(message.referral) : undefined,
			errors: asObjects(message.errors),
		}),
	};
}
