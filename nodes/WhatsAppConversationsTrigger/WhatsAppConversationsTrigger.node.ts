// First, so that an n8n that is too old says so.
import '../shared/requireN8n';

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { searchBusinessNumbers } from '../shared/businessNumber';
import { CREDENTIAL_DISPLAY, CREDENTIALS } from '../shared/provider';
import { searchStateTables, TABLE_CREDENTIAL } from '../shared/stateTable';

import { receive } from './delivery/receive';
import { verify } from './delivery/verify';
import { properties } from './properties';
import { registration } from './registration/registration';
import { remember } from './run/remember';
import { withMedia } from './run/withMedia';

/**
 * Programmatic, because every delivery has to be proven over its raw bytes before anything of it
 * is believed.
 */
export class WhatsAppConversationsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Conversations Trigger',
		name: 'whatsAppConversationsTrigger',
		icon: {
			light: 'file:../WhatsAppConversations/whatsAppConversations.svg',
			dark: 'file:../WhatsAppConversations/whatsAppConversations.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a contact writes to your WhatsApp business number',
		eventTriggerDescription: 'Waiting for a WhatsApp message',
		activationMessage:
			'Messages to your business number start this workflow now, and their customer service windows are remembered.',
		defaults: { name: 'WhatsApp Conversations Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: CREDENTIALS.metaCloud, required: true, displayOptions: CREDENTIAL_DISPLAY.metaCloud },
			{
				name: CREDENTIALS.compatible,
				required: true,
				displayOptions: CREDENTIAL_DISPLAY.compatible,
			},
			{
				name: CREDENTIALS.clickatell,
				required: true,
				displayOptions: CREDENTIAL_DISPLAY.clickatell,
			},
			{
				name: TABLE_CREDENTIAL,
				required: true,
				// By what hides it, so that the editor puts the credentials at the top.
				displayOptions: { hide: { stateStore: ['memory'] } },
			},
		],
		// Two verbs of one address: Meta's check of it, and the deliveries.
		webhooks: [
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'webhook',
				ndvHideUrl: true,
			},
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties,
	};

	methods = { listSearch: { searchBusinessNumbers, searchStateTables } };

	// Under the first webhook: when an activation fails, n8n repeats it from the failed one on.
	webhookMethods = { setup: registration };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? await verify(this) : await receive(this);
	}

	/**
	 * n8n saves what an execution writes into static data, not what webhook() writes. So the state
	 * is put there again inside the execution, where the nodes behind this one see it too. Files are
	 * fetched here as well, because webhook() has to answer soon.
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = await remember(this, this.getInputData());
		const wantsMedia = this.getNodeParameter('options.downloadMedia', 0, false) as boolean;
		return [wantsMedia ? await withMedia(this, items) : items];
	}
}
