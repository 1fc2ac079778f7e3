import { createHash, randomUUID } from 'crypto';
import fs from 'fs';
import os from 'os';
import path from 'path';

import type { INode } from 'n8n-workflow';

import { N8nClient, type WorkflowDefinition } from '../n8n/client';
import { outputDir } from '../n8n/npm';
import { packPackage } from '../n8n/pack';
import { N8nQueue, type QueueOptions } from '../n8n/queue';
import { type N8nServer, startN8n } from '../n8n/server';
import { missingPrograms } from '../n8n/services';
import { chosenN8n } from '../n8n/versions';

/** Where tests put their figures; the run prints them at its end. */
export const figuresFile = path.join(outputDir, `e2e-figures-${chosenN8n().version}.jsonl`);

/**
 * The folders of the test servers, for this copy of the repository and the chosen n8n. They lie outside of it, as a
 * user's do: what is installed there has to find n8n's modules, and not the ones installed here.
 */
const serversDir = path.join(
	os.tmpdir(),
	`n8n-e2e-${createHash('sha256').update(`${__dirname} ${chosenN8n().version}`).digest('hex').slice(0, 8)}`,
);

/**
 * On a busy machine the answer of n8n's database may take longer than n8n expects. n8n would then
 * refuse every request for some seconds, or a request that waits for its turn at the database.
 */
const PATIENCE = { DB_PING_TIMEOUT_MS: '60000', DB_POSTGRESDB_CONNECTION_TIMEOUT: '120000' };

export interface TestServer {
	/** In queue mode the main process. */
	server: N8nServer;
	client: N8nClient;
	/** All processes of n8n's queue mode. */
	queue?: N8nQueue;
}

export interface TestServerOptions {
	/** Tarballs to install instead of this package. */
	packages?: string[];
	/** Environment variables for n8n. */
	env?: Record<string, string>;
	/** Starts n8n in queue mode. */
	queue?: Pick<QueueOptions, 'workers' | 'concurrency'>;
}

/**
 * Starts a server on empty data, for one test file, with this package installed, and logs in.
 *
 * @param name names the folder of the server's data and log, which stays after the run for a look
 * at what happened (`server.logFile`)
 */
export async function startTestServer(
	name: string,
	{ packages = [process.env.E2E_PACKAGE ?? packPackage()], env, queue }: TestServerOptions = {},
): Promise<TestServer> {
	const dataDir = path.join(serversDir, name);
	fs.rmSync(dataDir, { recursive: true, force: true });
	const options = { dataDir, packages, env: { ...PATIENCE, ...env } };
	if (queue) {
		const started = await N8nQueue.start({ ...options, ...queue });
		return await connectTo(started.main, started);
	}
	return await connectTo(await startN8n(options));
}

async function connectTo(server: N8nServer, queue?: N8nQueue): Promise<TestServer> {
	try {
		return { server, client: await N8nClient.connect(server.url), queue };
	} catch (error) {
		await (queue ?? server).stop();
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

/**
 * Tests of n8n's queue mode. Where the programs are absent there is one test, whose name says so; it
 * fails where all must run.
 */
export function describeQueue(name: string, fn: () => void): void {
	const missing = missingPrograms();
	if (missing.length === 0) describe(name, fn);
	else {
		it(`${name}: skipped, as there is no ${missing.join(', ')}`, () => {
			expect(process.env.CI ? missing : []).toEqual([]);
		});
	}
}

/** Keeps a figure for the end of the run, e.g. `recordFigure('e2e_burst_duration', 8.1, 's')`. */
export function recordFigure(name: string, value: number, unit: string): void {
	fs.mkdirSync(outputDir, { recursive: true });
	fs.appendFileSync(figuresFile, JSON.stringify({ name, value, unit }) + '\n');
}
