import { RepeatedRun } from '../../../nodes/WhatsAppConversations/run/repeatedRun';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

/** More items than any list that a cap would be thought of for. */
const MANY = 20_000;

/** One try of a run: what was done in it, and how it ends. */
async function tryOf(key: string | undefined, count: number, failing: number[] = []) {
	const run = new RepeatedRun(key);
	const done: number[] = [];
	for (let i = 0; i < count; i++) {
		await run
			.once(i, { contact: String(i) }, async () => {
				done.push(i);
				if (failing.includes(i)) throw new Error('no');
				return { json: { i } };
			})
			.catch(() => {});
	}
	run.end(failing.length > 0);
	return done;
}

describe('RepeatedRun', () => {
	it('does again nothing but what failed, whatever the number of items', async () => {
		expect(await tryOf('many', MANY, [0, MANY - 1])).toHaveLength(MANY);
		expect(await tryOf('many', MANY, [0])).toEqual([0, MANY - 1]);
		expect(await tryOf('many', MANY)).toEqual([0]);
	});

	it('keeps other runs beside it, however many there are', async () => {
		await tryOf('first', 2, [1]);
		for (let i = 0; i < 2_000; i++) await tryOf(`other ${i}`, 1, [0]);
		expect(await tryOf('first', 2)).toEqual([1]);
	});

	it('begins afresh when a run has ended well, and where n8n does not repeat it', async () => {
		await tryOf('well', 1);
		expect(await tryOf('well', 1)).toEqual([0]);
		await tryOf(undefined, 1, [0]);
		expect(await tryOf(undefined, 1)).toEqual([0]);
	});

	it('does an item anew that a try finds changed', async () => {
		const run = new RepeatedRun('changed');
		const work = jest.fn(async () => ({ json: {} }));
		await run.once(0, { text: 'a' }, work);
		await run.once(0, { text: 'b' }, work);
		await run.once(0, { text: 'b' }, work);
		expect(work).toHaveBeenCalledTimes(2);
		run.end(false);
	});

	it.each([
		['may have gone out', 'risky', 1],
		['has not', 'yes', 2],
	])('does a send that %s as often as that allows', async (_what, retry, times) => {
		const run = new RepeatedRun(`refused ${retry}`);
		const refused = Object.assign(Object.create(ProviderRefusal.prototype) as ProviderRefusal, {
			refusal: { retry },
		});
		const work = jest.fn(async () => await Promise.reject(refused));
		for (let tries = 0; tries < 2; tries++) {
			await expect(run.once(0, {}, work)).rejects.toBe(refused);
		}
		expect(work).toHaveBeenCalledTimes(times);
		run.end(false);
	});
});
