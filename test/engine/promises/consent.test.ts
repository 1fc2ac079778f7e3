import type { INodeParameters } from 'n8n-workflow';

import {
	contact as listedContact,
	delivery,
	failedStatus,
	preference,
} from '../../unit/events/payloads';
import { body, template } from '../../unit/templates/samples';
import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	deliver,
	HOUR,
	listener,
	MINUTE,
	send,
	sender,
	setClock,
	useScene,
} from '../scene';
import { chosen, fields } from '../workflows';

/** Promises of `docs/consent.md`. */
const scene = useScene();

const SEND = '/messages';
const ANSWER = { text: 'Done.' };
const templateOf = (name: string, options: INodeParameters = {}): INodeParameters => ({
	operation: 'sendTemplate',
	template: chosen(`${name}|en_US`),
	templateFields: fields({}),
	options,
});
const SALE = templateOf('sale', { marketingConsent: 'off' });

beforeEach(async () => {
	for (const category of ['MARKETING', 'UTILITY'] as const) {
		const name = category === 'MARKETING' ? 'sale' : 'shipped';
		addTemplate(scene, template([body('News.')], { name, category }));
	}
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
});

/** Why something went out, or that it was held back. */
async function outcome(parameters: INodeParameters): Promise<unknown> {
	const { items, error } = await send(scene, parameters);
	return error ? 'held back' : (items[0].decision as { reason: string }).reason;
}

async function stopsMarketing(): Promise<void> {
	const stop = delivery({ user_preferences: [preference('stop')] }, 'user_preferences');
	await deliver(scene.engine, 'inbox', stop);
	await scene.engine.settled();
}

async function writes(text: string): Promise<void> {
	await scene.simulator.writes({ from: CONTACT_PHONE, text });
	await scene.engine.settled();
}

describe('what is looked at', () => {
	it.each<[string, () => Promise<unknown>, string[]]>([
		['nothing on record', async () => {}, ['windowOpen', 'templateInWindow', 'held back']],
		['stopped marketing', stopsMarketing, ['windowOpen', 'templateInWindow', 'held back']],
		[
			'opted out of everything',
			async () => await writes('STOP'),
			['replyAfterOptOut', 'held back', 'held back'],
		],
	])(
		'%s, in the open window: answer, utility template, marketing template',
		async (_what, says, expected) => {
			await writes('Hello');
			await says();
			const tried = [ANSWER, templateOf('shipped'), templateOf('sale')];
			const outcomes: unknown[] = [];
			for (const parameters of tried) outcomes.push(await outcome(parameters));
			expect(outcomes).toEqual(expected);
		},
	);

	it.each<[string, () => Promise<unknown>, string[]]>([
		['nothing on record', async () => {}, ['consentUnknown', 'held back']],
		['stopped marketing', stopsMarketing, ['consentUnknown', 'held back']],
		['opted out of everything', async () => await writes('STOP'), ['held back', 'held back']],
	])(
		'%s, after the window: utility template, marketing template',
		async (_what, says, expected) => {
			await says();
			setClock(25 * HOUR);
			const outcomes: unknown[] = [];
			for (const name of ['shipped', 'sale']) outcomes.push(await outcome(templateOf(name)));
			expect(outcomes).toEqual(expected);
		},
	);

	it('Block Replies After Opt-Out holds answers back', async () => {
		await writes('STOP');
		expect(await outcome({ ...ANSWER, options: { blockRepliesAfterOptOut: true } })).toBe(
			'held back',
		);
	});

	it('Require, Warn and Off: opt-in needed, said, not looked for', async () => {
		setClock(HOUR);
		const said: unknown[] = [];
		for (const utilityConsent of ['require', 'warn', 'off']) {
			said.push(await outcome(templateOf('shipped', { utilityConsent })));
		}
		for (const marketingConsent of ['require', 'warn', 'off']) {
			said.push(await outcome(templateOf('sale', { marketingConsent })));
		}
		const each = ['held back', 'consentUnknown', 'template'];
		expect(said).toEqual([...each, ...each]);
	});

	it('in the open window a utility template goes out without an opt-in, also with Require', async () => {
		await writes('Hello');
		expect(await outcome(templateOf('shipped', { utilityConsent: 'require' }))).toBe(
			'templateInWindow',
		);
	});
});

it.each([
	[60, true],
	[61, false],
])(
	'an opt-in whose time lies %i seconds in the future is recorded: %j',
	async (ahead, isRecorded) => {
		const { items, error } = await send(scene, {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: CONTACT,
			state: 'opted_in',
			scope: 'marketing',
			evidence: 'form 17',
			options: { at: new Date((AT + ahead) * 1000).toISOString() },
		});
		expect(error === undefined).toBe(isRecorded);
		if (isRecorded) expect(items).toMatchObject([{ consent: { state: 'in' } }]);
		expect(await outcome(templateOf('sale'))).toBe(isRecorded ? 'template' : 'held back');
	},
);

describe('131050, at once, whichever operation sent it', () => {
	it.each<[string, INodeParameters]>([
		['Send', ANSWER],
		['Send Anyway', { ...ANSWER, whenWindowClosed: 'sendAnyway' }],
		['React', { operation: 'react', messageId: 'wamid.Hello', emoji: '👍' }],
		['a template', SALE],
		['a part of a text', { text: `${'a'.repeat(4000)}\n\nb`, options: { splitLongText: true } }],
	])('%s', async (_what, parameters) => {
		await writes('Hello');
		scene.simulator.failNext({ code: 131050, path: SEND });
		expect((await send(scene, parameters)).error?.message).toContain('from now on');
		expect((await conversationOf(scene.engine, 'inbox')).consent).toMatchObject({
			marketing: 'stopped',
		});
		expect(await outcome(SALE)).toBe('held back');
	});
});

describe('after 131049 marketing templates are held back for 24 hours, also after a restart', () => {
	const limited = async () => (await send(scene, SALE)).error?.message;

	it.each<[string, () => Promise<unknown>]>([
		[
			'at once',
			async () => {
				scene.simulator.failNext({ code: 131049, path: SEND });
				expect(await limited()).toContain('held back for a day');
			},
		],
		[
			'by a failed status',
			async () => {
				const failed = failedStatus({ id: 'wamid.x', errorCode: 131049, timestamp: AT });
				const payload = delivery({ contacts: [listedContact()], statuses: [failed] });
				await deliver(scene.engine, 'inbox', payload);
				await scene.engine.settled();
			},
		],
	])('%s', async (_how, refuse) => {
		await refuse();
		setClock(24 * HOUR - 1);
		expect(await limited()).toContain('limited');
		scene.engine.restart();
		expect(await limited()).toContain('limited');
		expect(await outcome(templateOf('shipped'))).toBe('consentUnknown');
		expect((await conversationOf(scene.engine, 'inbox')).consent).toMatchObject({
			marketing: 'none',
		});
		setClock(24 * HOUR);
		expect(await limited()).toBeUndefined();
	});
});

it.each([
	[true, 'held back'],
	[false, 'replyAfterOptOut'],
])('a second confirmation, with Block Replies After Opt-Out %j: %s', async (block, second) => {
	await writes('STOP');
	const confirm = async () =>
		await outcome({
			...ANSWER,
			options: { confirmsOptOut: true, blockRepliesAfterOptOut: block },
		});
	expect([await confirm(), await confirm()]).toEqual(['optOutConfirmation', second]);
});

describe('where a trigger cannot be asked', () => {
	/** After a restart the workflow 'own' knows the window from its own record, and no trigger answers. */
	beforeEach(async () => {
		scene.engine.add(
			sender('own', {
				resource: 'conversation',
				operation: 'recordInbound',
				contact: CONTACT,
				at: '={{ $now }}',
			}),
		);
		await scene.engine.run('own', { items: [{ json: { contact: CONTACT } }] });
		setClock(MINUTE);
		scene.engine.restart();
		scene.engine.loseAddress('inbox');
		await conversationOf(scene.engine, 'own');
	});

	it('an answer in the open window goes out', async () => {
		expect(await outcome(ANSWER)).toBe('windowOpen');
		expect(await outcome(templateOf('shipped'))).toBe('consentUncertain');
		expect(await outcome(SALE)).toBe('held back');
	});

	it('it is tried again every 30 seconds', async () => {
		const asked = () => scene.engine.requests.length;
		const before = asked();
		setClock(MINUTE + 29);
		await conversationOf(scene.engine, 'own');
		expect(asked()).toBe(before);
		setClock(MINUTE + 30);
		await conversationOf(scene.engine, 'own');
		expect(asked()).toBeGreaterThan(before);
	});

	it('it ends with the next message that the trigger gets', async () => {
		scene.engine.findAddress('inbox');
		await writes('Hello');
		expect(await outcome(SALE)).toBe('template');
	});
});
