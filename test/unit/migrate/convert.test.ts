import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';

import { convert } from '../../../migrate/convert';
import type { Node, Values, Workflow } from '../../../migrate/workflow';
import { WhatsAppConversations } from '../../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import { WhatsAppConversationsTrigger } from '../../../nodes/WhatsAppConversationsTrigger/WhatsAppConversationsTrigger.node';

import { chain, node, reply, trigger, whatsApp, workflows } from './oldWorkflows';

const triggers = new WhatsAppConversationsTrigger();
const actions = new WhatsAppConversations().description;

const OF_TOOLS = ['descriptionType', 'toolDescription'];

const all = Object.entries(workflows).map(([name, old]) => ({ name, old, ...convert(old) }));

const isOurs = ({ type }: Node) => type.startsWith('n8n-nodes-whatsapp-conversations.');

const ours = all.flatMap(({ name: workflow, workflow: { nodes } }) =>
	nodes.filter(isOurs).map((node) => ({ workflow, name: node.name, node })),
);

const descriptionOf = ({ type }: Node): INodeTypeDescription =>
	type.endsWith('Trigger') ? triggers.getNodeType(1.1).description : actions;

const NUMBER = { __rl: true, mode: 'list', value: '106540352242922' };
const TEMPLATE = { __rl: true, mode: 'list', value: 'order_ready|en_US' };

/** Its parameters as somebody has completed them who did what the note says. */
const completed = ({ parameters }: Node): Values => ({
	...parameters,
	...('businessNumber' in parameters && { businessNumber: NUMBER }),
	...('fallbackTemplate' in parameters && { fallbackTemplate: TEMPLATE }),
});

const shownOf = (node: Node, parameters: Values) =>
	NodeHelpers.getNodeParameters(
		descriptionOf(node).properties,
		parameters as INode['parameters'],
		true,
		false,
		node as unknown as INode,
		descriptionOf(node),
	) ?? {};

const nodeIn = (workflow: Workflow, name: string): Node =>
	workflow.nodes.find((node) => node.name === name) as Node;

const parametersOf = (workflow: string, node: string): Values =>
	nodeIn(convert(workflows[workflow]).workflow, node).parameters;

const textsOf = (workflow: string, kind: string) =>
	convert(workflows[workflow])
		.findings.filter((finding) => finding.kind === kind)
		.map(({ text }) => text)
		.join('\n');

describe('a converted workflow', () => {
	it('is made from more than twenty', () => {
		expect(all.length).toBeGreaterThan(20);
	});

	it.each(all)('$name: nodes keep their names, places and connections', ({ old, workflow }) => {
		const kept = (nodes: Node[]) => nodes.map(({ name, position }) => ({ name, position }));
		expect(kept(workflow.nodes)).toEqual(expect.arrayContaining(kept(old.nodes)));
		expect(workflow.connections).toMatchObject(old.connections);
		expect(new Set(workflow.nodes.map(({ name }) => name)).size).toBe(workflow.nodes.length);
	});

	it.each(all)('$name: none of the old nodes is left', ({ workflow }) => {
		expect(workflow.nodes.filter(({ type }) => /nodes-base\.whatsapp/i.test(type))).toEqual([]);
		expect(JSON.stringify(workflow)).not.toMatch(/Bearer|whatsAppApi|whatsAppTriggerApi/);
	});

	it.each(all)('$name: a note says what is left to do', ({ workflow, findings }) => {
		const note = nodeIn(workflow, 'What Is Left to Do');
		for (const { text } of findings) expect(note.parameters.content).toContain(text);
	});

	it.each(ours)('$workflow: $name is complete when the note was followed', ({ node }) => {
		const parameters = shownOf(node, completed(node)) as INode['parameters'];
		const complete = { ...node, parameters } as unknown as INode;
		const { properties } = descriptionOf(node);
		expect(
			NodeHelpers.getNodeParametersIssues(properties, complete, descriptionOf(node)),
		).toBeNull();
	});

	it.each(ours)('$workflow: $name has only parameters that are shown', ({ node }) => {
		const names = Object.keys(node.parameters).filter((name) => !OF_TOOLS.includes(name));
		expect(Object.keys(shownOf(node, completed(node)))).toEqual(expect.arrayContaining(names));
	});

	it.each(all)('$name: nothing reads the old items where there are none', ({ workflow }) => {
		const gives = workflow.nodes.some(({ parameters }) =>
			String(parameters.jsCode).includes("n8n's own WhatsApp Trigger"),
		);
		const texts = JSON.stringify(workflow.nodes.map(({ parameters }) => parameters));
		if (!gives) expect(texts).not.toMatch(/json(?:\.|\["?)(?:messages|contacts|metadata)/);
	});

	it('is itself without anything to convert', () => {
		const { workflow, findings } = convert(convert(workflows['a bot that answers']).workflow);
		expect(findings).toEqual([]);
		expect(workflow.name).toBe('Bot (WhatsApp Conversations)');
	});

	it('refuses what is none', () => {
		expect(() => convert({ name: 'x' })).toThrow('no nodes');
	});

	it('is found in what the library of templates gives', () => {
		const { workflow } = convert({ workflow: { workflow: workflows['a bot that answers'] } });
		expect(workflow.nodes.some(isOurs)).toBe(true);
	});
});

it.each([
	['a sheet', 'googleSheets', { columns: { mappingMode: 'autoMapInputData', value: {} } }, true],
	['a table', 'dataTable', { columns: { mappingMode: 'autoMapInputData', value: {} } }, true],
	['an older database node', 'postgres', { dataMode: 'autoMapInputData' }, true],
	[
		'a sheet with chosen columns',
		'googleSheets',
		{ columns: { mappingMode: 'defineBelow' } },
		false,
	],
])('tells that %s gets other fields, where it stores all: %s', (_, type, parameters, isTold) => {
	const { findings } = convert(chain('Log', trigger(), node('Log', type, parameters)));
	const texts = findings.filter((finding) => finding.node === 'Log').map(({ text }) => text);
	expect(texts.join().includes('It stores all fields that come')).toBe(isTold);
});

describe('the window', () => {
	it.each([
		{ name: 'a morning reminder from a sheet', node: 'Remind' },
		{ name: 'a question with an approval', node: 'Ask' },
		{ name: 'a tool of an agent', node: 'Send WhatsApp' },
		{ name: 'a request with a list and a token', node: 'Send by HTTP' },
		{ name: 'an alarm to the owner', node: 'Tell the Owner' },
		{ name: 'a fixed number as an expression', node: 'Reply' },
		{ name: 'an answer after days', node: 'Reply' },
	])('cannot be open in $name: a template goes instead, to be chosen', ({ name, node }) => {
		expect(parametersOf(name, node)).toMatchObject({
			whenWindowClosed: 'template',
			fallbackTemplate: { mode: 'list', value: '' },
		});
		expect(textsOf(name, 'choose')).toContain("Choose 'Template Instead'");
	});

	it.each([
		{ name: 'a bot that answers', node: 'Reply' },
		{ name: 'a request with a text', node: 'Send by HTTP' },
	])('has been opened in $name', ({ name, node }) => {
		expect(parametersOf(name, node)).toMatchObject({ whenWindowClosed: 'stop' });
		expect(textsOf(name, 'choose')).not.toContain('Template Instead');
	});

	const DATE = { resume: 'specificTime', dateTime: '={{ $json.day }}' };
	it.each([
		['two days', [[{ amount: 2, unit: 'days' }]], 'a day or longer'],
		['a day in minutes', [[{ amount: 1440, unit: 'minutes' }]], 'a day or longer'],
		['20 hours and 4 more', [[{ amount: 20 }], [{ amount: 4 }]], 'a day or longer'],
		['a date', [[DATE]], 'perhaps'],
		['a call', [[{ resume: 'webhook' }]], 'perhaps'],
		['as long as the item says', [[{ amount: '={{ $json.n }}', unit: 'minutes' }]], 'perhaps'],
		['23 hours', [[{ amount: 23 }]], ''],
		['what a new node waits', [[{}, 1.1]], ''],
	] as const)('may have closed after a wait of %s: %j', (_, waits, told) => {
		const nodes = waits.map(([parameters, typeVersion = 1], index) => ({
			...node(`Wait ${index}`, 'wait', parameters),
			typeVersion,
		}));
		const { workflow, findings } = convert(chain('Waits', trigger(), ...nodes, reply('Hello')));
		const { whenWindowClosed } = nodeIn(workflow, 'Reply').parameters;
		expect(whenWindowClosed).toBe(told ? 'template' : 'stop');
		const texts = findings.map(({ text }) => text).join('\n');
		if (told) expect(texts).toContain(told);
		else expect(texts).not.toContain('It waits');
	});

	it('is open after a wait when the contact has answered a question since', () => {
		const ask = whatsApp('Ask', { operation: 'sendAndWait', message: 'Well?' });
		const wait = node('Wait', 'wait', { amount: 2, unit: 'days' });
		const { workflow } = convert(chain('Asked', trigger(), wait, ask, reply('Thanks')));
		expect(nodeIn(workflow, 'Ask').parameters.whenWindowClosed).toBe('template');
		expect(nodeIn(workflow, 'Reply').parameters.whenWindowClosed).toBe('stop');
	});

	it('is not taken for open where a schedule comes to the same node', () => {
		const send = whatsApp('Send', {
			operation: 'send',
			recipientPhoneNumber: '={{ $json.phone }}',
		});
		const flow = chain('Both', trigger(), send);
		const both = {
			...flow,
			nodes: [...flow.nodes, { ...trigger(), name: 'Cron', type: 'n8n-nodes-base.cron' }],
			connections: { ...flow.connections, Cron: flow.connections['WhatsApp Trigger'] },
		};
		expect(nodeIn(convert(both).workflow, 'Send').parameters.whenWindowClosed).toBe('template');
	});
});

describe('each parameter', () => {
	it('of a text goes along, and all settings of the node', () => {
		const node = nodeIn(convert(workflows['a morning reminder from a sheet']).workflow, 'Remind');
		expect(node).toMatchObject({
			onError: 'continueRegularOutput',
			notes: 'From the shop',
			retryOnFail: true,
			parameters: {
				operation: 'send',
				businessNumber: { mode: 'id', value: '=106540352242922' },
				to: '={{ $json.Phone }}',
				messageType: 'text',
				text: '=Hello {{ $json.Name }}, see you at {{ $json.Time }}.',
				options: { previewUrl: true },
			},
		});
	});

	it('of a template becomes a field', () => {
		const { template, templateFields, operation } = parametersOf(
			'a template with everything',
			'Confirm',
		);
		expect(operation).toBe('sendTemplate');
		expect(template).toEqual({ __rl: true, mode: 'name', value: 'order_ready|en_US' });
		expect((templateFields as Values).value).toEqual({
			'header:media': 'https://shop.example/a.png',
			'body:1': '={{ $json.body.name }}',
			'body:2': 'EUR 12.00',
			'body:3': '2026-12-24T10:00:00',
			'button:1:1': '={{ $json.body.order }}',
			'button:0:payload': 'track',
		});
	});

	it('of files goes along', () => {
		const of = (name: string) => parametersOf('files of all kinds', name);
		expect(of('Link')).toMatchObject({
			messageType: 'image',
			mediaSource: 'link',
			link: 'https://shop.example/a.png',
			caption: '=For {{ $json.name }}',
		});
		expect(of('Binary')).toMatchObject({
			messageType: 'document',
			mediaSource: 'binary',
			binaryField: 'invoice',
			fileName: 'invoice.pdf',
			caption: 'Your invoice',
		});
		expect(of('By ID')).toMatchObject({ mediaSource: 'id', messageType: 'audio' });
		expect(textsOf('files of all kinds', 'left')).toContain('no caption');
		expect(of('Upload')).toMatchObject({ operation: 'upload', binaryField: 'file' });
		expect(of('Delete')).toEqual({
			resource: 'media',
			operation: 'delete',
			mediaId: '={{ $json.mediaId }}',
		});
	});

	it('of a place and of a card goes along', () => {
		expect(parametersOf('a place and a card', 'Reply')).toMatchObject({
			latitude: '48.1374',
			longitude: '11.5755',
			locationName: 'Corner Shop',
			locationAddress: '1 Market Street',
		});
		expect(parametersOf('a place and a card', 'Card').contacts).toEqual({
			contact: [
				{
					formattedName: 'Dr. Anna Example',
					firstName: 'Anna',
					company: 'Corner Shop',
					title: 'Owner',
					phones: { phone: [{ phone: '+16505550100', type: 'WORK', waId: '16505550100' }] },
					emails: { email: [{ email: 'anna@shop.example', type: 'HOME' }] },
					urls: { url: [{ url: 'https://shop.example', type: 'HOME' }] },
					addresses: {
						address: [{ street: '1 Market Street', countryCode: 'US', type: 'HOME' }],
					},
				},
			],
		});
	});

	it('of a question goes along, and what is read of its answer', () => {
		expect(parametersOf('a question with an approval', 'Ask')).toMatchObject({
			operation: 'sendAndWait',
			responseType: 'approval',
			approvalOptions: {
				values: { approvalType: 'double', approveLabel: 'Ship', disapproveLabel: '✗ Decline' },
			},
			options: { limitWaitTime: { values: { resumeAmount: 2, resumeUnit: 'hours' } } },
		});
		expect(JSON.stringify(parametersOf('a question with an approval', 'Approved?'))).toContain(
			'{{ $json.approved }}',
		);
		expect(JSON.stringify(parametersOf('a question in free text', 'Keep'))).toContain(
			'{{ $json.answer }}',
		);
	});

	it('of what a generator made up is understood', () => {
		const { workflow, findings } = convert(workflows['what a generator made up']);
		const node = nodeIn(workflow, 'Send WhatsApp Message');
		expect(node.continueOnFail).toBe(true);
		expect(node.parameters).toMatchObject({
			operation: 'send',
			to: "={{$node['Webhook - Lead'].json['phone']}}",
			text: "=Hi {{$node['Webhook - Lead'].json['name']}}!",
		});
		expect(findings.map(({ text }) => text).join()).toContain("operation 'sendMessage'");
	});

	it('of a tool stays one of a tool', () => {
		const node = nodeIn(convert(workflows['a tool of an agent']).workflow, 'Send WhatsApp');
		expect(node.type).toBe('n8n-nodes-whatsapp-conversations.whatsAppConversationsTool');
		expect(node.parameters.toolDescription).toBe('Writes to the customer');
	});
});

describe('what reads the old form in a way that cannot be translated', () => {
	it.each([
		'code that passes items on',
		'fields by their names',
		'all items in one expression',
		'code by a prompt',
		'a workflow that is called',
	])('%s: goes on to get it, and is listed', (name) => {
		expect(String(parametersOf(name, 'WhatsApp Trigger').jsCode)).toContain('old.contacts');
		expect(textsOf(name, 'check')).toContain('It reads items in the old form');
	});

	it('is listed where another workflow has to give it', () => {
		const start = { ...trigger(), name: 'Start', type: 'n8n-nodes-base.executeWorkflowTrigger' };
		const called = chain(
			'Called',
			start,
			whatsApp('Answer', {
				operation: 'send',
				recipientPhoneNumber: '={{ $json.messages[0].from }}',
			}),
		);
		expect(convert(called).findings.map(({ text }) => text)).toContain(
			'It reads items in the old form, which the workflow that calls this one has to give.',
		);
	});
});

describe('a request to Meta', () => {
	it('may have its version from elsewhere', () => {
		const { businessNumber } = parametersOf('a request with its version elsewhere', 'Send by HTTP');
		expect(businessNumber).toMatchObject({ value: '={{ $json.numberId }}' });
	});

	it('whose address is not known is listed', () => {
		const left = textsOf('a request to an address elsewhere', 'left');
		expect(left).toContain('an address that could not be read');
	});

	it('with a text is a message', () => {
		expect(parametersOf('a request with a text', 'Send by HTTP')).toMatchObject({
			operation: 'send',
			businessNumber: { mode: 'id', value: '106540352242922' },
			to: '={{ $json.contact }}',
			text: '=Hi {{ $json.name }}!\nYou wrote {{ $json.text }}',
		});
	});

	it('with a template is a template', () => {
		const { to, template, templateFields } = parametersOf(
			'a request with a template',
			'Send by HTTP',
		);
		expect(to).toBe('={{ $json.body.phone }}');
		expect(template).toMatchObject({ value: 'otp|pt_BR' });
		expect((templateFields as Values).value).toEqual({
			'body:1': '={{ $json.body.code }}',
			'button:0:1': '={{ $json.body.code }}',
		});
	});

	it('that an expression makes is read', () => {
		expect(parametersOf('a request made by an expression', 'Send by HTTP')).toMatchObject({
			businessNumber: { value: '={{ $json.businessNumberId }}' },
			to: '={{ $json.contact }}',
			messageType: 'buttons',
			body: '={{ `Hello ${$json.name}` }}',
			buttons: {
				button: [
					{ title: 'Yes', id: 'yes' },
					{ title: 'No', id: 'no' },
				],
			},
		});
	});

	it('with a list is a list, and its token is told', () => {
		expect(parametersOf('a request with a list and a token', 'Send by HTTP')).toMatchObject({
			messageType: 'list',
			body: 'Choose',
			buttonText: 'Open',
			sections: {
				section: [{ title: 'Food', rows: { row: [{ title: 'Soup', description: '', id: 'a' }] } }],
			},
			options: { header: 'Menu' },
		});
		expect(textsOf('a request with a list and a token', 'check')).toContain('access token');
	});

	it('with pairs is read', () => {
		expect(parametersOf('a request with pairs', 'Send by HTTP')).toMatchObject({
			messageType: 'image',
			link: '={{ $json.body.link }}',
			caption: 'A photo',
		});
	});

	it('of an old version is read', () => {
		expect(parametersOf('an old request', 'Mark as Read')).toMatchObject({
			operation: 'markRead',
			messageId: '={{ $node["WhatsApp Trigger"].json.messageId }}',
		});
	});

	it('that cannot be read stays, and is told', () => {
		const { workflow } = convert(workflows['a request that cannot be read']);
		expect(nodeIn(workflow, 'Send by HTTP')).toEqual(
			nodeIn(workflows['a request that cannot be read'], 'Send by HTTP'),
		);
		expect(textsOf('a request that cannot be read', 'left')).toContain('could not be read');
	});

	it.each([
		{
			name: 'voice, photos and texts',
			get: 'Get audio URL',
			fetch: 'Download Audio',
			field: 'voice',
		},
		{ name: 'a file fetched by requests', get: 'Get Link', fetch: 'Get Photo', field: 'data' },
	])('for a file of $name is one step', ({ name, get, fetch, field }) => {
		expect(parametersOf(name, get)).toEqual({
			resource: 'media',
			operation: 'download',
			mediaId: '={{ $json.media.id }}',
			outputField: field,
			options: {},
		});
		expect(nodeIn(convert(workflows[name]).workflow, fetch)).toMatchObject({
			type: 'n8n-nodes-base.noOp',
			parameters: {},
		});
	});
});

describe('the trigger', () => {
	it('asks for messages, and for statuses where they are read', () => {
		expect(parametersOf('a bot that answers', 'WhatsApp Trigger').events).toEqual(['message']);
		expect(parametersOf('statuses are kept apart', 'WhatsApp Trigger').events).toEqual([
			'message',
			'status',
		]);
	});

	it('has what was pinned in its own form', () => {
		const { pinData } = convert(workflows['a bot that answers']).workflow;
		expect(pinData?.['WhatsApp Trigger'][0].json).toMatchObject({
			event: 'message',
			text: 'Hi',
			name: 'Ann',
			phone: '+16505551234',
			businessNumberId: '106540352242922',
		});
	});

	it.each(['a code node that takes the message apart', 'split out by a name'])(
		'has a node behind it that gives the old form, for %s',
		(name) => {
			const { workflow } = convert(workflows[name]);
			expect(nodeIn(workflow, 'WhatsApp Trigger').type).toBe('n8n-nodes-base.code');
			expect(workflow.connections['WhatsApp Trigger (WhatsApp Conversations)'].main[0]).toEqual([
				{ node: 'WhatsApp Trigger', type: 'main', index: 0 },
			]);
		},
	);

	it('is told of where a webhook takes the deliveries', () => {
		const { findings } = convert(workflows['a webhook in place of the trigger']);
		expect(findings).toContainEqual({
			node: 'Webhook',
			kind: 'left',
			text: expect.stringContaining('the window is learned there alone'),
		});
	});

	it('has none where a script can be translated', () => {
		const { workflow } = convert(workflows['a code node that can be translated']);
		expect(nodeIn(workflow, 'WhatsApp Trigger').type).toContain('whatsAppConversationsTrigger');
		expect(nodeIn(workflow, 'Parse').parameters.jsCode).toBe(
			'return [{ json: { text: $json.text.trim(), id: $json.messageId } }];',
		);
	});
});
