import { sendAtRate, type RatedSend } from '../../../nodes/WhatsAppConversations/send/rate';
import { describeCode } from '../../../nodes/core/transport/errorTable';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

let number = 0;

const SOMEBODY = {};
const permitted = async () => await Promise.resolve();

/** A turn of a business number that no other test has used. */
function turn(changes: Partial<RatedSend> = {}): RatedSend {
	return {
		businessNumberId: `number ${number}`,
		contact: '15551230001',
		messagesPerSecond: 80,
		isReply: false,
		source: SOMEBODY,
		isCancelled: () => false,
		...changes,
	};
}

const refusal = (code: number) =>
	new ProviderRefusal({ ...describeCode(code), code, details: '' }, 400);

/** The times at which sends started, in milliseconds after the first. */
async function startsOf(
	turns: RatedSend[],
	send: (n: number) => Promise<unknown>,
): Promise<number[]> {
	const starts: number[] = [];
	const all = Promise.allSettled(
		turns.map(async (each) =>
			sendAtRate(each, permitted, async () => {
				starts.push(Date.now());
				return await send(starts.length);
			}),
		),
	);
	await jest.runAllTimersAsync();
	await all;
	return starts.map((at) => at - starts[0]);
}

const ok = async () => await Promise.resolve('sent');

beforeEach(() => {
	number++;
	jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

describe('the rate of a business number', () => {
	it('is never above what was asked for, in any second', async () => {
		const turns = Array.from({ length: 400 }, (_, i) => turn({ contact: String(i) }));
		const starts = await startsOf(turns, ok);
		const busiest = Math.max(
			...starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length),
		);
		expect(busiest).toBeLessThanOrEqual(80);
		expect(starts[399]).toBeLessThan((400 / 70) * 1000);
	});

	it('counts for each number by itself', async () => {
		const turns = ['a', 'b'].map((id) => turn({ businessNumberId: `${number} ${id}` }));
		expect(await startsOf(turns, ok)).toEqual([0, 0]);
	});
});

it('one contact gets a burst of 45, then one message in six seconds', async () => {
	const starts = await startsOf(
		Array.from({ length: 47 }, () => turn()),
		ok,
	);
	expect(starts[44]).toBeLessThan(1000);
	expect(starts[45]).toBeGreaterThanOrEqual(6000);
	expect(starts[46]).toBeGreaterThanOrEqual(12_000);
});

describe('a refusal', () => {
	const asksFor = (retryAfterMs: number) => {
		const refusal = { ...describeCode(130429), code: 130429, details: '', retryAfterMs };
		return new ProviderRefusal(refusal, 429);
	};

	it('is tried again when the provider wants it', async () => {
		const starts = await startsOf([turn()], async (n) =>
			n < 3 ? await Promise.reject(asksFor(30_000)) : 'sent',
		);
		expect(starts).toHaveLength(3);
		expect(starts[1]).toBeGreaterThanOrEqual(30_000);
		expect(starts[2]).toBeGreaterThanOrEqual(60_000);
		expect(starts[2]).toBeLessThan(62_000);
	});

	it('is not waited for longer than the longest pause', async () => {
		const starts = await startsOf([turn()], async () => await Promise.reject(asksFor(65_000)));
		expect(starts).toEqual([0]);
	});

	it('keeps its own pauses where the provider asks for less', async () => {
		const starts = await startsOf([turn()], async (n) =>
			n < 3 ? await Promise.reject(asksFor(0)) : 'sent',
		);
		expect(starts[2]).toBeGreaterThanOrEqual(3_000);
	});

	it.each([4, 80007, 130429])('%s is tried again until it passes', async (code) => {
		const starts = await startsOf([turn()], async (n) =>
			n < 4 ? await Promise.reject(refusal(code)) : 'sent',
		);
		const gaps = starts.slice(1).map((at, i) => Math.round((at - starts[i]) / 1000));
		expect(gaps).toEqual([1, 2, 4]);
	});

	// The second pause is the six seconds that a contact's messages are apart.
	it('131056 is tried again after four to the power of the tries, in seconds', async () => {
		const starts = await startsOf([turn()], async () => await Promise.reject(refusal(131056)));
		const gaps = starts.slice(1).map((at, i) => Math.round((at - starts[i]) / 1000));
		expect(gaps).toEqual([1, 6, 16, 64]);
	});

	it.each([1, 2, 131000, 131016, 131026, 131047, 131048, 132000, 190])(
		'%s is not tried again: it may have been sent, or it would be refused again',
		async (code) => {
			const starts = await startsOf([turn()], async () => await Promise.reject(refusal(code)));
			expect(starts).toHaveLength(1);
		},
	);

	it('of another sort is not tried again', async () => {
		const starts = await startsOf([turn()], async () => await Promise.reject(new Error('cut')));
		expect(starts).toHaveLength(1);
	});

	it('gives its error in the end', async () => {
		const all = sendAtRate(turn(), permitted, async () => await Promise.reject(refusal(130429)));
		const refused = expect(all).rejects.toMatchObject({ refusal: { code: 130429 } });
		await jest.runAllTimersAsync();
		await refused;
	});

	it('for the rate holds back the other messages of the number', async () => {
		const starts = await startsOf(
			[turn({ contact: 'a' }), turn({ contact: 'b' }), turn({ contact: 'c' })],
			async (n) => (n === 1 ? await Promise.reject(refusal(130429)) : 'sent'),
		);
		expect(starts.filter((at) => at < 900).length).toBeLessThanOrEqual(3);
		expect(starts).toHaveLength(4);
	});
});

it('a cancelled execution waits no longer and tries nothing again', async () => {
	let cancelled = false;
	const starts = await startsOf([turn({ isCancelled: () => cancelled })], async () => {
		cancelled = true;
		return await Promise.reject(refusal(130429));
	});
	expect(starts).toHaveLength(1);
});

it('a message that was waiting when its execution was cancelled is not sent', async () => {
	let cancelled = false;
	const turns = Array.from({ length: 46 }, () => turn({ isCancelled: () => cancelled }));
	setTimeout(() => (cancelled = true), 3_000);
	expect(await startsOf(turns, ok)).toHaveLength(45);
});

describe('what is asked before each try', () => {
	it('is asked after all waiting, and again after each pause', async () => {
		const asked: number[] = [];
		const sent: number[] = [];
		const all = sendAtRate(
			turn(),
			async () => void asked.push(Date.now()),
			async () => {
				sent.push(Date.now());
				return sent.length < 3 ? await Promise.reject(refusal(130429)) : 'sent';
			},
		);
		await jest.runAllTimersAsync();
		await all;
		expect(asked).toEqual(sent);
		expect(sent[2] - sent[0]).toBeGreaterThanOrEqual(3_000);
	});

	it('can hold the message back, which leaves its turns to others', async () => {
		const held = Array.from({ length: 44 }, (_, i) => i);
		const no = async () => await Promise.reject(new Error('no more'));
		const rate = { messagesPerSecond: 1 };
		const outcomes = Promise.allSettled(
			held.map(async () => await sendAtRate(turn(rate), no, async () => await ok())),
		);
		await jest.runAllTimersAsync();
		expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
		// Neither the number's turns nor the contact's are used up.
		const from = Date.now();
		const ends: number[] = [];
		const later = Array.from({ length: 3 }, async () => {
			await sendAtRate(turn(rate), permitted, ok);
			ends.push(Date.now() - from);
		});
		await jest.runAllTimersAsync();
		await Promise.all(later);
		expect(ends[0]).toBeLessThan(20);
		expect(ends[2]).toBeLessThan(2_500);
	});

	it('is not asked for a message whose execution was cancelled', async () => {
		const permit = jest.fn(permitted);
		const all = sendAtRate(turn({ isCancelled: () => true }), permit, ok);
		await expect(all).rejects.toThrow('was cancelled');
		expect(permit).not.toHaveBeenCalled();
	});

	it('may last until the execution is cancelled', async () => {
		let cancelled = false;
		const permit = async () => void (cancelled = true);
		const sends = jest.fn(ok);
		const all = sendAtRate(turn({ isCancelled: () => cancelled }), permit, sends);
		await expect(all).rejects.toThrow('was cancelled');
		expect(sends).not.toHaveBeenCalled();
	});
});

describe('beside four lists of 1,000 at 5 messages a second', () => {
	const PER_SECOND = 5;
	/** As many as an execution works on at once. */
	const AT_ONCE = 24;

	let isOver: boolean;
	let sent: Array<{ list: number; at: number }>;

	/** One list, to contacts of its own. */
	async function list(which: number, changes: Partial<RatedSend> = {}): Promise<void> {
		const source = {};
		const contacts = Array.from({ length: 1_000 }, (_, i) => `${which} ${i}`);
		const worker = async () => {
			for (let contact; !isOver && (contact = contacts.shift()); ) {
				const own = { contact, source, messagesPerSecond: PER_SECOND, isCancelled: () => isOver };
				await sendAtRate(turn({ ...own, ...changes }), permitted, async () => {
					sent.push({ list: which, at: Date.now() });
					await new Promise((resolve) => setTimeout(resolve, 100));
				}).catch(() => {});
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
	}

	/** How long a message waits that comes when the lists have been under way for half a minute. */
	async function waitOf(changes: Partial<RatedSend>): Promise<number> {
		await jest.advanceTimersByTimeAsync(30_000);
		const from = Date.now();
		let wait = Infinity;
		const answer = turn({ source: {}, messagesPerSecond: PER_SECOND, ...changes });
		void sendAtRate(answer, permitted, async () => void (wait = Date.now() - from));
		await jest.advanceTimersByTimeAsync(60_000);
		return wait;
	}

	beforeEach(() => {
		isOver = false;
		sent = [];
		for (let which = 0; which < 4; which++) void list(which);
	});
	afterEach(async () => {
		isOver = true;
		await jest.runAllTimersAsync();
	});

	it('a reply waits less than a second', async () => {
		expect(await waitOf({ isReply: true })).toBeLessThan(500);
	});

	it('a single message of another execution waits for one of each list', async () => {
		expect(await waitOf({})).toBeLessThan(1_500);
	});

	it('a reply waits for what was to go to the same contact before, which goes first', async () => {
		await jest.advanceTimersByTimeAsync(10_000);
		const order: string[] = [];
		const to = (name: string, isReply: boolean) =>
			void sendAtRate(
				turn({ contact: 'both', isReply, source: {}, messagesPerSecond: PER_SECOND }),
				permitted,
				async () => void order.push(name),
			);
		to('template', false);
		to('reply', true);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(order).toEqual(['template', 'reply']);
	});

	it('the rate holds, the lists share it, and answers without end do not stop them', async () => {
		void list(4, { isReply: true });
		await jest.advanceTimersByTimeAsync(60_000);
		const times = sent.map(({ at }) => at).sort((a, b) => a - b);
		const busiest = Math.max(
			...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
		);
		expect(busiest).toBeLessThanOrEqual(PER_SECOND);
		const lists = sent.filter(({ list: which }) => which < 4);
		expect(lists.length).toBeGreaterThan(0.19 * sent.length);
		const ofEach = [0, 1, 2, 3].map(
			(which) => lists.filter(({ list: other }) => other === which).length,
		);
		expect(Math.max(...ofEach) - Math.min(...ofEach)).toBeLessThanOrEqual(2);
	});
});
