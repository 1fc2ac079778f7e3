// First, so that an n8n that is too old says so.
import '../shared/requireN8n';

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeCredentialDescription,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { TABLE_CREDENTIAL, TABLE_CREDENTIAL_LABEL } from '../core/credentials';
import { providerCredentials } from '../shared/provider';

import { properties } from './actions/properties';
import { answered, answerWebhooks, WAITING_TOOLTIP } from './ask/answered';
import { IS_IN_LOOP } from './ask/inLoop';
import { methods } from './methods';
import { router } from './run/router';
import { LATEST_VERSION, VERSIONS } from './version';

/** Further outputs are there only where they were chosen. */
const OUTPUTS =
	`={{ $parameter.resource === 'message' && $parameter.operation === 'send' && $parameter.whenWindowClosed === 'output' ? [{ type: 'main', displayName: 'Sent' }, { type: 'main', displayName: 'Closed' }] : $parameter.resource === 'message' && $parameter.operation === 'send' && $parameter.whenWindowClosed === 'hold' ? [{ type: 'main', displayName: 'Loop' }, { type: 'main', displayName: 'Sent' }, { type: 'main', displayName: 'No Answer' }] : ${IS_IN_LOOP} ? [{ type: 'main', displayName: 'Loop' }, { type: 'main', displayName: 'Answered' }, { type: 'main', displayName: 'No Answer' }] : [{ type: 'main' }] }}` as const;

/** Operations that look into n8n's own tables alone, of a name that no other resource has. */
const WITHOUT_WHATSAPP = ['getReport', 'pause', 'recordStatus', 'stop'];

const credentials: INodeCredentialDescription[] = [
	...providerCredentials('provider', WITHOUT_WHATSAPP),
	{
		name: TABLE_CREDENTIAL,
		displayName: TABLE_CREDENTIAL_LABEL,
		required: true,
		// By what hides it, so that the editor puts the credentials at the top.
		displayOptions: {
			hide: {
				resource: ['account', 'contact', 'media', 'messageLink', 'profile', 'template'],
				operation: ['markRead'],
				stateStore: ['memory'],
			},
		},
	},
];

/**
 * Programmatic, because what is sent depends on the contact's window, which is known before the
 * request and not from it.
 */
export class WhatsAppConversations implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Conversations',
		name: 'whatsAppConversations',
		icon: {
			light: 'file:whatsAppConversations.svg',
			dark: 'file:whatsAppConversations.dark.svg',
		},
		group: ['output'],
		version: VERSIONS,
		defaultVersion: LATEST_VERSION,
		subtitle:
			'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description:
			'Sends WhatsApp messages by the rules of the platform: it knows the 24-hour window before it sends',
		defaults: { name: 'WhatsApp Conversations' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		credentials,
		webhooks: answerWebhooks,
		waitingNodeTooltip: WAITING_TOOLTIP,
		properties,
	};

	methods = methods;

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answered(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
