import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Decision } from '../../core/conversation/decide';
import type { ExplanationContext } from '../../core/conversation/explain';
import { requestBody } from '../../core/messages/envelope';
import { envelopeOptions, policyOf } from '../input/parameters';
import type { Session } from '../run/session';
import type { Reading } from '../state/conversations';
import {
	categoryOf,
	completeTemplate,
	decideTemplate,
	isWaitedFor,
	previewPrepared,
	recipientFor,
	type PreparedTemplate,
} from '../templates/ready';
import { explanationContext, requirePermission } from '../views/decision';

import { contactStateOf } from './contactState';
import { deliver, type Envelope, type Permit } from './deliver';

/** The permission of a message in whose place nothing else goes out. */
export class SolePermit implements Permit {
	/** The decision that holds, as items show it. */
	view: IDataObject = {};

	/** @param judge decides by what is known now */
	constructor(
		readonly isReply: boolean,
		private readonly judge: () => Promise<{ decision: Decision; about: ExplanationContext }>,
	) {}

	/** @throws DecisionError */
	async renew(): Promise<void> {
		const { decision, about } = await this.judge();
		this.view = requirePermission(decision, about);
	}
}

/**
 * Sends a template if the rules let it through.
 *
 * @returns the item that tells of it
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendPermitted(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	{ sender, recipient, options }: Envelope,
	prepared: PreparedTemplate,
): Promise<IDataObject> {
	const { definition } = prepared;
	const reading: Reading = {};
	const template = { name: definition.name, category: categoryOf(definition, options) };
	const permit = new SolePermit(isWaitedFor(definition), async () => {
		const state = await contactStateOf(context, session, { sender, recipient, options }, reading);
		const now = session.now();
		const decision = decideTemplate(prepared, state, policyOf(options), options, now);
		return { decision, about: explanationContext(context, { ...state, now, sender, template }) };
	});
	// Before anything is uploaded. By now it is also known which names are one contact.
	await permit.renew();
	const known = session.conversations.replica(sender.id).identify(recipient);
	const to = recipientFor(definition, recipient, known.phone);

	const message = await completeTemplate(context, i, session, sender.id, prepared);
	const body = requestBody(to, message, {
		...envelopeOptions(options),
		replyTo: options.replyTo,
	});
	const templateCategory = definition.category;
	const envelope = { sender, recipient: to, options, templateCategory };
	const accepted = await deliver(session, envelope, body, permit);
	return {
		...accepted,
		sentAs: 'template',
		decision: permit.view,
		preview: { ...previewPrepared(prepared) },
	};
}
