import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	contact as listedContact,
	delivery,
	failedStatus,
	interactiveReply,
	messageDelivery,
	preference,
	quickReply,
	textMessage,
	type Json,
} from '../unit/events/payloads';
import { body, template } from '../unit/templates/samples';

import { NodeProcess } from './nodeProcess';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	conversationOf,
	deliver,
	deliverText,
	listener,
	listeningTrigger,
	messageNode,
	MINUTE,
	send,
	setClock,
	triggered,
	useScene,
} from './scene';
import { problemsWith } from './schemas';
import { chosen, fields, workflowOf } from './workflows';

const scene = useScene();

const OTHER_NUMBER = '106540352242933';
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

async function listen(parameters: INodeParameters = {}): Promise<void> {
	scene.engine.add(listener('inbox', parameters));
	await scene.engine.activate('inbox');
}

let seconds = 0;
beforeEach(() => (seconds = 0));

/** The contact does something, a minute after what was done before. */
async function happens(make: (at: number, id: string) => Json): Promise<void> {
	setClock(seconds);
	const entry = make(AT + seconds, `wamid.${seconds}`);
	await deliver(scene.engine, 'inbox', messageDelivery(entry));
	await scene.engine.settled();
	seconds += MINUTE;
	setClock(seconds);
}

const writes = async (text: string) =>
	await happens((timestamp, id) => textMessage({ body: text, timestamp, id }));

/** Meta tells what the contact chose in WhatsApp. */
async function chooses(value: string, rest: Json = {}): Promise<void> {
	const entry = preference(value, { timestamp: AT + seconds, ...rest });
	await deliver(scene.engine, 'inbox', delivery({ user_preferences: [entry] }, 'user_preferences'));
	await scene.engine.settled();
	seconds += MINUTE;
	setClock(seconds);
}

/** What an opt-in needs, said this moment. */
const PROVED = { state: 'opted_in', evidence: 'order 4711', options: { at: '={{ $now }}' } };

async function record(parameters: INodeParameters): Promise<IDataObject> {
	const { items, error } = await send(scene, {
		resource: 'conversation',
		operation: 'recordConsent',
		contact: '={{ $json.contact }}',
		...parameters,
	});
	if (error) throw error;
	seconds += MINUTE;
	setClock(seconds);
	return items[0];
}

const consentOf = async (contact?: string) =>
	(await conversationOf(scene.engine, 'inbox', contact)).consent;

async function recordsOf(contact?: string): Promise<IDataObject[]> {
	const { consentRecords } = await conversationOf(scene.engine, 'inbox', contact);
	return consentRecords as IDataObject[];
}

const lastItem = async () => (await triggered(scene.engine)).slice(-1)[0];

describe('a stop word', () => {
	it('opts out of everything, opens the window, and the item says so', async () => {
		await listen();
		await writes(' Stop ');
		const item = await lastItem();
		expect(problemsWith(item, 'WhatsAppConversationsTrigger', 'output')).toEqual([]);
		expect(item).toMatchObject({
			event: 'message',
			text: ' Stop ',
			consentWord: 'stop',
			stoppedAtMeta: false,
			window: { state: 'open', openedAt: iso(AT) },
		});
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			window: { state: 'open' },
			consent: { all: 'out', marketing: 'out', utility: 'out', authentication: 'out' },
			maySend: {
				freeForm: { allowed: true, reason: 'replyAfterOptOut' },
				utilityTemplate: {
					allowed: false,
					reason: 'optedOut',
					explanation: expect.stringMatching(/The template may not be sent\.$/),
				},
			},
			consentRecords: [
				{ scope: 'all', state: 'opted_out', at: iso(AT), source: 'keyword', evidence: 'Stop' },
			],
		});
	});

	it('still counts after a restart', async () => {
		await listen();
		await writes('STOP');
		scene.engine.restart();
		expect(await consentOf()).toMatchObject({ all: 'out' });
	});

	it('counts from the time when it was written, so a late one does not overrule a start word', async () => {
		await listen();
		setClock(10 * MINUTE);
		await deliverText(scene.engine, 'inbox', { body: 'START', timestamp: AT + MINUTE, id: 'b' });
		await deliverText(scene.engine, 'inbox', { body: 'STOP', timestamp: AT, id: 'a' });
		expect(await consentOf()).toMatchObject({ all: 'none' });
	});

	it.each(['Stop.', 'please stop', 'Hello'])('is not %j', async (text) => {
		await listen();
		await writes(text);
		expect(await lastItem()).not.toHaveProperty('consentWord');
		expect(await consentOf()).toMatchObject({ all: 'none' });
	});

	it('in a group says nothing', async () => {
		await listen();
		await happens((timestamp, id) =>
			textMessage({ body: 'STOP', timestamp, id, extra: { group_id: 'g1' } }),
		);
		expect(await lastItem()).not.toHaveProperty('consentWord');
		// The window of who wrote is none of the group's.
		expect(await lastItem()).not.toHaveProperty('window');
		expect(await consentOf()).toMatchObject({ all: 'none' });
	});

	it('is recorded also by a trigger that no message starts', async () => {
		await listen({ events: ['status'] });
		await writes('STOP');
		expect(scene.engine.executions).toEqual([]);
		expect(await consentOf()).toMatchObject({ all: 'out' });
	});

	it('by phone number holds for the user ID, and the other way round', async () => {
		await listen();
		await deliverText(scene.engine, 'inbox', { body: 'STOP', userId: undefined });
		expect(await consentOf(CONTACT_USER_ID)).toMatchObject({ all: 'none' });
		setClock(MINUTE);
		await deliverText(scene.engine, 'inbox', { id: 'both', timestamp: AT + MINUTE });
		expect(await consentOf(CONTACT_USER_ID)).toMatchObject({ all: 'out' });
		expect(await consentOf(CONTACT)).toMatchObject({ all: 'out' });
	});
});

describe('a start word', () => {
	it('takes back the opt-out, and is no opt-in', async () => {
		await listen();
		await writes('STOP');
		await writes('START');
		expect(await lastItem()).toMatchObject({ consentWord: 'start', stoppedAtMeta: false });
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			consent: { all: 'none', marketing: 'none' },
			maySend: { marketingTemplate: { allowed: false, reason: 'marketingConsentRequired' } },
			consentRecords: [
				{ state: 'lifted', evidence: 'START' },
				{ state: 'opted_out', evidence: 'STOP' },
			],
		});
	});

	it('brings back the opt-in that was on record', async () => {
		await listen();
		await record({ ...PROVED, scope: 'marketing' });
		await writes('STOP');
		expect(await consentOf()).toMatchObject({ marketing: 'out' });
		await writes('Start');
		expect(await consentOf()).toMatchObject({ marketing: 'in', all: 'none' });
	});

	it('after a stop at Meta changes nothing there, and the item says so', async () => {
		await listen();
		await record({ ...PROVED, scope: 'marketing' });
		await chooses('stop');
		await writes('START');
		expect(await lastItem()).toMatchObject({ consentWord: 'start', stoppedAtMeta: true });
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			maySend: { marketingTemplate: { allowed: false, reason: 'marketingStopped' } },
		});
	});
});

describe('a button', () => {
	const OUT: Array<[string, (at: number, id: string) => Json]> = [
		[
			'quick reply of a template',
			(timestamp, id) => quickReply({ payload: 'OPT_OUT', text: 'No news' }, { timestamp, id }),
		],
		[
			'reply button',
			(timestamp, id) =>
				interactiveReply('button_reply', { id: 'OPT_OUT', title: 'No news' }, { timestamp, id }),
		],
		[
			'list row',
			(timestamp, id) =>
				interactiveReply('list_reply', { id: 'opt_out', title: 'No news' }, { timestamp, id }),
		],
	];

	it("of WhatsApp Manager's own opt-out stops marketing alone", async () => {
		await listen();
		const text = 'Stop promotions';
		await happens((timestamp, id) => quickReply({ payload: text, text }, { timestamp, id }));
		expect(await lastItem()).toMatchObject({ consentWord: 'stop' });
		expect(await recordsOf()).toMatchObject([{ scope: 'marketing', state: 'opted_out' }]);
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			maySend: {
				marketingTemplate: { allowed: false, reason: 'marketingOptedOut' },
				utilityTemplate: { allowed: true },
			},
		});
		// The run told it, too, as a worker of the queue mode does.
		scene.engine.restart();
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			maySend: {
				marketingTemplate: { reason: 'marketingOptedOut' },
				utilityTemplate: { allowed: true },
			},
		});
	});

	it.each([
		['stopped marketing', 'Stop promotions', 'optedOut', /opted out of marketing/],
		['stopped everything', 'OPT_OUT', 'optedOut', /opted out/],
		['said nothing', undefined, 'consentMissing', /category of the template is not known/],
	])(
		'who %s is told so where the category of a template is not known',
		async (_who, payload, kind, said) => {
			addTemplate(scene, { ...template([body('News.')]), name: 'new_kind', category: 'SERVICE' });
			await listen();
			if (payload) {
				await happens((timestamp, id) => quickReply({ payload, text: payload }, { timestamp, id }));
			}
			const parameters = {
				operation: 'sendTemplate',
				template: chosen('new_kind|en_US'),
				templateFields: fields({}),
			};
			const { items } = await send(scene, parameters, {
				node: { onError: 'continueRegularOutput' },
			});
			expect(items).toMatchObject([{ error: expect.stringMatching(said), details: { kind } }]);
		},
	);

	it.each(OUT)('opts out by its payload: %s', async (_what, make) => {
		await listen();
		await happens(make);
		expect(await lastItem()).toMatchObject({ consentWord: 'stop', window: { state: 'open' } });
		expect(await recordsOf()).toMatchObject([
			{
				scope: 'all',
				state: 'opted_out',
				source: 'button',
				evidence: expect.stringMatching(/^opt_out$/i),
			},
		]);
	});

	it('takes it back by its payload', async () => {
		await listen();
		await writes('STOP');
		await happens((timestamp, id) =>
			quickReply({ payload: 'OPT_IN', text: 'Again' }, { timestamp, id }),
		);
		expect(await lastItem()).toMatchObject({ consentWord: 'start' });
		expect(await consentOf()).toMatchObject({ all: 'none' });
	});

	it('with a stop word as its title says nothing', async () => {
		await listen();
		await happens((timestamp, id) =>
			interactiveReply('button_reply', { id: 'order:7', title: 'Cancel' }, { timestamp, id }),
		);
		expect(await lastItem()).not.toHaveProperty('consentWord');
		expect(await consentOf()).toMatchObject({ all: 'none' });
	});
});

describe('the options of the trigger', () => {
	it.each<[string, INodeParameters, string, string | undefined]>([
		['off', { consentWords: false }, 'STOP', undefined],
		['words of their own', { stopWords: 'Schluss, Genug' }, 'genug', 'stop'],
		['words of their own', { stopWords: 'Schluss, Genug' }, 'STOP', undefined],
		['words of their own leave the other list', { stopWords: 'Schluss' }, 'START', 'start'],
		['no words', { stopWords: '', startWords: '' }, 'START', undefined],
	])('%s: %j, %s', async (_what, options, text, word) => {
		await listen({ options });
		await writes(text);
		expect((await lastItem()).consentWord).toBe(word);
		expect((await recordsOf()).length).toBe(word ? 1 : 0);
	});

	it('name other payloads', async () => {
		await listen({ options: { stopPayloads: 'no-news, bye' } });
		await happens((timestamp, id) =>
			quickReply({ payload: 'bye', text: 'Bye' }, { timestamp, id }),
		);
		expect(await lastItem()).toMatchObject({ consentWord: 'stop' });
	});
});

describe('what the contact chooses in WhatsApp', () => {
	const optIn = async () => await record({ ...PROVED, scope: 'marketing' });

	it('stop, then resume: the opt-in counts again', async () => {
		await listen();
		await optIn();
		await chooses('stop');
		expect(await consentOf()).toMatchObject({ marketing: 'stopped', utility: 'none' });
		await chooses('resume');
		expect(await consentOf()).toMatchObject({ marketing: 'in' });
	});

	it('resume is no opt-in by itself', async () => {
		await listen();
		await chooses('stop');
		await chooses('resume');
		expect(await consentOf()).toMatchObject({ marketing: 'none' });
	});

	it('a resume older than the stop is ignored', async () => {
		await listen();
		await optIn();
		await chooses('stop');
		await chooses('resume', { timestamp: AT });
		expect(await consentOf()).toMatchObject({ marketing: 'stopped' });
	});

	it('signup is an opt-in, with the link as evidence', async () => {
		await listen();
		await chooses('signup', { signup_id: '4711' });
		expect(await consentOf()).toMatchObject({ marketing: 'in', all: 'none' });
		expect(await recordsOf()).toMatchObject([
			{ state: 'opted_in', source: 'meta_preference', evidence: 'signup 4711' },
		]);
	});

	it('131050 twice is one entry', async () => {
		await listen();
		for (const id of ['wamid.one', 'wamid.two']) {
			setClock((seconds += MINUTE));
			const timestamp = AT + seconds;
			const failed = failedStatus({ id, errorCode: 131050, timestamp });
			const contacts = [listedContact()];
			await deliver(scene.engine, 'inbox', delivery({ contacts, statuses: [failed] }));
			await deliver(scene.engine, 'inbox', delivery({ contacts, statuses: [failed] }));
		}
		expect(await recordsOf()).toMatchObject([
			{ scope: 'marketing', state: 'opted_out', source: 'provider_code', at: iso(AT + 2 * MINUTE) },
		]);
		expect(await consentOf()).toMatchObject({ marketing: 'stopped' });
	});
});

describe("with 'Block Replies After Opt-Out'", () => {
	const reply = async (options: INodeParameters = {}) =>
		await send(scene, { text: 'Done.', options: { blockRepliesAfterOptOut: true, ...options } });
	const confirm = async (options: INodeParameters = {}) =>
		await reply({ confirmsOptOut: true, ...options });

	it('one confirmation goes out, also after a restart', async () => {
		await listen();
		await writes('STOP');
		expect((await reply()).error?.message).toContain('opted out');
		expect(await confirm()).toMatchObject({
			items: [{ sentAs: 'freeForm', decision: { reason: 'optOutConfirmation' } }],
		});
		expect(await recordsOf()).toMatchObject([{ confirmedAt: iso(AT + MINUTE) }]);
		expect((await confirm()).error?.message).toContain('opted out');

		const { workflowId } = scene.engine.executions[scene.engine.executions.length - 1];
		scene.engine.restart();
		await scene.engine.run(workflowId, { items: [{ json: { contact: CONTACT } }] });
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('a new stop word may be confirmed again', async () => {
		await listen();
		await writes('STOP');
		await confirm();
		await writes('STOP');
		expect((await confirm()).items).toMatchObject([{ decision: { reason: 'optOutConfirmation' } }]);
	});

	it('a refused one and a dry run do not count', async () => {
		await listen();
		await writes('STOP');
		expect((await confirm({ dryRun: true })).items).toMatchObject([{ messageStatus: 'notSent' }]);
		scene.simulator.failNext({ path: '/messages', code: 131000 });
		expect((await confirm()).error).toBeDefined();
		expect((await confirm()).error).toBeUndefined();
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('answers go out after a start word', async () => {
		await listen();
		await writes('STOP');
		await writes('START');
		expect((await reply()).items).toMatchObject([{ decision: { reason: 'windowOpen' } }]);
	});

	it.each<[string, INodeParameters, number]>([
		['holds back an answer', {}, 0],
		['lets the confirmation through', { confirmsOptOut: "={{ $json.consentWord === 'stop' }}" }, 1],
	])('a worker of the queue mode %s, by the item of the trigger', async (_what, options, sent) => {
		scene.engine.worker = new NodeProcess();
		const answer = messageNode({
			text: 'Done.',
			options: { blockRepliesAfterOptOut: true, ...options },
		});
		scene.engine.add(workflowOf('inbox', listeningTrigger('inbox'), answer));
		await scene.engine.activate('inbox');
		await writes('STOP');
		await scene.simulator.settled();
		expect(scene.simulator.sent).toHaveLength(sent);
	});
});

describe('Record Consent', () => {
	beforeEach(() => {
		scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
		addTemplate(scene, template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
	});

	const saleFrom = async (number: string) =>
		await send(scene, {
			operation: 'sendTemplate',
			businessNumber: chosen(number),
			template: chosen('sale|en_US'),
			templateFields: fields(null),
			options: { marketingConsent: 'off' },
		});

	it('for this number says nothing about another one', async () => {
		await record({ state: 'opted_out', scope: 'all' });
		expect((await saleFrom(OTHER_NUMBER)).error).toBeUndefined();
	});

	it('for all numbers holds for another one, also after a restart', async () => {
		expect(await record({ state: 'opted_out', scope: 'all', for: 'allNumbers' })).toMatchObject({
			recorded: { state: 'opted_out', for: 'allNumbers' },
			consent: { scope: 'all', state: 'out' },
		});
		expect((await saleFrom(OTHER_NUMBER)).error?.message).toContain('opted out');
		const { workflowId } = scene.engine.executions[0];
		scene.engine.restart();
		await scene.engine.run(workflowId, {
			startNode: 'Ask',
			items: [{ json: { contact: CONTACT } }],
		});
		expect((await saleFrom(OTHER_NUMBER)).error?.message).toContain('opted out');
	});

	it('for all numbers is lifted for the number that gets a start word', async () => {
		await listen();
		await record({ state: 'opted_out', scope: 'all', for: 'allNumbers' });
		// Long enough after it that the clocks of two sources cannot have been confused (rule E54).
		seconds += 2 * MINUTE;
		setClock(seconds);
		await writes('START');
		expect(await consentOf()).toMatchObject({ all: 'none' });
		expect((await saleFrom(OTHER_NUMBER)).error?.message).toContain('opted out');
	});

	it('for all numbers by phone number holds for the user ID that belongs to it', async () => {
		await listen();
		await record({ state: 'opted_out', scope: 'all', for: 'allNumbers' });
		await writes('Hello');
		expect(await consentOf(CONTACT_USER_ID)).toMatchObject({ all: 'out' });
	});

	it('by phone number holds for the user ID that belongs to it', async () => {
		await listen();
		await record({ ...PROVED, scope: 'marketing' });
		expect(await consentOf(CONTACT_USER_ID)).toMatchObject({ marketing: 'none' });
		await writes('Hello');
		expect(await consentOf(CONTACT_USER_ID)).toMatchObject({ marketing: 'in' });
	});

	it('Get Many has those who opted out of all numbers, each once', async () => {
		await listen();
		await writes('Hello');
		await record({ state: 'opted_out', scope: 'all', for: 'allNumbers' });
		await record({
			contact: '+4915112345678',
			state: 'opted_out',
			scope: 'marketing',
			for: 'allNumbers',
		});
		const { items } = await send(scene, {
			resource: 'conversation',
			operation: 'getMany',
			show: 'optedOut',
			returnAll: true,
		});
		expect(items).toMatchObject([
			{ phone: `+${CONTACT_PHONE}`, window: { state: 'open' }, consent: { all: 'out' } },
			{ phone: '+4915112345678', consent: { all: 'none', marketing: 'stopped' } },
		]);
	});

	it('an opt-in ends when it was said to end, and leaves its proof', async () => {
		await listen();
		const proof = {
			scope: 'marketing',
			state: 'opted_in',
			at: iso(AT),
			source: 'web_form',
			evidence: 'order 4711',
			wording: 'Newsletter, May 2026',
			expiresAt: iso(AT + 10 * MINUTE),
			confirmedAt: null,
		};
		expect(
			await record({
				...PROVED,
				scope: 'marketing',
				options: {
					...PROVED.options,
					source: 'web_form',
					wording: proof.wording,
					expiresAt: proof.expiresAt,
				},
			}),
		).toMatchObject({ recorded: { ...proof, for: 'thisNumber' }, consent: { state: 'in' } });
		setClock(10 * MINUTE - 1);
		expect(await consentOf()).toMatchObject({ marketing: 'in' });
		setClock(10 * MINUTE);
		scene.engine.restart();
		await conversationOf(scene.engine, scene.engine.executions[0].workflowId);
		expect(await consentOf()).toMatchObject({ marketing: 'none' });
		expect(await recordsOf()).toEqual([proof]);
	});

	it('says what is no time, and asks an opt-out for no end', async () => {
		const ending = async (expiresAt: string) =>
			await record({ ...PROVED, scope: 'all', options: { ...PROVED.options, expiresAt } });
		await expect(ending('next year')).rejects.toMatchObject({
			message: expect.stringContaining("'Ends At' is 'next year'"),
		});
		// Without end only when no end was asked for.
		await expect(ending('={{ $json.end }}')).rejects.toMatchObject({
			message: expect.stringContaining("'Ends At' is empty: its expression gave nothing."),
		});
		expect(await ending('')).toMatchObject({ recorded: { expiresAt: null } });
		expect(
			await record({ state: 'opted_out', scope: 'all', options: { expiresAt: iso(AT + 1) } }),
		).toMatchObject({ recorded: { expiresAt: null } });
	});
});
