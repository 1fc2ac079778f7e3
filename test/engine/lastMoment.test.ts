import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { COLUMNS } from '../../nodes/core/state/table/tableRow';
import { DataTableServer } from '../dataTables/server';
import { body, header, template } from '../unit/templates/samples';

import { CREDENTIALS, itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	fileItem,
	HOUR,
	listener,
	MINUTE,
	send,
	sender,
	setClock,
	useScene,
	windowOf,
} from './scene';
import { chosen, fields } from './workflows';

/** What a decision must hold for: the moment at which the request leaves. */
const scene = useScene();

const UPLOAD = '/media';
const SEND = '/messages';
const DOCUMENT = { messageType: 'document', mediaSource: 'binary', binaryField: 'data' };
const item = () => fileItem('the bill', 'application/pdf', 'bill.pdf');
const OPTED_IN = { marketingConsent: 'off' };

const NEWS = {
	operation: 'sendTemplate',
	template: chosen('news|en_US'),
	templateFields: fields({ 'header:media': 'data' }),
	options: OPTED_IN,
};

beforeEach(async () => {
	addTemplate(
		scene,
		template([header('DOCUMENT'), body('News')], { name: 'news', category: 'MARKETING' }),
	);
	addTemplate(scene, template([body('We have an answer.')], { name: 'come_back' }));
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
	await writes('Hello?');
});

async function writes(text: string): Promise<void> {
	await scene.simulator.writes({ from: CONTACT_PHONE, text });
	await scene.simulator.settled();
}

const closes = () => setClock(25 * HOUR);
const stops = async () => await writes('STOP');
const sentTypes = () => scene.simulator.sent.map(({ type }) => type);
const uploads = () => scene.simulator.requests.filter(({ path }) => path.endsWith(UPLOAD)).length;

describe('while the file goes up', () => {
	it('the window closes: nothing goes out, and the error says so', async () => {
		scene.simulator.meanwhile(UPLOAD, closes);
		const { error } = await send(scene, DOCUMENT, { items: [item()] });
		expect(error?.message).toContain('window closed');
		expect(sentTypes()).toEqual([]);
	});

	it("the window closes: the item goes to the output 'Window Closed'", async () => {
		scene.simulator.meanwhile(UPLOAD, closes);
		const { second } = await send(
			scene,
			{ ...DOCUMENT, whenWindowClosed: 'output' },
			{ items: [item()] },
		);
		expect(second).toMatchObject([{ decision: { allowed: false, reason: 'windowClosed' } }]);
		expect(sentTypes()).toEqual([]);
	});

	it('the window closes: the template goes out instead', async () => {
		scene.simulator.meanwhile(UPLOAD, closes);
		const { items } = await send(
			scene,
			{
				...DOCUMENT,
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('come_back|en_US'),
				fallbackTemplateFields: fields({}),
			},
			{ items: [item()] },
		);
		expect(items).toMatchObject([
			{
				sentAs: 'template',
				decision: { reason: 'sentTemplateInstead', window: { state: 'closed' } },
			},
		]);
		expect(sentTypes()).toEqual(['template']);
	});

	it('the contact stops: an answer is held back where that was asked for', async () => {
		scene.simulator.meanwhile(UPLOAD, stops);
		const options = { blockRepliesAfterOptOut: true };
		const { error } = await send(scene, { ...DOCUMENT, options }, { items: [item()] });
		expect(error?.message).toContain('opted out');
		expect(sentTypes()).toEqual([]);
	});

	it('the contact stops: an answer that goes out tells the decision that held', async () => {
		scene.simulator.meanwhile(UPLOAD, stops);
		const { items } = await send(scene, DOCUMENT, { items: [item()] });
		expect(items).toMatchObject([
			{ decision: { reason: 'replyAfterOptOut', consent: { state: 'out' } } },
		]);
	});

	it('the contact stops: a template is held back', async () => {
		scene.simulator.meanwhile(UPLOAD, stops);
		const { error } = await send(scene, NEWS, { items: [item()] });
		expect(error?.message).toContain('opted out');
		expect(sentTypes()).toEqual([]);
	});

	const INSTEAD = {
		text: 'Hello',
		whenWindowClosed: 'template',
		fallbackTemplate: chosen('news|en_US'),
		fallbackTemplateFields: fields({ 'header:media': 'data' }),
		options: OPTED_IN,
	};

	it('of the template that goes out instead, the contact stops: it is held back', async () => {
		closes();
		scene.simulator.meanwhile(UPLOAD, stops);
		const options = { ...OPTED_IN, blockRepliesAfterOptOut: true };
		const { error } = await send(scene, { ...INSTEAD, options }, { items: [item()] });
		expect(error?.message).toContain('opted out');
		expect(sentTypes()).toEqual([]);
	});

	it('of the template that goes out instead, the contact writes: the message itself goes out', async () => {
		closes();
		scene.simulator.meanwhile(UPLOAD, async () => await writes('Are you there?'));
		const { items } = await send(scene, INSTEAD, { items: [item()] });
		expect(items).toMatchObject([{ sentAs: 'freeForm', decision: { reason: 'windowOpen' } }]);
		expect(sentTypes()).toEqual(['text']);
	});

	it('things change to and fro: each file goes up once', async () => {
		scene.simulator.meanwhile(UPLOAD, closes);
		scene.simulator.meanwhile(UPLOAD, async () => await writes('Are you there?'));
		const { items } = await send(scene, { ...INSTEAD, ...DOCUMENT }, { items: [item()] });
		expect(items).toMatchObject([{ sentAs: 'freeForm' }]);
		expect(uploads()).toBe(2);
	});

	it('another process of n8n records the stop in the table', async () => {
		const server = await DataTableServer.start();
		try {
			const stateTable = chosen(server.tables.add('state', COLUMNS));
			scene.engine.credential.n8nDataTableApi = { baseUrl: `${server.url}/`, apiKey: 'the-key' };
			const credentials = { ...CREDENTIALS, n8nDataTableApi: { id: '2', name: 'Tables' } };
			const inTable: INodeParameters = { stateStore: 'dataTable', stateTable };
			const elsewhere = async () => {
				await new Promise((resolve) => setTimeout(resolve, 1_100));
				const { worker } = scene.engine;
				scene.engine.worker = new NodeProcess();
				const { error } = await send(
					scene,
					{
						...inTable,
						resource: 'conversation',
						operation: 'recordConsent',
						contact: CONTACT,
						state: 'opted_out',
					},
					{ node: { credentials } },
				);
				scene.engine.worker = worker;
				expect(error).toBeUndefined();
			};
			scene.simulator.meanwhile(UPLOAD, elsewhere);
			const { error } = await send(
				scene,
				{ ...NEWS, ...inTable },
				{ items: [item()], node: { credentials } },
			);
			expect(error?.message).toContain('opted out');
			expect(sentTypes()).toEqual([]);
		} finally {
			await scene.engine.settled();
			await server.stop();
		}
	});
});

describe('between two tries', () => {
	const TEXT = { text: 'Yes, until eight.' };

	/** Meta says that a limit is reached, and something happens meanwhile. */
	function pauses(happens: () => unknown): void {
		scene.simulator.failNext({ code: 130429, path: SEND });
		scene.simulator.meanwhile(SEND, happens);
	}

	it('the window closes: the message is not tried again', async () => {
		pauses(closes);
		expect((await send(scene, TEXT)).error?.message).toContain('window closed');
		expect(sentTypes()).toEqual([]);
	});

	it('the window closes: the reaction is not tried again', async () => {
		pauses(closes);
		const reaction = { operation: 'react', messageId: 'wamid.x', emoji: '👍' };
		expect((await send(scene, reaction)).error?.message).toMatch(/reaction/i);
		expect(sentTypes()).toEqual([]);
	});

	it('the contact stops: the template is not tried again', async () => {
		pauses(stops);
		const { error } = await send(scene, NEWS, { items: [item()] });
		expect(error?.message).toContain('opted out');
		expect(sentTypes()).toEqual([]);
	});

	it('the contact stops: the HSM is not tried again', async () => {
		pauses(stops);
		const language = { policy: 'deterministic', code: 'en_US' };
		const hsm = { namespace: 'a1b2', element_name: 'come_back', language, localizable_params: [] };
		const { error } = await send(scene, {
			text: JSON.stringify({ type: 'hsm', hsm }),
			options: { convertHaptikPayload: true },
		});
		expect(error?.message).toContain('opted out');
		expect(sentTypes()).toEqual([]);
	});
});

describe('between the parts of a long text', () => {
	const PARTS = ['a', 'b', 'c'].map((letter) => letter.repeat(4000));
	const LONG = { text: PARTS.join('\n\n'), options: { splitLongText: true } };

	it('the window closes: what did not go out is told, and no try sends anything twice', async () => {
		scene.simulator.meanwhile(SEND, closes);
		const { items } = await send(
			scene,
			{
				...LONG,
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('come_back|en_US'),
				fallbackTemplateFields: fields({}),
			},
			{
				node: {
					onError: 'continueRegularOutput',
					retryOnFail: true,
					maxTries: 2,
					waitBetweenTries: 1,
				},
			},
		);
		expect(items).toMatchObject([
			{
				error: expect.stringMatching(/^Only 1 of 3 parts of the text went out: .*closed/),
				details: { kind: 'windowClosed', retry: 'risky', decision: { reason: 'windowClosed' } },
			},
		]);
		expect(sentTypes()).toEqual(['text']);
	});
});

describe('a refusal that comes at once', () => {
	const facts = async () => await conversationOf(scene.engine, 'inbox');
	const refuses = (code: number) => scene.simulator.failNext({ code, path: SEND });

	it.each<[string, INodeParameters]>([
		['Send', { text: 'Hello' }],
		['Send Anyway', { text: 'Hello', whenWindowClosed: 'sendAnyway' }],
		['React', { operation: 'react', messageId: 'wamid.x', emoji: '👍' }],
		['a part of a text', { text: `${'a'.repeat(4000)}\n\nb`, options: { splitLongText: true } }],
		['Send Template', { operation: 'sendTemplate', template: chosen('come_back|en_US') }],
	])('131047 closes the window: %s', async (_what, parameters) => {
		refuses(131047);
		const { error } = await send(scene, { templateFields: fields({}), ...parameters });
		expect(error).toBeDefined();
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
		const next = await send(scene, { text: 'Hello' });
		expect(next.error?.message).toContain('refused');
		expect(sentTypes()).toEqual([]);
	});

	it('Send Anyway says what it has learned', async () => {
		refuses(131047);
		const { error } = await send(scene, { text: 'Hello', whenWindowClosed: 'sendAnyway' });
		expect(error?.message).toContain('counts as closed from now on');
	});

	/** A marketing template, and one that goes out instead of a message. */
	const PATHS: Array<[string, INodeParameters]> = [
		['Send Template', NEWS],
		[
			'a template instead',
			{
				text: 'Hello',
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('news|en_US'),
				fallbackTemplateFields: fields({ 'header:media': 'data' }),
				options: OPTED_IN,
			},
		],
	];

	it.each(PATHS)('131050 stops marketing, also after a restart: %s', async (_what, parameters) => {
		closes();
		refuses(131050);
		const first = await send(scene, parameters, { items: [item()] });
		expect(first.error?.message).toContain('opted out of marketing');
		const { workflowId } = scene.engine.executions[scene.engine.executions.length - 1];
		scene.engine.restart();
		await scene.engine.run(workflowId, { items: [item()] });
		expect(sentTypes()).toEqual([]);
		const { error } = await send(scene, parameters, { items: [item()] });
		expect(error?.message).toContain('stopped marketing');
	});

	it.each(PATHS)('131049 pauses marketing for a day: %s', async (_what, parameters) => {
		closes();
		refuses(131049);
		expect((await send(scene, parameters, { items: [item()] })).error).toBeDefined();
		const { error } = await send(scene, parameters, { items: [item()] });
		expect(error?.message).toMatch(/held|limit/i);
		expect(sentTypes()).toEqual([]);
		setClock(50 * HOUR);
		expect((await send(scene, parameters, { items: [item()] })).error).toBeUndefined();
	});

	it('counts from the contact’s last message, where our clock is behind', async () => {
		// The contact's message is a minute ahead of us.
		setClock(-MINUTE);
		refuses(131047);
		await send(scene, { text: 'Hello', whenWindowClosed: 'sendAnyway' });
		setClock(0);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
		expect(await facts()).toBeDefined();
	});
});

describe('the confirmation of an opt-out', () => {
	const confirm = async () =>
		await send(scene, {
			text: 'You will get no more news.',
			options: { confirmsOptOut: true, blockRepliesAfterOptOut: true },
		});

	it('goes out once, though several executions send it at once', async () => {
		await stops();
		scene.simulator.settings.latencyMs = 50;
		const all = await Promise.all([confirm(), confirm(), confirm()]);
		expect(sentTypes()).toEqual(['text']);
		expect(all.map(({ error }) => error === undefined).sort()).toEqual([false, false, true]);
	});

	it('goes out by the second one, if the first is refused', async () => {
		await stops();
		scene.simulator.settings.latencyMs = 50;
		scene.simulator.failNext({ code: 131026, path: SEND });
		const all = await Promise.all([confirm(), confirm()]);
		expect(sentTypes()).toEqual(['text']);
		expect(all.filter(({ error }) => error === undefined)).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	const COUNT = 201;

	it('sends nothing twice of a list', async () => {
		scene.simulator.settings.statuses = 'held';
		const contacts = Array.from({ length: COUNT }, (_, i) => `+1650${1_000_000 + i}`);
		const items = contacts.map((contact) => ({ json: { contact } as IDataObject }));
		// The first one tells n8n that the run has failed.
		items[0].json.contact = 'nobody';
		const parameters = {
			operation: 'sendTemplate',
			template: chosen('come_back|en_US'),
			templateFields: fields({}),
			options: { messagesPerSecond: 1_000 },
		};
		const tries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		scene.engine.add(sender('list', parameters, { onError: 'continueRegularOutput', ...tries }));
		const run = await scene.engine.run('list', { items });
		expect(itemsOf(run, 'WhatsApp')).toHaveLength(COUNT);
		const sentTo = scene.simulator.sent.map(({ to }) => to.phone);
		const doubled = sentTo.length - new Set(sentTo).size;
		expect({ sent: sentTo.length, doubled }).toEqual({ sent: COUNT - 1, doubled: 0 });
	});
});
