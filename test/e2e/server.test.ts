import path from 'path';

import axios from 'axios';
import type { INode } from 'n8n-workflow';

import { itemsOf, type N8nClient, waitFor } from '../n8n/client';
import { packFolder } from '../n8n/pack';
import type { N8nServer } from '../n8n/server';

import { nodeOf, startTestServer, workflowOf } from './harness';

/** The ground the other end-to-end tests stand on, shown with a trigger that does next to nothing. */
describe('the test server', () => {
	const trigger = nodeOf('Trigger', 'n8n-nodes-minimal-trigger.minimalTrigger');
	const counter = codeNode(
		'Count',
		"const memory = $getWorkflowStaticData('global');" +
			'memory.count = (memory.count ?? 0) + 1;' +
			'return [{ json: { ...$json, count: memory.count } }];',
	);

	let server: N8nServer;
	let client: N8nClient;
	let workflowId: string;

	const call = async (body: object) =>
		await axios.post(client.webhookUrl(trigger.webhookId!, 'webhook'), body, {
			validateStatus: () => true,
		});

	const lastExecution = async (count: number) => {
		const executions = await client.waitForExecutions(workflowId, count);
		return await client.getExecution(executions[count - 1].id);
	};

	beforeAll(async () => {
		const minimalTrigger = packFolder(path.join(__dirname, '..', 'bench', 'minimal-trigger'));
		({ server, client } = await startTestServer('server', { packages: [minimalTrigger] }));
		({ id: workflowId } = await client.createWorkflow(workflowOf('Counter', trigger, counter)));
	});

	afterAll(async () => {
		await server?.stop();
	});

	it('knows the node types of an installed package by their published names', async () => {
		const names = (await client.nodeTypes()).map(({ name }) => name);
		expect(names).toContain('n8n-nodes-minimal-trigger.minimalTrigger');
	});

	it('does not listen for a workflow that is not active', async () => {
		expect((await call({ ping: 0 })).status).toBe(404);
	});

	it('runs an active workflow and stores its static data', async () => {
		await client.activate(workflowId);
		expect((await call({ ping: 1 })).status).toBe(200);
		const execution = await lastExecution(1);
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Count')).toMatchObject([{ json: { ping: 1, count: 1 } }]);
		expect(await client.getStaticData(workflowId)).toEqual({ global: { count: 1 } });
	});

	it.each([
		{ way: 'an orderly stop', end: async () => await server.stop(), count: 2 },
		{ way: 'a crash', end: async () => await server.kill(), count: 3 },
	])(
		'leaves no process after $way, then listens again and has its data',
		async ({ end, count }) => {
			const { pid } = server;
			expect(isGroupAlive(pid)).toBe(true);
			await end();
			// The system may take a moment to clear away what was killed.
			await waitFor(
				async () => isGroupAlive(pid),
				(alive) => !alive,
				5_000,
				() => 'The server still has a process',
			);
			await expect(axios.get(server.url, { proxy: false })).rejects.toThrow('ECONNREFUSED');
			await server.start();
			expect((await call({ ping: count })).status).toBe(200);
			const execution = await lastExecution(count);
			expect(itemsOf(execution, 'Count')).toMatchObject([{ json: { ping: count, count } }]);
		},
	);

	it('says why a workflow cannot be activated', async () => {
		const twin = await client.createWorkflow(workflowOf('Twin', trigger));
		await expect(client.activate(twin.id)).rejects.toThrow('conflict with one of the webhooks');
		await client.deleteWorkflow(twin.id);
	});

	it('stops listening when the workflow is deactivated', async () => {
		await client.deactivate(workflowId);
		expect((await call({ ping: 4 })).status).toBe(404);
	});
});

/** Whether the server's main process or one that it started, such as its task runner, is there. */
function isGroupAlive(pid: number): boolean {
	try {
		return process.kill(-pid, 0);
	} catch {
		return false;
	}
}

function codeNode(name: string, jsCode: string): INode {
	return nodeOf(name, 'n8n-nodes-base.code', { typeVersion: 2, parameters: { jsCode } });
}
