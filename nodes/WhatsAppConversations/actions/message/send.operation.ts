import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import {
	cleanUpOption,
	confirmsOptOutOption,
	convertMarkdownOption,
	dryRunOption,
	identityKeyHashOption,
	messagesPerSecondOption,
	replyToOption,
	sortedOptions,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { fallbackTemplateProperties } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { sendByWindow } from '../../send/byWindow';
import { draftOf } from '../../send/draft';
import { envelopeOf } from '../../send/envelope';
import { sendHsm } from '../../send/hsm';
import type { Result } from '../operation';

import { contentOptions, contentProperties, prepareMessage } from './content';

const properties: INodeProperties[] = [
	recipientProperty,
	...contentProperties,
	{
		displayName: 'When the Window Is Closed',
		name: 'whenWindowClosed',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Send a Template Instead',
				value: 'template',
				description: 'Sends an approved template, which may go out at any time',
			},
			{
				name: 'Send Anyway',
				value: 'sendAnyway',
				description: 'Sends the message although WhatsApp will most likely refuse it later',
			},
			{
				name: 'Stop With an Error',
				value: 'stop',
				description: 'Sends nothing and says why',
			},
			{
				name: "Use the 'Closed' Output",
				value: 'output',
				description: 'Sends nothing and passes the item to a second output',
				// An agent's tool has one output.
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
		default: 'stop',
		description:
			'What to do when the contact has not written in the last 24 hours, so that WhatsApp takes only an approved template',
	},
	...updateDisplayOptions({ show: { whenWindowClosed: ['template'] } }, fallbackTemplateProperties),
	{
		displayName: 'When the Window Is Unknown',
		name: 'whenWindowUnknown',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Treat as Closed',
				value: 'treatAsClosed',
				description: 'Does what was chosen for a closed window',
			},
			{
				name: 'Try the Free-Form Message',
				value: 'try',
				description: 'Sends the message; WhatsApp may still refuse it later',
			},
		],
		default: 'treatAsClosed',
		description:
			'What to do when no message of this contact is on record and the number has not been watched for a whole day',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedOptions([
			...windowOptions,
			...templateConsentOptions,
			...contentOptions,
			cleanUpOption,
			confirmsOptOutOption,
			convertMarkdownOption,
			dryRunOption,
			messagesPerSecondOption,
			templateCategoryOption,
			identityKeyHashOption,
			replyToOption,
			trackingDataOption,
		]),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	properties,
);

/** The message goes by the window, an HSM as the template that it stands for. */
export async function execute(item: Item): Promise<Result> {
	const envelope = await envelopeOf(item);
	const message = await prepareMessage(item);
	const draft = await draftOf(item, envelope, message);
	const { converted } = message;
	if (converted?.to === 'template') return { json: await sendHsm(item, envelope, converted) };
	const result = await sendByWindow(item, draft);
	if (!converted) return result;
	const { from, to, notes } = converted;
	return { ...result, json: { ...result.json, conversion: { from, to, notes } } };
}
