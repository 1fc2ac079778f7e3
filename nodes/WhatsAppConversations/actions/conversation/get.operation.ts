import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import {
	decide,
	type ContactState,
	type Outgoing,
	type Policy,
	type TemplateCategory,
} from '../../../core/conversation/decide';
import { explain } from '../../../core/conversation/explain';
import { isoTime } from '../../../core/events/time';
import { parseRecipient } from '../../../core/messages/recipient';
import { safetyMarginOption } from '../../descriptions/options';
import { contactProperty } from '../../descriptions/recipient';
import { optionsOf, policyOf, senderOf, type Sender } from '../../input/parameters';
import type { Session } from '../../run/session';
import { contactView } from '../../send/deliver';
import { consentRecordView, conversationView } from '../../views/conversation';
import { explanationContext } from '../../views/decision';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [safetyMarginOption],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['get'] } },
	properties,
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const recipient = parseRecipient(context.getNodeParameter('contact', i), 'Contact');
	const policy = policyOf(optionsOf(context, i));
	const now = session.now();
	const state = await session.conversations.storedState(sender.id, recipient);

	const may = (message: Outgoing) => permission(context, sender, state, policy, now, message);
	const mayTemplate = (category: TemplateCategory) => may({ kind: 'template', category });
	return {
		json: {
			...contactView(session.conversations.replica(sender.id).identify(recipient)),
			businessNumberId: sender.id,
			...conversationView(state, policy.marginSeconds, now),
			consentRecords: state.facts.consent.map(consentRecordView),
			watchedSince: isoTime(state.watchedSince) || null,
			maySend: {
				freeForm: may({ kind: 'freeForm' }),
				utilityTemplate: mayTemplate('utility'),
				marketingTemplate: mayTemplate('marketing'),
				authenticationTemplate: mayTemplate('authentication'),
			},
		},
	};
}

/** Whether a message of this sort would be let through now, and why. */
function permission(
	context: IExecuteFunctions,
	sender: Sender,
	state: ContactState,
	policy: Policy,
	now: number,
	message: Outgoing,
): IDataObject {
	const decision = decide(message, state, policy, now);
	const template =
		message.kind === 'template' ? { name: '', category: message.category } : undefined;
	const about = explanationContext(context, {
		...state,
		now,
		sender,
		template,
		isQuestion: true,
	});
	return {
		allowed: decision.outcome === 'allowed',
		reason: decision.reason,
		...explain(decision, about),
	};
}
