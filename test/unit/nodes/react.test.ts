import type { IDataObject } from 'n8n-workflow';

import { execute } from '../../../nodes/WhatsAppConversations/actions/message/react.operation';
import { DecisionError } from '../../../nodes/WhatsAppConversations/send/decisionError';
import { NO_FACTS } from '../../../nodes/core/conversation/facts';
import { InputError } from '../../../nodes/core/inputError';

import { FakeSession, NOW } from './fakeSession';
import { itemFor } from './support';

const REACTION = { operation: 'react', messageId: 'wamid.A=', emoji: '❤️' };

async function react(session: FakeSession, parameters: IDataObject = {}): Promise<IDataObject> {
	return (await execute(itemFor({ ...REACTION, ...parameters }, {}, session))).json;
}

async function refusalOf(session: FakeSession, parameters?: IDataObject): Promise<InputError> {
	const outcome: unknown = await react(session, parameters).catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(InputError);
	expect(session.requests).toEqual([]);
	return outcome as InputError;
}

it.each([
	['puts an emoji on a message', '❤️'],
	['takes it away', ''],
])('%s', async (_what, emoji) => {
	const session = new FakeSession();
	const json = await react(session, { emoji, options: { trackingData: 'order-7' } });
	expect(session.requests).toEqual([
		{
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+16505551234',
			type: 'reaction',
			reaction: { message_id: 'wamid.A=', emoji },
			biz_opaque_callback_data: 'order-7',
		},
	]);
	expect(json).toMatchObject({
		messageId: 'wamid.1',
		contact: '+16505551234',
		messageStatus: 'accepted',
		sentAs: 'freeForm',
		decision: { allowed: true, reason: 'windowOpen' },
	});
});

describe('needs the window', () => {
	it('and says so when it is closed', async () => {
		const refusal = await refusalOf(new FakeSession({}, NOW - 90_000));
		expect(refusal).toBeInstanceOf(DecisionError);
		expect(refusal).toMatchObject({
			message: expect.stringMatching(/window closed at .*cannot be replaced by a template\.$/),
			decision: { allowed: false, reason: 'reactionNeedsWindow' },
		});
	});

	it('and heeds it when WhatsApp says that it is closed', async () => {
		const session = new FakeSession({ 0: 131047 });
		expect(await refusalOf(session)).toMatchObject({
			message: expect.stringContaining('was closed when WhatsApp refused a message'),
			decision: { reason: 'reactionNeedsWindow' },
		});
	});

	it("which one's own data may tell of", async () => {
		const contactLastMessageAt = new Date((NOW - 60) * 1000).toISOString();
		const session = new FakeSession({}, 0);
		expect(await react(session, { options: { contactLastMessageAt } })).toMatchObject({
			decision: { reason: 'windowOpen' },
		});
	});

	it('by the safety margin of its options', async () => {
		const session = new FakeSession({}, NOW - 86_400 + 30);
		await refusalOf(session);
		expect(await react(session, { options: { safetyMargin: 0 } })).toMatchObject({
			decision: { reason: 'windowOpen' },
		});
	});
});

it('may be held back from who has opted out', async () => {
	const session = new FakeSession();
	session.conversations.learn(
		'',
		{ phone: '16505551234' },
		{ ...NO_FACTS, consent: [{ scope: 'all', state: 'opted_out', at: NOW, source: 'keyword' }] },
	);
	expect(await refusalOf(session, { options: { blockRepliesAfterOptOut: true } })).toMatchObject({
		decision: { reason: 'optedOut' },
	});
	expect(await react(session)).toMatchObject({ decision: { reason: 'replyAfterOptOut' } });
});

it.each([
	['Emoji', { emoji: 'ok' }],
	['Message ID', { messageId: 'two words' }],
	['To', { to: 'Anna' }],
	['Tracking Data', { options: { trackingData: 'x'.repeat(513) } }],
])("is checked before it is sent: '%s'", async (field, parameters) => {
	expect((await refusalOf(new FakeSession(), parameters)).field).toBe(field);
});
