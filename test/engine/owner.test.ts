import type { INodeParameters } from 'n8n-workflow';

import {
	BUSINESS_PHONE,
	CONTACT_USER_ID,
	delivery,
	echo,
	textMessage,
	type Json,
} from '../unit/events/payloads';

import { itemsOf } from './engine';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	deliver,
	deliverText,
	HOUR,
	listener,
	listeningTrigger,
	messageNode,
	NUMBER_ID,
	send,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsInVersion } from './schemas';
import { chosen, fields, workflowOf } from './workflows';

const scene = useScene();

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

const TEXT = { to: CONTACT, messageType: 'text', text: 'Your order is on its way' };

async function listen(options: INodeParameters = {}, events = ['message']): Promise<void> {
	scene.engine.add(listener('wf', { events, options }));
	await scene.engine.activate('wf');
}

const conversation = async (operation: string, parameters: object = {}) => {
	const { items, error } = await send(scene, {
		resource: 'conversation',
		operation,
		contact: CONTACT,
		...parameters,
	});
	if (error) throw error;
	return items[0];
};

const ownerNow = async () => (await conversationOf(scene.engine, 'wf')).owner;
const sendText = async (parameters: object = {}) => await send(scene, { ...TEXT, ...parameters });
const sentTypes = () => scene.simulator.sent.map(({ type }) => type);

const colleagueWrites = async (at: number, id = 'wamid.app') =>
	await deliver(
		scene.engine,
		'wf',
		delivery({ message_echoes: [echo({ id, timestamp: String(at) })] }, 'smb_message_echoes'),
	);
const standby = async (value: Json) =>
	await deliver(scene.engine, 'wf', delivery({ standby: value }, 'standby'));
const handover = async (type: string, at: number) =>
	await deliver(
		scene.engine,
		'wf',
		delivery(
			{
				metadata: undefined,
				recipient: { phone_number_id: NUMBER_ID, display_phone_number: BUSINESS_PHONE },
				sender: { phone_number: CONTACT_PHONE, user_id: CONTACT_USER_ID },
				timestamp: String(at),
				type,
				[type]: {},
			},
			'messaging_handovers',
		),
	);

describe('Hand Over and Resume Automation', () => {
	it('E37, T37: holds back what the automation says, until it is given back', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		expect(await conversation('handOver', { howLong: 'hours', hours: 4 })).toMatchObject({
			contact: expect.any(String),
			owner: { who: 'person', since: iso(AT), until: iso(AT + 4 * HOUR), why: 'handOver' },
		});
		const { error } = await sendText();
		expect(error).toMatchObject({
			message: expect.stringContaining('A person has had this conversation since'),
			description: expect.stringContaining("'Sent By'"),
		});
		expect(scene.simulator.sent).toEqual([]);

		expect(await conversation('resume')).toMatchObject({
			owner: { who: 'automation', since: null, until: null, why: null },
		});
		expect((await sendText()).error).toBeUndefined();
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('E40: ends by itself', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'until', until: iso(AT + HOUR) });
		setClock(HOUR - 1);
		expect((await sendText()).error).toBeDefined();
		setClock(HOUR);
		expect((await sendText()).error).toBeUndefined();
	});

	it('is known after a restart, and forgotten with the contact', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		// No whole number of seconds.
		await conversation('handOver', { howLong: 'hours', hours: 4.0001 });
		await scene.engine.settled();
		scene.engine.restart();
		await scene.engine.activate('wf');
		setClock(1);
		await deliverText(scene.engine, 'wf', { id: 'wamid.later', timestamp: String(AT + 1) });
		expect((await triggered(scene.engine)).slice(-1)[0].owner).toMatchObject({ who: 'person' });
		expect(await ownerNow()).toMatchObject({ who: 'person' });
		await conversation('forget');
		expect(await ownerNow()).toMatchObject({ who: 'automation' });
	});

	it.each([
		[{ howLong: 'hours', hours: 0 }, "'Hours' is '0'"],
		[{ howLong: 'hours', hours: '' }, "'Hours' is ''"],
		[{ howLong: 'until', until: '' }, "'Until' is empty"],
		[{ howLong: 'until', until: iso(AT - 1) }, 'lies in the past'],
		[{ howLong: 'until', until: iso(AT + 31 * 24 * HOUR) }, 'more than 30 days ahead'],
	])('refuses %j', async (parameters, message) => {
		await listen();
		await expect(conversation('handOver', parameters)).rejects.toMatchObject({
			message: expect.stringContaining(message),
		});
	});

	it("is in the list of 'With a Person'", async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		const list = async () =>
			(await send(scene, { resource: 'conversation', operation: 'getMany', show: 'withPerson' }))
				.items;
		expect(await list()).toEqual([]);
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		expect(await list()).toMatchObject([{ owner: { who: 'person' } }]);
	});
});

describe('Sent By', () => {
	it("T38: a person's message goes out and begins the hours anew", async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		setClock(3 * HOUR);
		expect((await sendText({ options: { sentBy: 'person' } })).error).toBeUndefined();
		expect(await ownerNow()).toMatchObject({ who: 'person', until: iso(AT + 7 * HOUR) });
	});

	it('T38: does not move a fixed end, and makes no hand-over of its own', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		expect((await sendText({ options: { sentBy: 'person' } })).error).toBeUndefined();
		expect(await ownerNow()).toMatchObject({ who: 'automation' });
		await conversation('handOver', { howLong: 'until', until: iso(AT + 4 * HOUR) });
		setClock(HOUR);
		expect((await sendText({ options: { sentBy: 'person' } })).error).toBeUndefined();
		expect(await ownerNow()).toMatchObject({ until: iso(AT + 4 * HOUR), why: 'handOverUntil' });
	});

	it("T37: the output 'Closed' gets what is held back", async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		const { items, second } = await sendText({ whenWindowClosed: 'output' });
		expect(items).toEqual([]);
		expect(second).toMatchObject([
			{ messageId: null, decision: { allowed: false, reason: 'personHasConversation' } },
		]);
	});

	it('T37: the error tells its kind as data', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		const node = { onError: 'continueRegularOutput' } as const;
		const { items } = await send(scene, TEXT, { node });
		expect(items).toMatchObject([
			{ details: { kind: 'personHasConversation', decision: { allowed: false } } },
		]);
	});

	it('T37, T41: no template stands in, but one that is asked for goes out', async () => {
		addTemplate(scene, {
			name: 'order_update',
			language: 'en_US',
			category: 'UTILITY',
			status: 'APPROVED',
			components: [{ type: 'BODY', text: 'On its way.' }],
		} as never);
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		const template = chosen('order_update|en_US');
		const instead = await sendText({
			whenWindowClosed: 'template',
			fallbackTemplate: template,
			fallbackTemplateFields: fields({}),
		});
		expect(instead.error?.message).toContain('A person has had this conversation');
		expect(sentTypes()).toEqual([]);
		const { error } = await send(scene, {
			operation: 'sendTemplate',
			to: CONTACT,
			template,
			templateFields: fields({}),
		});
		expect(error).toBeUndefined();
		expect(sentTypes()).toEqual(['template']);
	});

	it('T42: the automation marks nothing as read in a conversation of a person', async () => {
		const readBehindTrigger = async (id: string, options: INodeParameters) => {
			const node = messageNode({
				operation: 'markRead',
				messageId: '={{ $json.messageId }}',
				options,
			});
			scene.engine.add(workflowOf(id, listeningTrigger(id), node));
			await scene.engine.activate(id);
			await deliverText(scene.engine, id, { id: `wamid.${id}` });
			const run = (await scene.engine.settled()).slice(-1)[0];
			return run.data.resultData.error?.message ?? '';
		};
		await listen();
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		expect(await readBehindTrigger('bot', {})).toContain('A person has had this conversation');
		expect(await readBehindTrigger('desk', { sentBy: 'person' })).not.toContain('A person');
	});
});

describe('a colleague with the app', () => {
	it('E38: has the conversation for the hours of the option, from the time of the message on', async () => {
		await listen({ pauseForAppHours: 2 }, ['message', 'echo']);
		await deliverText(scene.engine, 'wf');
		setClock(HOUR);
		await colleagueWrites(AT + 600);
		const [, item] = await triggered(scene.engine);
		expect(item).toMatchObject({
			event: 'echo',
			owner: {
				who: 'person',
				since: iso(AT + 600),
				until: iso(AT + 600 + 2 * HOUR),
				why: 'messageFromApp',
			},
		});
		expect((await sendText()).error).toBeDefined();
	});

	it('has it not without the option', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await colleagueWrites(AT);
		expect(await ownerNow()).toMatchObject({ who: 'automation' });
	});

	it('E56: what this package sent itself changes nothing', async () => {
		await listen({ pauseForAppHours: 2 });
		await deliverText(scene.engine, 'wf');
		const { items } = await sendText();
		await colleagueWrites(AT, String(items[0].messageId));
		expect(await ownerNow()).toMatchObject({ who: 'automation' });
	});
});

describe('When a Person Has the Conversation', () => {
	it.each([
		[{}, 2],
		[{ whenPersonHasIt: 'skip' }, 1],
	])('with %j', async (options, count) => {
		await listen(options);
		await deliverText(scene.engine, 'wf');
		await conversation('handOver', { howLong: 'hours', hours: 4 });
		setClock(60);
		await deliverText(scene.engine, 'wf', {
			id: 'wamid.stop',
			timestamp: String(AT + 60),
			body: 'STOP',
		});
		const items = await triggered(scene.engine);
		expect(items).toHaveLength(count);
		const { consent, window } = await conversationOf(scene.engine, 'wf');
		expect(consent).toMatchObject({ all: 'out' });
		expect(window).toMatchObject({ state: 'open' });
		for (const item of items) {
			expect(problemsInVersion(1, item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
		}
	});
});

describe("the trigger's output 'Person'", () => {
	const started = async () => {
		const runs = await scene.engine.settled();
		return [0, 1].map((output) =>
			runs.flatMap((run) => itemsOf(run, 'Trigger', output).map(({ json }) => json.messageId)),
		);
	};

	it.each([1, 1.1])('has what the contact writes meanwhile, in version %d', async (typeVersion) => {
		const options = { whenPersonHasIt: 'output', pauseForAppHours: 2 };
		const workflow = listener('wf', { events: ['message', 'echo'], options });
		workflow.nodes[0].typeVersion = typeVersion;
		scene.engine.add(workflow);
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf', { id: 'wamid.first' });
		await colleagueWrites(AT, 'wamid.app');
		await deliverText(scene.engine, 'wf', { id: 'wamid.second' });
		expect(await started()).toEqual([['wamid.first', 'wamid.app'], ['wamid.second']]);
	});

	it('ends with the time of the hand-over', async () => {
		await listen({ whenPersonHasIt: 'output', pauseForAppHours: 2 });
		await deliverText(scene.engine, 'wf', { id: 'wamid.first' });
		await colleagueWrites(AT);
		setClock(3 * HOUR);
		await deliverText(scene.engine, 'wf', {
			id: 'wamid.second',
			timestamp: String(AT + 3 * HOUR),
		});
		expect(await started()).toEqual([['wamid.first', 'wamid.second'], []]);
	});

	it('is not there where it was not chosen', async () => {
		await listen({ pauseForAppHours: 2 });
		await deliverText(scene.engine, 'wf');
		const [run] = await scene.engine.settled();
		expect(run.data.resultData.runData.Trigger[0].data?.main).toHaveLength(1);
	});
});

describe('another responder', () => {
	it('E42, E43: has what it took, until Meta delivers a message to us', async () => {
		await listen({}, ['message', 'handover']);
		await deliverText(scene.engine, 'wf');
		setClock(60);
		await handover('control_taken', AT + 60);
		expect((await triggered(scene.engine))[1]).toMatchObject({
			event: 'handover',
			change: 'control_taken',
			owner: { who: 'otherResponder', since: iso(AT + 60), until: iso(AT + 24 * HOUR) },
		});
		for (const parameters of [{}, { options: { sentBy: 'person' } }]) {
			expect((await sendText(parameters)).error?.message).toContain(
				'has had the conversation since',
			);
		}
		setClock(120);
		await deliverText(scene.engine, 'wf', { id: 'wamid.2', timestamp: String(AT + 120) });
		expect((await sendText()).error).toBeUndefined();
	});

	it('E41: gives it back by passing control', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await handover('control_taken', AT);
		setClock(60);
		await handover('control_passed', AT + 60);
		expect((await sendText()).error).toBeUndefined();
	});

	it('T40: loses it to a message that takes over', async () => {
		await listen();
		await deliverText(scene.engine, 'wf');
		await handover('control_taken', AT);
		expect((await sendText({ options: { takeOver: true } })).error).toBeUndefined();
		expect(await ownerNow()).toMatchObject({ who: 'automation' });
		expect((await sendText()).error).toBeUndefined();
	});

	it('E42: its copies start nothing, and tell of window, consent and owner', async () => {
		await listen();
		await standby({ messages: [textMessage({ body: 'STOP' })] });
		await standby({ message_echoes: [echo({ id: 'wamid.other' })] });
		expect(await triggered(scene.engine)).toEqual([]);
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			window: { state: 'open' },
			consent: { all: 'out' },
			owner: { who: 'otherResponder', since: iso(AT) },
		});
	});

	it("starts the workflow with 'Start Also in Standby'", async () => {
		await listen({ startForStandby: true });
		await standby({ messages: [textMessage()] });
		const [item] = await triggered(scene.engine);
		expect(item).toMatchObject({ standby: true, owner: { who: 'otherResponder' } });
		expect(problemsInVersion(1, item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
	});
});
