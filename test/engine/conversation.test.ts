import type { IDataObject } from 'n8n-workflow';

import {
	addTemplate,
	AT,
	CONTACT,
	conversationOf,
	listener,
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

	it('counts from now when no time is given', async () => {
		expect(await record('recordInbound', { at: '' })).toMatchObject({ lastMessageAt: iso(AT) });
	});

	it('takes nothing back, and believes no time ahead of now', async () => {
		await record('recordInbound', { at: iso(AT + 7 * 86_400) });
		expect(await record('recordInbound', { at: iso(AT - 600) })).toMatchObject({
			lastMessageAt: iso(AT),
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
				options: { source: 'web_form' },
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
		const { consent } = await record('recordConsent', { state: 'opted_in', scope: 'marketing' });
		expect(consent).toMatchObject({ state: 'stopped', stoppedAtMeta: true });
	});
});

it('a contact may be named in any form', async () => {
	scene.engine.add(sender('asker', { text: 'x' }));
	await record('recordInbound', { at: '' });
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

describe('Forget', () => {
	it('erases a contact, also from what is saved, and tells whether anything was known', async () => {
		await record('recordInbound', { at: '' });
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
		await record('recordInbound', { at: '' });
		expect(await windowOf(scene.engine, 'sender 0')).toMatchObject({ state: 'open' });
	});
});
