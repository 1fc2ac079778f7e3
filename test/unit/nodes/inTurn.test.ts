import { inTurn, type Turn } from '../../../nodes/WhatsAppConversations/inTurn';
import { describeCode } from '../../../nodes/core/transport/errors';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

let number = 0;

/** A turn of a business number that no other test has used. */
function turn(changes: Partial<Turn> = {}): Turn {
	return {
		businessNumberId: `number ${number}`,
		contact: '15551230001',
		messagesPerSecond: 80,
		isCancelled: () => false,
		...changes,
	};
}

const refusal = (code: number) =>
	new ProviderRefusal({ ...describeCode(code), code, details: '' }, 400);

/** The times at which sends started, in milliseconds after the first. */
async function startsOf(turns: Turn[], send: (n: number) => Promise<unknown>): Promise<number[]> {
	const starts: number[] = [];
	const all = Promise.allSettled(
		turns.map(async (each) =>
			inTurn(each, async () => {
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
		const all = inTurn(turn(), async () => await Promise.reject(refusal(130429)));
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
