import type { IDataObject } from 'n8n-workflow';

import { message, messageDelivery, textMessage } from '../unit/events/payloads';
import { body, template, verification } from '../unit/templates/samples';

import {
	addTemplate,
	AT,
	conversationOf,
	deliver,
	HOUR,
	listener,
	NUMBER_ID,
	send,
	triggered,
	useScene,
} from './scene';
import { chosen, fields } from './workflows';

const DAY = 24 * HOUR;
const OTHER_NUMBER = '106540352242999';

/** X has P1 and U1 at first, and P2 and U2 later; Y comes to P1 with U3. */
const [P1, P2] = ['4915100000001', '4915100000002'];
const [U1, U2, U3] = ['DE.1', 'DE.2', 'DE.3'];

interface Named {
	from?: string;
	userId?: string;
}

const X: Named = { from: P1, userId: U1 };
const Y: Named = { from: P1, userId: U3 };

const scene = useScene();
let sent = 0;

beforeEach(async () => {
	scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, phone: '15550783882' });
	addTemplate(scene, verification);
	addTemplate(scene, template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
});

const writes = async (who: Named, timestamp: number, text = 'Hello') =>
	await deliver(
		scene.engine,
		'wf',
		messageDelivery(
			textMessage({ from: undefined, ...who, timestamp, id: `wamid.${++sent}`, body: text }),
		),
	);

const changes = async (who: Named, system: IDataObject, timestamp = AT - 10 * DAY) =>
	await deliver(
		scene.engine,
		'wf',
		messageDelivery(message('system', system, { ...who, timestamp, id: `wamid.${++sent}` })),
	);

const changesNumber = async () =>
	await changes(X, { type: 'user_changed_number', wa_id: P2, user_id: U2, body: 'X changed' });

const knownOf = async (contact: string) => await conversationOf(scene.engine, 'wf', contact);

/** Somebody writes down what was said so many days ago. */
const record = async (contact: string, daysAgo: number, parameters: IDataObject) =>
	await send(scene, {
		resource: 'conversation',
		operation: 'recordConsent',
		contact,
		scope: 'marketing',
		evidence: 'order 4711',
		options: { at: new Date((AT - daysAgo * DAY) * 1000).toISOString() },
		...parameters,
	} as never);

const sendTemplate = async (
	to: string,
	name: string,
	values: IDataObject | null,
	number = NUMBER_ID,
) =>
	await send(scene, {
		operation: 'sendTemplate',
		to,
		businessNumber: chosen(number),
		template: chosen(`${name}|en_US`),
		templateFields: fields(values),
	});

/** To whom the one-time code of somebody went; '' when it was refused. */
async function codeGoesTo(to: string): Promise<unknown> {
	const { error } = await sendTemplate(to, 'one_time_password', { code: '123456' });
	const messages = scene.simulator.sent.filter(({ type }) => type === 'template');
	if (error) expect(error.message).toContain('phone number only');
	return error ? '' : messages[messages.length - 1].body.to;
}

const saleTo = async (to: string, number = NUMBER_ID) =>
	(await sendTemplate(to, 'sale', null, number)).error?.message ?? 'sent';

describe('a number that came to somebody else', () => {
	it.each([
		['after a reported change', changesNumber],
		['without a word', async () => {}],
	])(
		'%s: the code is the new owner’s, and nothing is taken for the other’s',
		async (_how, change) => {
			await writes(X, AT - 20 * DAY);
			await record(U1, 19, { state: 'opted_in' });
			await change();
			const old = change === changesNumber ? U2 : U1;
			await writes(Y, AT - HOUR);

			expect(await codeGoesTo(U3)).toBe(`+${P1}`);
			expect(await codeGoesTo(old)).toBe(change === changesNumber ? `+${P2}` : '');
			expect(await knownOf(U3)).toMatchObject({ window: { state: 'open' }, phone: `+${P1}` });
			expect((await knownOf(old)).window).not.toMatchObject({ state: 'open' });
			expect(await saleTo(`+${P1}`)).toContain('No marketing opt-in');
			expect(await saleTo(old)).toBe('sent');

			await writes(Y, AT - 60, 'STOP');
			expect(await knownOf(U3)).toMatchObject({ consent: { all: 'out' } });
			expect(await knownOf(old)).toMatchObject({ consent: { all: 'none', marketing: 'in' } });
			expect(await saleTo(`+${P1}`)).toContain('opted out');
			expect(await saleTo(old)).toBe('sent');
		},
	);

	it('keeps a no, and says that it may be an earlier owner’s', async () => {
		await writes(X, AT - 20 * DAY, 'STOP');
		await changesNumber();
		await writes(Y, AT - HOUR);
		await record(U3, 30, { state: 'opted_in' });
		expect(await saleTo(U3)).toContain('Whoever had this phone number before opted out');
		expect(await knownOf(U3)).toMatchObject({
			consentRecords: expect.arrayContaining([
				expect.objectContaining({ state: 'opted_out', byEarlierOwner: true }),
			]),
		});
	});

	it('never gets a code for a user ID whose number is not known', async () => {
		await writes({ userId: U3 }, AT - HOUR);
		await writes(X, AT - 2 * HOUR);
		expect(await codeGoesTo(U3)).toBe('');
		expect(await codeGoesTo(U1)).toBe(`+${P1}`);
	});

	it('is told of the person who had it then, however late (E48)', async () => {
		await changesNumber();
		await writes(Y, AT - HOUR);
		await writes(X, AT - 11 * DAY, 'STOP');
		expect(await saleTo(U2)).toContain('opted out');
		expect(await knownOf(U3)).toMatchObject({ window: { state: 'open' } });
	});
});

describe('a landline and a mobile phone in Brazil (E50)', () => {
	const [landline, mobile] = ['551133334444', '5511933334444'];

	it('are two people', async () => {
		await writes({ from: landline, userId: 'BR.1' }, AT - HOUR, 'STOP');
		await writes({ from: mobile, userId: 'BR.2' }, AT - 40 * HOUR);
		expect(await codeGoesTo('BR.2')).toBe(`+${mobile}`);
		expect(await knownOf(`+${mobile}`)).toMatchObject({
			userId: 'BR.2',
			window: { state: 'closed' },
			consent: { all: 'none' },
		});
		expect(await knownOf(`+${landline}`)).toMatchObject({
			userId: 'BR.1',
			consent: { all: 'out' },
		});
	});
});

describe('a new user ID', () => {
	it.each([
		['by its field', { previous_user_id: U1, body: 'User X changed' }],
		['in the text alone', { body: `User changed from A to B changed from ${U1} to ${U2}` }],
	])('told %s takes the no along (E51)', async (_how, rest) => {
		await writes(X, AT - 20 * DAY, 'STOP');
		await changes({ from: P1, userId: U2 }, { type: 'user_changed_user_id', user_id: U2, ...rest });
		for (const contact of [U2, `+${P1}`]) {
			expect(await knownOf(contact)).toMatchObject({ userId: U2, consent: { all: 'out' } });
		}
	});

	it('is none where only the identity key is new (E52)', async () => {
		await writes(X, AT - HOUR);
		const identity = { acknowledged: false, created_timestamp: AT, hash: 'h' };
		await changes(X, { type: 'customer_identity_changed', identity, user_id: 'DE.9' }, AT - 60);
		expect(await knownOf(`+${P1}`)).toMatchObject({ userId: U1, window: { state: 'open' } });
	});
});

describe('consent for all business numbers', () => {
	const everywhere = (contact: string, daysAgo: number, state: string) =>
		record(contact, daysAgo, { state, for: 'allNumbers' });

	it.each([
		['recorded before the change', true],
		['recorded after it', false],
	])('%s: a no goes along, also from another business number', async (_when, isBefore) => {
		await writes(X, AT - 20 * DAY);
		if (isBefore) await everywhere(`+${P1}`, 15, 'opted_out');
		await changesNumber();
		if (!isBefore) await everywhere(`+${P2}`, 5, 'opted_out');
		await record(U2, 30, { state: 'opted_in' });
		expect(await saleTo(U2)).toContain('opted out');
		expect(await saleTo(`+${P2}`, OTHER_NUMBER)).toContain('opted out');
	});

	it('is not the new owner’s', async () => {
		await writes(X, AT - 20 * DAY);
		await everywhere(`+${P1}`, 15, 'opted_in');
		await changesNumber();
		await writes(Y, AT - HOUR);
		expect(await saleTo(U3)).toContain('No marketing opt-in');
	});
});

it('forgets what a contact had before too, and nobody else', async () => {
	await writes(X, AT - 20 * DAY, 'STOP');
	await changesNumber();
	await writes(Y, AT - HOUR);
	const { items } = await send(scene, {
		resource: 'conversation',
		operation: 'forget',
		contact: U2,
	});
	expect(items).toMatchObject([{ wasKnown: true }]);
	for (const contact of [U1, U2, `+${P2}`]) {
		expect(await knownOf(contact)).toMatchObject({ consentRecords: [], lastMessageAt: null });
	}
	expect(await knownOf(`+${P1}`)).toMatchObject({ userId: U3, window: { state: 'open' } });
});

describe('what the memory of an agent goes by', () => {
	const ALONE: Named = { from: P1, userId: undefined };

	const CHANGE = { type: 'user_changed_number', wa_id: P2, user_id: U2, body: 'X changed' };

	const keyOf = async (who: Named, at: number): Promise<unknown> => {
		await writes(who, at);
		const [{ sessionKey }] = (await triggered(scene.engine)).slice(-1);
		expect(sessionKey).toMatch(/^[\w-]{20}$/);
		return sessionKey;
	};

	it('stays when WhatsApp tells the user ID of a phone number, and when it leaves the number out', async () => {
		const first = await keyOf(ALONE, AT - 3 * HOUR);
		expect(await keyOf(X, AT - 2 * HOUR)).toBe(first);
		expect(await keyOf({ userId: U1 }, AT - HOUR)).toBe(first);
		expect(await keyOf({ userId: U2 }, AT - HOUR)).not.toBe(first);
	});

	it('stays when WhatsApp tells the phone number of a user ID', async () => {
		const first = await keyOf({ userId: U1 }, AT - 2 * HOUR);
		expect(await keyOf(X, AT - HOUR)).toBe(first);
		expect(await keyOf(ALONE, AT - 60)).toBe(first);
	});

	it.each([
		['both', X],
		['a phone number alone', ALONE],
	])(
		'stays with a new number of one who had %s, and is not the next owner’s',
		async (_how, who) => {
			const first = await keyOf(who, AT - 5 * DAY);
			await changes(who, CHANGE, AT - 4 * DAY);
			expect(await keyOf({ from: P2, userId: U2 }, AT - 2 * HOUR)).toBe(first);
			expect(await keyOf({ userId: U2 }, AT - HOUR)).toBe(first);
			expect(await keyOf(Y, AT - HOUR)).not.toBe(first);
			expect(await keyOf(ALONE, AT - 60)).not.toBe(first);
		},
	);

	it('is not that of whoever had the number before, who changed nothing', async () => {
		const first = await keyOf(X, AT - 5 * DAY);
		const second = await keyOf(Y, AT - HOUR);
		expect(second).not.toBe(first);
		expect(await keyOf({ userId: U1 }, AT - 60)).toBe(first);
		expect(await keyOf(ALONE, AT - 30)).toBe(second);
	});

	it('stays over a restart', async () => {
		const first = await keyOf(ALONE, AT - 3 * HOUR);
		expect(await keyOf(X, AT - 2 * HOUR)).toBe(first);
		scene.engine.restart();
		expect(await keyOf({ userId: U1 }, AT - HOUR)).toBe(first);
	});
});
