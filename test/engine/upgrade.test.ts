import type { IDataObject, INode, INodeParameters, INodeProperties } from 'n8n-workflow';

import { WhatsAppConversations } from '../../nodes/WhatsAppConversations/WhatsAppConversations.node';
import { WhatsAppConversationsTrigger } from '../../nodes/WhatsAppConversationsTrigger/WhatsAppConversationsTrigger.node';
import { COLUMNS } from '../../nodes/core/state/table/tableRow';
import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import { DataTableServer } from '../dataTables/server';
import { messageDelivery, textMessage } from '../unit/events/payloads';

import { CREDENTIALS } from './engine';
import {
	addTemplate,
	AT,
	conversationOf,
	deliver,
	HOUR,
	send,
	triggered,
	useScene,
	windowOf,
} from './scene';
import memory from './upgrade/memory.json';
import parameters from './upgrade/parameters.json';
import tableRows from './upgrade/table.json';
import { chosen, fields } from './workflows';

/*
 * The files in the folder `upgrade` were written by version 0.1.0: a workflow with its static data,
 * the rows of its table after the same deliveries, and the names and values of its parameters.
 */

const scene = useScene();

/** Of whom version 0.1.0 had heard, on the day of the scene. */
const ANNA = '+16505551234'; // wrote three hours before
const ANNAS_USER_ID = 'US.13491208655302741918';
const BEN = '+4915112345678'; // wrote thirty hours before
const CARL = '+447700900123'; // wrote STOP two hours before
const DORA = '+33612345678'; // has opted in to marketing

const OFFER: TemplateDefinition = {
	id: '1',
	status: 'APPROVED',
	name: 'come_back',
	language: 'en_US',
	category: 'MARKETING',
	components: [{ type: 'BODY', text: 'Come back, we have missed you.' }],
};

/** What a workflow of version 0.1.0 remembers, and what it does with it, wherever it keeps it. */
function itRemembers(store: () => { parameters: INodeParameters; node: Partial<INode> }): void {
	const offer = async (contact: string) => {
		const parameters = { ...store().parameters, operation: 'sendTemplate' };
		const template = { template: chosen('come_back|en_US'), templateFields: fields({}) };
		const items = [{ json: { contact } }];
		return await send(scene, { ...parameters, ...template }, { items, node: store().node });
	};

	beforeEach(() => void addTemplate(scene, OFFER));

	it('knows who may be written to, by phone number and by user ID', async () => {
		const open = { state: 'open', expiresAt: isoAt(AT + 21 * HOUR - 60) };
		expect(await windowOf(scene.engine, 'wf', ANNA)).toMatchObject(open);
		expect(await windowOf(scene.engine, 'wf', ANNAS_USER_ID)).toMatchObject(open);
		expect(await windowOf(scene.engine, 'wf', BEN)).toMatchObject({ state: 'closed' });
	});

	it('keeps a no and a yes, with the words that prove them', async () => {
		const { consentRecords } = await conversationOf(scene.engine, 'wf', CARL);
		expect(consentRecords).toMatchObject([{ scope: 'all', state: 'opted_out', evidence: 'STOP' }]);
		const dora = await conversationOf(scene.engine, 'wf', DORA);
		expect(dora.consentRecords).toMatchObject([
			{ scope: 'marketing', state: 'opted_in', evidence: 'Order form, 19 November' },
		]);
		expect((await offer(CARL)).error?.message).toMatch(/opted out/);
		const { error } = await offer(DORA);
		expect(error).toBeUndefined();
		expect(scene.simulator.sent.map(({ to }) => `+${to.phone?.replace(/\D/g, '')}`)).toEqual([
			DORA,
		]);
	});

	it('starts nothing for what it has seen, and runs for what is new', async () => {
		const again = textMessage({
			from: ANNA.slice(1),
			userId: ANNAS_USER_ID,
			id: 'wamid.anna',
			timestamp: String(AT - 3 * HOUR),
		});
		expect((await deliver(scene.engine, 'wf', messageDelivery(again))).status).toBe(200);
		expect(await triggered(scene.engine)).toEqual([]);
		const fresh = textMessage({
			from: BEN.slice(1),
			userId: undefined,
			id: 'wamid.new',
			timestamp: String(AT),
		});
		await deliver(scene.engine, 'wf', messageDelivery(fresh));
		expect(await triggered(scene.engine)).toMatchObject([{ messageId: 'wamid.new' }]);
		scene.engine.restart();
		expect(await windowOf(scene.engine, 'wf', BEN)).toMatchObject({ state: 'open' });
		expect(await windowOf(scene.engine, 'wf', ANNA)).toMatchObject({ state: 'open' });
	});
}

const isoAt = (seconds: number) =>
	expect.stringContaining(new Date(seconds * 1000).toISOString().slice(0, 16));

describe('a workflow of version 0.1.0', () => {
	describe("with its state in n8n's memory", () => {
		beforeEach(async () => {
			scene.engine.add(memory.workflow as never);
			scene.engine.setStaticData('wf', structuredClone(memory.staticData) as IDataObject);
			await scene.engine.activate('wf');
			// What belongs to the process is read when the workflow is next at work.
			await conversationOf(scene.engine, 'wf', ANNA);
		});

		itRemembers(() => ({ parameters: {}, node: {} }));
	});

	describe('with its state in a data table', () => {
		const credentials = { ...CREDENTIALS, n8nDataTableApi: { id: '2', name: 'Data tables' } };
		let server: DataTableServer;
		let inTable: INodeParameters;

		beforeEach(async () => {
			server = await DataTableServer.start();
			const tableId = server.tables.add('WhatsApp Conversations', COLUMNS);
			server.tables.rows(tableId).push(...structuredClone(tableRows));
			inTable = { stateStore: 'dataTable', stateTable: chosen(tableId) };
			const credential = { baseUrl: `${server.url}/`, apiKey: 'the-key' };
			scene.engine.credential.n8nDataTableApi = credential;
			const workflow = structuredClone(memory.workflow) as never as { nodes: INode[] };
			for (const node of workflow.nodes) {
				node.credentials = credentials;
				node.parameters = { ...node.parameters, ...inTable };
			}
			scene.engine.add(workflow as never);
			await scene.engine.activate('wf');
		});

		afterEach(async () => {
			await scene.engine.settled();
			await server.stop();
		});

		itRemembers(() => ({ parameters: inTable, node: { credentials } }));
	});
});

describe('a node that was made by version 0.1.0', () => {
	const OLD = { node: { typeVersion: 1 } };

	/** The names of what it puts out, in the order in which the table shows them. */
	const namesIn = async (parameters: INodeParameters): Promise<string[]> => {
		const { items, error } = await send(scene, parameters, OLD);
		expect(error).toBeUndefined();
		return Object.keys(items[0]);
	};
	const CONTACT_NAMES = ['contact', 'phone', 'userId'];

	beforeEach(() => void addTemplate(scene, { ...OFFER, category: 'UTILITY' }));

	it('shows of a message what it did', async () => {
		expect(
			await namesIn({ text: 'Hello', whenWindowUnknown: 'try', whenWindowClosed: 'stop' }),
		).toEqual(['messageId', ...CONTACT_NAMES, 'messageStatus', 'sentAs', 'decision']);
		expect(
			await namesIn({
				operation: 'sendTemplate',
				template: chosen('come_back|en_US'),
				templateFields: fields({}),
			}),
		).toEqual(['messageId', ...CONTACT_NAMES, 'messageStatus', 'sentAs', 'decision', 'preview']);
		const { second } = await send(scene, { text: 'Hello', whenWindowClosed: 'output' }, OLD);
		expect(Object.keys(second[0])).toEqual(['messageId', ...CONTACT_NAMES, 'sentAs', 'decision']);
	});

	it('shows of conversations, templates and the set-up what it did', async () => {
		const contact = '={{ $json.contact }}';
		expect(await namesIn({ resource: 'conversation', operation: 'get', contact })).toEqual([
			...CONTACT_NAMES,
			'name',
			'lastSentAt',
			'businessNumberId',
			'window',
			'lastMessageAt',
			'refusedAt',
			'freeEntryPoint',
			'owner',
			'consent',
			'consentRecords',
			'watchedSince',
			'maySend',
		]);
		const template = chosen('come_back|en_US');
		expect(await namesIn({ resource: 'template', operation: 'get', template })).toEqual([
			'key',
			'id',
			'name',
			'language',
			'status',
			'category',
			'quality',
			'rejectedReason',
			'components',
			'sendable',
			'explanation',
			'fields',
			'preview',
		]);
		const { items } = await send(scene, { resource: 'account', operation: 'checkSetup' }, OLD);
		expect(items.map(({ check }) => check).slice(0, 3)).toEqual([
			'accessToken',
			'permissions',
			'metaApp',
		]);
		expect(items).toHaveLength(19);
		expect(items[0]).toHaveProperty('details');
	});
});

describe('the parameters of version 0.1.0', () => {
	it.each([
		['WhatsAppConversations', new WhatsAppConversations()],
		['WhatsAppConversationsTrigger', new WhatsAppConversationsTrigger().getNodeType(1)],
	] as const)('of %s all exist, with their values', (name, node) => {
		const today = namesOf(node.description.properties);
		expect(parameters[name].filter((one) => !today.has(one))).toEqual([]);
	});
});

/** Parameters as `name`, `collection.name` and `name=value`. */
function namesOf(properties: INodeProperties[], prefix = ''): Set<string> {
	const names = new Set<string>();
	for (const { name, type, options = [] } of properties) {
		if (type === 'notice') continue;
		const path = prefix + name;
		names.add(path);
		for (const option of options) {
			if ('values' in option) {
				const within = `${path}.${option.name}.`;
				for (const inner of namesOf(option.values, within)) names.add(inner);
			} else if (type === 'collection') {
				for (const inner of namesOf([option as INodeProperties], `${path}.`)) names.add(inner);
			} else if ('value' in option) {
				names.add(`${path}=${String(option.value)}`);
			}
		}
	}
	return names;
}
