import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import {
	cleanUpOption,
	convertMarkdownOption,
	dryRunOption,
	identityKeyHashOption,
	marketingMessagesOption,
	messagesPerSecondOption,
	replyToOption,
	shareActivityOption,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { envelopeOf } from '../../send/envelope';
import { sendPermitted } from '../../send/template';
import { chosenTemplate } from '../../templates/chosen';
import { readyTemplate } from '../../templates/readyTemplate';
import { outcomeView } from '../../views/outcomeView';
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
			convertMarkdownOption,
			dryRunOption,
			identityKeyHashOption,
			marketingMessagesOption,
			messagesPerSecondOption,
			replyToOption,
			shareActivityOption,
			templateCategoryOption,
			trackingDataOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['sendTemplate'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const envelope = await envelopeOf(item);
	const template = await readyTemplate(item, await chosenTemplate(item, chosenTemplateNames));
	return { json: outcomeView(item.getNode(), await sendPermitted(item, envelope, template)) };
}
