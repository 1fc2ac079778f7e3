import type { IConnections, INode, INodeCredentialsDetails, INodeParameters } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

import { shopInList } from './cast';

/** Paths of the webhooks that the page of the phone calls. */
export const DESK_PATH = 'desk';
export const KNOWN_PATH = 'what-n8n-knows';

/** The workflow that the page asks often, as long as it is looked at. */
export const KNOWN_NAME = 'What n8n Knows';

/** Where the app's callback has to point, so that n8n hears of stopped offers and of reviews. */
export const DESK_WEBHOOK_ID = '4c6d7a10-8a53-4f0e-9b0e-2f1f3a7c5d60';

const PACKAGE = 'n8n-nodes-whatsapp-conversations';

interface Sending {
	/** What the page calls it. */
	label: string;
	parameters: INodeParameters;
}

const freeForm = (parameters: object): INodeParameters => ({
	resource: 'message',
	operation: 'send',
	to: '={{ $json.body.to }}',
	whenWindowClosed: 'output',
	whenWindowUnknown: 'treatAsClosed',
	...parameters,
});

/** What the shop can send from the page: one node each. */
export const SENDINGS: Record<string, Sending> = {
	text: {
		label: 'Text',
		parameters: freeForm({ messageType: 'text', text: 'We have *two* blue lamps left.' }),
	},
	buttons: {
		label: 'Reply buttons',
		parameters: freeForm({
			messageType: 'buttons',
			body: 'Shall we keep one for you?',
			buttons: { button: [{ title: 'Yes, please' }, { title: 'No, thank you' }] },
		}),
	},
	list: {
		label: 'List',
		parameters: freeForm({
			messageType: 'list',
			body: 'When may we deliver it?',
			buttonText: 'Choose a time',
			rowsSource: 'fields',
			sections: {
				section: [
					{
						title: 'Tomorrow',
						rows: { row: [{ title: 'Morning', description: '9 to 12' }, { title: 'Evening' }] },
					},
					{ title: 'The day after', rows: { row: [{ title: 'All day' }] } },
				],
			},
		}),
	},
	link: {
		label: 'Link button',
		parameters: freeForm({
			messageType: 'linkButton',
			body: 'All our lamps on one page.',
			buttonText: 'See the lamps',
			url: 'https://shop.example/lamps',
		}),
	},
	location: {
		label: 'Location',
		parameters: freeForm({
			messageType: 'location',
			latitude: '52.5200',
			longitude: '13.4050',
			locationName: 'Example Shop',
			locationAddress: 'Main Street 1',
		}),
	},
	contacts: {
		label: 'Contact card',
		parameters: freeForm({
			messageType: 'contacts',
			contactsSource: 'fields',
			contacts: {
				contact: [
					{
						formattedName: 'Lamp Repairs',
						phones: { phone: [{ phone: '+1 555 010 0177', type: 'WORK' }] },
					},
				],
			},
		}),
	},
	image: {
		label: 'Picture behind a link',
		parameters: freeForm({
			messageType: 'image',
			mediaSource: 'link',
			link: 'https://shop.example/lamp.jpg',
			caption: 'The blue one',
		}),
	},
	flow: {
		label: 'Flow',
		parameters: freeForm({
			messageType: 'flow',
			body: 'Tell us how you liked it.',
			flow: { __rl: true, mode: 'flowId', value: '700000000000001' },
			buttonText: 'Give feedback',
		}),
	},
	product: {
		label: 'Product',
		parameters: freeForm({
			messageType: 'product',
			body: 'This is the one.',
			catalogId: '800000000000001',
			productId: 'lamp-blue',
		}),
	},
	offer: {
		label: 'Offer (marketing template)',
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			to: '={{ $json.body.to }}',
			template: { __rl: true, mode: 'name', value: 'winter_offer|en_US' },
			templateFields: {
				mappingMode: 'defineBelow',
				value: {
					'body:1': "={{ $json.body.name || 'there' }}",
					'button:0:code': 'LAMP20',
					'button:2:payload': 'OPT_OUT',
				},
			},
		},
	},
	optIn: {
		label: 'Write down: wants offers',
		parameters: {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: '={{ $json.body.to }}',
			state: 'opted_in',
			scope: 'marketing',
			evidence: 'said so to a colleague',
			options: { at: '={{ $now }}' },
		},
	},
	read: {
		label: 'Read receipt, typing …',
		parameters: {
			resource: 'message',
			operation: 'markRead',
			messageId: '={{ $json.body.messageId }}',
			typing: true,
		},
	},
};

/** The shop's desk: what the buttons of the page send. It also hears of stopped offers and of reviews. */
export function deskWorkflow(credential: INodeCredentialsDetails): WorkflowDefinition {
	const kinds = Object.keys(SENDINGS);
	const webhook = webhookNode('The Page Asks', DESK_PATH, [80, 480], 'onReceived');
	const choose = switchNode('Which Message?', [320, 480], 'kind', kinds);
	const sends = kinds.map((kind, index) => ({
		...whatsApp(
			SENDINGS[kind].label,
			[600, index * 160 - 400],
			SENDINGS[kind].parameters,
			credential,
		),
		id: `desk-${kind}`,
		// What was decided against is told by the item, not by a failed execution.
		onError: 'continueRegularOutput' as const,
	}));
	const preferences: INode = {
		...whatsApp(
			'When Offers Are Stopped or Templates Reviewed',
			[80, 160],
			{ events: ['call', 'consent', 'account'], registration: 'manual', verifyWord: 'the-desk' },
			credential,
		),
		id: 'desk-trigger',
		type: `${PACKAGE}.whatsAppConversationsTrigger`,
		webhookId: DESK_WEBHOOK_ID,
	};
	const connections: IConnections = {
		[webhook.name]: { main: [[to(choose)]] },
		[choose.name]: { main: sends.map((node) => [to(node)]) },
	};
	return { name: "The Shop's Desk", nodes: [preferences, webhook, choose, ...sends], connections };
}

/** Answers what n8n knows of contacts. It is asked often, so its runs are not kept. */
export function knownWorkflow(credential: INodeCredentialsDetails): WorkflowDefinition {
	const webhook = webhookNode('The Page Asks', KNOWN_PATH, [0, 0], 'lastNode');
	const split: INode = {
		id: 'known-split',
		name: 'Each Contact',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [220, 0],
		parameters: { fieldToSplitOut: 'body.contacts', options: { destinationFieldName: 'contact' } },
	};
	const get = whatsApp(
		'Conversation',
		[440, 0],
		{ resource: 'conversation', operation: 'get', contact: '={{ $json.contact }}' },
		credential,
	);
	return {
		name: KNOWN_NAME,
		nodes: [webhook, split, get],
		connections: {
			[webhook.name]: { main: [[to(split)]] },
			[split.name]: { main: [[to(get)]] },
		},
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}

/** n8n's own Webhook node. */
export function webhookNode(
	name: string,
	path: string,
	position: [number, number],
	responseMode: string,
): INode {
	return {
		id: `webhook-${path}`,
		name,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position,
		webhookId: `webhook-${path}`,
		parameters: { httpMethod: 'POST', path, responseMode, responseData: 'allEntries', options: {} },
	};
}

/** n8n's own Switch node, with an output for each value of a field that the page sends. */
export function switchNode(
	name: string,
	position: [number, number],
	field: string,
	values: readonly string[],
): INode {
	return {
		id: `switch-${field}`,
		name,
		type: 'n8n-nodes-base.switch',
		typeVersion: 3.2,
		position,
		parameters: {
			mode: 'expression',
			numberOutputs: values.length,
			output: `={{ ${JSON.stringify(values)}.indexOf($json.body.${field}) }}`,
		},
	};
}

/** Our send node, for the shop. */
export function whatsApp(
	name: string,
	position: [number, number],
	parameters: INodeParameters,
	credential: INodeCredentialsDetails,
): INode {
	const { id: value, name: cachedResultName } = shopInList;
	return {
		id: `whatsapp-${name}`,
		name,
		type: `${PACKAGE}.whatsAppConversations`,
		typeVersion: 1,
		position,
		credentials: { whatsAppCloudApi: credential },
		parameters: {
			businessNumber: { __rl: true, mode: 'list', value, cachedResultName },
			...parameters,
		} as INodeParameters,
	};
}

/** A wire to a node. */
export function to({ name }: INode) {
	return { node: name, type: 'main' as const, index: 0 };
}
