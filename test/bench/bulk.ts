import fs from 'fs';
import path from 'path';

import axios from 'axios';
import type { INode } from 'n8n-workflow';

import { nodeOf, startTestServer, type TestServer, workflowOf } from '../e2e/harness';
import {
	ACCOUNT,
	byId,
	byName,
	contactNumbers,
	CREDENTIAL_TYPE,
	fields,
	NODE_TYPE,
	orderWebhook,
	splitOut,
	TOKEN,
} from '../e2e/scenario';
import { ensureN8n } from '../n8n/install';
import { outputDir } from '../n8n/npm';
import { Simulator } from '../simulator/simulator';

const MESSAGES = 1_000;
const WARM_UP = 20;
const RUN_TIMEOUT_MS = 300_000;
const SAMPLE_EVERY_MS = 50;
const MEGABYTE = 2 ** 20;

const TEMPLATE = 'bill_ready';
const LANGUAGE = 'en_US';

/** Meta's limits, and the way to Meta and back. */
const META = { throughputLimit: 80, pairLimit: true, latencyMs: 100 };

/** What came of a run, by the simulator's books. */
interface Bulk {
	accepted: number;
	/** Sends that were answered with a limit; one message may be refused several times. */
	refused: number;
	perSecond: number;
	/** By how much the n8n server's memory grew at most. */
	growthMb: number;
}

/** Adds a credential and makes a node that sends the template to `$json.phone`. */
type Sender = (
	server: TestServer,
	simulator: Simulator,
	businessNumberId: string,
) => Promise<INode>;

const ours: Sender = async ({ client }, { url }, businessNumberId) => {
	const name = 'Ours';
	const id = await client.createCredential(name, CREDENTIAL_TYPE, {
		accessToken: TOKEN,
		businessAccountId: ACCOUNT,
		appId: '',
		appSecret: '',
		verifyToken: '',
		apiVersion: 'v26.0',
		baseUrl: url,
	});
	return nodeOf(name, NODE_TYPE, {
		credentials: { [CREDENTIAL_TYPE]: { id, name } },
		onError: 'continueRegularOutput',
		parameters: {
			businessNumber: byId(businessNumberId),
			resource: 'message',
			operation: 'sendTemplate',
			to: '={{ $json.phone }}',
			template: byName(TEMPLATE, LANGUAGE),
			templateFields: fields({ 'body:1': '={{ $json.customer }}' }),
		},
	});
};

const builtIn: Sender = async ({ client }, _simulator, businessNumberId) => {
	const name = 'Built-in';
	const type = 'whatsAppApi';
	const id = await client.createCredential(name, type, {
		accessToken: TOKEN,
		businessAccountId: ACCOUNT,
	});
	return nodeOf(name, 'n8n-nodes-base.whatsApp', {
		typeVersion: 1.1,
		credentials: { [type]: { id, name } },
		onError: 'continueRegularOutput',
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			phoneNumberId: businessNumberId,
			recipientPhoneNumber: '={{ $json.phone }}',
			template: `${TEMPLATE}|${LANGUAGE}`,
			components: {
				component: [
					{
						type: 'body',
						bodyParameters: { parameter: [{ type: 'text', text: '={{ $json.customer }}' }] },
					},
				],
			},
		},
	});
};

/** How much memory an n8n server holds now, bytes. */
type MemoryOf = (server: TestServer['server']) => number;

/** One run for all its figures. */
const runs = new Map<Sender, Promise<Bulk>>();

async function once(sender: Sender): Promise<Bulk> {
	const run = runs.get(sender) ?? measure(sender);
	runs.set(sender, run);
	return await run;
}

/** How many of 1,000 templates to 1,000 contacts Meta's limits let through. */
export const bulkAccepted = async () => (await once(ours)).accepted;

/** How many of these were accepted in a second, from the first to the last. */
export const bulkPerSecond = async () => (await once(ours)).perSecond;

/** How many sends ran into Meta's limits. */
export const bulkRefused = async () => (await once(ours)).refused;

/**
 * By how much the memory of the n8n server grew at most, in MB of its resident set. Most of it is
 * garbage of n8n's own, which waits to be collected.
 */
export const bulkPeakMemoryMb = async () => (await once(ours)).growthMb;

/**
 * By how much the memory in use grew at most, in MB: garbage is collected every second. That slows
 * the server down, so this is a run of its own.
 */
export async function bulkLiveMemoryMb(): Promise<number> {
	const file = path.join(outputDir, 'bulk-live-memory');
	fs.mkdirSync(outputDir, { recursive: true });
	const memoryOf = () => Number(fs.readFileSync(file, 'utf8'));
	const env = { LIVE_MEMORY_FILE: file };
	return (await measure(ours, memoryOf, [preload('collectGarbage.js')], env)).growthMb;
}

/** As {@link bulkAccepted}, by n8n's own WhatsApp node. */
export const builtinBulkAccepted = async () => (await once(builtIn)).accepted;

/** As {@link bulkRefused}, by n8n's own WhatsApp node, which repeats nothing. */
export const builtinBulkRefused = async () => (await once(builtIn)).refused;

/**
 * Sends 1,000 templates to as many contacts in one execution of a real n8n server of its own, with
 * Continue On Fail, against a simulator that holds Meta's limits and answers after 100 ms. A few
 * messages from another business number come first, so that n8n has loaded what it needs.
 */
async function measure(
	sender: Sender,
	memoryOf: MemoryOf = (server) => server.memory(),
	nodeOptions: string[] = [],
	env: Record<string, string> = {},
): Promise<Bulk> {
	await ensureN8n({ log: console.error });
	const apiVersions = ['v13.0', 'v26.0'];
	const simulator = await Simulator.start({
		...META,
		businessAccountId: ACCOUNT,
		accessToken: TOKEN,
		apiVersions,
	});
	try {
		simulator.addTemplate({
			name: TEMPLATE,
			language: LANGUAGE,
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Hello {{1}}, your bill is ready.' }],
		});
		const server = await startTestServer('bulk', {
			env: {
				NODE_OPTIONS: [preload('bulkRedirect.js'), ...nodeOptions].join(' '),
				BULK_GRAPH_URL: simulator.url,
				...env,
			},
		});
		try {
			await send(server, simulator, sender, WARM_UP, memoryOf);
			return await send(server, simulator, sender, MESSAGES, memoryOf);
		} finally {
			await server.server.stop();
		}
	} finally {
		await simulator.stop();
	}
}

/** What has Node run a file of this folder first. */
function preload(fileName: string): string {
	return `--require "${path.join(__dirname, fileName)}"`;
}

/** Sends from a new business number. */
async function send(
	testServer: TestServer,
	simulator: Simulator,
	sender: Sender,
	count: number,
	memoryOf: MemoryOf,
): Promise<Bulk> {
	const { server, client } = testServer;
	const number = simulator.addBusinessNumber({ name: 'Corner Shop' }).id;
	const node = await sender(testServer, simulator, number);
	const webhook = orderWebhook();
	const { id } = await client.createWorkflow(
		workflowOf(node.name, webhook, splitOut('body.bills'), node),
	);
	await client.activate(id);

	const before = memoryOf(server);
	let peak = before;
	const sampling = setInterval(() => {
		peak = Math.max(peak, memoryOf(server));
	}, SAMPLE_EVERY_MS);
	try {
		const bills = contactNumbers(count).map((phone, i) => ({ phone, customer: `Customer ${i}` }));
		const { data } = await axios.post<unknown[]>(
			`${server.url}/webhook/${String(webhook.parameters.path)}`,
			{ bills },
			{ proxy: false, timeout: RUN_TIMEOUT_MS },
		);
		if (data.length !== count) throw new Error(`${count} items went in, ${data.length} came out.`);
		await client.waitForExecutions(id, 1);
	} finally {
		clearInterval(sampling);
	}

	const { accepted, refused, times } = booksOf(simulator, number);
	const seconds = (times[times.length - 1] - times[0]) / 1_000;
	const bulk = {
		accepted,
		refused,
		// From the first to the last it is one interval less than messages.
		perSecond: (accepted - 1) / seconds,
		growthMb: (peak - before) / MEGABYTE,
	};
	console.error(
		`  ${node.name}: ${accepted} of ${count} accepted in ${seconds.toFixed(1)} s,`,
		`${refused} refusals, at most ${mostInOneSecond(times)} in one second,`,
		`memory ${(before / MEGABYTE).toFixed(0)} MB and ${bulk.growthMb.toFixed(0)} MB more`,
	);
	return bulk;
}

/** What the simulator accepted and refused from a business number, and when it accepted, in ms. */
function booksOf(simulator: Simulator, number: string) {
	const accepted = simulator.sent.filter((message) => message.businessNumberId === number);
	const contacts = new Set(accepted.map(({ to }) => to.phone));
	if (contacts.size !== accepted.length) throw new Error('A contact got the same message twice.');
	const answers = simulator.requests
		.filter(({ method, path: to }) => method === 'POST' && to.endsWith(`/${number}/messages`))
		.map(({ status }) => status);
	const others = answers.filter((status) => status !== 200 && status !== 429);
	if (others.length) throw new Error(`Not only limits came in between: ${String(others)}`);
	return {
		accepted: accepted.length,
		refused: answers.filter((status) => status === 429).length,
		times: accepted.map(({ at }) => at),
	};
}

/** How many of some ascending times, in milliseconds, fall into the fullest second. */
function mostInOneSecond(times: number[]): number {
	let first = 0;
	return times.reduce((most, time, last) => {
		while (time - times[first] >= 1_000) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}
