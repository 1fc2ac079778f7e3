import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { addresseeOf } from '../../addressee';
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
import { optionsOf, senderOf } from '../../parameters';
import { sendPermitted } from '../../sendPermitted';
import type { Session } from '../../session';
import { prepareTemplate } from '../../templateMessage';
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
	const envelope = { sender, recipient, options };
	return { json: await sendPermitted(context, i, session, envelope, prepared) };
}
