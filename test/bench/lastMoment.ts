import { performance } from 'perf_hooks';
import { setTimeout as pause } from 'timers/promises';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { workflowOf } from '../e2e/harness';
import {
	byName,
	code,
	contactNumbers,
	fields,
	orderWebhook,
	Scenario,
	splitOut,
} from '../e2e/scenario';
import { ensureN8n } from '../n8n/install';

import type { Figure } from './figure';

const OFFER = 'come_back';
const BILL = 'bill_ready';

/** Meta closes the window after a day. */
const DAY_SECONDS = 86_400;

/** A list that takes more than three minutes. */
const LATE_LIST = { contacts: 400, perSecond: 2 };

/** So long after its start the window of all who are on it closes at Meta. */
const CLOSES_AFTER_SECONDS = 150;

/** The way of a request that has left, and of a stop that is being learned. */
const UNDER_WAY_MS = 250;

const RETRIED = 6_001;

const LISTS_AT_ONCE = 4;
const LIST = 400;
const REPLIES = 10;

/** Longer than anything may take. */
const PATIENCE_MS = 600_000;

/** What takes a moment between a decision and the message, in a real n8n, all at the same time. */
export async function lastMomentFigures(): Promise<Figure[]> {
	await ensureN8n({ log: console.error });
	const scenario = await Scenario.start('last-moment');
	try {
		addTemplates(scenario);
		// Thousands of statuses would have n8n do little else.
		scenario.sim.settings.statuses = 'held';
		const late = await Promise.all([sentAfterStop(scenario), sentAfterClosing(scenario)]);
		return [
			figure('late_decision_sent', late[0] + late[1], 'messages'),
			figure('retry_doubled', await doubledByRetry(scenario), 'messages'),
			figure('reply_behind_bulk_seconds', await replyBehindBulk(scenario), 's'),
			figure('hang_seconds_max', await longestHang(scenario), 's'),
		];
	} finally {
		await scenario.stop();
	}
}

function figure(name: string, value: number, unit: string): Figure {
	console.error(`  ${name}: ${value} ${unit}`);
	return { name, value, unit };
}

function addTemplates({ sim }: Scenario): void {
	const language = 'en_US';
	sim.addTemplate({
		name: OFFER,
		language,
		category: 'MARKETING',
		components: [{ type: 'BODY', text: 'Come back, we have missed you.' }],
	});
	sim.addTemplate({
		name: BILL,
		language,
		category: 'UTILITY',
		components: [{ type: 'BODY', text: 'Your bill is ready.' }],
	});
}

/** A workflow that does one thing for each of the contacts that its webhook is told. */
async function list(scenario: Scenario, node: INode) {
	const webhook = orderWebhook();
	await scenario.activate(workflowOf(node.name, webhook, splitOut('body.contacts'), node));
	return async (contacts: string[]) => {
		const body = { contacts: contacts.map((contact) => ({ contact })) };
		const { status, data } = await scenario.call(webhook, body, PATIENCE_MS);
		if (status !== 200) throw new Error(`The list ended with ${status}: ${JSON.stringify(data)}`);
		const failed = (data as IDataObject[]).filter(({ error }) => error);
		console.error(`  ${node.name}: ${failed.length} items failed, as ${String(failed[0]?.error)}`);
		return data as IDataObject[];
	};
}

function template(name: string, options: INodeParameters): INodeParameters {
	return {
		resource: 'message',
		operation: 'sendTemplate',
		to: '={{ $json.contact }}',
		template: byName(name),
		templateFields: fields({}),
		options,
	};
}

const PER_ITEM: Partial<INode> = { onError: 'continueRegularOutput' };

/** Marketing to a list, of which every second contact writes STOP while it goes out. */
async function sentAfterStop(scenario: Scenario): Promise<number> {
	const number = scenario.addNumber();
	await scenario.activate(workflowOf('Listen', scenario.trigger(number)));
	const { contacts, perSecond } = LATE_LIST;
	const people = contactNumbers(contacts, 4_915_200_000_000);
	const options = { messagesPerSecond: perSecond, marketingConsent: 'off' };
	const send = await list(
		scenario,
		scenario.whatsApp('Offer', number, template(OFFER, options), PER_ITEM),
	);
	const sending = send(people);
	const stoppedAt = new Map<string, number>();
	for (const from of people.filter((_, i) => i % 2 === 1).reverse()) {
		await scenario.sim.writes({ from: `+${from}`, to: number, text: 'STOP' });
		stoppedAt.set(from, Date.now());
		await pause(200);
	}
	await sending;
	const late = scenario
		.sentFrom(number)
		.filter(({ to, at }) => at > (stoppedAt.get(digits(to.phone)) ?? Infinity) + UNDER_WAY_MS);
	console.error(
		`  ${scenario.sentFrom(number).length} of ${contacts} offers went out, ${stoppedAt.size} stopped`,
	);
	return late.length;
}

/** Free-form messages to a list, while the windows of all who are on it close. */
async function sentAfterClosing(scenario: Scenario): Promise<number> {
	const number = scenario.addNumber();
	await scenario.activate(workflowOf('Listen', scenario.trigger(number)));
	const { contacts, perSecond } = LATE_LIST;
	const people = contactNumbers(contacts, 4_915_300_000_000);
	const agoSeconds = DAY_SECONDS - CLOSES_AFTER_SECONDS;
	await Promise.all(
		people.map((from) =>
			scenario.sim.writes({ from: `+${from}`, to: number, text: 'Hi', agoSeconds }),
		),
	);
	const answer = { text: 'Hello again', options: { messagesPerSecond: perSecond } };
	const send = await list(scenario, scenario.send(number, answer, PER_ITEM));
	await send(people);
	const sent = scenario.sentFrom(number);
	console.error(`  ${sent.length} of ${contacts} messages went out before the windows closed`);
	return sent.filter(({ windowWasOpen }) => !windowWasOpen).length;
}

/** A list whose first item fails, so that n8n repeats the whole of it. */
async function doubledByRetry(scenario: Scenario): Promise<number> {
	const number = scenario.addNumber();
	const people = contactNumbers(RETRIED, 4_915_400_000_000);
	const node = scenario.whatsApp('Bills', number, template(BILL, { messagesPerSecond: 1_000 }), {
		...PER_ITEM,
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 100,
	});
	const send = await list(scenario, node);
	await send(['nobody', ...people.slice(1)]);
	const sent = scenario.sentFrom(number);
	console.error(`  ${sent.length} of ${RETRIED} bills went out`);
	return sent.length - new Set(sent.map(({ to }) => to.phone)).size;
}

/** Seconds until the contact has an answer while lists of the same number wait for their turn. */
async function replyBehindBulk(scenario: Scenario): Promise<number> {
	const number = scenario.addNumber();
	await scenario.activate(workflowOf('Answer', scenario.trigger(number), scenario.send(number)));
	const bulk = scenario.whatsApp(
		'Bills',
		number,
		template(BILL, { messagesPerSecond: 20 }),
		PER_ITEM,
	);
	const send = await list(scenario, bulk);
	const lists = Array.from({ length: LISTS_AT_ONCE }, (_, i) =>
		send(contactNumbers(LIST, 4_915_500_000_000 + i * LIST)),
	);
	await pause(5_000);
	const waits: number[] = [];
	for (const from of contactNumbers(REPLIES, 4_915_600_000_000)) {
		const asked = performance.now();
		await scenario.sim.writes({ from: `+${from}`, to: number, text: 'Hi' });
		while (!scenario.sentFrom(number).some(({ to }) => digits(to.phone) === from)) {
			if (performance.now() - asked > 120_000) throw new Error(`${from} was not answered.`);
			await pause(20);
		}
		waits.push((performance.now() - asked) / 1_000);
	}
	const sent = scenario.sentFrom(number).length - REPLIES;
	if (sent >= LISTS_AT_ONCE * LIST) throw new Error('The lists were over before the replies.');
	await Promise.all(lists);
	return Math.max(...waits);
}

/** Seconds until a run is over whose request stays without an end, or whose file does. */
async function longestHang(scenario: Scenario): Promise<number> {
	const { sim } = scenario;
	const file = code(
		'File',
		`return [{ json: $json, binary: { data: { data: Buffer.alloc(5000, 'x').toString('base64'), mimeType: 'application/pdf', fileName: 'bill.pdf' } } }];`,
	);
	const media = (operation: string, id?: unknown): INodeParameters => ({
		resource: 'media',
		operation,
		...(id !== undefined && { mediaId: String(id) }),
	});
	const stored = sim.addInboundMedia(Buffer.alloc(100_000, 'x'), 'application/pdf', 'bill.pdf');
	const cases: Array<[path: string, method: string, INode[], INodeParameters]> = [
		[
			'/messages',
			'POST',
			[],
			{
				resource: 'message',
				operation: 'send',
				to: '+4915700000000',
				messageType: 'text',
				text: 'Hi',
				whenWindowUnknown: 'try',
			},
		],
		['/media', 'POST', [file], media('upload')],
		['/attachments', 'GET', [], media('download', stored.id)],
	];
	const seconds = await Promise.all(
		cases.flatMap(([path, method, before, parameters]) =>
			(['stall', 'trickle'] as const).map(async (when) => {
				const number = scenario.addNumber();
				const webhook = orderWebhook();
				const node = scenario.whatsApp('Hang', number, parameters, PER_ITEM);
				await scenario.activate(workflowOf('Hang', webhook, ...before, node));
				sim.failNext({ path, method, when, stallAfter: 10 });
				const begun = performance.now();
				const { data } = await scenario.call(webhook, {}, PATIENCE_MS);
				if (!(data as IDataObject[])[0]?.error) throw new Error(`${path} ended well.`);
				return (performance.now() - begun) / 1_000;
			}),
		),
	);
	console.error(`  hung for ${seconds.map((one) => one.toFixed(0)).join(', ')} s`);
	return Math.max(...seconds);
}

function digits(phone = ''): string {
	return phone.replace(/\D/g, '');
}
