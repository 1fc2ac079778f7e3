import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { execute } from '../../../nodes/WhatsAppConversations/actions/message/send.operation';
import type { Result } from '../../../nodes/WhatsAppConversations/actions/operation';
import { RepeatedRun } from '../../../nodes/WhatsAppConversations/run/repeatedRun';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

import { FakeSession, NOW } from './fakeSession';
import { fileOf, itemFor } from './support';

const PARTS = ['a', 'b', 'c'].map((letter) => letter.repeat(4000));
const LONG = { text: PARTS.join('\n\n'), options: { splitLongText: true } };

async function send(
	session: FakeSession,
	parameters: IDataObject,
	binary?: Record<string, IBinaryData>,
): Promise<Result> {
	return await execute(itemFor(parameters, binary, session));
}

const textsOf = ({ requests }: FakeSession) =>
	requests.map(({ text }) => (text as IDataObject).body);

describe('a text that is split', () => {
	it('goes out part by part, and tells all IDs', async () => {
		const session = new FakeSession();
		const { json } = await send(session, LONG);
		expect(textsOf(session)).toEqual(PARTS);
		expect(json).toMatchObject({
			messageId: 'wamid.1',
			messageIds: ['wamid.1', 'wamid.2', 'wamid.3'],
			messageStatus: 'accepted',
			sentAs: 'freeForm',
			decision: { reason: 'windowOpen' },
		});
	});

	it('tells its IDs when it was short too, so that they stand in one place', async () => {
		const { json } = await send(new FakeSession(), { ...LONG, text: 'Hello' });
		expect(json).toMatchObject({ messageId: 'wamid.1', messageIds: ['wamid.1'] });
	});

	it('quotes once, and carries the tracking data in every part', async () => {
		const session = new FakeSession();
		const options = { ...LONG.options, replyTo: 'wamid.x', trackingData: 'order-7' };
		await send(session, { ...LONG, options });
		expect(session.requests.map(({ context }) => context)).toEqual([
			{ message_id: 'wamid.x' },
			undefined,
			undefined,
		]);
		expect(session.requests.map((body) => body.biz_opaque_callback_data)).toEqual(
			Array(3).fill('order-7'),
		);
	});

	it('is not begun when the window is closed', async () => {
		const session = new FakeSession({}, NOW - 90_000);
		const { output, json } = await send(session, { ...LONG, whenWindowClosed: 'output' });
		expect(session.requests).toEqual([]);
		expect(output).toBe(1);
		expect(json.decision).toMatchObject({ reason: 'windowClosed' });
	});

	it('does what is set when the first part is refused because of the window', async () => {
		const session = new FakeSession({ 0: 131047 });
		const { output } = await send(session, { ...LONG, whenWindowClosed: 'output' });
		expect(output).toBe(1);
		expect(session.requests).toEqual([]);
	});

	it.each([
		['whatever the reason', 131026, undefined],
		// A template or a second try would come on top of the parts that went out.
		['also for the window, which is closed from now on', 131047, NOW],
	])('says how much went out when a later part is refused, %s', async (_why, code, refusedAt) => {
		const session = new FakeSession({ 2: code });
		const outcome: unknown = await send(session, {
			...LONG,
			whenWindowClosed: 'output',
		}).catch((error: unknown) => error);
		expect(outcome).toBeInstanceOf(ProviderRefusal);
		const { refusal, httpStatus } = outcome as ProviderRefusal;
		expect(refusal).toMatchObject({ code, retry: 'risky' });
		expect(refusal.message).toMatch(/^Only 2 of 3 parts of the text went out: \w.*\.$/);
		expect(refusal.hint).toMatch(/ Then send the rest of the text alone\.$/);
		expect(httpStatus).toBe(400);
		expect(textsOf(session)).toEqual(PARTS.slice(0, 2));
		const { facts } = await session.conversations.contactState('', { phone: '16505551234' });
		expect(facts.refusedAt || undefined).toBe(refusedAt);
	});

	it('is not sent again when n8n repeats the run', async () => {
		const session = new FakeSession({ 1: 131026 });
		for (let tries = 0; tries < 2; tries++) {
			const tried = new RepeatedRun('this execution');
			const run = tried.once(0, {}, async () => await send(session, LONG));
			await expect(run).rejects.toThrow('Only 1 of 3 parts');
		}
		expect(session.requests).toHaveLength(1);
	});
});

it('tells one ID of other messages', async () => {
	const { json } = await send(new FakeSession(), { text: 'Hello' });
	expect(json.messageId).toBe('wamid.1');
	expect(json).not.toHaveProperty('messageIds');
});

it("repeats no refused message under 'Send Anyway'", async () => {
	const session = new FakeSession({ 0: 131047 });
	await expect(
		send(session, { text: 'Hello', whenWindowClosed: 'sendAnyway' }),
	).rejects.toBeInstanceOf(ProviderRefusal);
	expect(session.requests).toEqual([]);
});

describe('files', () => {
	const FILES = {
		blue: fileOf('image/jpeg', 'blue.jpg'),
		red: fileOf('image/png', 'red.png'),
	};
	const card = (file: string, id: string) => ({
		file,
		buttons: { button: [{ title: 'Take', id }] },
	});
	const carousel = {
		messageType: 'carousel',
		body: 'Rooms',
		cardButtons: 'reply',
		cards: { card: [card('blue', '1'), card('red', '2'), card('blue', '3')] },
	};

	it('of all cards are uploaded, each once', async () => {
		const session = new FakeSession();
		await send(session, carousel, FILES);
		expect(session.uploads).toEqual(['blue.jpg', 'red.png']);
		const { action } = session.requests[0].interactive as { action: { cards: IDataObject[] } };
		expect(action.cards.map(({ header }) => header)).toEqual(
			['1', '2', '1'].map((id) => ({ type: 'image', image: { id } })),
		);
	});

	it.each<[string, IDataObject]>([
		['the last card', { cards: { card: [...carousel.cards.card.slice(1), card('blue', '2')] } }],
		['a text', { body: '' }],
		['the tracking data', { options: { trackingData: 'x'.repeat(513) } }],
		['the quoted message', { options: { replyTo: 'two words' } }],
	])('are not uploaded when something else cannot be sent: %s', async (_what, wrong) => {
		const session = new FakeSession();
		await expect(send(session, { ...carousel, ...wrong }, FILES)).rejects.toThrow();
		expect(session.uploads).toEqual([]);
	});

	it('are not uploaded when the window is closed', async () => {
		const session = new FakeSession({}, NOW - 90_000);
		await expect(send(session, carousel, FILES)).rejects.toThrow('window closed');
		expect(session.uploads).toEqual([]);
	});
});

describe('the form of the number that WhatsApp answers with', () => {
	const BRAZIL = { to: '+5511987654321', whenWindowClosed: 'sendAnyway', text: 'Hello' };

	it('is shown, and is the one that the statuses of this send are told by', async () => {
		const session = new FakeSession({}, NOW - 3600, { phone: '551187654321' });
		const { json } = await send(session, BRAZIL);
		expect(json).toMatchObject({ contact: '+551187654321', phone: '+551187654321' });
		const sent = session.conversations.sentMessage('', String(json.messageId));
		expect(sent?.contact).toMatchObject({ phone: '551187654321' });
	});

	it('is the one that was given where the answer has none', async () => {
		const session = new FakeSession({}, NOW - 3600, {});
		const { json } = await send(session, BRAZIL);
		expect(json).toMatchObject({ contact: '+5511987654321', phone: '+5511987654321' });
	});

	it('comes with the user ID that the message went to', async () => {
		const session = new FakeSession({}, NOW - 3600, { userId: 'BR.1' });
		const { json } = await send(session, { ...BRAZIL, to: 'BR.1' });
		expect(json).toMatchObject({ contact: 'BR.1', userId: 'BR.1' });
	});
});
