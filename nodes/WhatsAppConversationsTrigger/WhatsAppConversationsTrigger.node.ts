// First, so that an n8n that is too old says so.
import '../shared/requireN8n';

import {
	VersionedNodeType,
	type INodeTypeBaseDescription,
	type INodeTypeDescription,
} from 'n8n-workflow';

import * as version1 from './panel/version1';
import * as version1_1 from './panel/version1_1';
import { OUTPUTS } from './run/byOwner';
import { ListeningNode } from './trigger';

const BASE: INodeTypeBaseDescription = {
	displayName: 'WhatsApp Conversations Trigger',
	name: 'whatsAppConversationsTrigger',
	icon: {
		light: 'file:../WhatsAppConversations/whatsAppConversations.svg',
		dark: 'file:../WhatsAppConversations/whatsAppConversations.dark.svg',
	},
	group: ['trigger'],
	defaultVersion: 1.1,
	// The list of nodes shows it for both: the node's actions stand under the trigger's name.
	description:
		'Receive WhatsApp messages, answer and ask, and know the 24-hour window before you send',
};

const WHILE_BUILDING =
	"<b>While building your workflow</b>, press 'Execute step', then write a message to your business number from any phone. It shows up in this editor";

const ONCE_PUBLISHED =
	"every message starts the workflow. These executions show up in the <a data-key='executions'>executions list</a>, but not in the editor.";

/** The panel of a version, with what all versions have in common. */
function descriptionOf(
	version: number,
	{ properties, credentials }: Pick<INodeTypeDescription, 'properties' | 'credentials'>,
): INodeTypeDescription {
	return {
		...BASE,
		version,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		eventTriggerDescription: 'Waiting for a WhatsApp message',
		triggerPanel: {
			header: 'Receive a WhatsApp message',
			executionsHelp: {
				inactive: `${WHILE_BUILDING}.<br /><br /><b>Once you're happy with your workflow</b>, publish it. Then ${ONCE_PUBLISHED}`,
				active: `${WHILE_BUILDING}, and does not start the published workflow.<br /><br /><b>Your workflow is published</b>: ${ONCE_PUBLISHED}`,
			},
		},
		activationMessage:
			'Messages to your business number start this workflow now, and their customer service windows are remembered.',
		defaults: { name: BASE.displayName },
		inputs: [],
		outputs: OUTPUTS,
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
		credentials,
		properties,
	};
}

/**
 * Two versions, because a credential is shown by one path of a parameter, and 'Connect Through' stands
 * under 'Options' since version 1.1.
 */
export class WhatsAppConversationsTrigger extends VersionedNodeType {
	constructor() {
		super(
			{
				1: new ListeningNode(descriptionOf(1, version1)),
				1.1: new ListeningNode(descriptionOf(1.1, version1_1)),
			},
			BASE,
		);
	}
}
