import fs from 'fs';
import path from 'path';
import { performance } from 'perf_hooks';
import { setTimeout } from 'timers/promises';

import autocannon from 'autocannon';
import type { IDataObject, INode } from 'n8n-workflow';

import { nodeOf, startTestServer, workflowOf } from '../e2e/harness';
import { byId, CREDENTIAL_TYPE, TRIGGER_TYPE } from '../e2e/scenario';
import { type N8nClient, waitFor } from '../n8n/client';
import { ensureN8n } from '../n8n/install';
import { outputDir } from '../n8n/npm';
import { packFolder, packPackage } from '../n8n/pack';
import {
	BUSINESS_PHONE,
	delivery,
	messageDelivery,
	NUMBER_ID,
	rawBodyOf,
	signatureOf,
	textMessage,
} from '../unit/events/payloads';

import {
	activeContacts,
	BUSINESS_NUMBER,
	COUNT,
	NOW,
	storeOf,
	withUserIds,
} from './activeContacts';
import { median } from './compare';

const CONNECTIONS = 10;
/** Many short rounds, so that what else the machine does burdens both sides alike. */
const DELIVERIES = 60;
const WARM_UP = 2;
const ROUNDS = 15;
const DRAIN_TIMEOUT_MS = 300_000;

/** Of a workflow whose state is empty at first. */
const OTHER_NUMBER = '106540352242999';

const APP_SECRET = 'app-secret-of-the-benchmark';

/** A workflow under load. */
export interface Target {
	name: string;
	/** To which the messages go. */
	businessNumber: string;
	workflowId: string;
	url: string;
	/** How many deliveries it has taken so far. */
	taken: number;
}

/**
 * Deliveries that our trigger takes in a second, as a share of what a trigger takes that returns
 * the body, checks nothing and keeps nothing. Both run in one real n8n server, each in a workflow
 * of its own, and get the same load in turns: every delivery is signed, and is the first message of
 * a new contact. Our trigger begins with empty state. Only answers of 2xx count.
 */
export async function triggerThroughputRatio(): Promise<number> {
	return await besideMinimalTrigger(ratioOf);
}

/** Measures our trigger beside the minimal one, both active in one n8n server of their own. */
export async function besideMinimalTrigger<T>(
	measure: (client: N8nClient, ours: Target, minimal: Target) => Promise<T>,
): Promise<T> {
	await ensureN8n({ log: console.error });
	const packages = [packPackage(), packFolder(path.join(__dirname, 'minimal-trigger'))];
	const { server, client } = await startTestServer('benchmark', { packages });
	try {
		const ours = await activate(client, await ourTrigger(client, NUMBER_ID));
		const minimal = await activate(client, minimalTrigger('Minimal Trigger'));
		return await measure(client, ours, minimal);
	} finally {
		await server.stop();
	}
}

/**
 * Deliveries that our trigger takes in a second when 100,000 contacts are active already, as a share
 * of what it takes when nobody is. Both run in one real n8n server, each for a number of its own.
 * All contacts that write are new.
 */
export async function triggerThroughputRatio100k(): Promise<number> {
	await ensureN8n({ log: console.error });
	const { server, client } = await startTestServer('benchmark', { packages: [packPackage()] });
	try {
		const full = await activate(client, await ourTrigger(client, BUSINESS_NUMBER), stateOf100k());
		const empty = await activate(client, await ourTrigger(client, OTHER_NUMBER));
		return await ratioOf(client, full, empty);
	} finally {
		await server.stop();
	}
}

/**
 * n8n's own share in {@link triggerThroughputRatio}: deliveries that a minimal trigger takes in a second
 * whose outputs are an expression, as a share of what it takes with outputs that are none. n8n evaluates
 * them once for each run.
 */
export async function minimalOutputsThroughputRatio(): Promise<number> {
	return await besideMinimalTrigger(async (client, _ours, minimal) => {
		const type = 'n8n-nodes-minimal-trigger.minimalOutputsTrigger';
		const outputs = await activate(client, nodeOf('Minimal Outputs Trigger', type));
		return await ratioOf(client, outputs, minimal);
	});
}

/**
 * n8n's own share in {@link triggerThroughputRatio100k}: deliveries that a trigger takes in a second
 * which keeps nothing, when its workflow's row holds the same, as a share of what it takes with an empty
 * row. n8n reads the whole row twice for each delivery.
 */
export async function minimalThroughputRatio100k(): Promise<number> {
	await ensureN8n({ log: console.error });
	const packages = [packPackage(), packFolder(path.join(__dirname, 'minimal-trigger'))];
	const { server, client } = await startTestServer('benchmark', { packages });
	try {
		const full = await activate(client, minimalTrigger('Full'), stateOf100k());
		const empty = await activate(client, minimalTrigger('Empty'));
		return await ratioOf(client, full, empty);
	} finally {
		await server.stop();
	}
}

/**
 * By how much the memory in use of an n8n server grows when it loads 100,000 active contacts, in MB.
 * Garbage is collected every second.
 */
export async function triggerMemoryMb100k(): Promise<number> {
	await ensureN8n({ log: console.error });
	const file = path.join(outputDir, 'trigger-live-memory');
	fs.mkdirSync(outputDir, { recursive: true });
	const { server, client } = await startTestServer('benchmark', {
		packages: [packPackage()],
		env: {
			NODE_OPTIONS: `--require "${path.join(__dirname, 'collectGarbage.js')}"`,
			LIVE_MEMORY_FILE: file,
		},
	});
	try {
		const empty = await activate(client, await ourTrigger(client, OTHER_NUMBER));
		const memoryAfter = async (target: Target) => {
			await load(client, target);
			await setTimeout(3_000);
			return Number(fs.readFileSync(file, 'utf8')) / 1024 ** 2;
		};
		await memoryAfter(empty);
		const before = await memoryAfter(empty);
		// The activation loads the row already.
		const full = await activate(client, await ourTrigger(client, BUSINESS_NUMBER), stateOf100k());
		return (await memoryAfter(full)) - before;
	} finally {
		await server.stop();
	}
}

/** What the row of a workflow holds when 100,000 contacts have written within the last day. */
function stateOf100k(): IDataObject {
	const now = Math.floor(Date.now() / 1000);
	const contacts = withUserIds(activeContacts(COUNT)).map((contact) => ({
		...contact,
		lastInboundAt: contact.lastInboundAt - NOW + now,
	}));
	const { staticData } = storeOf(contacts, now);
	return { global: JSON.parse(JSON.stringify(staticData)) as IDataObject };
}

/** How many deliveries one target takes for each that the other one takes in the same time. */
async function ratioOf(client: N8nClient, one: Target, other: Target): Promise<number> {
	const ratios: number[] = [];
	for (let round = 0; round < WARM_UP + ROUNDS; round++) {
		const rates = new Map<Target, number>();
		for (const target of round % 2 === 0 ? [one, other] : [other, one]) {
			rates.set(target, await load(client, target));
		}
		if (round >= WARM_UP) ratios.push(rates.get(one)! / rates.get(other)!);
	}
	for (const target of [one, other]) await expectExecutions(client, target);
	return median(ratios);
}

function minimalTrigger(name: string): INode {
	return nodeOf(name, 'n8n-nodes-minimal-trigger.minimalTrigger');
}

async function ourTrigger(client: N8nClient, businessNumber: string): Promise<INode> {
	const name = `Benchmark ${businessNumber}`;
	const id = await client.createCredential(name, CREDENTIAL_TYPE, {
		accessToken: 'none',
		businessAccountId: '102290129340398',
		appId: '670843887433847',
		appSecret: APP_SECRET,
		verifyToken: '',
		apiVersion: 'v26.0',
		baseUrl: 'http://127.0.0.1:9',
	});
	return nodeOf(name, TRIGGER_TYPE, {
		credentials: { [CREDENTIAL_TYPE]: { id, name } },
		parameters: {
			businessNumber: byId(businessNumber),
			events: ['message'],
			registration: 'manual',
		},
	});
}

async function activate(
	client: N8nClient,
	trigger: INode,
	staticData?: IDataObject,
): Promise<Target> {
	const { id } = await client.createWorkflow(workflowOf(trigger.name, trigger));
	if (staticData) await client.setStaticData(id, staticData);
	await client.activate(id);
	const { value } = (trigger.parameters.businessNumber ?? {}) as IDataObject;
	return {
		name: trigger.name,
		businessNumber: String(value ?? NUMBER_ID),
		workflowId: id,
		url: client.webhookUrl(String(trigger.webhookId), 'webhook'),
		taken: 0,
	};
}

/**
 * Sends a target its deliveries, as fast as it answers, and returns how many it took in a second.
 * Waits until their executions have ended, so that they do not burden who comes next.
 */
async function load(client: N8nClient, target: Target): Promise<number> {
	const { name, workflowId, url } = target;
	const start = performance.now();
	let end = start;
	const result = await autocannon({
		url,
		connections: CONNECTIONS,
		amount: DELIVERIES,
		timeout: 60,
		requests: [
			{
				method: 'POST',
				setupRequest: (request) => ({ ...request, ...nextDelivery(target.businessNumber) }),
				// What autocannon itself takes for the end is up to a second later.
				onResponse: () => (end = performance.now()),
			},
		],
	});
	await waitFor(
		async () => await countUnfinished(client, workflowId),
		(count) => count === 0,
		DRAIN_TIMEOUT_MS,
		(count) => `${count} executions of ${name} have not ended`,
	);
	target.taken += result['2xx'];
	const perSecond = (result['2xx'] / (end - start)) * 1_000;
	console.error(`  ${name}: ${perSecond.toFixed(1)}/s, ${result.non2xx} other answers`);
	return perSecond;
}

/** Throws unless every delivery taken has started a workflow: to drop deliveries would be quick. */
async function expectExecutions(client: N8nClient, target: Target): Promise<void> {
	const executions = await client.listExecutions(target.workflowId);
	const successes = executions.filter(({ status }) => status === 'success').length;
	if (successes !== target.taken) {
		throw new Error(`${target.name} took ${target.taken} deliveries and ran ${successes} times.`);
	}
}

async function countUnfinished(client: N8nClient, workflowId: string): Promise<number> {
	const filter = JSON.stringify({ workflowId, status: ['new', 'running'] });
	const { results } = await client.request<{ results: unknown[] }>(
		'GET',
		'/rest/executions',
		undefined,
		{ filter, limit: 100 },
	);
	return results.length;
}

let deliveries = 0;

/** A message that nobody has sent before, of a contact who has not written before, for autocannon. */
export function nextDelivery(businessNumber: string, secret?: string) {
	deliveries++;
	const message = textMessage({
		id: `wamid.${deliveries}`,
		from: String(4_915_000_000_000 + deliveries),
		userId: `DE.${String(deliveries).padStart(20, '1')}`,
		timestamp: Math.floor(Date.now() / 1000),
	});
	const { contacts, messages } = messageDelivery(message).entry[0].changes[0].value;
	const metadata = { display_phone_number: BUSINESS_PHONE, phone_number_id: businessNumber };
	return signed(delivery({ contacts, messages, metadata }), secret);
}

/** A delivery as Meta sends it, for autocannon. */
export function signed(payload: unknown, secret = APP_SECRET) {
	const body = rawBodyOf(payload);
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'x-hub-signature-256': signatureOf(body, secret),
		},
	};
}
