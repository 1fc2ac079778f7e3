import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { WhatsAppConversations } from '../../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import { WhatsAppConversationsTrigger } from '../../../nodes/WhatsAppConversationsTrigger/WhatsAppConversationsTrigger.node';

const trigger = new WhatsAppConversationsTrigger();

const isShown = (node: INode, property: INodeProperties, type = trigger.getNodeType(1.1)) =>
	NodeHelpers.displayParameter(node.parameters, property, node, type.description);

/** A trigger with the given options, all else as it is when it is new. */
function newTrigger(options: INodeParameters = {}, typeVersion = 1.1): INode {
	const node = { typeVersion, parameters: { events: ['message'], options } };
	return node as unknown as INode;
}

const shownOf = (options: INodeParameters = {}) => {
	const node = newTrigger(options);
	return trigger
		.getNodeType(1.1)
		.description.properties.filter((property) => isShown(node, property))
		.map(({ name }) => name);
};

const credentialsOf = (options: INodeParameters = {}) => {
	const node = newTrigger(options);
	const { description } = trigger.getNodeType(1.1);
	return (description.credentials ?? [])
		.filter((one) => NodeHelpers.displayParameter(node.parameters, one, node, description))
		.map(({ name }) => name);
};

describe('the panel of the trigger', () => {
	it('is that of version 1.1 for what is added from now on', () => {
		expect(trigger.currentVersion).toBe(1.1);
		expect(Object.keys(trigger.nodeVersions).sort()).toEqual(['1', '1.1']);
	});

	it.each<[INodeParameters, string[]]>([
		[{}, ['checkSetupNotice']],
		[{ registerAutomatically: false }, ['checkSetupNotice', 'manualOptionNotice']],
		[{ provider: 'clickatell' }, ['clickatellNotice']],
		[{ provider: 'compatible' }, ['compatibleNotice']],
		[{ provider: 'compatible', registerAutomatically: false }, ['compatibleManualNotice']],
		[{ stateStore: 'dataTable' }, ['checkSetupNotice', 'stateTableNotice']],
	])('with the options %j says %j', (options, notices) => {
		expect(shownOf(options)).toEqual(['businessNumber', 'events', ...notices, 'options']);
	});

	it.each<[INodeParameters, string[]]>([
		[{}, ['whatsAppCloudApi']],
		[{ provider: 'metaCloud' }, ['whatsAppCloudApi']],
		[{ provider: 'compatible' }, ['whatsAppCompatibleApi']],
		[{ provider: 'clickatell' }, ['clickatellApi']],
		[{ stateStore: 'memory' }, ['whatsAppCloudApi']],
		[{ stateStore: 'dataTable' }, ['whatsAppCloudApi', 'n8nDataTableApi']],
	])('with the options %j takes the credentials %j', (options, names) => {
		expect(credentialsOf(options)).toEqual(names);
	});

	// n8n drops from a node what is not shown, before the node can read it.
	it('lets n8n keep every option', () => {
		const options = {
			...{ provider: 'compatible', registerAutomatically: true, replaceCallback: true },
			...{ stateStore: 'dataTable', stateTable: { __rl: true, mode: 'id', value: 'x' } },
			simplify: false,
		} as INodeParameters;
		const node = newTrigger(options);
		const { description } = trigger.getNodeType(1.1);
		const kept = NodeHelpers.getNodeParameters(
			...([description.properties, node.parameters, true, false, node, description] as const),
		);
		expect(kept?.options).toEqual(options);
	});

	it.each([1, 1.1])(
		'of version %s ends with the options, in the order of their names',
		(version) => {
			const { name, options = [] } = trigger.getNodeType(version).description.properties.at(-1)!;
			expect(name).toBe('options');
			const names = options.map((option) => (option as INodeProperties).displayName.toLowerCase());
			expect(names).toEqual([...names].sort());
		},
	);
});

describe('the panel of the other node', () => {
	const { properties } = new WhatsAppConversations().description;

	it('ends with the options of each operation', () => {
		const first = properties.findIndex(({ name }) => name === 'options');
		expect(properties.slice(first).every(({ name }) => name === 'options')).toBe(true);
		expect(properties.slice(0, first).map(({ name }) => name)).toContain('stateTable');
	});

	it('asks for the table credential alone where the state table is made', () => {
		const { description } = new WhatsAppConversations();
		const parameters = { resource: 'conversation', operation: 'createTable', stateStore: 'memory' };
		const node = { typeVersion: 1, parameters } as unknown as INode;
		const kept = NodeHelpers.getNodeParameters(
			...([properties, parameters, true, false, node, description] as const),
		) as INodeParameters;
		expect(kept).not.toHaveProperty('stateStore');
		const table = description.credentials?.find(({ name }) => name === 'n8nDataTableApi');
		expect(NodeHelpers.displayParameter(kept, table!, node, description)).toBe(true);
	});

	it.each(['memory', 'dataTable'])(
		'asks for the table credential for a broadcast, with the state in %s',
		(conversationState) => {
			const { description } = new WhatsAppConversations();
			const parameters = { resource: 'broadcast', operation: 'send', conversationState };
			const node = { typeVersion: 1.1, parameters } as unknown as INode;
			const kept = NodeHelpers.getNodeParameters(
				...([properties, parameters, true, false, node, description] as const),
			) as INodeParameters;
			expect(kept).toMatchObject({ conversationState, broadcastName: '' });
			expect(kept).not.toHaveProperty('stateStore');
			expect('stateTable' in kept).toBe(conversationState === 'dataTable');
			const table = description.credentials?.find(({ name }) => name === 'n8nDataTableApi');
			expect(NodeHelpers.displayParameter(kept, table!, node, description)).toBe(true);
		},
	);

	it.each([
		['broadcast', 'getReport', false],
		['broadcast', 'pause', false],
		['broadcast', 'recordStatus', false],
		['broadcast', 'stop', false],
		['broadcast', 'send', true],
		['conversation', 'resume', true],
		['message', 'send', true],
	])('asks for a credential for WhatsApp where it is needed: %s, %s', (resource, operation, is) => {
		const { description } = new WhatsAppConversations();
		const node = { typeVersion: 1.1, parameters: { resource, operation } } as unknown as INode;
		const kept = NodeHelpers.getNodeParameters(
			...([properties, node.parameters, true, false, node, description] as const),
		) as INodeParameters;
		const shown = description.credentials!.filter((one) =>
			NodeHelpers.displayParameter(kept, one, node, description),
		);
		const labels = shown.map(({ displayName }) => displayName);
		expect(labels.includes('Credential for WhatsApp')).toBe(is);
		expect(new Set(labels).size).toBe(labels.length);
	});

	it.each([
		['account', 'getCosts'],
		['contact', 'block'],
		['messageLink', 'create'],
		['profile', 'get'],
	])('asks for no table credential where no state is needed: %s, %s', (resource, operation) => {
		const { description } = new WhatsAppConversations();
		const node = { typeVersion: 1.1, parameters: { resource, operation } } as unknown as INode;
		const kept = NodeHelpers.getNodeParameters(
			...([properties, node.parameters, true, false, node, description] as const),
		) as INodeParameters;
		const table = description.credentials?.find(({ name }) => name === 'n8nDataTableApi');
		expect(NodeHelpers.displayParameter(kept, table!, node, description)).toBe(false);
		expect('businessNumber' in kept).toBe(operation !== 'getCosts');
	});
});
