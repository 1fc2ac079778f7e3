import { setImmediate } from 'timers/promises';

import fc from 'fast-check';

import { BroadcastRun, type Addressee } from '../../../nodes/WhatsAppConversations/broadcast/run';
import { BroadcastBook } from '../../../nodes/core/broadcast/book';
import { standingOf } from '../../../nodes/core/broadcast/ledger';
import { BROADCAST_COLUMNS } from '../../../nodes/core/broadcast/row';
import { DataTableApi } from '../../../nodes/core/transport/dataTableApi';
import { FakeDataTables } from '../../dataTables/fakeDataTables';

const CONTACTS = ['4915100000001', '4915100000002', '4915100000003', '4915100000004'];

/** The phones of the contacts, and n8n's database: what outlives every process. */
class World {
	readonly tables = new FakeDataTables();
	readonly tableId = this.tables.add('Broadcasts', BROADCAST_COLUMNS);
	readonly sent: string[] = [];

	/** How often somebody got the message. */
	times(contact: string): number {
		return this.sent.filter((one) => one === contact).length;
	}
}

/** A process of n8n that is killed after so many steps; none of its later steps is done. */
class Process {
	private steps = 0;

	constructor(
		private readonly world: World,
		private readonly killedAfter: number,
		private readonly pauses: number[],
	) {}

	/** Others come in between; then it happens, unless the process is dead. */
	private async step<T>(act: () => T | Promise<T>): Promise<T> {
		const pause = this.pauses[this.steps % this.pauses.length] ?? 0;
		if (++this.steps > this.killedAfter) throw new Error('killed');
		for (let i = 0; i < pause; i++) await setImmediate();
		return await act();
	}

	async open(): Promise<BroadcastBook> {
		const send = async ({ method, url, qs, body }: Record<string, unknown>) => {
			const path = String(url).replace('http://n8n/api/v1/data-tables', '');
			const query = qs as Record<string, unknown>;
			const request = { method: String(method), path, query, body, key: 'the-key' };
			const answer = await this.step(async () => await this.world.tables.handle(request));
			// What was done may go unheard.
			return await this.step(() => ({ statusCode: answer.status, body: answer.body }));
		};
		const api = new DataTableApi(async () => ({ baseUrl: 'http://n8n', send: send as never }), 1);
		const book = new BroadcastBook(api, this.world.tableId, 'Sale', async () => {});
		await book.refresh();
		return book;
	}

	/** A run of the whole list; each contact is one of several at once. */
	async run(contacts: string[]): Promise<void> {
		const session = { now: () => 1_795_176_000, isCancelled: () => false, itemCount: 4 };
		const run = new BroadcastRun(await this.open(), session);
		await run.begin();
		await Promise.allSettled(contacts.map(async (contact) => await this.one(run, contact)));
		await run.end();
	}

	private async one(run: BroadcastRun, contact: string): Promise<void> {
		const who: Addressee = { contact: `+${contact}`, names: [contact] };
		if (run.obstacle(who.names, false)) return;
		const attempt = await run.claim(who);
		if (attempt === undefined) return;
		await this.step(() => void this.world.sent.push(contact));
		await this.step(() => {});
		run.settle(who, attempt, { event: 'accepted', messageId: `wamid.${contact}` });
	}
}

const list = fc.array(fc.constantFrom(...CONTACTS), { minLength: 1, maxLength: 6 });
const process = fc.record({
	contacts: list,
	killedAfter: fc.integer({ min: 0, max: 40 }),
	pauses: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }),
});

describe('a broadcast whose processes are killed at any moment', () => {
	it('sends to nobody twice, and loses nobody in silence', async () => {
		await fc.assert(
			fc.asyncProperty(
				// Some after each other, each of up to two at the same time.
				fc.array(fc.array(process, { minLength: 1, maxLength: 2 }), { maxLength: 3 }),
				async (rounds) => {
					const world = new World();
					for (const round of rounds) {
						await Promise.allSettled(
							round.map(
								async ({ contacts, killedAfter, pauses }) =>
									await new Process(world, killedAfter, pauses).run(contacts),
							),
						);
					}
					// By hand once more, and nobody kills it.
					const last = new Process(world, Infinity, [0]);
					await last.run(CONTACTS);
					const { ledger } = await last.open();
					for (const contact of CONTACTS) {
						expect(world.times(contact)).toBeLessThanOrEqual(1);
						const entry = ledger.entryOf([contact])!;
						const { standing } = standingOf(entry);
						if (world.times(contact) === 0) expect(standing).toBe('uncertain');
						else expect(['accepted', 'uncertain']).toContain(standing);
					}
				},
			),
			{ numRuns: 300 },
		);
	});

	it('that are not killed leave nobody uncertain, one after the other', async () => {
		const world = new World();
		await new Process(world, Infinity, [1]).run(CONTACTS.slice(0, 2));
		await new Process(world, Infinity, [1]).run(CONTACTS);
		expect(world.sent.sort()).toEqual(CONTACTS);
	});
});
