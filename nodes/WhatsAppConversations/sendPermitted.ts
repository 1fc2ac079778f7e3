import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ContactState } from '../core/conversation/decide';
import { requestBody } from '../core/messages/envelope';

import { explanationContext, requirePermission } from './decisionView';
import { deliver, type Envelope } from './deliver';
import { envelopeOptions, policyOf } from './parameters';
import type { Session } from './session';
import {
	categoryOf,
	completeTemplate,
	decideTemplate,
	previewPrepared,
	recipientFor,
	type PreparedTemplate,
} from './templateMessage';

/**
 * Sends a template if the rules let it through.
 *
 * @param state what is known of the contact
 * @returns the item that tells of it
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendPermitted(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	{ sender, recipient, options }: Envelope,
	prepared: PreparedTemplate,
	state: ContactState,
): Promise<IDataObject> {
	const { definition } = prepared;
	const known = session.conversations.replica(sender.id).identify(recipient);
	const to = recipientFor(definition, recipient, known.phone);

	const now = session.now();
	const decision = decideTemplate(prepared, state, policyOf(options), options, now);
	const template = { name: definition.name, category: categoryOf(definition, options) };
	const about = explanationContext(context, { ...state, now, sender, template });
	const view = requirePermission(decision, about);

	const message = await completeTemplate(context, i, session, sender.id, prepared);
	const body = requestBody(to, message, {
		...envelopeOptions(options),
		replyTo: options.replyTo,
	});
	const templateCategory = definition.category;
	const envelope = { sender, recipient: to, options, templateCategory };
	const accepted = await deliver(session, envelope, body);
	return {
		...accepted,
		sentAs: 'template',
		decision: view,
		preview: { ...previewPrepared(prepared) },
	};
}
