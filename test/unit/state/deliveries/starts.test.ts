import { SeenMessages } from '../../../../nodes/core/state/deliveries/seenMessages';
import { Starts } from '../../../../nodes/core/state/deliveries/starts';
import { NOW } from '../../conversation/support';

const T = NOW * 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const KEY = 'wamid.1';

interface Scene {
	seen: SeenMessages;
	starts: Starts;
	/** n8n's answer. */
	answer: { writableEnded: boolean; statusCode: number };
	/** The sender has it. */
	finish: () => void;
}

function begun(...keys: string[]): Scene {
	const seen = new SeenMessages();
	const starts = new Starts(seen);
	const answer = { writableEnded: false, statusCode: 200 };
	let finish = () => {};
	const isOver = new Promise<void>((resolve) => (finish = resolve));
	starts.begin([KEY, ...keys], answer, isOver, NOW, T);
	return { seen, starts, answer, finish };
}

describe('a delivery that n8n turns into a run', () => {
	it('is under way until n8n answers that it holds the execution, and is seen then', () => {
		const { seen, starts, answer } = begun('wamid.2');
		expect(starts.isUnderWay(KEY, T)).toBe(true);
		expect(seen.has(KEY)).toBe(false);
		answer.writableEnded = true;
		for (const key of [KEY, 'wamid.2']) {
			expect(starts.isUnderWay(key, T)).toBe(false);
			expect(seen.has(key)).toBe(true);
		}
	});

	it.each([300, 404, 500, 503])('is free again when n8n answers %i', (statusCode) => {
		const { seen, starts, answer } = begun();
		Object.assign(answer, { writableEnded: true, statusCode });
		expect(starts.isUnderWay(KEY, T)).toBe(false);
		expect(seen.has(KEY)).toBe(false);
	});

	it('is free again after a quarter of an hour without an answer', () => {
		const { seen, starts } = begun();
		expect(starts.isUnderWay(KEY, T + 15 * MINUTE_MS)).toBe(true);
		expect(starts.isUnderWay(KEY, T + 15 * MINUTE_MS + 1)).toBe(false);
		expect(seen.has(KEY)).toBe(false);
	});

	it('is noted as seen by the next delivery, when nobody told of the answer', () => {
		const { seen, starts, answer } = begun();
		answer.writableEnded = true;
		const other = { writableEnded: false, statusCode: 200 };
		starts.begin(['wamid.2'], other, Promise.resolve(), NOW, T);
		expect(seen.has(KEY)).toBe(true);
		expect(starts.isUnderWay('wamid.2', T)).toBe(true);
	});

	it('is noted as seen when somebody tells of the answer', () => {
		const { seen, starts, answer } = begun();
		starts.lookAt(KEY);
		expect(starts.isUnderWay(KEY, T)).toBe(true);
		answer.writableEnded = true;
		starts.lookAt(KEY);
		expect(seen.has(KEY)).toBe(true);
	});

	it('is waited for until the sender has the answer', async () => {
		const { starts, finish } = begun();
		const order: string[] = [];
		const waiting = starts.untilAnswered(KEY).then(() => order.push('answered'));
		await starts.untilAnswered('wamid.of another process').then(() => order.push('at once'));
		expect(order).toEqual(['at once']);
		finish();
		await waiting;
		expect(order).toEqual(['at once', 'answered']);
	});

	it('is under way no more when its run passes it on', () => {
		const { starts } = begun();
		expect(starts.claim(KEY, '1', T)).toBe(true);
		expect(starts.isUnderWay(KEY, T)).toBe(false);
	});
});

describe('a run that passes a delivery on', () => {
	it('is the only one that may, however often n8n begins it', () => {
		const { starts } = begun();
		expect(['1', '2', '1', '2'].map((id) => starts.claim(KEY, id, T))).toEqual([
			true,
			false,
			true,
			false,
		]);
		expect(starts.claim('wamid.2', '2', T)).toBe(true);
	});

	it('is remembered for six hours', () => {
		const { starts } = begun();
		starts.claim(KEY, '1', T);
		expect(starts.claim(KEY, '2', T + 6 * HOUR_MS)).toBe(false);
		expect(starts.claim(KEY, '2', T + 6 * HOUR_MS + 1)).toBe(true);
	});
});
