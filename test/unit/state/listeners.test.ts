import fc from 'fast-check';

import { Listeners } from '../../../nodes/core/state/listeners';

const URL_A = 'https://n8n.example.com/webhook/a/webhook';
const URL_B = 'https://n8n.example.com/webhook/b/webhook';
const NUMBER = '106540352242922';

function listeners(...acts: Array<(list: Listeners) => void>): Listeners {
	const list = new Listeners();
	for (const act of acts) act(list);
	return list;
}

describe('a trigger', () => {
	it('listens to its numbers until it is unpublished, and again when it is published again', () => {
		const list = listeners((one) => {
			one.listen(NUMBER, 'wf node', { url: URL_A }, 1_000);
			one.listen('2', 'wf node', { url: URL_A }, 1_000);
			one.listen(NUMBER, 'other node', { url: URL_B }, 1_000);
		});
		expect([...list.of(NUMBER).keys()]).toEqual(['wf node', 'other node']);
		list.end('wf node', 2_000);
		expect([...list.of(NUMBER).keys()]).toEqual(['other node']);
		expect(list.of('2').size).toBe(0);
		expect([...list.all().keys()]).toEqual(['other node']);
		expect(list.has(NUMBER, 'wf node')).toBe(false);
		list.listen(NUMBER, 'wf node', { url: URL_A }, 2_000);
		expect(list.has(NUMBER, 'wf node')).toBe(true);
	});

	it('is noted again only when something about it is new', () => {
		const list = listeners((one) => one.listen(NUMBER, 'wf node', { url: URL_A }, 1_000));
		const { revision } = list;
		list.listen(NUMBER, 'wf node', { url: URL_A }, 9_000);
		list.end('unknown', 9_000);
		expect(list.revision).toBe(revision);
		list.listen(NUMBER, 'wf node', { url: URL_A, localUrl: 'http://127.0.0.1/a' }, 9_000);
		expect(list.of(NUMBER).get('wf node')).toEqual({
			at: 9_000,
			url: URL_A,
			localUrl: 'http://127.0.0.1/a',
		});
		list.listen(NUMBER, 'wf node', { url: URL_A }, 10_000, true);
		expect(list.of(NUMBER).get('wf node')?.at).toBe(10_000);
		list.listen(NUMBER, 'wf node', { url: URL_A, workflow: 'Support' }, 11_000);
		expect(list.of(NUMBER).get('wf node')?.workflow).toBe('Support');
	});

	it('unpublished within the same millisecond, or by a clock that went back, is unpublished', () => {
		const published = listeners((one) => one.listen(NUMBER, 'wf node', { url: URL_A }, 5_000));
		const ended = listeners((one) => {
			one.join(published.record());
			one.end('wf node', 4_000);
		});
		published.join(ended.record());
		expect(published.of(NUMBER).size).toBe(0);
	});

	it('of which two processes tell at the same time that it does and does not listen, listens', () => {
		const does = listeners((one) => one.listen(NUMBER, 'wf node', { url: URL_A }, 5_000));
		const record = { [NUMBER]: { 'wf node': { at: 5_000, url: '' } } };
		const doesNot = listeners((one) => one.join(record));
		doesNot.join(does.record());
		does.join(record);
		expect(doesNot.of(NUMBER).size).toBe(1);
		expect(does.of(NUMBER).size).toBe(1);
	});
});

describe('rows', () => {
	const entry = fc.record({
		number: fc.constantFrom('1', '2'),
		trigger: fc.constantFrom('a', 'b'),
		at: fc.integer({ min: 1, max: 4 }),
		url: fc.constantFrom('', URL_A, URL_B),
		localUrl: fc.constantFrom(undefined, 'http://127.0.0.1/x'),
	});
	type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
	const recordOf = ({ number, trigger, at, url, localUrl }: Entry) => ({
		[number]: { [trigger]: { at, url, ...(localUrl ? { localUrl } : {}) } },
	});
	const joined = (entries: Entry[]) =>
		listeners(...entries.map((one) => (list: Listeners) => list.join(recordOf(one)))).record();

	it('join in any order, as often as they like', () => {
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
				const once = joined(entries);
				const again = joined([...entries].reverse().concat(entries));
				for (const [number, triggers] of Object.entries(once)) {
					expect(again[number]).toEqual(triggers);
				}
			}),
		);
	});

	it.each([
		undefined,
		null,
		'text',
		[],
		{ [NUMBER]: null },
		{ [NUMBER]: { a: { at: 'x', url: URL_A } } },
		{ [NUMBER]: { a: { at: 1, url: 'garbage' } } },
	])('that are damaged are no reason to fail: %j', (record) => {
		expect(listeners((one) => one.join(record)).all().size).toBe(0);
	});
});
