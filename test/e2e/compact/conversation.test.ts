import type { IDataObject } from 'n8n-workflow';

import { itemsOf } from '../../n8n/client';
import { chosenN8n, traitsOf } from '../../n8n/versions';
import { nodeOf, workflowOf } from '../harness';
import { byName, deliveryOf, fields, HOUR, orderWebhook, Scenario, signatureOf } from '../scenario';

const CUSTOMER = '4915112345678';

const { version } = chosenN8n();
const traits = traitsOf();

describe(`a conversation on n8n ${version}`, () => {
	let scenario: Scenario;
	let number: string;

	beforeAll(async () => {
		scenario = await Scenario.start(`compact-conversation-${version}`);
		scenario.sim.addTemplate({
			name: 'come_back',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Hello {{1}}, we have news.' }],
		});
	});

	beforeEach(() => {
		number = scenario.addNumber();
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const executionsOf = async (workflowId: string, count: number) =>
		await Promise.all(
			(await scenario.client.waitForExecutions(workflowId, count)).map(
				async ({ id }) => await scenario.client.getExecution(id),
			),
		);

	const support = async (parameters = {}) =>
		await scenario.activate(
			workflowOf('Support', scenario.trigger(number), scenario.send(number, parameters)),
		);

	it('is answered in the run that the message starts', async () => {
		const workflowId = await support();
		await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'Hi' });
		const [execution] = await executionsOf(workflowId, 1);
		expect(itemsOf(execution, 'Send')).toMatchObject([
			{ json: { sentAs: 'freeForm', decision: { reason: 'windowOpen' } } },
		]);
		expect(scenario.sentFrom(number)).toMatchObject([
			{ windowWasOpen: true, body: { text: { body: 'You wrote: Hi' } } },
		]);
	});

	it('is not begun by a forged message, and once by one that comes again', async () => {
		const workflowId = await support();
		const genuine = deliveryOf(number, [{ id: 'wamid.once', from: CUSTOMER, text: 'Hi' }]);
		const forged = deliveryOf(number, [{ id: 'wamid.forged', from: CUSTOMER, text: 'Let me in' }]);
		for (const signature of [null, 'sha256=', signatureOf(forged, 'another secret')]) {
			expect((await scenario.deliver(number, forged, signature)).status).toBe(401);
		}
		for (let n = 0; n < 3; n++) expect((await scenario.deliver(number, genuine)).status).toBe(200);
		const last = deliveryOf(number, [{ id: 'wamid.last', from: CUSTOMER, text: 'Bye' }]);
		expect((await scenario.deliver(number, last)).status).toBe(200);
		const executions = await executionsOf(workflowId, 2);
		expect(executions.map((one) => itemsOf(one, 'Trigger')[0].json.messageId)).toEqual([
			'wamid.once',
			'wamid.last',
		]);
	});

	it('goes on with a template when the message is late', async () => {
		const workflowId = await support({
			whenWindowClosed: 'template',
			fallbackTemplate: byName('come_back'),
			fallbackTemplateFields: fields({ 'body:1': '={{ $json.name }}' }),
		});
		const from = { phone: CUSTOMER, name: 'Ann' };
		await scenario.sim.writes({ from, to: number, text: 'Hi', agoSeconds: 25 * HOUR });
		const [execution] = await executionsOf(workflowId, 1);
		expect(itemsOf(execution, 'Send')).toMatchObject([{ json: { sentAs: 'template' } }]);
		expect(scenario.sentFrom(number)).toMatchObject([
			{ windowWasOpen: false, body: { template: { name: 'come_back' } } },
		]);
	});

	it('is seen by another workflow, also after a restart', async () => {
		await scenario.activate(workflowOf('Listen', scenario.trigger(number)));
		await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'Hi' });
		const ask = await scenario.addAsker();
		const open = { window: { state: 'open' } };
		expect(await ask(number, [CUSTOMER])).toMatchObject([open]);
		await scenario.server.restart();
		await scenario.client.logIn();
		expect(await ask(number, [CUSTOMER])).toMatchObject([open]);
	});

	it('may be held by an agent: the node is offered to it as a tool', async () => {
		const types = await scenario.client.nodeTypes();
		const tool = types.find(({ name }) => name.endsWith('whatsAppConversationsTool'));
		expect(tool?.outputs).toEqual(['ai_tool']);
		expect(tool?.properties.map(({ name }) => name)).toContain('toolDescription');
	});

	describe('whose state is in a data table', () => {
		if (traits.hasDataTables) {
			it('is known by the table, also after a restart', async () => {
				await scenario.keepStateInTable();
				await scenario.activate(workflowOf('Listen', scenario.trigger(number)));
				await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'Hi' });
				const ask = await scenario.addAsker();
				await scenario.server.restart();
				await scenario.client.logIn();
				expect(await ask(number, [CUSTOMER])).toMatchObject([{ window: { state: 'open' } }]);
			});
			return;
		}

		it('says that this n8n is too old for it', async () => {
			const id = await scenario.client.createCredential('State', 'n8nDataTableApi', {
				baseUrl: scenario.server.url,
				apiKey: await scenario.client.createApiKey('State', ['workflow:list']),
			});
			const webhook = orderWebhook();
			const create = nodeOf('Create', scenario.whatsApp('', '', {}).type, {
				credentials: { n8nDataTableApi: { id, name: 'State' } },
				onError: 'continueRegularOutput',
				parameters: {
					resource: 'conversation',
					operation: 'createTable',
					tableName: 'State',
					stateStore: 'dataTable',
				},
			});
			await scenario.activate(workflowOf('Create', webhook, create));
			const { data } = await scenario.call(webhook, {});
			const [{ error }] = data as IDataObject[];
			expect(error).toMatch(/too old for data tables/);
			expect(await scenario.client.testCredential(id)).toMatchObject({ status: 'Error' });
		});
	});
});
