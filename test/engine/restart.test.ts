import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { delivery, failedStatus } from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import { itemsOf, type WorkflowDefinition } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	deliver,
	deliverText,
	listener,
	MINUTE,
	NUMBER_ID,
	sender,
	setClock,
	useScene,
	windowOf,
} from './scene';
import { chosen, fields, sendNode } from './workflows';

const scene = useScene();

const AUTOMATIC = { registration: 'automatic' };

const templateOf = (name: string): INodeParameters => ({
	operation: 'sendTemplate',
	template: chosen(`${name}|en_US`),
	templateFields: fields(null),
});
const CAMPAIGN: INodeParameters = templateOf('sale');
const ORDER: INodeParameters = templateOf('shipped');

/** A workflow that only sends, and one node beside it that records what contacts say elsewhere. */
function campaign(id: string, parameters: INodeParameters = CAMPAIGN): WorkflowDefinition {
	const definition = sender(id, parameters);
	const { name, ...rest } = sendNode(
		{
			resource: 'conversation',
			operation: 'recordConsent',
			businessNumber: chosen(NUMBER_ID),
			contact: '={{ $json.contact }}',
			scope: '={{ $json.scope }}',
			state: '={{ $json.state }}',
			for: "={{ $json.for ?? 'thisNumber' }}",
			evidence: 'order 4711',
			options: { at: '={{ $now }}' },
		},
		{ name: 'Record', id: 'id of Record' },
	);
	definition.nodes.push({ name, ...rest });
	return definition;
}

async function record(
	workflowId: string,
	state: string,
	{ scope = 'marketing', ...rest }: IDataObject = {},
): Promise<void> {
	const items = [{ json: { contact: CONTACT, scope, state, ...rest } }];
	const run = await scene.engine.run(workflowId, { startNode: 'Record', items });
	expect(run.data.resultData.error).toBeUndefined();
}

/** What a sending workflow sends now: the item, or the reason why it did not. */
async function sends(workflowId: string): Promise<IDataObject> {
	const run = await scene.engine.run(workflowId, { items: [{ json: { contact: CONTACT } }] });
	const [item] = itemsOf(run, 'WhatsApp');
	if (item) return { sent: true, ...(item.json.decision as IDataObject) };
	const { message, description } = run.data.resultData.error as Error & { description?: string };
	return { sent: false, message, description };
}

const sentCount = () => scene.simulator.sent.length;

/** STOP, or Meta's word that the contact stopped marketing, reaches the inbox; then n8n restarts. */
async function stops(how: 'word' | 'status'): Promise<void> {
	setClock(10 * MINUTE);
	const answer =
		how === 'word'
			? await deliverText(scene.engine, 'inbox', { body: 'STOP', id: 'wamid.stop' })
			: await deliver(
					scene.engine,
					'inbox',
					delivery({ statuses: [failedStatus({ recipient: CONTACT_PHONE, errorCode: 131050 })] }),
				);
	expect(answer.status).toBe(200);
	await scene.engine.settled();
	restart();
}

function restart(): void {
	setClock(20 * MINUTE);
	scene.engine.restart();
}

beforeEach(() => {
	addTemplate(scene, template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
	addTemplate(scene, template([body('Shipped')], { name: 'shipped', category: 'UTILITY' }));
});

async function publish(id = 'inbox', parameters: INodeParameters = AUTOMATIC): Promise<void> {
	scene.engine.add(listener(id, parameters));
	await scene.engine.activate(id);
}

describe('the sender that runs first after a restart', () => {
	it.each([
		['automatic', AUTOMATIC],
		['manual', { registration: 'manual' }],
	])('heeds STOP, when it ran before; registration %s', async (_name, parameters) => {
		await publish('inbox', parameters);
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		await stops('word');
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			message: expect.stringMatching(/^This contact opted out/),
		});
		expect(sentCount()).toBe(0);
	});

	it("heeds Meta's stop, when it ran before", async () => {
		await publish();
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		await stops('status');
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			message: expect.stringMatching(/^This contact stopped marketing messages/),
		});
	});

	it.each([
		['campaign', { ...CAMPAIGN, options: { marketingConsent: 'off' } }],
		['order', ORDER],
	])('heeds STOP, when it never ran: %s', async (id, parameters) => {
		await publish();
		await stops('word');
		scene.engine.add(campaign(id, parameters));
		expect(await sends(id)).toMatchObject({
			sent: false,
			message: expect.stringMatching(/^This contact opted out/),
		});
	});

	it.each([
		['ran before', true],
		['never ran', false],
	])('knows the window, when it %s', async (_name, ranBefore) => {
		await publish();
		scene.engine.add(campaign('order', ORDER));
		if (ranBefore) await windowOf(scene.engine, 'order');
		await deliverText(scene.engine, 'inbox');
		await scene.engine.settled();
		restart();
		expect(await windowOf(scene.engine, 'order')).toMatchObject({ state: 'open' });
	});

	it('wakes the trigger once, for all messages at once', async () => {
		await publish();
		await deliverText(scene.engine, 'inbox');
		await scene.engine.settled();
		restart();
		scene.engine.add(campaign('order', ORDER));
		const before = scene.engine.requests.length;
		const items = Array.from({ length: 50 }, () => ({ json: { contact: CONTACT } }));
		await scene.engine.run('order', { startNode: 'Ask', items });
		await scene.engine.run('order', { startNode: 'Ask', items });
		expect(scene.engine.requests.slice(before)).toHaveLength(1);
		const asked = scene.simulator.requests.filter(
			({ query }) => query.fields === 'webhook_configuration',
		);
		expect(asked).toHaveLength(1);
	});

	it('starts no run and no watching by that', async () => {
		await publish();
		await deliverText(scene.engine, 'inbox');
		await scene.engine.settled();
		restart();
		scene.engine.add(campaign('order', ORDER));
		const runs = scene.engine.executions.length;
		const { watchedSince } = await conversationOf(scene.engine, 'order');
		expect(watchedSince).toBeNull();
		expect(scene.engine.executions).toHaveLength(runs + 1);
	});
});

describe('what a workflow without a trigger learned', () => {
	it.each([
		['this number', 'thisNumber'],
		['all numbers', 'allNumbers'],
	])('is heeded by another one that runs first after a restart: %s', async (_name, holdsFor) => {
		await publish();
		scene.engine.add(campaign('unsubscribe form'));
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		setClock(5 * MINUTE);
		await record('unsubscribe form', 'opted_out', { scope: 'all', for: holdsFor });
		restart();
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			message: expect.stringMatching(/^This contact opted out/),
		});
	});
});

describe('a trigger that cannot be asked', () => {
	async function lost(): Promise<void> {
		await publish();
		scene.engine.add(campaign('campaign'));
		scene.engine.add(campaign('order', ORDER));
		scene.engine.add(campaign('careful', { ...ORDER, options: { utilityConsent: 'require' } }));
		await record('campaign', 'opted_in');
		await record('order', 'opted_in');
		await record('careful', 'opted_in', { scope: 'utility' });
		await deliverText(scene.engine, 'inbox', { body: 'STOP' });
		await scene.engine.settled();
		restart();
		scene.engine.loseAddress('inbox');
	}

	it('leaves consent uncertain: marketing is held back, and the text says how to mend it', async () => {
		await lost();
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			message: expect.stringContaining('not known whether this contact has opted out'),
			description: expect.stringContaining('Publish'),
		});
		expect(await sends('order')).toMatchObject({ sent: true, reason: 'consentUncertain' });
		expect(await sends('careful')).toMatchObject({ sent: false });
		expect(await conversationOf(scene.engine, 'campaign')).toMatchObject({
			maySend: {
				marketingTemplate: { allowed: false, reason: 'consentUncertain' },
				utilityTemplate: { allowed: true, reason: 'consentUncertain' },
			},
		});
	});

	it('is asked again after a while, and known as soon as it has been heard', async () => {
		await lost();
		expect(await sends('campaign')).toMatchObject({ sent: false });
		scene.engine.findAddress('inbox');
		const tries = scene.engine.requests.length;
		await sends('campaign');
		expect(scene.engine.requests).toHaveLength(tries);
		setClock(21 * MINUTE);
		expect(await sends('campaign')).toMatchObject({
			message: expect.stringMatching(/^This contact opted out/),
		});
	});

	it('that was unpublished holds nothing back: what it knew has gone to the others', async () => {
		await publish();
		await publish('archive', { registration: 'manual' });
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		await deliverText(scene.engine, 'inbox', { body: 'STOP' });
		await scene.engine.settled();
		await scene.engine.deactivate('inbox');
		restart();
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			message: expect.stringMatching(/^This contact opted out/),
		});
	});

	it('that was unpublished for good ends the doubt once a sender has run, or another was published', async () => {
		await publish();
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		setClock(10 * MINUTE);
		await scene.engine.deactivate('inbox');
		await conversationOf(scene.engine, 'campaign');
		restart();
		expect(await sends('campaign')).toMatchObject({ sent: true });
	});

	it('and is gone is given up when another trigger of the number is published', async () => {
		await lost();
		await publish('successor', { ...AUTOMATIC, replaceCallback: true });
		await record('campaign', 'opted_in');
		setClock(30 * MINUTE);
		expect(await sends('campaign')).toMatchObject({ sent: true });
		restart();
		setClock(40 * MINUTE);
		expect(await sends('campaign')).toMatchObject({ sent: true });
	});

	it('in another process leaves it uncertain too', async () => {
		await publish();
		await stops('word');
		scene.engine.worker = new NodeProcess();
		scene.engine.add(campaign('campaign', { ...CAMPAIGN, options: { marketingConsent: 'off' } }));
		expect(await sends('campaign')).toMatchObject({
			sent: false,
			description: expect.stringContaining('n8n Data Table'),
		});
	});
});

describe('who has no trigger', () => {
	it('sends as before', async () => {
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		restart();
		expect(await sends('campaign')).toMatchObject({ sent: true, reason: 'template' });
	});

	it('or whose deliveries go elsewhere, sends as before', async () => {
		scene.simulator.world.subscriptions.numbers.set(
			NUMBER_ID,
			'https://crm.example.com/webhook/a/webhook',
		);
		scene.engine.add(campaign('campaign'));
		await record('campaign', 'opted_in');
		restart();
		expect(await sends('campaign')).toMatchObject({ sent: true, reason: 'template' });
	});
});

describe('a wake-up', () => {
	it('without the secret of this process is refused', async () => {
		await publish();
		await deliverText(scene.engine, 'inbox', { body: 'STOP' });
		await scene.engine.settled();
		const { status } = await scene.engine.deliver('inbox', {
			body: '{}',
			headers: { 'x-whatsapp-conversations-wake': 'guessed' },
		});
		expect(status).toBe(401);
	});
});
