import fs from 'fs';
import path from 'path';

import axios from 'axios';

import { type ExampleName, exampleWorkflow } from '../../demo/examples';
import { itemsOf, waitFor } from '../../n8n/client';
import { chosenN8n, traitsOf } from '../../n8n/versions';
import { workflowOf } from '../harness';
import { CREDENTIAL_TYPE, PACKAGE, Scenario } from '../scenario';

const CUSTOMER = '4915112345678';

const { version } = chosenN8n();
const traits = traitsOf();

const EXAMPLES = fs
	.readdirSync(path.join(__dirname, '..', '..', '..', 'examples'))
	.flatMap((file) => (file.endsWith('.json') ? [path.basename(file, '.json')] : []));

/** Nodes of n8n in the examples that came after some version of it, which is promised less. */
const LATER_NODES =
	/^@n8n\/n8n-nodes-langchain\.(agent 3|openAi 2)$|^n8n-nodes-base\.webhook 2\.1$/;

describe(`setting up on n8n ${version}`, () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start(`compact-setup-${version}`);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('loads both nodes and the tool, without a complaint in the log', async () => {
		const names = (await scenario.client.nodeTypes()).map(({ name }) => name);
		for (const name of ['whatsAppConversations', 'whatsAppConversationsTrigger']) {
			expect(names).toContain(`${PACKAGE}.${name}`);
		}
		expect(names).toContain(`${PACKAGE}.whatsAppConversationsTool`);
		const log = fs.readFileSync(scenario.server.logFile, 'utf8');
		expect(log).not.toMatch(/could not be found|Error loading package/i);
	});

	it.each([
		{ what: 'right', values: {}, expected: { status: 'OK' } },
		{
			what: 'with a wrong token',
			values: { accessToken: 'wrong' },
			expected: { status: 'Error', message: expect.stringContaining("'Access Token'") },
		},
	])('tests a credential that is $what', async ({ values, expected }) => {
		scenario.addNumber();
		const credentials = await scenario.addCredential(values);
		const id = String(credentials[CREDENTIAL_TYPE].id);
		expect(await scenario.client.testCredential(id)).toMatchObject(expected);
	});

	it('registers the callback by the handshake, and removes it after', async () => {
		const number = scenario.addNumber();
		const workflow = workflowOf('Support', scenario.trigger(number));
		const id = await scenario.activate(workflow);
		const url = scenario.client.webhookUrl(String(workflow.nodes[0].webhookId), 'webhook');
		expect(await scenario.callbackOf(number)).toBe(url);
		const { status } = await axios.get(url, {
			params: { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': 'guess' },
			proxy: false,
			validateStatus: () => true,
		});
		expect(status).toBe(403);
		await scenario.client.deactivate(id);
		expect(await scenario.callbackOf(number)).toBe('');
	});

	it('says why a workflow cannot be activated', async () => {
		const credentials = await scenario.addCredential({ accessToken: 'wrong' });
		const trigger = scenario.trigger(scenario.addNumber(), {}, { credentials });
		await expect(scenario.activate(workflowOf('Refused', trigger))).rejects.toThrow(
			/access token/i,
		);
	});

	it.each([
		['unpublished', false],
		['published', true],
	])('runs a test of the editor with a workflow that is %s', async (_what, isPublished) => {
		const number = scenario.addNumber();
		const { id } = await scenario.client.createWorkflow(
			workflowOf('Support', scenario.trigger(number), scenario.send(number)),
		);
		if (isPublished) await scenario.client.activate(id);
		const before = await scenario.callbackOf(number);
		await scenario.client.runManually(id, 'Trigger');
		expect(await scenario.callbackOf(number)).toContain('/webhook-test/');
		await scenario.sim.writes({ from: CUSTOMER, to: number, text: 'Hello' });
		const [{ id: runId }] = await scenario.client.waitForExecutions(id, 1);
		const run = await scenario.client.getExecution(runId);
		expect(run).toMatchObject({ mode: 'manual', status: 'success' });
		expect(itemsOf(run, 'Trigger')).toMatchObject([{ json: { text: 'Hello' } }]);
		await waitFor(
			async () => await scenario.callbackOf(number),
			(url) => url === before,
			10_000,
			(url) => `The callback is '${url}'`,
		);
	});

	it.each(EXAMPLES as ExampleName[])("imports the example '%s'", async (name) => {
		const types = await scenario.client.nodeTypes();
		const credentials = await scenario.addCredential();
		const example = exampleWorkflow(
			name,
			{ id: scenario.addNumber(), name: 'Corner Shop' },
			credentials[CREDENTIAL_TYPE],
		);
		const { id } = await scenario.client.createWorkflow(example);
		expect((await scenario.client.getWorkflow(id)).nodes).toHaveLength(example.nodes.length);
		const missing = example.nodes
			.filter(
				(node) =>
					!types.some(
						(type) => type.name === node.type && [type.version].flat().includes(node.typeVersion),
					),
			)
			.map(({ type, typeVersion }) => `${type} ${typeVersion}`);
		const unpromised = traits.hasExampleNodes ? [] : missing.filter((one) => LATER_NODES.test(one));
		expect(missing).toEqual(unpromised);
	});
});
