import path from 'path';
import { performance } from 'perf_hooks';

import autocannon from 'autocannon';
import type { INode } from 'n8n-workflow';

import { nodeOf, startTestServer, workflowOf } from '../e2e/harness';
import { byId, CREDENTIAL_TYPE, TRIGGER_TYPE } from '../e2e/scenario';
import { type N8nClient, waitFor } from '../n8n/client';
import { ensureN8n } from '../n8n/install';
import { packFolder, packPackage } from '../n8n/pack';
import {
	messageDelivery,
	NUMBER_ID,
	rawBodyOf,
	signatureOf,
	textMessage,
} from '../unit/events/payloads';

import { median } from './compare';

const CONNECTIONS = 10;
/** Many short rounds, so that what else the machine does burdens both sides alike. */
const DELIVERIES = 60;
const WARM_UP = 2;
const ROUNDS = 15;
const DRAIN_TIMEOUT_MS = 300_000;

const APP_SECRET = 'app-secret-of-the-benchmark';

/** A workflow under load. */
interface Target {
	name: string;
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
	await ensureN8n({ log: console.error });
	const minimalTrigger = packFolder(path.join(__dirname, 'minimal-trigger'));
	const { server, client } = await startTestServer('benchmark', {
		packages: [packPackage(), minimalTrigger],
	});
	try {
		const ours = await activate(client, await ourTrigger(client));
		const minimal = await activate(
			client,
			nodeOf('Minimal Trigger', 'n8n-nodes-minimal-trigger.minimalTrigger'),
		);

		const ratios: number[] = [];
		for (let round = 0; round < WARM_UP + ROUNDS; round++) {
			const rates = new Map<Target, number>();
			for (const target of round % 2 === 0 ? [ours, minimal] : [minimal, ours]) {
				rates.set(target, await load(client, target));
			}
			if (round >= WARM_UP) ratios.push(rates.get(ours)! / rates.get(minimal)!);
		}
		for (const target of [ours, minimal]) await expectExecutions(client, target);
		return median(ratios);
	} finally {
		await server.stop();
	}
}

async function ourTrigger(client: N8nClient): Promise<INode> {
	const name = 'Benchmark';
	const id = await client.createCredential(name, CREDENTIAL_TYPE, {
		accessToken: 'none',
		businessAccountId: '102290129340398',
		appId: '670843887433847',
		appSecret: APP_SECRET,
		verifyToken: '',
		apiVersion: 'v26.0',
		baseUrl: 'http://127.0.0.1:9',
	});
	return nodeOf('WhatsApp Conversations Trigger', TRIGGER_TYPE, {
		credentials: { [CREDENTIAL_TYPE]: { id, name } },
		parameters: {
			businessNumber: byId(NUMBER_ID),
			events: ['message'],
			registration: 'manual',
		},
	});
}

async function activate(client: N8nClient, trigger: INode): Promise<Target> {
	const { id } = await client.createWorkflow(workflowOf(trigger.name, trigger));
	await client.activate(id);
	return {
		name: trigger.name,
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
				setupRequest: (request) => ({ ...request, ...nextDelivery() }),
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

/** A message that nobody has sent before, of a contact who has not written before. */
function nextDelivery() {
	deliveries++;
	const message = textMessage({
		id: `wamid.${deliveries}`,
		from: String(4_915_000_000_000 + deliveries),
		userId: `DE.${String(deliveries).padStart(20, '1')}`,
		timestamp: Math.floor(Date.now() / 1000),
	});
	const body = rawBodyOf(messageDelivery(message));
	return {
		body,
		headers: {
			'content-type': 'application/json',
			'x-hub-signature-256': signatureOf(body, APP_SECRET),
		},
	};
}
