import fc from 'fast-check';

import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';

import {
	AT,
	CONTACT_PHONE,
	batch,
	call,
	callStatus,
	contact,
	delivery,
	echo,
	failedStatus,
	interactiveReply,
	message,
	preference,
	quickReply,
	status,
	templateStatus,
	textMessage,
	type Delivery,
} from './payloads';

/** One delivery with something of every kind. */
const everything = batch(
	delivery({
		contacts: [contact()],
		messages: [
			textMessage(),
			quickReply({ payload: 'yes', text: 'Yes' }),
			interactiveReply('list_reply', { id: 'a', title: 'A' }),
			interactiveReply('nfm_reply', { response_json: '{"a":1}' }),
			interactiveReply('call_permission_reply', { response: 'accept', expiration_timestamp: AT }),
			message('image', { id: '1', mime_type: 'image/png' }),
			message('location', { latitude: 1, longitude: 2 }),
			message('contacts', [{ name: {} }]),
			message('reaction', { message_id: 'wamid.0', emoji: '👍' }),
			message('order', { product_items: [] }),
			message('system', { type: 'user_changed_number', wa_id: CONTACT_PHONE }),
			message('edit', { message: textMessage() }),
		],
	}),
	delivery({
		statuses: [
			status({
				extra: {
					pricing: { type: 'free_entry_point' },
					conversation: { expiration_timestamp: AT },
				},
			}),
			failedStatus(),
		],
	}),
	delivery({ calls: [call()], statuses: [callStatus('ACCEPTED')] }, 'calls'),
	delivery({ user_preferences: [preference('stop')] }, 'user_preferences'),
	delivery({ message_echoes: [echo()] }, 'smb_message_echoes'),
	templateStatus('APPROVED'),
);

describe('a delivery', () => {
	it('has events of every kind, in its order', () => {
		const kinds = parseDelivery(everything, AT).map(({ kind }) => kind);
		expect(kinds.filter((kind) => kind === 'message')).toHaveLength(12);
		expect(kinds.slice(12)).toEqual([
			'status',
			'status',
			'call',
			'call',
			'consent',
			'echo',
			'account',
		]);
	});

	it.each<[string, string, object]>([
		['message', 'messages', { messages: [textMessage()] }],
		['status', 'messages', { statuses: [status()] }],
		['call', 'calls', { calls: [call()] }],
		['consent', 'user_preferences', { user_preferences: [preference('stop')] }],
		['echo', 'smb_message_echoes', { message_echoes: [echo()] }],
	])('has a %s where the change names no field', (kind, field, value) => {
		const named = parseDelivery(delivery(value as never, field), AT);
		const unnamed = delivery(value as never, field);
		unnamed.entry.forEach(({ changes }) =>
			changes.forEach((change) => delete (change as { field?: string }).field),
		);
		expect(parseDelivery(unnamed, AT)).toEqual(named);
		expect(named).toMatchObject([{ kind }]);
	});

	it('may hold messages and statuses in one change (rule E38)', () => {
		const events = parseDelivery(delivery({ messages: [textMessage()], statuses: [status()] }), AT);
		expect(events.map(({ kind }) => kind)).toEqual(['message', 'status']);
	});

	it('may hold many entries, changes and messages', () => {
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
		const changeOf = (...ids: string[]) =>
			delivery({ messages: ids.map((id) => textMessage({ id })) }).entry[0].changes[0];
		const body: Delivery = batch(delivery({}), delivery({}));
		body.entry[0] = { id: '1', changes: [changeOf('a', 'b'), changeOf('c', 'd')] };
		body.entry[1] = { id: '2', changes: [changeOf('e', 'f'), changeOf('g', 'h')] };

		const events = parseDelivery(body, AT);
		expect(events.map((event) => 'messageId' in event && event.messageId)).toEqual(names);
		expect(events.map(({ accountId }) => accountId)).toEqual([...'11112222']);
	});

	it('keeps the business numbers apart (rule E33)', () => {
		const metadata = { display_phone_number: '1555', phone_number_id: 'other' };
		const body = batch(
			delivery({ messages: [textMessage()] }),
			delivery({ metadata, messages: [textMessage()] }),
		);
		const numbers = parseDelivery(body, AT).map(({ businessNumberId }) => businessNumberId);
		expect(numbers).toEqual(['106540352242922', 'other']);
	});

	it('flags a clock that runs ahead, and takes the arrival (rule E9)', () => {
		const body = delivery({ messages: [textMessage({ timestamp: AT + 600 })] });
		expect(parseDelivery(body, AT)).toMatchObject([{ at: AT, clockSkewed: true }]);
		expect(parseDelivery(body, AT + 300)[0]).not.toHaveProperty('clockSkewed');
	});

	it('of 1,000 messages with 1,000 contacts is read completely', () => {
		const phones = Array.from({ length: 1000 }, (_, index) => String(16500000000 + index));
		const body = delivery({
			contacts: phones.map((waId) => contact({ waId, userId: undefined, name: waId })),
			messages: phones.map((from) => textMessage({ from, userId: undefined })).reverse(),
		});
		const events = parseDelivery(body, AT);
		expect(events).toHaveLength(1000);
		expect(
			events.every((event) => event.kind === 'message' && event.name === event.contact.phone),
		).toBe(true);
	});
});

describe('what is not a delivery has no events', () => {
	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['a text', '{"object":"whatsapp_business_account"}'],
		['a list', [everything]],
		['an empty object', {}],
		['another object', { ...everything, object: 'page' }],
		['no entries', { object: 'whatsapp_business_account' }],
		['entries that are no list', { object: 'whatsapp_business_account', entry: {} }],
		[
			'empty entries',
			{ object: 'whatsapp_business_account', entry: [null, 1, {}, { changes: 1 }] },
		],
	])('%s', (_, body) => {
		expect(parseDelivery(body, AT)).toEqual([]);
	});
});

describe('whatever comes', () => {
	it('never throws for a body of any kind', () => {
		fc.assert(
			fc.property(
				fc.anything({
					withNullPrototype: true,
					withBigInt: true,
					withDate: true,
					withMap: true,
					withSparseArray: true,
				}),
				(body) => {
					expect(parseDelivery(body, AT)).toEqual([]);
				},
			),
		);
	});

	it('never throws, and always gives items, wherever a delivery is broken', () => {
		fc.assert(
			fc.property(
				fc.infiniteStream(fc.nat()),
				fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }),
				(picks, values) => {
					const body = structuredClone(everything);
					for (const value of values) breakSomewhere(body, value, picks);
					for (const event of parseDelivery(body, AT)) {
						const item = toItem(event, AT);
						expect(item.event).toBe(event.kind);
						expect(JSON.parse(JSON.stringify(item))).toHaveProperty('raw');
					}
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('does not lose a message beside broken ones', () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (before, after) => {
				const messages = [...before, textMessage({ id: 'wamid.whole' }), ...after];
				const ids = parseDelivery(delivery({ messages, contacts: before }), AT).map(
					(event) => 'messageId' in event && event.messageId,
				);
				expect(ids).toContain('wamid.whole');
			}),
		);
	});

	it('reads an edit within an edit without end', () => {
		let nested: Record<string, unknown> = textMessage();
		for (let depth = 0; depth < 50_000; depth++)
			nested = { type: 'edit', edit: { message: nested } };
		expect(parseDelivery(delivery({ messages: [nested] }), AT)).toMatchObject([
			{ type: 'edit', text: '' },
		]);
	});
});

/** Puts the value in place of a node of the JSON, which the picks choose. */
function breakSomewhere(root: object, value: unknown, picks: Iterator<number>): void {
	let node = root as Record<string, unknown>;
	for (;;) {
		const keys = Object.keys(node);
		if (keys.length === 0) return;
		const key = keys[picks.next().value % keys.length];
		const child = node[key];
		if (typeof child !== 'object' || child === null || picks.next().value % 8 === 0) {
			node[key] = value;
			return;
		}
		node = child as Record<string, unknown>;
	}
}
