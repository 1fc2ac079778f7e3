import fc from 'fast-check';

import { TurnQueue, type Waiting } from '../../../nodes/core/transport/turnQueue';

const SOURCES = [{}, {}, {}];

interface Message extends Waiting {
	n: number;
}

const message = fc.record({
	contact: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
	isReply: fc.boolean(),
	source: fc.constantFrom(...SOURCES),
});

const queueOf = (waiting: Waiting[]) => {
	const queue = new TurnQueue<Message>();
	const messages = waiting.map((one, n) => ({ ...one, n }));
	for (const one of messages) queue.add(one);
	return { queue, messages };
};

function emptied(queue: TurnQueue<Message>): Message[] {
	const order: Message[] = [];
	for (let next = queue.take(); next; next = queue.take()) order.push(next);
	return order;
}

const bulk = (count: number, source: object, contact = 'bulk'): Waiting[] =>
	Array.from({ length: count }, (_, n) => ({
		contact: `${contact} ${n}`,
		isReply: false,
		source,
	}));

it('gives everybody a turn once, and those to one contact in the order in which they came', () => {
	fc.assert(
		fc.property(fc.array(message, { maxLength: 60 }), (waiting) => {
			const { queue } = queueOf(waiting);
			const order = emptied(queue);
			expect(order).toHaveLength(waiting.length);
			expect(new Set(order.map(({ n }) => n)).size).toBe(waiting.length);
			for (const contact of ['a', 'b', 'c', 'd', 'e', 'f']) {
				const own = order.filter((one) => one.contact === contact).map(({ n }) => n);
				expect(own).toEqual([...own].sort((a, b) => a - b));
			}
		}),
	);
});

it('tells beforehand who is taken', () => {
	fc.assert(
		fc.property(fc.array(message, { maxLength: 40 }), (waiting) => {
			const { queue } = queueOf(waiting);
			for (let left = waiting.length; left >= 0; left--) {
				const next = queue.next();
				expect(queue.take()).toBe(next);
			}
		}),
	);
});

it('a message that comes back goes before later ones to its contact', () => {
	const to = (isReply: boolean): Waiting => ({ contact: 'a', isReply, source: {} });
	const { queue, messages } = queueOf([to(false), to(true), to(false)]);
	const first = queue.take() as Message;
	expect(first).toBe(messages[0]);
	queue.add(first);
	expect(emptied(queue).map(({ n }) => n)).toEqual([0, 1, 2]);
});

it('replies go first, and after four of them one of the others', () => {
	const replies = Array.from({ length: 10 }, (_, n) => ({
		contact: `reply ${n}`,
		isReply: true,
		source: SOURCES[1],
	}));
	const { queue } = queueOf([...bulk(10, SOURCES[0]), ...replies]);
	const order = emptied(queue).map(({ isReply }) => (isReply ? 'r' : '-'));
	expect(order.join('')).toBe('rrrr-rrrr-rr--------');
});

it('a list of replies leaves every other turn to a single one', () => {
	const list = bulk(50, SOURCES[0]).map((one) => ({ ...one, isReply: true }));
	const { queue } = queueOf([...list, { contact: 'single', isReply: true, source: SOURCES[1] }]);
	const order = emptied(queue).map(({ contact }) => contact);
	expect(order.indexOf('single')).toBe(1);
});

it('who need not wait any more takes no turn', () => {
	const { queue } = queueOf([...bulk(3, SOURCES[0]), ...bulk(3, SOURCES[1], 'other')]);
	const over = queue.removeIf(({ source }) => source === SOURCES[0]);
	expect(over).toHaveLength(3);
	expect(emptied(queue).map(({ source }) => source)).toEqual(Array(3).fill(SOURCES[1]));
	expect(queue.next()).toBeUndefined();
});
