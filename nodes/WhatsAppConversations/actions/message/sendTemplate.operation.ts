import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { requestBody } from '../../../core/messages/envelope';
import { addresseeOf } from '../../addressee';
import { explanationContext, requirePermission } from '../../decisionView';
import { deliver } from '../../deliver';
import {
	cleanUpOption,
	dryRunOption,
	messagesPerSecondOption,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import { optionsOf, policyOf, senderOf } from '../../parameters';
import type { Session } from '../../session';
import {
	categoryOf,
	completeTemplate,
	decideTemplate,
	prepareTemplate,
	previewPrepared,
	recipientFor,
} from '../../templateMessage';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	recipientProperty,
	...chosenTemplateProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			cleanUpOption,
			...templateConsentOptions,
			dryRunOption,
			messagesPerSecondOption,
			templateCategoryOption,
			trackingDataOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['sendTemplate'] } },
	properties,
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const sender = senderOf(context, i);
	const options = optionsOf(context, i);
	const recipient = await addresseeOf(context, i, session, sender);
	const prepared = await prepareTemplate(context, i, session, chosenTemplateNames);
	const { definition } = prepared;
	const state = await session.contactState(sender.id, recipient);
	const known = session.replica(sender.id).identify(recipient);
	const to = recipientFor(definition, recipient, known.phone);

	const now = session.now();
	const decision = decideTemplate(prepared, state, policyOf(options), options, now);
	const template = { name: definition.name, category: categoryOf(definition, options) };
	const about = explanationContext(context, { ...state, now, sender, template });
	const view = requirePermission(decision, about);

	const message = await completeTemplate(context, i, session, sender.id, prepared);
	const body = requestBody(to, message, { trackingData: options.trackingData });
	const templateCategory = definition.category;
	const envelope = { sender, recipient: to, options, templateCategory };
	const accepted = await deliver(session, envelope, body);
	return {
		json: {
			...accepted,
			sentAs: 'template',
			decision: view,
			preview: { ...previewPrepared(prepared) },
		},
	};
}
