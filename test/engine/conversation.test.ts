import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CONTACT_NAME, delivery, echo } from '../unit/events/payloads';

import { itemsOf } from './engine';
import {
	addTemplate,
	AT,
	CONTACT,
	conversationOf,
	deliver,
	deliverText,
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

const scene = useScene();

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** Runs one of the recording operations for the contact, in the workflow 'wf'. */
async function record(operation: string, parameters: Record<string, unknown>) {
	const { items, error } = await send(scene, {
		resource: 'conversation',
		operation,
		contact: '={{ $json.contact }}',
		...(parameters as object),
	});
	if (error) throw error;
	return items[0];
}

describe('Record Inbound', () => {
	it('opens the window from the time given, for all workflows, also after a restart', async () => {
		const at = AT - 3600;
		expect(await record('recordInbound', { at: iso(at) })).toMatchObject({
			contact: CONTACT,
			lastMessageAt: iso(at),
			window: { state: 'open', openedAt: iso(at) },
		});
		scene.engine.add(listener('other'));
		expect(await windowOf(scene.engine, 'other')).toMatchObject({ state: 'open' });

		scene.engine.restart();
		expect(await windowOf(scene.engine, 'sender 0')).toMatchObject({ openedAt: iso(at) });
	});

	it.each([
		['a database', '2026-11-20 10:30:00'],
		['a Unix time', `={{ ${AT - 5_400} }}`],
		['a Unix time as text', String(AT - 5_400)],
		['milliseconds', `={{ ${(AT - 5_400) * 1000} }}`],
		['a DateTime', `={{ $now.minus({ minutes: 90 }) }}`],
		['a Date', `={{ new Date(${(AT - 5_400) * 1000}) }}`],
	])('reads the time of %s', async (_what, at) => {
		expect(await record('recordInbound', { at })).toMatchObject({ lastMessageAt: iso(AT - 5_400) });
	});

	it('takes nothing back', async () => {
		await record('recordInbound', { at: '={{ $now }}' });
		expect(await record('recordInbound', { at: iso(AT - 600) })).toMatchObject({
			lastMessageAt: iso(AT),
		});
	});

	it('allows a minute between two clocks, and opens no window for longer than a day', async () => {
		expect(await record('recordInbound', { at: iso(AT + 60) })).toMatchObject({
			lastMessageAt: iso(AT),
		});
	});

	it.each([
		[{}, "'Last Message At' is empty. [item 0]"],
		[{ at: '' }, "'Last Message At' is empty. [item 0]"],
		[
			{ at: '={{ $json.lastMessage }}' },
			"'Last Message At' is empty: its expression gave nothing. [item 0]",
		],
		[{ at: '={{ null }}' }, "'Last Message At' is empty: its expression gave nothing. [item 0]"],
		[
			{ at: '= {{ $json.lastMessage }}' },
			"'Last Message At' is empty: its expression gave nothing. [item 0]",
		],
		[
			{ at: iso(AT + 61) },
			`'Last Message At' is '${iso(AT + 61)}', which lies in the future. [item 0]`,
		],
		[{ at: '2099-01-01' }, "'Last Message At' is '2099-01-01', which lies in the future. [item 0]"],
		[{ at: '0' }, "'Last Message At' is '0', which is not a date and time. [item 0]"],
	])('opens no window for %j', async (parameters, message) => {
		await expect(record('recordInbound', parameters)).rejects.toMatchObject({
			message,
			description: expect.stringMatching(/^(Give|See that) .*\.$/),
		});
		expect(await windowOf(scene.engine, 'sender 0')).toMatchObject({
			state: 'unknown',
			openedAt: null,
		});
	});

	it('says what is no time', async () => {
		await expect(record('recordInbound', { at: 'yesterday' })).rejects.toMatchObject({
			message: expect.stringContaining("'Last Message At' is 'yesterday'"),
		});
	});
});

describe('Record Consent', () => {
	const marketing = async () =>
		await send(scene, {
			operation: 'sendTemplate',
			template: chosen('sale|en_US'),
			templateFields: fields({}),
		});

	beforeEach(() => {
		addTemplate(scene, {
			name: 'sale',
			category: 'MARKETING',
			components: [{ type: 'BODY', text: 'Everything must go.' }],
		} as never);
	});

	it('lets marketing through that was held back before', async () => {
		expect((await marketing()).error?.message).toContain('No marketing opt-in');
		expect(
			await record('recordConsent', {
				state: 'opted_in',
				scope: 'marketing',
				evidence: 'order 4711',
				options: { at: '={{ $now }}', source: 'web_form' },
			}),
		).toMatchObject({
			contact: CONTACT,
			recorded: {
				scope: 'marketing',
				state: 'opted_in',
				source: 'web_form',
				evidence: 'order 4711',
			},
			consent: { state: 'in', stoppedAtMeta: false },
		});
		expect((await marketing()).items).toMatchObject([{ sentAs: 'template' }]);
	});

	it('holds back everything after an opt-out, also after a restart', async () => {
		await record('recordConsent', { state: 'opted_out', scope: 'all' });
		expect((await marketing()).error?.message).toContain('opted out');
		scene.engine.restart();
		const { consent } = await conversationOf(scene.engine, 'sender 0');
		expect(consent).toMatchObject({ all: 'out', marketing: 'out' });
	});

	it('says what counts now when an older word is recorded', async () => {
		await record('recordConsent', { state: 'opted_out', scope: 'marketing' });
		setClock(60);
		const { consent } = await record('recordConsent', {
			state: 'opted_in',
			scope: 'marketing',
			evidence: 'Form 17',
			options: { at: iso(AT - 3600), source: 'import' },
		});
		expect((consent as IDataObject).state).toBe('stopped');
	});

	it("does not lift Meta's own stop", async () => {
		scene.engine.add(listener('wf', { registration: 'automatic' }));
		await scene.engine.activate('wf');
		scene.simulator.setCallback(scene.engine.webhookUrl('wf'));
		await scene.simulator.setsPreference({ from: CONTACT.slice(1), value: 'stop' } as never);
		await scene.simulator.settled();
		setClock(60);
		const { consent } = await record('recordConsent', {
			state: 'opted_in',
			scope: 'marketing',
			evidence: 'order 4711',
			options: { at: '={{ $now }}' },
		});
		expect(consent).toMatchObject({ state: 'stopped', stoppedAtMeta: true });
	});

	const EVIDENCE = { state: 'opted_in', evidence: 'order 4711' };
	const NOW = { at: '={{ $now }}' };

	it.each<[string, Record<string, unknown>, string]>([
		['nothing but the defaults', {}, "'Said At' is empty. [item 0]"],
		['no option', { ...EVIDENCE, options: {} }, "'Said At' is empty. [item 0]"],
		[
			'other options',
			{ ...EVIDENCE, options: { source: 'import' } },
			"'Said At' is empty. [item 0]",
		],
		[
			'a time that is nowhere in the data',
			{ ...EVIDENCE, options: { at: '={{ $json.optedInAt }}' } },
			"'Said At' is empty: its expression gave nothing. [item 0]",
		],
		[
			'a time that is none',
			{ ...EVIDENCE, options: { at: 'in May' } },
			"'Said At' is 'in May', which is not a date and time. [item 0]",
		],
		[
			'a time to come',
			{ ...EVIDENCE, options: { at: '2099-01-01' } },
			"'Said At' is '2099-01-01', which lies in the future. [item 0]",
		],
		['no proof', { state: 'opted_in', options: NOW }, "'Evidence' is empty. [item 0]"],
		[
			'proof that is nowhere in the data',
			{ state: 'opted_in', evidence: '={{ $json.form }}', options: NOW },
			"'Evidence' is empty: its expression gave nothing. [item 0]",
		],
		[
			'a kind of messages that there is not',
			{ ...EVIDENCE, scope: '={{ "Marketing" }}', options: NOW },
			"'Kind of Messages' is 'Marketing', which is not one of its values. [item 0]",
		],
		[
			'a statement that is nowhere in the data',
			{ ...EVIDENCE, state: '={{ $json.state }}', options: NOW },
			"'Consent' is empty: its expression gave nothing. [item 0]",
		],
	])('permits nothing with %s', async (_what, parameters, message) => {
		await expect(record('recordConsent', parameters)).rejects.toMatchObject({
			message,
			description: expect.stringMatching(/^(Give|Write|Choose|See that) .*\.$/),
		});
		expect((await marketing()).error?.message).toContain('No marketing opt-in');
	});

	it.each([
		['no time', {}],
		['a time that is nowhere in the data', { at: '={{ $json.nothing }}' }],
		['a time to come', { at: '2099-01-01' }],
	])('records an opt-out with %s as one of now', async (_what, options) => {
		expect(
			await record('recordConsent', { state: 'opted_out', scope: 'marketing', options }),
		).toMatchObject({
			recorded: { state: 'opted_out', at: iso(AT) },
			consent: { state: 'stopped' },
		});
	});
});

it('a contact may be named in any form', async () => {
	scene.engine.add(sender('asker', { text: 'x' }));
	await record('recordInbound', { at: '={{ $now }}' });
	const spaced = `00${CONTACT.slice(1, 3)} (${CONTACT.slice(3, 6)}) ${CONTACT.slice(6)}`;
	expect(await windowOf(scene.engine, 'asker', spaced)).toMatchObject({ state: 'open' });
});

describe('Get Many', () => {
	const PHONES = ['15551230001', '15551230002', '15551230003', '15551230004'];

	/** Four contacts: written now, 23.5 hours ago, two days ago, and never (opted out). */
	beforeEach(async () => {
		const ages = [0, 23.5 * 3600, 48 * 3600];
		for (const [n, age] of ages.entries()) {
			await record('recordInbound', { contact: `+${PHONES[n]}`, at: iso(AT - age) });
		}
		await record('recordConsent', {
			contact: `+${PHONES[3]}`,
			state: 'opted_out',
			scope: 'marketing',
		});
	});

	it.each<[string, object, number[]]>([
		['all, those that close first before the others', { show: 'all' }, [1, 0, 2, 3]],
		['the open ones', { show: 'open' }, [1, 0]],
		['those that close within an hour', { show: 'closing', withinMinutes: 60 }, [1]],
		['none that closes within ten minutes', { show: 'closing', withinMinutes: 10 }, []],
		['those who opted out', { show: 'optedOut' }, [3]],
		['those whom nobody has answered', { show: 'unanswered' }, [1, 0]],
		['none with a free entry point', { show: 'freeEntryPoint' }, []],
		['no more than the limit', { show: 'all', returnAll: false, limit: 2 }, [1, 0]],
		[
			'the rest after those left out',
			{ show: 'all', returnAll: false, limit: 2, options: { skip: 1 } },
			[0, 2],
		],
	])('returns %s', async (_what, parameters, expected) => {
		const { items, error } = await send(scene, {
			resource: 'conversation',
			operation: 'getMany',
			returnAll: true,
			...parameters,
		} as never);
		expect(error).toBeUndefined();
		expect(items.map(({ phone }) => phone)).toEqual(expected.map((n) => `+${PHONES[n]}`));
	});
});

describe('Get Many, of a contact who has written', () => {
	const list = async (show: string, options: IDataObject = {}) => {
		const { items, error } = await send(scene, {
			resource: 'conversation',
			operation: 'getMany',
			returnAll: true,
			show,
			options,
		} as never);
		expect(error).toBeUndefined();
		return items.map(({ name, lastSentAt }) => ({ name, lastSentAt }));
	};

	beforeEach(async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
		await deliverText(scene.engine, 'wf');
		await scene.engine.settled();
	});

	it('tells the name, also after a restart', async () => {
		const expected = [{ name: CONTACT_NAME, lastSentAt: null }];
		expect(await list('open')).toEqual(expected);
		scene.engine.restart();
		expect(await conversationOf(scene.engine, 'wf')).toMatchObject(expected[0]);
		expect(await list('open')).toEqual(expected);
	});

	it.each<[string, () => Promise<unknown>]>([
		['a message of this package', async () => await send(scene, { text: 'Yes' } as never)],
		[
			'a colleague in the app',
			async () =>
				await deliver(
					scene.engine,
					'wf',
					delivery({ message_echoes: [echo({ timestamp: String(AT + 1) })] }, 'smb_message_echoes'),
				),
		],
	])('leaves out whom %s has answered, for a while', async (_who, answer) => {
		setClock(1);
		expect(await list('unanswered', { leaveOutWrittenToMinutes: 60 })).toHaveLength(1);
		await answer();
		expect(await list('unanswered')).toEqual([]);
		expect(await list('open', { leaveOutWrittenToMinutes: 60 })).toEqual([]);
		setClock(61 * MINUTE);
		expect(await list('open', { leaveOutWrittenToMinutes: 60 })).toEqual([
			{ name: CONTACT_NAME, lastSentAt: iso(AT + 1) },
		]);
		expect(await list('unanswered')).toEqual([]);
		await deliverText(scene.engine, 'wf', {
			id: 'wamid.next',
			timestamp: String(AT + 61 * MINUTE),
		});
		expect(await list('unanswered')).toHaveLength(1);
	});

	it.each(['reaction', 'message that WhatsApp refuses'])('counts no %s', async (what) => {
		setClock(1);
		if (what === 'reaction') {
			await send(scene, {
				operation: 'react',
				messageId: 'wamid.1',
				emoji: '👍',
			} as never);
		} else {
			scene.simulator.failNext({ code: 131026, path: '/messages' });
			await send(scene, { text: 'Hi' } as never);
		}
		expect(await list('unanswered')).toHaveLength(1);
	});
});

describe('Forget', () => {
	it('erases a contact, also from what is saved, and tells whether anything was known', async () => {
		await record('recordInbound', { at: '={{ $now }}' });
		await record('recordConsent', { state: 'opted_out', scope: 'all' });
		expect(await record('forget', {})).toMatchObject({ contact: CONTACT, wasKnown: true });
		expect(await windowOf(scene.engine, 'sender 0')).toMatchObject({ openedAt: null });
		expect(JSON.stringify(scene.engine.staticData('sender 0'))).not.toContain(CONTACT.slice(1));
		expect(await record('forget', {})).toMatchObject({ wasKnown: false });
	});

	it('stays so when old copies come back, and begins afresh with a new message', async () => {
		await record('recordConsent', { state: 'opted_out', scope: 'all' });
		const old = scene.engine.staticData('sender 0') as IDataObject;
		setClock(60);
		await record('forget', {});
		scene.engine.restart();
		// A copy of the number's state that is older, and in another workflow.
		await conversationOf(scene.engine, 'sender 1');
		expect(scene.engine.staticData('sender 0')).toEqual(old);
		const { consent, lastMessageAt } = await conversationOf(scene.engine, 'sender 0');
		expect(consent).toMatchObject({ all: 'none' });
		expect(lastMessageAt).toBeNull();

		setClock(120);
		await record('recordInbound', { at: '={{ $now }}' });
		expect(await windowOf(scene.engine, 'sender 0')).toMatchObject({ state: 'open' });
	});
});

describe('facts of the user', () => {
	beforeEach(async () => {
		scene.engine.add(listener('wf'));
		await scene.engine.activate('wf');
	});

	const step = (parameters: INodeParameters) =>
		send(scene, { resource: 'conversation', contact: CONTACT, ...parameters });
	const remember = (value: unknown, rest: INodeParameters = {}) =>
		step({
			operation: 'remember',
			facts: { fact: [{ name: 'step', value }] } as never,
			keepFor: 30,
			keepUnit: 'days',
			...rest,
		});
	const recalled = async () => (await step({ operation: 'recall' })).items[0].facts;

	it('are recalled by other runs, until they are taken back or over', async () => {
		await remember('size', { keepFor: 2, keepUnit: 'hours' });
		expect(await recalled()).toEqual({ step: 'size' });
		const { items } = await remember('={{ { chosen: [1, 2] } }}');
		expect(items[0]).toMatchObject({ facts: { step: { chosen: [1, 2] } } });
		setClock(29 * 24 * HOUR);
		expect(await recalled()).toEqual({ step: { chosen: [1, 2] } });
		setClock(31 * 24 * HOUR);
		expect(await recalled()).toEqual({});
		await remember('colour');
		await remember('');
		expect(await recalled()).toEqual({});
	});

	it('are there after a restart, whoever remembers what next', async () => {
		const fact = [{ name: '={{ $json.name }}', value: '={{ $json.value }}' }];
		const parameters = { resource: 'conversation', operation: 'remember', contact: CONTACT };
		scene.engine.add(sender('own', { ...parameters, facts: { fact }, keepFor: 1 }));
		const facts = async (name: string, value: unknown) => {
			const items = [{ json: { name, value } as IDataObject }];
			const run = await scene.engine.run('own', { items });
			return itemsOf(run, 'WhatsApp')[0].json.facts;
		};
		expect(await facts('step', ['size', 2])).toEqual({ step: ['size', 2] });
		scene.engine.restart();
		expect(await facts('language', 'de')).toEqual({ step: ['size', 2], language: 'de' });
	});

	it('are there after a restart, also for another workflow', async () => {
		const parameters = { resource: 'conversation', contact: CONTACT };
		const facts = { fact: [{ name: 'step', value: 'size' }] };
		const writer = { ...parameters, operation: 'remember', facts, keepFor: 1 };
		scene.engine.add(sender('writer', writer as never));
		scene.engine.add(sender('reader', { ...parameters, operation: 'recall' }));
		const read = async () =>
			itemsOf(await scene.engine.run('reader'), 'WhatsApp').map(({ json }) => json.facts);
		expect(await read()).toEqual([{}]);
		await scene.engine.run('writer');
		scene.engine.restart();
		expect(await read()).toEqual([{ step: 'size' }]);
	});

	it('are kept for a year at most, and in 1,024 bytes', async () => {
		expect((await remember('x', { keepFor: 366 })).error?.message).toContain("'Keep For' is '366'");
		expect((await remember('x', { keepFor: 365 })).error).toBeUndefined();
		const { error } = await remember('x'.repeat(1_024));
		expect(error?.message).toContain('1024 is the most');
		expect((await remember('x'.repeat(1_000))).error).toBeUndefined();
	});

	it('are gone with the contact', async () => {
		await remember('size');
		setClock(1);
		await step({ operation: 'forget' });
		expect(await recalled()).toEqual({});
	});
});
