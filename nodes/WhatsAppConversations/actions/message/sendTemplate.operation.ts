import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import {
	cleanUpOption,
	dryRunOption,
	identityKeyHashOption,
	messagesPerSecondOption,
	replyToOption,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import { optionsOf, senderOf } from '../../input/parameters';
import type { Session } from '../../run/session';
import { addresseeOf } from '../../send/addressee';
import { sendPermitted } from '../../send/template';
import { prepareTemplate } from '../../templates/ready';
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
			identityKeyHashOption,
			messagesPerSecondOption,
			replyToOption,
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
	const envelope = { sender, recipient, options };
	return { json: await sendPermitted(context, i, session, envelope, prepared) };
}
