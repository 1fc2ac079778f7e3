import type { IDataObject } from 'n8n-workflow';

import { deliveryKey } from '../../../nodes/WhatsAppConversationsTrigger/deliveryKey';
import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';
import {
	accountDelivery,
	AT,
	call,
	delivery,
	echo,
	messageDelivery,
	preference,
	status,
	templateStatus,
	textMessage,
	type Delivery,
} from '../events/payloads';

const DAY = 86_400;

function itemsOf(body: unknown, receivedAt: number): IDataObject[] {
	return parseDelivery(body, receivedAt).map((event) => toItem(event, receivedAt));
}

/** The keys of what a delivery brings, when it arrives at some time. */
function keysOf(body: unknown, receivedAt = AT, nodeId = 'node'): string[] {
	return itemsOf(body, receivedAt).map((item) => deliveryKey(nodeId, item));
}

function fromAccount(id: string, body: Delivery): Delivery {
	return { ...body, entry: body.entry.map((entry) => ({ ...entry, id })) };
}

function ofNumber(id: string, value: IDataObject): Delivery {
	return delivery({ ...value, metadata: { display_phone_number: '1555', phone_number_id: id } });
}

const automatic = (time?: number, value: IDataObject = {}) =>
	accountDelivery(
		{ automatic_events: [{ id: 'wamid.1', event_name: 'Purchase' }], ...value },
		'automatic_events',
		time ?? (null as unknown as undefined),
	);
const inGroup = (participant: string) =>
	status({ extra: { recipient_type: 'group', recipient_participant_id: participant } });
const stop = (options: IDataObject = {}) =>
	delivery({ user_preferences: [preference('stop', options as never)] }, 'user_preferences');

/** Every kind, with and without a time, also with one that lies ahead of the arrival. */
const DELIVERIES: Array<[string, Delivery]> = [
	['a message', messageDelivery(textMessage())],
	['a message without an ID', messageDelivery(textMessage({ id: undefined }))],
	['a message without a time', messageDelivery(textMessage({ timestamp: undefined }))],
	['a message stamped ahead', messageDelivery(textMessage({ timestamp: AT + DAY }))],
	['a status', delivery({ statuses: [status()] })],
	['a status without an ID or a time', delivery({ statuses: [status({ id: '', timestamp: '' })] })],
	['a call', delivery({ calls: [call()] }, 'calls')],
	[
		'a call without an ID or a time',
		delivery({ calls: [call({ id: '', timestamp: '' })] }, 'calls'),
	],
	['a consent change', stop()],
	['a consent change without a time', stop({ timestamp: undefined })],
	['a consent change stamped ahead', stop({ timestamp: AT + DAY })],
	['an echo', delivery({ message_echoes: [echo()] }, 'smb_message_echoes')],
	['an account event', templateStatus('APPROVED')],
	['an account event stamped ahead', automatic(AT + DAY)],
	['an account event without a time', automatic()],
	['an account event of a new field', accountDelivery({ what: 'new' }, 'brand_new')],
];

it.each(DELIVERIES)('%s has one key, whenever it arrives', (_what, body) => {
	const keys = [0, 1, 60, DAY, 7 * DAY].map((later) => keysOf(body, AT + later));
	expect(new Set(keys.flat()).size).toBe(1);
	expect(keys[0]).toHaveLength(1);
});

it('no two of them have the same key', () => {
	const keys = DELIVERIES.flatMap(([, body]) => keysOf(body));
	// The first message is there three times, and told by its ID, whatever its time.
	const sameIds = 2;
	expect(new Set(keys).size).toBe(keys.length - sameIds);
});

it.each<[string, Delivery, Delivery]>([
	[
		'two messages',
		messageDelivery(textMessage({ id: 'wamid.1' })),
		messageDelivery(textMessage({ id: 'wamid.2' })),
	],
	[
		'two messages without an ID',
		messageDelivery(textMessage({ id: undefined, body: 'one' })),
		messageDelivery(textMessage({ id: undefined, body: 'two' })),
	],
	[
		'two statuses of one message',
		delivery({ statuses: [status({ status: 'sent' })] }),
		delivery({ statuses: [status({ status: 'read' })] }),
	],
	[
		'one status of two messages',
		delivery({ statuses: [status({ id: 'wamid.1' })] }),
		delivery({ statuses: [status({ id: 'wamid.2' })] }),
	],
	[
		'one status of two participants of a group',
		delivery({ statuses: [inGroup('4915111111111')] }),
		delivery({ statuses: [inGroup('4915222222222')] }),
	],
	[
		'two statuses without an ID',
		delivery({ statuses: [status({ id: '', recipient: '4915111111111' })] }),
		delivery({ statuses: [status({ id: '', recipient: '4915222222222' })] }),
	],
	[
		'two stages of one call',
		delivery({ calls: [call()] }, 'calls'),
		delivery({ calls: [call({ event: 'terminate' })] }, 'calls'),
	],
	[
		'two calls without an ID',
		delivery({ calls: [call({ id: '', from: '4915111111111' })] }, 'calls'),
		delivery({ calls: [call({ id: '', from: '4915222222222' })] }, 'calls'),
	],
	['a stop and the next one', stop(), stop({ timestamp: AT + 60 })],
	[
		'the stops of two contacts',
		stop({ wa_id: '4915111111111', user_id: undefined }),
		stop({ wa_id: '4915222222222', user_id: undefined }),
	],
	['the same of an account, told of two times', automatic(AT - DAY), automatic(AT)],
	['the same of two accounts', automatic(AT), fromAccount('second', automatic(AT))],
	['the same of two accounts, without a time', automatic(), fromAccount('second', automatic())],
	[
		'the same of two fields',
		accountDelivery({ event: 'X' }, 'account_update'),
		accountDelivery({ event: 'X' }, 'account_alerts'),
	],
	[
		'one message to two numbers',
		ofNumber('1', { messages: [textMessage()] as never }),
		ofNumber('2', { messages: [textMessage()] as never }),
	],
])('%s have two keys', (_what, one, other) => {
	expect(keysOf(one)).not.toEqual(keysOf(other));
});

it.each(DELIVERIES)('%s starts two nodes', (_what, body) => {
	expect(keysOf(body, AT, 'one')).not.toEqual(keysOf(body, AT, 'other'));
});
