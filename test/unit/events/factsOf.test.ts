import { NO_FACTS } from '../../../nodes/core/conversation/facts';
import { DEFAULT_WORDS, wordSet } from '../../../nodes/core/conversation/keywords';
import { factsOf, type ReadingOptions } from '../../../nodes/core/events/factsOf';
import { parseDelivery } from '../../../nodes/core/events/parse';
import { writeSendNote } from '../../../nodes/core/sendNote';

import {
	AT,
	call,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	delivery,
	echo,
	failedStatus,
	message,
	messageDelivery,
	preference,
	status,
	textMessage,
} from './payloads';

const OPTIONS: ReadingOptions = {
	counting: {},
	words: {
		stopWords: wordSet(DEFAULT_WORDS.stopWords),
		startWords: wordSet(DEFAULT_WORDS.startWords),
		stopPayloads: wordSet(DEFAULT_WORDS.stopPayloads),
		startPayloads: wordSet(DEFAULT_WORDS.startPayloads),
	},
};

const told = (body: unknown, options = OPTIONS) => {
	const [event] = parseDelivery(body, AT);
	return factsOf(event, options);
};

it('tells of a message when the contact wrote it', () => {
	expect(told(messageDelivery(textMessage()))).toEqual({
		contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
		facts: { ...NO_FACTS, lastInboundAt: AT },
	});
});

it.each([
	['STOP', 'stop', 'opted_out'],
	['start', 'start', 'lifted'],
])('tells of the word %p both the message and the consent', (body, consentWord, state) => {
	expect(told(messageDelivery(textMessage({ body })))).toMatchObject({
		facts: { lastInboundAt: AT, consent: [{ state, at: AT, source: 'keyword' }] },
		consentWord,
	});
});

it('takes no word for consent where none counts', () => {
	const facts = told(messageDelivery(textMessage({ body: 'STOP' })), { counting: {} });
	expect(facts).toMatchObject({ facts: { consent: [] } });
	expect(facts?.consentWord).toBeUndefined();
});

it('lets an option decide whether a reaction counts', () => {
	const reaction = messageDelivery(message('reaction', { message_id: 'wamid.1', emoji: '👍' }));
	expect(told(reaction)).toBeUndefined();
	expect(told(reaction, { ...OPTIONS, counting: { reactions: true } })).toMatchObject({
		facts: { lastInboundAt: AT },
	});
});

it('tells nothing of a message in a group', () => {
	const inGroup = { ...textMessage({ body: 'STOP' }), group_id: 'group' };
	expect(told(messageDelivery(inGroup))).toBeUndefined();
});

it.each([
	[131047, { refusedAt: AT - 600 }],
	[131049, { marketingLimitedAt: AT - 600 }],
	[131050, { consent: [{ source: 'provider_code', at: AT - 600 }] }],
])('dates the refusal %i by its send, and names whom the send went to', (errorCode, facts) => {
	const send = { contact: { phone: CONTACT_PHONE }, at: AT - 600 };
	const extra = { biz_opaque_callback_data: writeSendNote(send) };
	const entry = failedStatus({ errorCode, extra });
	expect(told(delivery({ statuses: [entry] }))).toMatchObject({
		contact: { phone: CONTACT_PHONE },
		facts,
	});
});

it.each([
	['a status of a message that arrived', delivery({ statuses: [status()] })],
	[
		'a failure that is not about the contact',
		delivery({ statuses: [failedStatus({ errorCode: 131026 })] }),
	],
	['a message of a colleague', delivery({ message_echoes: [echo()] }, 'smb_message_echoes')],
])('tells nothing of %s', (_name, body) => {
	expect(told(body)).toBeUndefined();
});

it('tells of a call of the contact when it came', () => {
	expect(told(delivery({ calls: [call()] }, 'calls'))).toMatchObject({
		facts: { lastInboundAt: AT },
	});
});

it('tells of a choice in WhatsApp what was chosen', () => {
	const body = delivery({ user_preferences: [preference('stop')] }, 'user_preferences');
	expect(told(body)).toMatchObject({
		facts: {
			lastInboundAt: 0,
			consent: [{ scope: 'marketing', state: 'opted_out', source: 'meta_preference' }],
		},
	});
});
