import { Bursts, type Turn } from '../../../nodes/core/burst/bursts';
import { MOST_MESSAGES, MOST_MS, quietAfter } from '../../../nodes/core/burst/patience';

const newBursts = () =>
	new Bursts<string>(async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)));

describe('how long the contact has to be quiet', () => {
	const after = (text: string, type = 'text', before = 0) => quietAfter({ type, text, before });

	it.each([
		'Where is my order 4711?',
		'I would like to order two blue lamps.',
		'Thanks a lot, that helped me!',
		'¿Tienen mesas libres para hoy?',
		'هل لديكم مقاعد اليوم؟',
		'我想订两盏蓝色的灯，今天能送到吗？',
		'"When do you open tomorrow?"',
		'I am looking forward to it very much 🎉',
		'Who?',
	])('is at most a second behind a finished sentence: %s', (text) => {
		expect(after(text)).toBeLessThanOrEqual(950);
	});

	it.each(['Hi', 'Hello!', 'I wanted to ask', 'because,', 'one more thing..', 'https://x.y/a', ''])(
		'is longer behind a fragment: %s',
		(text) => {
			expect(after(text)).toBeGreaterThan(2_000);
		},
	);

	it.each(['image', 'video', 'audio', 'document', 'sticker'])(
		'is short behind a file: %s',
		(type) => {
			expect(after('', type)).toBe(1_600);
			expect(after('These are the photos of it.', type)).toBe(1_600);
		},
	);

	it('is longer within a row', () => {
		expect(after('I would like to order two.', 'text', 1)).toBe(2_000);
		expect(after('', 'image', 3)).toBe(2_000);
	});
});

describe('messages in a row', () => {
	beforeEach(() => {
		jest.useFakeTimers({ now: 0 });
	});

	afterEach(() => {
		jest.useRealTimers();
	});

	/** Takes messages in at their times, and notes what became of each. */
	const gather = async (times: Array<[message: string, atMs: number, quietMs: number]>) => {
		const bursts = newBursts();
		const turns: Array<[message: string, atMs: number, turn: Turn<string>]> = [];
		for (const [message, at, quiet] of times) {
			await jest.advanceTimersByTimeAsync(at - Date.now());
			void bursts.take('Ann', message, quiet, Date.now()).then((turn) => {
				turns.push([message, Date.now(), turn]);
				if (turn.role === 'first') turn.settle(true);
			});
		}
		await jest.advanceTimersByTimeAsync(60_000);
		return { bursts, turns };
	};

	const firsts = (turns: Array<[string, number, Turn<string>]>) =>
		turns.flatMap(([, at, turn]) => (turn.role === 'first' ? [[at, turn.messages]] : []));

	it('start one run when the contact has been quiet, with all of them in their order', async () => {
		const { turns } = await gather([
			['a', 0, 2_500],
			['b', 900, 2_500],
			['c', 1_700, 900],
		]);
		expect(firsts(turns)).toEqual([[2_600, ['a', 'b', 'c']]]);
		expect(turns).toHaveLength(3);
		expect(turns.slice(1).map(([, , turn]) => turn)).toEqual([
			{ role: 'follower', isHeld: true },
			{ role: 'follower', isHeld: true },
		]);
	});

	it('start another run behind a pause', async () => {
		const { turns } = await gather([
			['a', 0, 900],
			['b', 1_000, 900],
		]);
		expect(firsts(turns)).toEqual([
			[900, ['a']],
			[1_900, ['b']],
		]);
	});

	it('wait no longer than the limit, however many come', async () => {
		const times = Array.from({ length: 12 }, (_, i): [string, number, number] => [
			String(i),
			i * 1_000,
			2_500,
		]);
		const [[at, messages]] = firsts((await gather(times)).turns);
		expect(at).toBe(MOST_MS);
		expect(messages).toHaveLength(8);
	});

	it('are no more in one run than the limit', async () => {
		const times = Array.from({ length: MOST_MESSAGES + 1 }, (_, i): [string, number, number] => [
			String(i),
			0,
			2_500,
		]);
		expect(firsts((await gather(times)).turns).map(([, messages]) => messages)).toMatchObject([
			{ length: MOST_MESSAGES },
			{ length: 1 },
		]);
	});

	it('leave nothing behind', async () => {
		const { bursts } = await gather([['a', 0, 900]]);
		expect(bursts.countOf('Ann')).toBe(0);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('are told when n8n did not take the run', async () => {
		const bursts = newBursts();
		const first = bursts.take('Ann', 'a', 900, 0);
		const follower = bursts.take('Ann', 'b', 900, 0);
		await jest.advanceTimersByTimeAsync(900);
		const turn = await first;
		if (turn.role !== 'first') throw new Error('The first message starts the run.');
		turn.settle(false);
		expect(await follower).toEqual({ role: 'follower', isHeld: false });
	});

	it('go at once when something came that must not wait', async () => {
		const bursts = newBursts();
		const first = bursts.take('Ann', 'a', 2_500, 0);
		expect(bursts.countOf('Ann')).toBe(1);
		bursts.close('Ann');
		expect(await first).toMatchObject({ role: 'first', messages: ['a'] });
		bursts.close('Ann');
	});

	it('of other contacts are other rows', async () => {
		const bursts = newBursts();
		const both = [bursts.take('Ann', 'a', 900, 0), bursts.take('Ben', 'b', 900, 0)];
		await jest.advanceTimersByTimeAsync(900);
		expect(await Promise.all(both)).toMatchObject([{ messages: ['a'] }, { messages: ['b'] }]);
	});
});
