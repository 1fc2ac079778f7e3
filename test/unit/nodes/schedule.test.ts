import fc from 'fast-check';

import { schedule } from '../../../nodes/WhatsAppConversations/run/schedule';

/** Runs a schedule whose work takes some turns of the event loop; tells what began and ended when. */
async function run(
	lanes: string[],
	{ failsAt = -1, cancelledAfter = Infinity }: { failsAt?: number; cancelledAfter?: number } = {},
) {
	const events: string[] = [];
	let running = 0;
	let most = 0;
	await schedule({
		count: lanes.length,
		laneOf: async (i) => await Promise.resolve(lanes[i]),
		isCancelled: () => events.length > cancelledAfter,
		work: async (i) => {
			events.push(`begin ${i}`);
			most = Math.max(most, ++running);
			for (let turns = (i * 7) % 5; turns >= 0; turns--) await new Promise(setImmediate);
			running--;
			events.push(`end ${i}`);
			return i !== failsAt;
		},
	});
	return { events, most };
}

const lanesOfTheirOwn = (count: number) => Array.from({ length: count }, (_, i) => String(i));

it('does every item once, and those of one lane one after the other in their order', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }),
			async (lanes) => {
				const { events } = await run(lanes);
				expect(events).toHaveLength(lanes.length * 2);
				for (const lane of new Set(lanes)) {
					const own = events.filter((event) => lanes[Number(event.split(' ')[1])] === lane);
					const expected = lanes.flatMap((each, i) =>
						each === lane ? [`begin ${i}`, `end ${i}`] : [],
					);
					expect(own).toEqual(expected);
				}
			},
		),
		{ numRuns: 50 },
	);
});

it('works on many lanes at once, but not on too many', async () => {
	const { most } = await run(lanesOfTheirOwn(300));
	expect(most).toBe(24);
});

it('begins nothing more after an item that stops it', async () => {
	const { events } = await run(lanesOfTheirOwn(500), { failsAt: 3 });
	expect(events.length).toBeLessThan(100);
	expect(events.filter((event) => event.startsWith('begin')).length).toBe(events.length / 2);
});

it('begins nothing more when it is cancelled', async () => {
	const { events } = await run(lanesOfTheirOwn(500), { cancelledAfter: 40 });
	expect(events.length).toBeLessThan(120);
});
