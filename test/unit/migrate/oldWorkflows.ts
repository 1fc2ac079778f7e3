import type { Node, Values, Workflow } from '../../../migrate/workflow';

/**
 * Workflows with n8n's own WhatsApp nodes, as people publish them: of old versions, without what
 * equals a default, with parameters in any order, and with what a generator made up.
 */

const CREDENTIAL = { whatsAppApi: { id: 'kB4', name: 'WhatsApp account' } };

let place = 0;

export function node(name: string, type: string, parameters: Values, rest: Values = {}): Node {
	return {
		parameters,
		id: `0d1f0000-0000-4000-8000-${String(++place).padStart(12, '0')}`,
		name,
		type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
		typeVersion: 1,
		position: [place * 20, 300],
		...rest,
	};
}

export const whatsApp = (name: string, parameters: Values, rest: Values = {}) =>
	node(name, 'whatsApp', parameters, { credentials: CREDENTIAL, ...rest });

export const trigger = (parameters: Values = {}, name = 'WhatsApp Trigger') =>
	node(
		name,
		'whatsAppTrigger',
		{ updates: ['messages'], ...parameters },
		{
			webhookId: '5a1c2e04-0000-4000-8000-000000000001',
			credentials: { whatsAppTriggerApi: { id: 'x', name: 'WhatsApp OAuth account' } },
		},
	);

export const reply = (text: string, rest: Values = {}) =>
	whatsApp('Reply', {
		operation: 'send',
		phoneNumberId: '106540352242922',
		recipientPhoneNumber: "={{ $('WhatsApp Trigger').item.json.messages[0].from }}",
		textBody: text,
		requestOptions: {},
		additionalFields: {},
		...rest,
	});

const agent = (text = '={{ $json.messages[0].text.body }}') =>
	node('AI Agent', '@n8n/n8n-nodes-langchain.agent', { promptType: 'define', text, options: {} });

const schedule = () => node('Every Morning', 'scheduleTrigger', { rule: { interval: [{}] } });

const webhook = (name = 'Webhook') => node(name, 'webhook', { httpMethod: 'POST', path: 'lead' });

const request = (parameters: Values, rest: Values = {}) =>
	node(
		'Send by HTTP',
		'httpRequest',
		{
			method: 'POST',
			url: 'https://graph.facebook.com/v22.0/106540352242922/messages',
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			options: {},
			...parameters,
		},
		{ typeVersion: 4.2, credentials: { httpHeaderAuth: { id: '1', name: 'Meta' } }, ...rest },
	);

const json = (body: string) => request({ specifyBody: 'json', jsonBody: body });

/** Nodes one after the other, each with what branches off it. */
export function chain(name: string, ...nodes: Node[]): Workflow {
	return {
		name,
		nodes,
		connections: Object.fromEntries(
			nodes.slice(0, -1).map((from, index) => [from.name, to(nodes[index + 1].name)]),
		),
		active: true,
		settings: { executionOrder: 'v1' },
		meta: { instanceId: 'abc' },
	};
}

const to = (...names: string[]) => ({
	main: names.map((name) => [{ node: name, type: 'main', index: 0 }]),
});

/** What one message of a contact is in the old trigger. */
export function oldItem(message: Values): Values {
	return {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
		contacts: [{ profile: { name: 'Ann' }, wa_id: '16505551234' }],
		messages: [{ from: '16505551234', id: 'wamid.A', timestamp: '1764450000', ...message }],
		field: 'messages',
	};
}

const media = (kind: string) =>
	whatsApp(`Get ${kind} URL`, {
		resource: 'media',
		operation: 'mediaUrlGet',
		mediaGetId: `={{ $json.messages[0].${kind}.id }}`,
	});

const download = (name: string, rest: Values = {}) =>
	node(
		name,
		'httpRequest',
		{
			url: '={{ $json.url }}',
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'whatsAppApi',
			options: {},
			...rest,
		},
		{ typeVersion: 4.2, credentials: CREDENTIAL },
	);

const exists = (leftValue: string) => ({
	id: leftValue,
	leftValue,
	rightValue: '',
	operator: { type: 'string', operation: 'exists', singleValue: true },
});

const rules = (...values: string[]) => ({
	rules: {
		values: values.map((value) => ({
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [exists(value)],
				combinator: 'and',
			},
		})),
	},
	options: {},
});

export const workflows: Record<string, Workflow> = {
	'a bot that answers': {
		...chain('Bot', trigger(), agent(), reply('={{ $json.output }}')),
		pinData: { 'WhatsApp Trigger': [{ json: oldItem({ type: 'text', text: { body: 'Hi' } }) }] },
	},
	'a bot with a memory keyed by number': (() => {
		const memory = node('Memory', '@n8n/n8n-nodes-langchain.memoryBufferWindow', {
			sessionIdType: 'customKey',
			sessionKey: '=memory_{{ $json.contacts[0].wa_id }}',
		});
		const flow = chain('Memory', trigger(), agent(), reply('={{ $json.output }}'));
		return {
			...flow,
			nodes: [...flow.nodes, memory],
			connections: {
				...flow.connections,
				Memory: { ai_memory: [[{ node: 'AI Agent', type: 'ai_memory', index: 0 }]] },
			},
		};
	})(),
	'voice, photos and texts': (() => {
		const flow = chain('Kinds', trigger(), node('Switch', 'switch', {}));
		const switching = node(
			'Switch',
			'switch',
			rules('={{ $json.messages[0].text.body }}', '={{ $json.messages?.[0]?.audio }}'),
			{ typeVersion: 3.2 },
		);
		const get = media('audio');
		const fetch = download('Download Audio', {
			options: { response: { response: { responseFormat: 'file', outputPropertyName: 'voice' } } },
		});
		return {
			...flow,
			nodes: [flow.nodes[0], switching, agent(), get, fetch, reply('Thank you.')],
			connections: {
				...flow.connections,
				Switch: to('AI Agent', get.name),
				[get.name]: to('Download Audio'),
				'Download Audio': to('Reply'),
				'AI Agent': to('Reply'),
			},
		};
	})(),
	'a morning reminder from a sheet': chain(
		'Reminder',
		schedule(),
		node('Rows', 'googleSheets', { operation: 'read' }, { typeVersion: 4.5 }),
		whatsApp(
			'Remind',
			{
				operation: 'send',
				phoneNumberId: '=106540352242922',
				recipientPhoneNumber: '={{ $json.Phone }}',
				textBody: '=Hello {{ $json.Name }}, see you at {{ $json.Time }}.',
				additionalFields: { previewUrl: true },
			},
			{
				typeVersion: 1.1,
				onError: 'continueRegularOutput',
				notes: 'From the shop',
				retryOnFail: true,
			},
		),
	),
	'a template with everything': chain(
		'Template',
		webhook(),
		whatsApp('Confirm', {
			phoneNumberId: '106540352242922',
			recipientPhoneNumber: '=+{{ $json.body.phone }}',
			template: 'order_ready|en_US',
			components: {
				component: [
					{
						type: 'header',
						headerParameters: {
							parameter: [{ type: 'image', imageLink: 'https://shop.example/a.png' }],
						},
					},
					{
						bodyParameters: {
							parameter: [
								{ text: '={{ $json.body.name }}' },
								{ type: 'currency', code: 'EUR', amount_1000: 12, fallback_value: 'EUR 12.00' },
								{ type: 'date_time', date_time: '2026-12-24T10:00:00' },
							],
						},
					},
					{
						type: 'button',
						sub_type: 'url',
						index: 1,
						buttonParameters: { parameter: { type: 'text', text: '={{ $json.body.order }}' } },
					},
					{ type: 'button', buttonParameters: { parameter: { payload: 'track' } } },
				],
			},
		}),
	),
	'a template without values': chain(
		'Hello',
		node('Start', 'manualTrigger', {}),
		whatsApp('Hello World', {
			phoneNumberId: '106540352242922',
			recipientPhoneNumber: '16505551234',
			template: 'hello_world|en_US',
		}),
	),
	'files of all kinds': chain(
		'Files',
		schedule(),
		whatsApp('Link', {
			operation: 'send',
			phoneNumberId: '1',
			recipientPhoneNumber: '+1 (650) 555-1234',
			messageType: 'image',
			mediaLink: 'https://shop.example/a.png',
			additionalFields: { mediaCaption: '=For {{ $json.name }}' },
		}),
		whatsApp('Binary', {
			operation: 'send',
			phoneNumberId: '1',
			recipientPhoneNumber: '16505551234',
			messageType: 'document',
			mediaPath: 'useMedian8n',
			mediaPropertyName: 'invoice',
			additionalFields: { mediaFilename: 'invoice.pdf', mediaCaption: 'Your invoice' },
		}),
		whatsApp('By ID', {
			operation: 'send',
			phoneNumberId: '1',
			recipientPhoneNumber: '16505551234',
			messageType: 'audio',
			mediaPath: 'useMediaId',
			mediaId: '={{ $json.id }}',
			additionalFields: { mediaCaption: 'Listen' },
		}),
		whatsApp('Upload', { resource: 'media', phoneNumberId: '1', mediaPropertyName: 'file' }),
		whatsApp('Delete', {
			resource: 'media',
			operation: 'mediaDelete',
			mediaDeleteId: '={{ $json.id }}',
		}),
	),
	'a place and a card': chain(
		'Place',
		trigger(),
		reply('', {
			messageType: 'location',
			latitude: 48.1374,
			longitude: 11.5755,
			additionalFields: { nameAndAddress: { name: 'Corner Shop', address: '1 Market Street' } },
		}),
		whatsApp(
			'Card',
			{
				operation: 'send',
				phoneNumberId: '1',
				recipientPhoneNumber: '={{ $("WhatsApp Trigger").first().json.contacts[0].wa_id }}',
				messageType: 'contacts',
				name: { data: { formatted_name: 'Dr. Anna Example', first_name: 'Anna' } },
				additionalFields: {
					phones: {
						data: [{ type: 'WORK', phone: '+16505550100', whatsapp_user_id: '16505550100' }],
					},
					emails: { data: [{ email: 'anna@shop.example' }] },
					organization: { data: { company: 'Corner Shop', title: 'Owner' } },
					addresses: { address: [{ street: '1 Market Street', country_code: 'US' }] },
					urls: { url: [{ url: 'https://shop.example' }] },
				},
			},
			{ typeVersion: 1.1 },
		),
	),
	'a code node that takes the message apart': chain(
		'Code',
		trigger(),
		node(
			'Parse',
			'code',
			{
				jsCode:
					'const data = $input.first().json;\nconst msg = data.messages?.[0];\nif (!msg) return [];\nreturn [{ json: { phone: msg.from, text: msg.text?.body ?? "" } }];',
			},
			{ typeVersion: 2 },
		),
		whatsApp('Answer', {
			operation: 'send',
			phoneNumberId: '106540352242922',
			recipientPhoneNumber: '={{ $json.phone }}',
			textBody: '=You wrote {{ $json.text }}',
		}),
	),
	'a code node that can be translated': chain(
		'Short code',
		trigger(),
		node(
			'Parse',
			'code',
			{
				jsCode:
					'return [{ json: { text: $json.messages[0].text.body.trim(), id: $json["messages"][0]["id"] } }];',
			},
			{ typeVersion: 2 },
		),
		reply('={{ $json.text }}'),
	),
	'split out by a name': chain(
		'Split',
		trigger(),
		node('Split Out', 'splitOut', { fieldToSplitOut: 'messages', options: {} }),
		whatsApp('Audio', {
			resource: 'media',
			operation: 'mediaUrlGet',
			mediaGetId: '={{ $json.audio.id }}',
		}),
		download('Fetch'),
	),
	'statuses are kept apart': chain(
		'Statuses',
		trigger({ options: { messageStatusUpdates: ['failed'] } }),
		node('Is It a Status?', 'if', {
			conditions: { boolean: [{ value1: '={{ $json.statuses !== undefined }}', value2: true }] },
		}),
		node('Log', 'set', {
			values: {
				string: [
					{ name: 'state', value: '={{ $json.statuses[0].status }} of {{ $json.statuses[0].id }}' },
				],
			},
		}),
	),
	'a question with an approval': chain(
		'Approval',
		webhook(),
		whatsApp(
			'Ask',
			{
				operation: 'sendAndWait',
				phoneNumberId: '106540352242922',
				recipientPhoneNumber: '={{ $json.body.phone }}',
				message: '=Shall we ship {{ $json.body.order }}?',
				approvalOptions: { values: { approvalType: 'double', approveLabel: 'Ship' } },
				options: { limitWaitTime: { values: { resumeAmount: 2, resumeUnit: 'hours' } } },
			},
			{ typeVersion: 1.1, webhookId: '77' },
		),
		node('Approved?', 'if', {
			conditions: { boolean: [{ value1: '={{ $json.data.approved }}', value2: true }] },
		}),
	),
	'a question in free text': chain(
		'Free text',
		schedule(),
		whatsApp('Ask', {
			operation: 'sendAndWait',
			phoneNumberId: '1',
			recipientPhoneNumber: '16505551234',
			message: 'How was it?',
			responseType: 'freeText',
			options: {},
		}),
		node('Keep', 'set', {
			values: { string: [{ name: 'answer', value: '={{ $json.data.text }}' }] },
		}),
	),
	'a tool of an agent': (() => {
		const tool = node(
			'Send WhatsApp',
			'whatsAppTool',
			{
				descriptionType: 'manual',
				toolDescription: 'Writes to the customer',
				operation: 'send',
				phoneNumberId: '106540352242922',
				recipientPhoneNumber: "={{ $fromAI('phone', '', 'string') }}",
				textBody: "={{ $fromAI('Text_Body', ``, 'string') }}",
				additionalFields: {},
			},
			{ credentials: CREDENTIAL },
		);
		const flow = chain(
			'Tool',
			node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', {}),
			agent('={{ $json.chatInput }}'),
		);
		return {
			...flow,
			nodes: [...flow.nodes, tool],
			connections: {
				...flow.connections,
				'Send WhatsApp': { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
			},
		};
	})(),
	'a request with a text': chain(
		'HTTP text',
		trigger(),
		json(
			'={\n  "messaging_product": "whatsapp",\n  "to": "{{ $json.messages[0].from }}",\n  "type": "text",\n  "text": { "body": "Hi {{ $json.contacts[0].profile.name }}!\\nYou wrote {{ JSON.stringify($json.messages[0].text.body).slice(1, -1) }}" }\n}',
		),
	),
	'a request with a template': chain(
		'HTTP template',
		webhook(),
		json(
			'={"messaging_product":"whatsapp","to":{{ JSON.stringify($json.body.phone) }},"type":"template","template":{"name":"otp","language":{"code":"pt_BR"},"components":[{"type":"body","parameters":[{"type":"text","text":"{{ $json.body.code }}"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"{{ $json.body.code }}"}]}]}}',
		),
	),
	'a request made by an expression': chain(
		'HTTP expression',
		trigger(),
		request({
			url: '=https://graph.facebook.com/v19.0/{{ $json.metadata.phone_number_id }}/messages',
			specifyBody: 'json',
			jsonBody:
				"={{ JSON.stringify({ messaging_product: 'whatsapp', to: $json.messages[0].from, type: 'interactive', interactive: { type: 'button', body: { text: `Hello ${$json.contacts[0].profile.name}` }, action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }, { type: 'reply', reply: { id: 'no', title: 'No' } }] } } }) }}",
		}),
	),
	'a request with a list and a token': chain(
		'HTTP list',
		webhook(),
		request({
			authentication: undefined,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'Authorization', value: 'Bearer EAAabcdefghijklmnopqrstuvwxyz' }],
			},
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				messaging_product: 'whatsapp',
				to: '16505551234',
				type: 'interactive',
				interactive: {
					type: 'list',
					header: { type: 'text', text: 'Menu' },
					body: { text: 'Choose' },
					action: {
						button: 'Open',
						sections: [{ title: 'Food', rows: [{ id: 'a', title: 'Soup' }] }],
					},
				},
			}),
		}),
	),
	'a request with pairs': chain(
		'HTTP pairs',
		webhook(),
		request({
			bodyParameters: {
				parameters: [
					{ name: 'messaging_product', value: 'whatsapp' },
					{ name: 'to', value: '={{ $json.body.phone }}' },
					{ name: 'type', value: 'image' },
					{ name: 'image', value: '={{ { link: $json.body.link, caption: "A photo" } }}' },
				],
			},
		}),
	),
	'an old request': chain(
		'HTTP 2',
		trigger(),
		node(
			'Mark as Read',
			'httpRequest',
			{
				requestMethod: 'POST',
				url: 'https://graph.facebook.com/v15.0/106540352242922/messages',
				jsonParameters: true,
				bodyParametersJson:
					'={"messaging_product":"whatsapp","status":"read","message_id":"{{$node["WhatsApp Trigger"].json["messages"][0]["id"]}}"}',
			},
			{ typeVersion: 2 },
		),
	),
	'a request that cannot be read': chain('HTTP unknown', webhook(), json('={{ $json.body }}')),
	'a file fetched by requests': chain(
		'HTTP media',
		trigger(),
		node(
			'Get Link',
			'httpRequest',
			{ url: '=https://graph.facebook.com/v20.0/{{ $json.messages[0].image.id }}', options: {} },
			{ typeVersion: 4.2 },
		),
		download('Get Photo'),
	),
	'what a generator made up': chain(
		'Generated',
		webhook('Webhook - Lead'),
		node(
			'Send WhatsApp Message',
			'whatsapp',
			{
				operation: 'sendMessage',
				phoneNumberId: '={{$env.WHATSAPP_PHONE_NUMBER_ID}}',
				recipient: "={{$node['Webhook - Lead'].json['phone']}}",
				messageType: 'text',
				message: "=Hi {{$node['Webhook - Lead'].json['name']}}!",
			},
			{ credentials: CREDENTIAL, continueOnFail: true },
		),
	),
	'a webhook in place of the trigger': chain(
		'Webhook',
		webhook(),
		whatsApp('Reply', {
			operation: 'send',
			phoneNumberId: '106540352242922',
			recipientPhoneNumber: '={{ $json.body.entry[0].changes[0].value.messages[0].from }}',
			textBody: 'Thank you.',
		}),
	),
	'a note about what was sent': chain(
		'Log',
		trigger(),
		reply('Hi'),
		node('Keep', 'set', {
			values: {
				string: [
					{ name: 'id', value: '={{ $json.messages[0].id }} to {{ $json.contacts[0].wa_id }}' },
				],
			},
		}),
	),
	'code that passes items on': chain(
		'Passed on',
		trigger(),
		node('Count', 'code', { jsCode: 'return $input.all();' }, { typeVersion: 2 }),
		reply('=You wrote {{ $json.messages[0].text.body }}'),
	),
	'fields by their names': chain(
		'Names',
		trigger(),
		node('Once', 'removeDuplicates', {
			compare: 'selectedFields',
			fieldsToCompare: 'messages[0].id',
		}),
	),
	'all items in one expression': chain(
		'All',
		trigger(),
		node('Join', 'set', {
			values: {
				string: [
					{ name: 't', value: '={{ $input.all().map(i => i.json.messages[0].text.body) }}' },
				],
			},
		}),
	),
	'code by a prompt': chain(
		'AI',
		trigger(),
		node('Transform', 'aiTransform', {
			jsCode: 'return $input.all().map((i) => ({ json: { p: i.json.messages[0].from } }));',
		}),
	),
	'a workflow that is called': chain(
		'Calls',
		trigger(),
		node('Call', 'executeWorkflow', { workflowId: { __rl: true, mode: 'id', value: 'x' } }),
	),
	'a request with its version elsewhere': chain(
		'HTTP version',
		webhook(),
		request({
			url: '=https://graph.facebook.com/{{ $json.version }}/{{ $json.numberId }}/messages',
			specifyBody: 'json',
			jsonBody: '{"messaging_product":"whatsapp","to":"1","type":"text","text":{"body":"Hi"}}',
		}),
	),
	'a request to an address elsewhere': chain(
		'HTTP address',
		webhook(),
		request({
			url: '={{ $json.base }}/messages',
			specifyBody: 'json',
			jsonBody: '{"messaging_product":"whatsapp","to":"1","type":"text","text":{"body":"Hi"}}',
		}),
	),
	'an answer after days': chain(
		'Days',
		trigger(),
		node('Wait', 'wait', { amount: 2, unit: 'days' }),
		reply('Still interested?'),
	),
	'a fixed number as an expression': chain(
		'Fixed',
		trigger(),
		reply('New!', { recipientPhoneNumber: '=16505550100' }),
	),
	'an alarm to the owner': chain(
		'Owner',
		trigger(),
		whatsApp('Tell the Owner', {
			operation: 'send',
			phoneNumberId: '106540352242922',
			recipientPhoneNumber: '16505550100',
			textBody: '=New: {{ $json.messages[0].text.body }}',
		}),
	),
};
