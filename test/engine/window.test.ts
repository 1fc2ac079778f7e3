import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { body, template } from '../unit/templates/samples';

import { itemsOf } from './engine';
import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	deliverText,
	doings,
	HOUR,
	listener,
	listeningTrigger,
	messageNode,
	MINUTE,
	NUMBER_ID,
	send,
	setClock,
	triggered,
	useScene,
	windowOf,
	type Sent,
} from './scene';
import { chosen, fields, nodeOf, workflowOf } from './workflows';

const scene = useScene();

const TEXT = 'We are open until eight.';
const FALLBACK = {
	whenWindowClosed: 'template',
	fallbackTemplate: chosen('come_back|en_US'),
	fallbackTemplateFields: fields({ 'body:1': 'Ada' }),
};
const RENDERED = 'Hello Ada, we have an answer for you. Reply to read it.';

beforeEach(async () => {
	const text = 'Hello {{1}}, we have an answer for you. Reply to read it.';
	addTemplate(scene, template([body(text, ['Grace'])], { name: 'come_back' }));
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
});

type State = 'open' | 'closed' | 'unknown';

/** Brings the contact's window into a state. */
async function arrange(state: State): Promise<void> {
	if (state === 'unknown') return;
	await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Are you open?' });
	await scene.engine.settled();
	if (state === 'closed') setClock(25 * HOUR);
}

const sentTypes = () => scene.simulator.sent.map(({ type }) => type);

describe('when the window is', () => {
	const FREE = 'text';
	const TEMPLATE = 'template';

	/** What goes out, where the item goes, and why. */
	const TABLE: Array<[State, string, string, string | undefined, string, string]> = [
		['open', 'stop', 'treatAsClosed', FREE, 'first', 'windowOpen'],
		['open', 'output', 'treatAsClosed', FREE, 'first', 'windowOpen'],
		['open', 'template', 'treatAsClosed', FREE, 'first', 'windowOpen'],
		['open', 'sendAnyway', 'treatAsClosed', FREE, 'first', 'windowOpen'],
		['open', 'stop', 'try', FREE, 'first', 'windowOpen'],
		['closed', 'stop', 'treatAsClosed', undefined, 'error', 'windowClosed'],
		['closed', 'output', 'treatAsClosed', undefined, 'second', 'windowClosed'],
		['closed', 'template', 'treatAsClosed', TEMPLATE, 'first', 'sentTemplateInstead'],
		['closed', 'sendAnyway', 'treatAsClosed', FREE, 'first', 'sentAnyway'],
		['closed', 'stop', 'try', undefined, 'error', 'windowClosed'],
		['closed', 'output', 'try', undefined, 'second', 'windowClosed'],
		['closed', 'template', 'try', TEMPLATE, 'first', 'sentTemplateInstead'],
		['closed', 'sendAnyway', 'try', FREE, 'first', 'sentAnyway'],
		['unknown', 'stop', 'treatAsClosed', undefined, 'error', 'windowUnknown'],
		['unknown', 'output', 'treatAsClosed', undefined, 'second', 'windowUnknown'],
		['unknown', 'template', 'treatAsClosed', TEMPLATE, 'first', 'sentTemplateInstead'],
		['unknown', 'sendAnyway', 'treatAsClosed', FREE, 'first', 'sentAnyway'],
		['unknown', 'stop', 'try', FREE, 'first', 'windowUnknownTried'],
		['unknown', 'output', 'try', FREE, 'first', 'windowUnknownTried'],
		['unknown', 'template', 'try', FREE, 'first', 'windowUnknownTried'],
		['unknown', 'sendAnyway', 'try', FREE, 'first', 'windowUnknownTried'],
	];

	it.each(TABLE)(
		"%s, with '%s' and '%s': %s goes out, %s, %s",
		async (state, whenWindowClosed, whenWindowUnknown, goesOut, where, reason) => {
			await arrange(state);
			const before = scene.simulator.requests.length;
			const sent = await send(
				scene,
				{ text: TEXT, ...FALLBACK, whenWindowClosed, whenWindowUnknown },
				{ node: where === 'error' ? { onError: 'continueRegularOutput' } : {} },
			);
			expect(sentTypes()).toEqual(goesOut === undefined ? [] : [goesOut]);
			const [item] = where === 'second' ? sent.second : sent.items;
			expect([sent.items.length, sent.second.length]).toEqual(where === 'second' ? [0, 1] : [1, 0]);
			const decision = decisionIn(item);
			expect(decision).toMatchObject({
				allowed: goesOut !== undefined,
				reason,
				explanation: expect.stringMatching(/^[A-Z].*\.$/),
				window: { state },
			});
			expect(item.sentAs).toBe(
				{ text: 'freeForm', template: 'template', none: where === 'error' ? undefined : null }[
					goesOut ?? 'none'
				],
			);
			if (goesOut === undefined) expect(scene.simulator.requests.slice(before)).toEqual([]);
		},
	);

	function decisionIn(item: IDataObject): unknown {
		return item.decision ?? (item.details as IDataObject).decision;
	}
});

describe("'Stop With an Error'", () => {
	it('is the default', async () => {
		await arrange('closed');
		expect((await send(scene, { text: TEXT })).error).toBeDefined();
		expect(scene.simulator.sent).toEqual([]);
	});

	it('says when the window closed and what can be done', async () => {
		await arrange('closed');
		const { error } = await send(scene, { text: TEXT });
		expect(error?.message).toContain('20 Nov 2026, 12:00');
		expect(error?.message).toContain('closed at 21 Nov 2026, 11:59');
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toContain("'Send a Template Instead'");
	});

	it('says that nothing is on record', async () => {
		const { error } = await send(scene, { text: TEXT });
		expect(error?.message).toContain('cannot be confirmed');
		expect(error?.description).toContain("'Contact's Last Message At'");
	});
});

describe("the output 'Window Closed'", () => {
	it('passes the contact on with the reason', async () => {
		await arrange('closed');
		const { second } = await send(scene, { text: TEXT, whenWindowClosed: 'output' });
		expect(second).toEqual([
			{
				messageId: null,
				contact: CONTACT,
				phone: CONTACT,
				userId: '',
				sentAs: null,
				reason: 'windowClosed',
				explanation: expect.stringMatching(
					/24-hour window closed at .{18} \(safety margin: 1 minute\), /,
				),
				decision: expect.objectContaining({ allowed: false, reason: 'windowClosed' }),
			},
		]);
	});

	it('separates the items of one run, and keeps their pairs', async () => {
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello' });
		const items = ['+4915112345678', CONTACT, '+4915112345679'].map((contact) => ({
			json: { contact },
		}));
		const { run } = await send(scene, { text: TEXT, whenWindowClosed: 'output' }, { items });
		expect(itemsOf(run, 'WhatsApp', 0).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(itemsOf(run, 'WhatsApp', 1).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
		]);
		expect(scene.simulator.sent).toHaveLength(1);
	});
});

describe("'Send a Template Instead'", () => {
	it('sends the template with its values and shows how it reads', async () => {
		await arrange('closed');
		const { items } = await send(scene, { text: TEXT, ...FALLBACK });
		expect(scene.simulator.sent[0].body.template).toMatchObject({
			name: 'come_back',
			language: { code: 'en_US' },
			components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] }],
		});
		expect(items).toMatchObject([
			{
				sentAs: 'template',
				messageStatus: 'accepted',
				preview: { body: RENDERED, text: RENDERED },
			},
		]);
		expect(scene.simulator.failuresOutsideWindow()).toEqual([]);
	});

	it('does not open the window', async () => {
		await arrange('closed');
		await send(scene, { text: TEXT, ...FALLBACK });
		await scene.simulator.settled();
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
		await send(scene, { text: TEXT, ...FALLBACK });
		expect(sentTypes()).toEqual(['template', 'template']);
	});

	it('checks the free-form message all the same', async () => {
		await arrange('closed');
		const { error } = await send(scene, { text: '={{ "" }}', ...FALLBACK });
		expect(error?.message).toContain("'Text'");
		expect(scene.simulator.sent).toEqual([]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a value is missing', { fallbackTemplateFields: fields({}) }, /No value for/],
		[
			'a value has a line break',
			{ fallbackTemplateFields: fields({ 'body:1': 'Ada\nLovelace' }) },
			/line break/,
		],
		[
			'there is no such template',
			{ fallbackTemplate: chosen('gone|en_US') },
			/'Template Instead' was not sent either: 'Template Instead' names 'gone'/,
		],
		['no template was chosen', { fallbackTemplate: chosen('={{ "" }}') }, /'Template/],
	])('sends nothing at all when %s, and says both reasons', async (_what, parameters, text) => {
		await arrange('closed');
		const { error } = await send(scene, { text: TEXT, ...FALLBACK, ...parameters });
		expect(error?.message).toMatch(/^The window closed at 21 Nov 2026, 11:59/);
		expect(error?.message).toMatch(text);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('does not ask for the template while the window is open', async () => {
		await arrange('open');
		const before = scene.simulator.requests.length;
		await send(scene, { text: TEXT, ...FALLBACK, fallbackTemplate: chosen('gone|en_US') });
		expect(scene.simulator.requests.slice(before).map(({ method }) => method)).toEqual(['POST']);
	});

	it('is not sent to somebody who has not agreed to marketing', async () => {
		addTemplate(scene, template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
		await arrange('closed');
		const { error } = await send(scene, {
			text: TEXT,
			...FALLBACK,
			fallbackTemplate: chosen('sale|en_US'),
			fallbackTemplateFields: fields(null),
		});
		expect(error?.message).toMatch(/the template 'sale' was not sent either: .*opt-in/i);
		expect(scene.simulator.sent).toEqual([]);
	});
});

describe("WhatsApp's own word", () => {
	it('closes the window when it comes later, for this contact and the next message', async () => {
		await send(scene, { text: TEXT, whenWindowUnknown: 'try' });
		await scene.simulator.settled();
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
		const { error } = await send(scene, { text: TEXT, whenWindowUnknown: 'try' });
		expect(error?.message).toContain('131047');
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('closes it for a contact of whom the status says nothing, by the message that was sent', async () => {
		await send(scene, { text: TEXT, whenWindowUnknown: 'try', to: CONTACT_USER_ID });
		await scene.simulator.settled();
		expect(await windowOf(scene.engine, 'inbox', CONTACT_USER_ID)).toMatchObject({
			state: 'closed',
		});
	});

	it.each<[string, string[], string]>([
		['template', ['template'], 'sentTemplateInstead'],
		['output', [], 'windowClosedByProvider'],
		['stop', [], 'windowClosedByProvider'],
	])('when it comes at once leads to what was chosen: %s', async (setting, goesOut, reason) => {
		scene.simulator.settings.windowRefusal = 'atOnce';
		const { items, second } = await send(
			scene,
			{ text: TEXT, ...FALLBACK, whenWindowClosed: setting, whenWindowUnknown: 'try' },
			{ node: setting === 'stop' ? { onError: 'continueRegularOutput' } : {} },
		);
		expect(sentTypes()).toEqual(goesOut);
		expect([...items, ...second]).toEqual([
			setting === 'stop'
				? expect.objectContaining({
						details: expect.objectContaining({ decision: expect.objectContaining({ reason }) }),
					})
				: expect.objectContaining({ decision: expect.objectContaining({ reason }) }),
		]);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
	});

	it("is an error with 'Send Anyway'", async () => {
		scene.simulator.settings.windowRefusal = 'atOnce';
		const { error } = await send(scene, { text: TEXT, whenWindowClosed: 'sendAnyway' });
		expect(error?.description).toContain('131047');
		expect(doings(scene).filter((one) => one.endsWith('/messages'))).toHaveLength(1);
	});
});

describe("'Contact's Last Message At'", () => {
	const at = (contactLastMessageAt: string, more = {}) => ({
		text: TEXT,
		options: { contactLastMessageAt, ...more },
	});

	it.each([
		'2026-11-20T11:00:00Z',
		'2026-11-20T12:00:00+01:00',
		// The workflow's time zone, which is UTC here.
		'2026-11-20T11:00:00',
		'2026-11-20 11:00:00',
		`={{ ${AT - HOUR} }}`,
		`={{ DateTime.fromSeconds(${AT - HOUR}) }}`,
		`={{ new Date(${(AT - HOUR) * 1000}) }}`,
	])('opens the window: %s', async (value) => {
		const { items, error } = await send(scene, at(value));
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{ decision: { reason: 'windowOpen', window: { openedAt: '2026-11-20T11:00:00.000Z' } } },
		]);
	});

	it('leaves it closed when it is too long ago', async () => {
		const { error } = await send(scene, at('2026-11-18T11:00:00Z'));
		expect(error?.message).toContain('closed at 19 Nov 2026, 10:59');
	});

	it('may be a minute ahead of the clock here, and counts no further than now', async () => {
		const { items } = await send(scene, at('2026-11-20T12:01:00Z'));
		expect(items).toMatchObject([
			{ decision: { window: { openedAt: '2026-11-20T12:00:00.000Z' } } },
		]);
	});

	it.each(['2026-11-20T12:01:01Z', '2099-01-01', '={{ $now.plus({ hours: 1 }) }}'])(
		'is refused in the future: %s',
		async (value) => {
			const { error } = await send(scene, at(value));
			expect(error?.message).toMatch(
				/^'Contact's Last Message At' is '.*', which lies in the future\. \[item 0\]$/,
			);
			expect(doings(scene).filter((one) => one.endsWith('/messages'))).toEqual([]);
		},
	);

	it.each(['', '={{ $json.nothing }}', '={{ "" }}', '={{ null }}'])(
		'opens nothing when it is empty: %j',
		async (value) => {
			const { error } = await send(scene, at(value));
			expect(error?.message).toContain('so the window cannot be confirmed');
		},
	);

	it('is joined with what is on record: the later one counts', async () => {
		await arrange('open');
		setClock(HOUR);
		const { items } = await send(scene, at('2026-11-19T13:00:00Z'));
		expect(items).toMatchObject([
			{ decision: { window: { openedAt: '2026-11-20T12:00:00.000Z' } } },
		]);
	});

	it('is not kept', async () => {
		// The contact did write, but nothing told us.
		await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello', deliver: false });
		await send(scene, at('2026-11-20T11:00:00Z'));
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'unknown' });
	});

	it('goes with a safety margin of one’s own', async () => {
		setClock(23 * HOUR + 58 * MINUTE);
		const { error } = await send(scene, at('2026-11-20T12:00:00Z', { safetyMargin: 3600 }));
		expect(error?.message).toContain('closed at 21 Nov 2026, 11:00');
	});
});

describe('who knows the window', () => {
	/** A workflow that answers what starts it. */
	function answering(id: string): void {
		scene.engine.add(
			workflowOf(
				id,
				listeningTrigger(id),
				nodeOf('Between', 'test.writer'),
				messageNode({ text: TEXT, to: "={{ $('Trigger').item.json.contact }}" }),
			),
		);
	}

	const reply = async (): Promise<IDataObject[]> => {
		const runs = await scene.engine.settled();
		return itemsOf(runs[runs.length - 1], 'WhatsApp').map(({ json }) => json);
	};

	it('a reply in the run that the message started', async () => {
		answering('answering');
		await scene.engine.activate('answering');
		await deliverText(scene.engine, 'answering');
		expect(await reply()).toMatchObject([
			{ sentAs: 'freeForm', decision: { reason: 'windowOpen' } },
		]);
	});

	it('a workflow without a trigger', async () => {
		await arrange('open');
		const { items } = await send(scene, { text: TEXT });
		expect(items).toMatchObject([{ decision: { reason: 'windowOpen' } }]);
	});

	it('a workflow without a trigger after a restart, once it has run before', async () => {
		await arrange('open');
		await send(scene, { text: TEXT });
		const id = scene.engine.executions[scene.engine.executions.length - 1].workflowId;
		scene.engine.restart();
		expect(await windowOf(scene.engine, id)).toMatchObject({ state: 'open' });
	});

	it('nobody for another business number', async () => {
		scene.simulator.addBusinessNumber({ id: '106540352242933', phone: '15550783882' });
		await arrange('open');
		const { error } = await send(scene, {
			text: TEXT,
			businessNumber: chosen('106540352242933'),
		});
		expect(error?.message).toContain('106540352242933');
		expect(scene.simulator.sent).toEqual([]);
	});

	it('a workflow that has never run, first after a restart: the trigger is asked for it', async () => {
		await arrange('open');
		scene.engine.restart();
		scene.engine.add(listener('newcomer'));
		expect(await windowOf(scene.engine, 'newcomer')).toMatchObject({ state: 'open' });
	});

	it('an unknown contact is closed only after a day of watching without a gap', async () => {
		setClock(24 * HOUR - 1);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'unknown' });
		setClock(24 * HOUR);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
		scene.engine.restart();
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'unknown' });
		await deliverText(scene.engine, 'inbox', { from: '4915112345678', userId: undefined });
		setClock(48 * HOUR - 1);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'unknown' });
		setClock(48 * HOUR);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'closed' });
	});

	describe('in the queue mode of n8n', () => {
		beforeEach(() => {
			scene.engine.worker = new NodeProcess();
		});

		it('a reply in the run that the message started, by the item of the trigger', async () => {
			answering('answering');
			await scene.engine.activate('answering');
			await deliverText(scene.engine, 'answering');
			expect(await reply()).toMatchObject([
				{ sentAs: 'freeForm', decision: { reason: 'windowOpen' } },
			]);
		});

		it('a reply to a contact without a phone number', async () => {
			answering('answering');
			await scene.engine.activate('answering');
			await deliverText(scene.engine, 'answering', { from: '' });
			expect(await reply()).toMatchObject([{ contact: CONTACT_USER_ID, sentAs: 'freeForm' }]);
		});

		it('nobody in another worker: there it is unknown, never closed', async () => {
			await arrange('open');
			scene.engine.worker = new NodeProcess();
			const { error } = await send(scene, { text: TEXT });
			expect(error?.message).toContain('cannot be confirmed');
		});

		it('and no worker overwrites what the main process has saved', async () => {
			await scene.simulator.writes({ from: '4915112345678', text: 'Hello' });
			await scene.engine.settled();
			const { worker } = scene.engine;
			scene.engine.worker = undefined;
			await scene.simulator.writes({ from: '4915112345679', text: 'Hello' });
			await scene.engine.settled();
			const saved = scene.engine.staticData('inbox');
			expect(saved).not.toBeNull();

			scene.engine.worker = worker;
			await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello' });
			await scene.engine.run('inbox', {
				startNode: 'Ask',
				items: [{ json: { contact: CONTACT } }],
			});
			await scene.engine.settled();
			expect(scene.engine.staticData('inbox')).toEqual(saved);
		});
	});
});

it('what the books of the simulator say is what the nodes say, hour by hour', async () => {
	await arrange('open');
	for (let hours = 0; hours <= 26; hours++) {
		setClock(hours * HOUR);
		const { open } = scene.simulator.windowOf(NUMBER_ID, CONTACT_PHONE);
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({
			// The margin of a minute.
			state: hours * HOUR >= 24 * HOUR - MINUTE ? 'closed' : 'open',
		});
		const { items }: Sent = await send(scene, { text: TEXT, whenWindowClosed: 'output' });
		expect(items.length).toBe(open ? 1 : 0);
	}
	expect(scene.simulator.failuresOutsideWindow()).toEqual([]);
	expect(await triggered(scene.engine)).toHaveLength(1);
});
