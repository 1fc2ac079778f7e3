import type { IDataObject } from 'n8n-workflow';

import { delivery, failedStatus, status } from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import { itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	conversationOf,
	deliver,
	HOUR,
	listener,
	listeningTrigger,
	messageNode,
	MINUTE,
	send,
	setClock,
	triggered,
	useScene,
} from './scene';
import { chosen, fields, workflowOf } from './workflows';

const scene = useScene();

const FREE_FORM = { text: 'We are open until eight.' };
const TEMPLATE = {
	operation: 'sendTemplate',
	template: chosen('bill|en_US'),
	templateFields: fields({ 'body:1': 'Ada' }),
};
/** How items name it. */
const OF_TEMPLATE = {
	templateName: 'bill',
	templateLanguage: 'en_US',
	templateCategory: 'UTILITY',
};
const OF_NO_TEMPLATE = { templateName: '', templateLanguage: '', templateCategory: '' };

beforeEach(async () => {
	addTemplate(scene, template([body('Hello {{1}}, your bill.', ['Grace'])], { name: 'bill' }));
	scene.engine.add(listener('wf', { registration: 'automatic', events: ['status'] }));
	await scene.engine.activate('wf');
	await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Are you open?' });
});

/** A status, of minute 12, of the only message that was sent; it names nobody unless told. */
function statusOfSent(rest: Parameters<typeof status>[0] = {}) {
	const [{ id, body: sent }] = scene.simulator.sent;
	const extra = { biz_opaque_callback_data: sent.biz_opaque_callback_data, ...rest.extra };
	const told = { id, recipient: undefined, timestamp: AT + 12 * MINUTE, ...rest, extra };
	return delivery({ statuses: [status(told)] });
}

const AT_10_MINUTES = '2026-11-20T12:10:00.000Z';

async function sendAt(seconds: number, parameters: Parameters<typeof send>[1]): Promise<void> {
	setClock(seconds);
	const { error } = await send(scene, parameters);
	expect(error).toBeUndefined();
}

describe('a status tells of its send', () => {
	it.each([
		['a template', TEMPLATE, OF_TEMPLATE],
		[
			'a template that was sent instead',
			{
				...FREE_FORM,
				to: '+15559990000',
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('bill|en_US'),
				fallbackTemplateFields: fields({ 'body:1': 'Ada' }),
			},
			OF_TEMPLATE,
		],
		['a free-form message', FREE_FORM, OF_NO_TEMPLATE],
	])('after a restart, by what WhatsApp brings back: %s', async (_what, parameters, expected) => {
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, parameters);
		const [{ id, to }] = scene.simulator.sent;
		scene.engine.restart();
		setClock(20 * MINUTE);
		await scene.simulator.redeliver(id);
		const common = {
			...expected,
			messageId: id,
			phone: `+${to.phone}`,
			sentAt: AT_10_MINUTES,
			trackingData: '',
			window: expect.objectContaining({ state: expect.any(String) }),
		};
		expect(await triggered(scene.engine)).toMatchObject([
			{ ...common, status: 'sent' },
			{ ...common, status: 'delivered' },
		]);
	});

	it('in another process of n8n, which did not send', async () => {
		scene.engine.worker = new NodeProcess();
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, TEMPLATE);
		await scene.simulator.redeliver(scene.simulator.sent[0].id);
		expect(await triggered(scene.engine)).toMatchObject([
			{ status: 'sent', contact: scene.simulator.userIdOf(CONTACT_PHONE), ...OF_TEMPLATE },
			{ status: 'delivered', ...OF_TEMPLATE },
		]);
	});

	it('though it names no contact', async () => {
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, TEMPLATE);
		scene.engine.restart();
		await deliver(scene.engine, 'wf', statusOfSent());
		expect(await triggered(scene.engine)).toMatchObject([{ phone: CONTACT, ...OF_TEMPLATE }]);
	});

	it('of which it is told before the send call has returned, and each once (rule E20)', async () => {
		scene.simulator.settings.statusesBeforeReply = true;
		await sendAt(10 * MINUTE, TEMPLATE);
		const [{ id }] = scene.simulator.sent;
		await scene.simulator.redeliver(id);
		const items = await triggered(scene.engine);
		expect(items).toMatchObject([
			{ messageId: id, status: 'sent', ...OF_TEMPLATE },
			{ messageId: id, status: 'delivered', ...OF_TEMPLATE },
		]);
	});

	it('in whatever order they come, each once', async () => {
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, FREE_FORM);
		setClock(12 * MINUTE);
		for (const state of ['delivered', 'sent', 'delivered', 'read', 'sent']) {
			await deliver(scene.engine, 'wf', statusOfSent({ status: state }));
		}
		const items = await triggered(scene.engine);
		expect(items.map((item) => item.status)).toEqual(['delivered', 'sent', 'read']);
		for (const item of items) expect(item).toMatchObject({ sentAt: AT_10_MINUTES });
	});

	it('which is never later than the status, whatever the clock of the server', async () => {
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, FREE_FORM);
		await deliver(scene.engine, 'wf', statusOfSent({ timestamp: AT + 9 * MINUTE }));
		expect(await triggered(scene.engine)).toMatchObject([{ sentAt: '2026-11-20T12:09:00.000Z' }]);
	});
});

describe("the user's own tracking data", () => {
	const OWN = { ...TEMPLATE, options: { trackingData: 'order-7' } };

	beforeEach(() => {
		scene.simulator.settings.statuses = 'held';
	});

	it('go out as they are; memory tells of the send', async () => {
		await sendAt(10 * MINUTE, OWN);
		expect(scene.simulator.sent[0].body.biz_opaque_callback_data).toBe('order-7');
		await deliver(scene.engine, 'wf', statusOfSent());
		expect(await triggered(scene.engine)).toMatchObject([
			{ trackingData: 'order-7', sentAt: AT_10_MINUTES, phone: CONTACT, ...OF_TEMPLATE },
		]);
	});

	it('are all that is known after a restart, beside what WhatsApp says', async () => {
		await sendAt(10 * MINUTE, OWN);
		scene.engine.restart();
		await deliver(scene.engine, 'wf', statusOfSent({ recipient: CONTACT_PHONE }));
		expect(await triggered(scene.engine)).toMatchObject([
			{ trackingData: 'order-7', sentAt: '', phone: CONTACT, ...OF_NO_TEMPLATE },
		]);
	});

	it('are none when they are the note of another message', async () => {
		await sendAt(0, { ...FREE_FORM });
		const note = String(scene.simulator.sent[0].body.biz_opaque_callback_data);
		await sendAt(10 * MINUTE, { ...FREE_FORM, options: { trackingData: note } });
		expect(scene.simulator.sent[1].body.biz_opaque_callback_data).not.toBe(note);
	});

	it('may be anything', async () => {
		const texts = ['n8n-nodes-whatsapp-conversations {"to":', 'n8n-nodes-whatsapp-conversations'];
		for (const [index, text] of texts.entries()) {
			const extra = { biz_opaque_callback_data: text };
			const entry = status({ id: `wamid.${index}`, extra });
			await deliver(scene.engine, 'wf', delivery({ statuses: [entry] }));
		}
		expect((await triggered(scene.engine)).map(({ trackingData }) => trackingData)).toEqual(texts);
	});
});

describe('a failed status', () => {
	it.each([
		[131047, 'windowClosed', 'never'],
		[131026, 'unreachable', 'never'],
		[130429, 'rateLimited', 'safe'],
		[4_711, 'unknown', 'never'],
		[0, 'unknown', 'never'],
	])('says what happened and what to do: %d', async (errorCode, errorKind, retry) => {
		const rest = errorCode === 0 ? { status: 'failed' } : { status: 'failed', errorCode };
		await deliver(scene.engine, 'wf', delivery({ statuses: [status(rest)] }));
		const [item] = await triggered(scene.engine);
		expect(item).toMatchObject({ errorCode, errorKind, retry });
		for (const sentence of [item.explanation, item.hint]) expect(sentence).toMatch(/^[A-Z].+\.$/);
		expect(item.explanation).not.toContain('access token');
	});

	it('has these words alone', async () => {
		await deliver(scene.engine, 'wf', delivery({ statuses: [status({ status: 'read' })] }));
		const [item] = await triggered(scene.engine);
		for (const key of ['errorKind', 'explanation', 'hint', 'retry']) {
			expect(item).not.toHaveProperty(key);
		}
	});

	/** A message that went out after 10 minutes is refused in the 12th, and n8n started anew. */
	async function refusedAfterRestart(): Promise<void> {
		scene.simulator.settings.statuses = 'held';
		await sendAt(10 * MINUTE, FREE_FORM);
		scene.engine.restart();
		setClock(20 * MINUTE);
		const refused = statusOfSent({ status: 'failed', errorCode: 131047 });
		await deliver(scene.engine, 'wf', refused);
	}

	it('closes the window from the time of the send, after a restart too (rule E31)', async () => {
		await refusedAfterRestart();
		expect(await triggered(scene.engine)).toMatchObject([
			{
				phone: CONTACT,
				userId: scene.simulator.userIdOf(CONTACT_PHONE),
				errorKind: 'windowClosed',
				sentAt: AT_10_MINUTES,
				window: { state: 'closed', openedAt: '2026-11-20T12:00:00.000Z' },
			},
		]);
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			window: { state: 'closed' },
			refusedAt: AT_10_MINUTES,
			maySend: {
				freeForm: {
					allowed: false,
					reason: 'windowClosedByProvider',
					explanation: expect.stringContaining('(131047)'),
				},
			},
		});
	});

	it('leaves it open to who has written since the send (rule E32)', async () => {
		await refusedAfterRestart();
		// Eleven minutes in: after the send, before the refusal.
		await scene.simulator.writes({
			from: CONTACT_PHONE,
			text: 'Hello?',
			agoSeconds: 9 * MINUTE,
		});
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject({
			window: { state: 'open', openedAt: '2026-11-20T12:11:00.000Z' },
			refusedAt: AT_10_MINUTES,
		});
	});

	it('is heeded by a node of its run in a worker, which has no other record', async () => {
		const trigger = listeningTrigger('answering', { events: ['status'] });
		const answer = messageNode({ ...FREE_FORM, whenWindowClosed: 'output' });
		scene.engine.add(workflowOf('answering', trigger, answer));
		await scene.engine.activate('answering');
		scene.engine.worker = new NodeProcess();
		const refused = failedStatus({ recipientUserId: CONTACT_USER_ID });
		await deliver(scene.engine, 'answering', delivery({ statuses: [refused] }));
		const runs = await scene.engine.settled();
		const closed = runs.flatMap((run) => itemsOf(run, 'WhatsApp', 1).map(({ json }) => json));
		expect(closed as IDataObject[]).toMatchObject([
			{ decision: { reason: 'windowClosedByProvider' } },
		]);
	});
});

it('a dry run shows the request without a note, which tells the time of a send', async () => {
	setClock(HOUR);
	const { items } = await send(scene, { ...FREE_FORM, options: { dryRun: true } });
	expect(items).toMatchObject([{ messageStatus: 'notSent' }]);
	expect(items[0].request).not.toHaveProperty('biz_opaque_callback_data');
});
