import { randomUUID } from 'crypto';
import fs from 'fs';
import path from 'path';

import type { INode } from 'n8n-workflow';

import { N8nClient, type WorkflowDefinition } from '../n8n/client';
import { outputDir } from '../n8n/npm';
import { packPackage } from '../n8n/pack';
import { type N8nServer, startN8n } from '../n8n/server';

/** Where tests put their figures; the run prints them at its end. */
export const figuresFile = path.join(outputDir, 'e2e-figures.jsonl');

export interface TestServer {
	server: N8nServer;
	client: N8nClient;
}

/**
 * Starts a server on empty data, for one test file, with this package installed, and logs in.
 *
 * @param name names the folder of the server's data and log under test/output/e2e, which stays after
 * the run for a look at what happened
 * @param packages tarballs to install instead of this package
 * @param env environment variables for n8n
 */
export async function startTestServer(
	name: string,
	{
		packages = [process.env.E2E_PACKAGE ?? packPackage()],
		env,
	}: { packages?: string[]; env?: Record<string, string> } = {},
): Promise<TestServer> {
	const dataDir = path.join(outputDir, 'e2e', name);
	fs.rmSync(dataDir, { recursive: true, force: true });
	const server = await startN8n({ dataDir, packages, env });
	try {
		return { server, client: await N8nClient.connect(server.url) };
	} catch (error) {
		await server.kill();
		throw error;
	}
}

/**
 * A node as the editor makes it: with IDs of its own, also for its webhook.
 *
 * @param type the full name of the node type, e.g. `n8n-nodes-base.code`
 */
export function nodeOf(name: string, type: string, node: Partial<INode> = {}): INode {
	return {
		id: randomUUID(),
		webhookId: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...node,
	};
}

/** A workflow of nodes one after the other, each connected to the next by its first output. */
export function workflowOf(name: string, ...nodes: INode[]): WorkflowDefinition {
	const definition: WorkflowDefinition = { name, nodes, connections: {} };
	nodes.slice(1).forEach((node, index) => connect(definition, nodes[index].name, node.name));
	return definition;
}

/** Connects an output of one node of a workflow to the input of another. */
export function connect(
	{ connections }: WorkflowDefinition,
	from: string,
	to: string,
	output = 0,
): void {
	const { main } = (connections[from] ??= { main: [] });
	while (main.length <= output) main.push([]);
	(main[output] ??= []).push({ node: to, type: 'main', index: 0 });
}

/** Keeps a figure for the end of the run, e.g. `recordFigure('e2e_burst_duration', 8.1, 's')`. */
export function recordFigure(name: string, value: number, unit: string): void {
	fs.mkdirSync(outputDir, { recursive: true });
	fs.appendFileSync(figuresFile, JSON.stringify({ name, value, unit }) + '\n');
}
