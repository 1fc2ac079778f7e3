import fs from 'fs';
import net from 'net';
import path from 'path';

import type { IDataObject, INodeCredentialsDetails } from 'n8n-workflow';

import { N8nClient, type WorkflowDefinition } from '../n8n/client';
import { ensureN8n } from '../n8n/install';
import { packPackage } from '../n8n/pack';
import { type N8nServer, startN8n } from '../n8n/server';
import { Simulator } from '../simulator/simulator';

import { BackOffice } from './backOffice';
import { broadcastWorkflow, reportWorkflow } from './broadcastWorkflows';
import { addShop, shopInList } from './cast';
import { Clock } from './clock';
import { DESK_WEBHOOK_ID, deskWorkflow, knownWorkflow } from './desk';
import { type ExampleName, exampleWorkflow } from './examples';
import { newTemplateWorkflow } from './newTemplate';
import { questionWorkflow } from './question';
import type { Screen } from './screen';
import { takeoverWorkflow } from './takeover';

const root = path.join(__dirname, '..', '..');

/** Keeps n8n's database between two showings, so that workflows and executions are still there. */
const dataDir = path.join(root, '.cache', 'demo');

const N8N_PORT = 5678;
const SIMULATOR_PORT = 5680;

const WHATSAPP = { name: 'WhatsApp Cloud API', type: 'whatsAppCloudApi' };

/** What a broadcast keeps its ledger with. */
const DATA_TABLES = { name: 'n8n Data Tables', type: 'n8nDataTableApi' };

/** What the key for n8n's public API is called there, and what it may do. */
const API_KEY = 'The demo';
const SCOPES = [
	...['dataTable:list', 'dataTable:read', 'dataTable:create'],
	...['dataTableRow:read', 'dataTableRow:create', 'dataTableRow:update', 'dataTableRow:delete'],
];

/** What the demo plays on: n8n with the package and active workflows, and a simulated WhatsApp. */
export class Stage {
	private constructor(
		readonly simulator: Simulator,
		readonly server: N8nServer,
		readonly client: N8nClient,
		/** IDs of the workflows. */
		readonly workflows: { support: string; order: string },
	) {}

	/**
	 * Sets everything up; takes minutes the first time and seconds after that.
	 *
	 * @param fresh forgets what is left of earlier showings
	 */
	static async set(screen: Screen, { fresh }: { fresh: boolean }): Promise<Stage> {
		const { version } = await ensureN8n({ log: (line) => screen.working(line.trim()) });
		screen.done(`n8n ${version} is installed.`);
		const tarball = packPackage();
		screen.done(`The package is packed: ${path.relative(root, tarball)}`);

		takeDataDir(fresh);
		const clock = new Clock(dataDir);
		const simulator = await Simulator.start({
			port: await friendlyPort(SIMULATOR_PORT),
			now: clock.now,
		});
		addShop(simulator);
		screen.done(`A stand-in for WhatsApp listens on ${simulator.url}`);

		screen.working('n8n is starting …');
		const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
		const server = await startN8n({
			dataDir,
			packages: [tarball],
			port: await friendlyPort(N8N_PORT),
			env: { TZ: timeZone, GENERIC_TIMEZONE: timeZone, ...clock.env },
		});
		screen.done(`n8n runs on ${server.url}, with the package installed.`);

		const client = await logIn(server.url);
		const credential = await storeWhatsAppCredential(client, simulator);
		const credentials = {
			whatsApp: credential,
			dataTables: await storeTableCredential(client),
		};
		const example = (name: ExampleName) => exampleWorkflow(name, shopInList, credential);
		const workflows = {
			support: await activate(client, pausedByTheApp(example('support-conversation'))),
			order: await activate(client, example('order-ticket')),
		};
		await activate(client, deskWorkflow(credential));
		await activate(client, knownWorkflow(credential));
		await activate(client, questionWorkflow(credential));
		await activate(client, takeoverWorkflow(credential));
		await activate(client, newTemplateWorkflow(credential));
		await activate(client, reportWorkflow(credentials));
		const broadcast = await activate(client, broadcastWorkflow(credentials));
		simulator.setCallback(client.webhookUrl(DESK_WEBHOOK_ID, 'webhook'));
		simulator.business = await BackOffice.open(client, simulator, clock, {
			support: editorUrlOf(client, workflows.support),
			broadcast: editorUrlOf(client, broadcast),
		});
		screen.done('A credential and the workflows are ready. All workflows are active.');
		screen.done(`The phone of the customers: ${simulator.phoneUrl}`);
		return new Stage(simulator, server, client, workflows);
	}

	/** Where the editor shows the workflow that answers customers. */
	get editorUrl(): string {
		return editorUrlOf(this.client, this.workflows.support);
	}

	/** Ends everything that runs. */
	async strike(): Promise<void> {
		await this.server.stop();
		await this.simulator.stop();
	}

	/** Keeps a file that a customer received, and tells where it is. */
	keepFile(name: string, bytes: Buffer): string {
		const folder = path.join(dataDir, 'received');
		fs.mkdirSync(folder, { recursive: true });
		fs.writeFileSync(path.join(folder, name), bytes);
		return path.relative(root, path.join(folder, name));
	}
}

/** Where the editor shows a workflow. */
function editorUrlOf({ url }: N8nClient, workflowId: string): string {
	return `${url}/workflow/${workflowId}`;
}

/** Two servers must not share one database. @throws Error when the demo runs already */
function takeDataDir(fresh: boolean): void {
	const pidFile = path.join(dataDir, 'demo.pid');
	const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8')) : 0;
	if (pid && isRunning(pid)) {
		throw new Error(
			`The demo runs already, as process ${pid}. End it with Ctrl-C in its window first. If it does not run, delete ${path.relative(root, pidFile)}.`,
		);
	}
	if (fresh) fs.rmSync(dataDir, { recursive: true, force: true });
	fs.mkdirSync(dataDir, { recursive: true });
	fs.writeFileSync(pidFile, String(process.pid));
	process.once('exit', () => fs.rmSync(pidFile, { force: true }));
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** The port if it is free, else undefined: then any other will do. */
async function friendlyPort(port: number): Promise<number | undefined> {
	// Listening alone does not tell: on some systems it works beside a server on all addresses.
	const isTaken = await new Promise<boolean>((resolve) => {
		const socket = net.connect(port, '127.0.0.1').on('error', () => resolve(false));
		socket.on('connect', () => resolve(Boolean(socket.destroy())));
	});
	if (isTaken) return undefined;
	return await new Promise((resolve) => {
		const probe = net.createServer().on('error', () => resolve(undefined));
		probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
	});
}

async function logIn(url: string): Promise<N8nClient> {
	try {
		return await N8nClient.connect(url);
	} catch (error) {
		throw new Error(
			'The account of the demo cannot log in. Was its password changed? Start afresh: npm run demo -- --fresh',
			{ cause: error },
		);
	}
}

/** The example, as somebody sets it up who also answers in the WhatsApp Business app. */
function pausedByTheApp(workflow: WorkflowDefinition): WorkflowDefinition {
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('Trigger'));
	Object.assign(trigger?.parameters.options as IDataObject, { pauseForAppHours: 12 });
	return workflow;
}

/** The credential for the simulated WhatsApp, whose address may have changed. */
async function storeWhatsAppCredential(
	client: N8nClient,
	simulator: Simulator,
): Promise<INodeCredentialsDetails> {
	const { accessToken, businessAccountId, appId, appSecret } = simulator.world.identity;
	return await storeCredential(client, WHATSAPP, {
		accessToken,
		businessAccountId,
		appId,
		appSecret,
		verifyToken: '',
		apiVersion: 'v26.0',
		baseUrl: simulator.url,
	});
}

/** The credential for n8n's own data tables. A key is shown only once, so each showing makes one. */
async function storeTableCredential(client: N8nClient): Promise<INodeCredentialsDetails> {
	const { items } = await client.request<{ items: Array<{ id: string; label: string }> }>(
		'GET',
		'/rest/api-keys',
	);
	for (const { id, label } of items) {
		if (label === API_KEY) await client.request('DELETE', `/rest/api-keys/${id}`);
	}
	const apiKey = await client.createApiKey(API_KEY, SCOPES);
	return await storeCredential(client, DATA_TABLES, { baseUrl: client.url, apiKey });
}

async function storeCredential(
	client: N8nClient,
	{ name, type }: { name: string; type: string },
	data: IDataObject,
): Promise<INodeCredentialsDetails> {
	const stored = await client.request<Array<{ id: string; name: string; type: string }>>(
		'GET',
		'/rest/credentials',
	);
	const known = stored.find((entry) => entry.name === name && entry.type === type);
	if (!known) return { id: await client.createCredential(name, type, data), name };
	await client.request('PATCH', `/rest/credentials/${known.id}`, { name, type, data });
	return { id: known.id, name };
}

/**
 * Imports a workflow, unless it is there, and activates it. One that is active already is
 * activated anew: the simulated WhatsApp has forgotten where to deliver.
 */
async function activate(client: N8nClient, definition: WorkflowDefinition): Promise<string> {
	const stored = await client.request<
		Array<{ id: string; name: string; active: boolean; isArchived: boolean }>
	>('GET', '/rest/workflows');
	const known = stored.find(({ name, isArchived }) => name === definition.name && !isArchived);
	const { id } = known ?? (await client.createWorkflow(definition));
	if (known?.active) await client.deactivate(id);
	await client.activate(id);
	return id;
}
