import * as fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { bindingOf } from '../../../../nodes/core/ask/binding';
import type { AwaitedAnswer } from '../../../../nodes/core/ask/openQuestions';
import { NO_FACTS } from '../../../../nodes/core/conversation/facts';
import { NO_OWNER } from '../../../../nodes/core/conversation/owner';
import { fingerprintOf } from '../../../../nodes/core/state/fingerprint';
import { isSameRecord, joinRecords, keyOf } from '../../../../nodes/core/state/memory/idRecord';
import { Replica } from '../../../../nodes/core/state/memory/replica';
import { DataTableStore } from '../../../../nodes/core/state/table/dataTableStore';
import {
	cellsOf,
	COLUMNS,
	NEEDED_COLUMNS,
	readRow,
} from '../../../../nodes/core/state/table/tableRow';
import { factsText, recordText } from '../../../../nodes/core/state/text/contactText';
import { StateUnavailable } from '../../../../nodes/core/stateUnavailable';
import { DataTableApi } from '../../../../nodes/core/transport/dataTableApi';
import { FakeDataTables } from '../../../dataTables/fakeDataTables';
import { consentFact, DAY, fact, NOW, optIn, optOut } from '../../conversation/support';
import { ANY_ID, manyTold, type Told } from '../arbitraries';

const NUMBER = '106540352242922';
const ANNA = { phone: '4915112345678', userId: 'DE.13491208655302741918' };
const BEN = { phone: '5511987654321' };
const KEY = 'the-key';
const wrote = (lastInboundAt: number) => fact({ lastInboundAt });

/** One process of n8n, with a memory of its own. */
class Process {
	readonly replicas = new Map<string, Replica>();
	readonly api: DataTableApi;
	readonly store: DataTableStore;

	/** What stands in the way of requests. */
	trouble?: () => Promise<unknown>;

	/** By what time rows may be deleted for good. */
	settledAt?: number;

	constructor(
		tables: FakeDataTables,
		tableId: string,
		onTheWay: () => Promise<unknown> = async () => {},
	) {
		const send = async ({ method = 'GET', url, qs, body }: IHttpRequestOptions) => {
			await onTheWay();
			if (this.trouble) return await this.trouble();
			const answer = await tables.handle({
				method,
				path: url.replace('http://n8n/api/v1/data-tables', ''),
				query: qs as Record<string, unknown>,
				body: structuredClone(body),
				key: KEY,
			});
			await onTheWay();
			return { statusCode: answer.status, body: answer.body };
		};
		this.api = new DataTableApi(async () => ({ baseUrl: 'http://n8n/', send }), 3_000);
		this.store = new DataTableStore(this.api, tableId, this);
	}

	replica(businessNumberId = NUMBER): Replica {
		const replica = this.replicas.get(businessNumberId) ?? new Replica();
		this.replicas.set(businessNumberId, replica);
		return replica;
	}

	async learn({ identity, facts }: Told, name?: string, at = NOW): Promise<void> {
		this.replica().join(identity, facts);
		await this.store.save(NUMBER, [{ contact: identity, name, at }]);
	}
}

let tables: FakeDataTables;
let tableId: string;

beforeEach(() => {
	tables = new FakeDataTables(KEY);
	tableId = tables.add('WhatsApp Conversations', COLUMNS);
});

const newProcess = () => new Process(tables, tableId);

/** What a row tells of the contact whose it is. */
function factsIn(cells: Record<string, unknown>) {
	const row = readRow(cells);
	return row?.records.find(({ id }) => id === row.id)?.facts;
}

/** A row in which nothing stands but whose business number it is. */
function cellsOfNobody() {
	const empty = { id: ANNA.userId, records: [], name: '', deliveries: '' };
	return cellsOf({ ...empty, businessNumberId: NUMBER }, 'v1');
}

describe('what one process stores', () => {
	it('is a row that people can read', async () => {
		const process = newProcess();
		const at = NOW - 60;
		const consent = [
			{ scope: 'marketing', state: 'opted_out', at: NOW, source: 'keyword' },
		] as const;
		await process.learn({ identity: ANNA, facts: fact({ lastInboundAt: at, consent }) }, 'Anna');
		expect(tables.rows(tableId)).toEqual([
			expect.objectContaining({
				contact: ANNA.userId,
				name: 'Anna',
				phone: '+4915112345678',
				userId: ANNA.userId,
				businessNumberId: NUMBER,
				lastMessageAt: new Date(at * 1000).toISOString(),
				windowExpiresAt: new Date((at + 86_400 - 60) * 1000).toISOString(),
				refusedAt: null,
				freeEntryPointUntil: null,
				consent: 'marketing: stopped',
				optedOutAt: new Date(NOW * 1000).toISOString(),
			}),
		]);
	});

	it('tells until when a person has the conversation', async () => {
		const process = newProcess();
		const handOvers = [{ at: NOW, until: NOW + DAY, way: 'app' }] as const;
		await process.learn({ identity: ANNA, facts: fact({ owner: { ...NO_OWNER, handOvers } }) });
		const cell = () => tables.rows(tableId)[0].handedOverUntil;
		expect(cell()).toBe(new Date((NOW + DAY) * 1000).toISOString());
		const resumed = { ...NO_OWNER, resumedAt: NOW + 1 };
		await process.learn({ identity: ANNA, facts: fact({ owner: resumed }) });
		expect(cell()).toBeNull();
	});

	it('goes into a table of an older version, without the columns that this one lacks', async () => {
		tableId = tables.add('Old', NEEDED_COLUMNS);
		const process = newProcess();
		await process.learn({ identity: ANNA, facts: wrote(NOW - 9) });
		await process.learn({ identity: ANNA, facts: wrote(NOW) }, 'Anna');
		expect(tables.rows(tableId)).toMatchObject([{ name: 'Anna' }]);
		expect(factsIn(tables.rows(tableId)[0])).toEqual(wrote(NOW));
		await newProcess().store.remove(NUMBER, [{ id: ANNA.userId, at: NOW - 1 }]);
		expect(factsIn(tables.rows(tableId)[0])).toEqual(wrote(NOW));
	});

	it('does not go into a table that lacks a column which the nodes need', async () => {
		tableId = tables.add('Hollow', NEEDED_COLUMNS.slice(1));
		const storing = newProcess().learn({ identity: ANNA, facts: wrote(NOW) });
		await expect(storing).rejects.toThrow(/lacks a column/);
	});

	it('has a window that a refusal ended', async () => {
		await newProcess().learn({
			identity: BEN,
			facts: fact({ lastInboundAt: NOW - 60, refusedAt: NOW }),
		});
		expect(tables.rows(tableId)[0].windowExpiresAt).toBe(new Date(NOW * 1000).toISOString());
	});

	it.each([
		['both identifiers', ANNA],
		['the phone number', { phone: ANNA.phone }],
		['the user ID', { userId: ANNA.userId }],
	])('is what another one reads, by %s', async (_by, contact) => {
		const facts = fact({ lastInboundAt: NOW, freeEntryPointUntil: NOW + 5, refusedAt: NOW - 9 });
		await newProcess().learn({ identity: ANNA, facts });
		const other = newProcess();
		await other.store.load(NUMBER, [contact]);
		expect(other.replica().factsOf(contact)).toEqual(facts);
		expect(other.replica().identify(contact)).toEqual(ANNA);
	});

	it('is found in both forms of a number (rule D13)', async () => {
		await newProcess().learn({ identity: BEN, facts: wrote(NOW) });
		const other = newProcess();
		await other.store.load(NUMBER, [{ phone: '551187654321' }]);
		expect(other.replica().factsOf(BEN)).toEqual(wrote(NOW));
	});

	it('is not told of a number that the contact had before', async () => {
		const process = newProcess();
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		await process.learn({ identity: { ...ANNA, phone: '4917099999999' }, facts: wrote(NOW + 1) });
		const known = async (phone: string) => {
			const other = newProcess();
			await other.store.load(NUMBER, [{ phone }]);
			return other.replica().factsOf({ phone });
		};
		expect(await known('4917099999999')).toEqual(wrote(NOW + 1));
		expect(await known(ANNA.phone)).toEqual(NO_FACTS);
		expect(tables.rows(tableId)).toHaveLength(1);
	});

	it('is one row, though something was told of the number alone before', async () => {
		const consent = [optIn('marketing', NOW - DAY)];
		await newProcess().learn({ identity: { phone: ANNA.phone }, facts: fact({ consent }) });
		await newProcess().learn({ identity: ANNA, facts: wrote(NOW) });
		expect(tables.rows(tableId)).toEqual([
			expect.objectContaining({ userId: ANNA.userId, consent: 'marketing: opted in' }),
		]);
		const other = newProcess();
		await other.store.load(NUMBER, [{ userId: ANNA.userId }]);
		expect(other.replica().factsOf(ANNA)).toEqual(fact({ lastInboundAt: NOW, consent }));
	});

	it('knows the people before and after, by any of their identifiers', async () => {
		const [phone, userId] = ['4917099999999', 'DE.2'];
		const process = newProcess();
		const consent = [optOut('marketing', NOW - DAY)];
		await process.learn({ identity: ANNA, facts: fact({ lastInboundAt: NOW - DAY, consent }) });
		process.replica().move([ANNA.phone, ANNA.userId], [phone, userId], NOW - 60);
		await process.store.save(NUMBER, [{ contact: ANNA, at: NOW }]);
		await newProcess().learn({
			identity: { phone: ANNA.phone, userId: 'DE.3' },
			facts: wrote(NOW),
		});
		for (const contact of [{ phone }, { userId }]) {
			const other = newProcess();
			await other.store.load(NUMBER, [contact]);
			expect(other.replica().factsOf(contact)).toMatchObject({ consent });
			expect(other.replica().identify(contact)).toEqual({ phone, userId });
		}
		const other = newProcess();
		await other.store.load(NUMBER, [{ phone: ANNA.phone }]);
		expect(other.replica().factsOf({ phone: ANNA.phone })).toEqual(
			fact({ lastInboundAt: NOW, consent: [{ ...consent[0], byEarlierOwner: true }] }),
		);
	});

	it('of version 0.1.0 is read, and loses nothing when it is written anew', async () => {
		const at = (NOW - 60).toString(36);
		tables.rows(tableId).push({
			...cellsOfNobody(),
			id: 1,
			phone: `+${ANNA.phone}`,
			userId: ANNA.userId,
			phoneKey: ANNA.phone,
			otherKeys: '',
			facts: `1,${at},,,,,12o${at}`,
		});
		const process = newProcess();
		await process.store.load(NUMBER, [{ phone: ANNA.phone }]);
		const consent = [optOut('marketing', NOW - 60)];
		const facts = fact({ lastInboundAt: NOW - 60, consent });
		expect(process.replica().factsOf(ANNA)).toEqual(facts);
		expect(process.replica().identify({ userId: ANNA.userId })).toEqual(ANNA);
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		const other = newProcess();
		await other.store.load(NUMBER, [{ phone: ANNA.phone }]);
		expect(other.replica().factsOf({ phone: ANNA.phone })).toEqual({
			...facts,
			lastInboundAt: NOW,
		});
		expect(tables.rows(tableId)).toHaveLength(1);
	});

	it('belongs to one business number alone', async () => {
		await newProcess().learn({ identity: ANNA, facts: wrote(NOW) });
		const other = newProcess();
		await other.store.load('999', [ANNA]);
		expect(other.replica('999').factsOf(ANNA)).toEqual(NO_FACTS);
		other.replica('999').join(ANNA, wrote(NOW - 5));
		await other.store.save('999', [{ contact: ANNA, at: NOW }]);
		expect(tables.rows(tableId).map(({ businessNumberId }) => businessNumberId)).toEqual([
			NUMBER,
			'999',
		]);
	});

	it('keeps the name when somebody writes who does not know it', async () => {
		await newProcess().learn({ identity: ANNA, facts: wrote(NOW) }, 'Anna');
		await newProcess().learn({ identity: ANNA, facts: wrote(NOW + 1) });
		expect(tables.rows(tableId)).toEqual([expect.objectContaining({ name: 'Anna' })]);
	});

	it('stays as it is when somebody writes into a cell of the machine', async () => {
		const process = newProcess();
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		Object.assign(tables.rows(tableId)[0], { facts: 'hello', version: 'x' });
		await process.store.load(NUMBER, [ANNA]);
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		expect(factsIn(tables.rows(tableId)[0])).toEqual(wrote(NOW));
	});
});

describe('rows that nobody needs any more', () => {
	const CLARA = { phone: '16505551234' };
	const store = async (process: Process, at: number, delivery?: string) => {
		process.settledAt = at;
		await process.store.save(NUMBER, [{ contact: CLARA, at, delivery }]);
	};
	const left = () => tables.rows(tableId).map(({ phone }) => phone);
	const consent = [{ scope: 'all', state: 'opted_out', at: NOW, source: 'keyword' }] as const;

	it.each<[string, Told, number, boolean]>([
		['the window of a phone number alone', { identity: BEN, facts: wrote(NOW) }, 7, true],
		['that window before', { identity: BEN, facts: wrote(NOW) }, 6, false],
		['a pair of names', { identity: ANNA, facts: wrote(NOW) }, 90, true],
		['that pair before', { identity: ANNA, facts: wrote(NOW) }, 89, false],
		['consent', { identity: BEN, facts: fact({ consent }) }, 4_000, false],
	])('%s, after some days: %#', async (_what, told, days, isGone) => {
		await newProcess().learn(told);
		await store(newProcess(), NOW + days * DAY + 1);
		expect(left()).toEqual(isGone ? [] : [`+${told.identity.phone}`]);
	});

	it('stay where the clock may be ahead', async () => {
		await newProcess().learn({ identity: BEN, facts: wrote(NOW) });
		for (const settledAt of [undefined, NOW]) {
			const process = newProcess();
			process.settledAt = settledAt;
			await process.store.save(NUMBER, [{ contact: CLARA, at: NOW + 400 * DAY }]);
		}
		expect(left()).toEqual([`+${BEN.phone}`]);
	});

	it('stay as long as their deliveries may come again', async () => {
		const process = newProcess();
		process.replica().join(CLARA, wrote(NOW - 6 * DAY));
		await store(process, NOW, 'wamid.1');
		await store(newProcess(), NOW + 7 * DAY);
		expect(left()).toHaveLength(1);
		await store(newProcess(), NOW + 9 * DAY);
		expect(left()).toEqual([]);
	});

	it('go once a day, and another day where that is not possible', async () => {
		await newProcess().learn({ identity: BEN, facts: wrote(NOW - 6 * DAY) });
		const process = newProcess();
		const { api } = process;
		const deletes = jest.spyOn(api, 'deleteRows').mockRejectedValue(new StateUnavailable('', ''));
		await store(process, NOW + 1.5 * DAY);
		deletes.mockRestore();
		await store(process, NOW + 2 * DAY);
		expect(left()).toHaveLength(1);
		await store(process, NOW + 3 * DAY);
		expect(left()).toEqual([]);
		const deletions = tables.log.filter((line) => line.startsWith('DELETE'));
		await store(process, NOW + 3 * DAY + 60);
		expect(tables.log.filter((line) => line.startsWith('DELETE'))).toEqual(deletions);
	});

	it('come back with the next message, also in a process that knew them', async () => {
		const process = newProcess();
		await process.learn({ identity: BEN, facts: wrote(NOW) });
		await store(newProcess(), NOW + 8 * DAY);
		expect(left()).toEqual([]);
		await process.learn({ identity: BEN, facts: wrote(NOW + 9 * DAY) });
		expect(tables.rows(tableId)).toEqual([
			expect.objectContaining({ lastMessageAt: new Date((NOW + 9 * DAY) * 1000).toISOString() }),
		]);
	});
});

describe('requests', () => {
	it('are none when nothing has changed, and one when something has', async () => {
		const process = newProcess();
		process.settledAt = NOW;
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		expect(tables.log).toEqual(['GET /rows', 'POST /rows', 'DELETE /rows/delete']);
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		expect(tables.log).toHaveLength(3);
		await process.learn({ identity: ANNA, facts: wrote(NOW + 1) });
		expect(tables.log.slice(3)).toEqual(['PATCH /rows/update']);
	});

	it('are few for many contacts, and none has too long an address', async () => {
		const contacts = Array.from({ length: 200 }, (_, n) => ({ phone: String(4915100000000 + n) }));
		const process = newProcess();
		for (const contact of contacts) process.replica().join(contact, wrote(NOW));
		const one = async (contact: { phone: string }) =>
			await process.store.save(NUMBER, [{ contact, at: NOW }]);
		await Promise.all(contacts.map(one));
		expect(tables.rows(tableId)).toHaveLength(200);
		expect(tables.log.filter((line) => line === 'POST /rows').length).toBeLessThanOrEqual(2);
		expect(tables.log.length).toBeLessThan(15);
		const longest = Math.max(
			...tables.requests.map(({ query }) => encodeURIComponent(String(query?.filter)).length),
		);
		expect(longest).toBeLessThan(7_000);

		const other = newProcess();
		const before = tables.log.length;
		await Promise.all(contacts.map(async (one) => await other.store.load(NUMBER, [one])));
		expect(tables.log.length - before).toBeLessThan(12);
		expect([...other.replica().people()]).toHaveLength(200);
	});

	it('read all pages of a business number', async () => {
		const process = newProcess();
		const contacts = Array.from({ length: 600 }, (_, n) => ({ phone: String(4915100000000 + n) }));
		for (const contact of contacts) process.replica().join(contact, wrote(NOW));
		await process.store.save(
			NUMBER,
			contacts.map((contact) => ({ contact, at: NOW })),
		);
		const other = newProcess();
		await other.store.loadAll(NUMBER);
		expect([...other.replica().people()]).toHaveLength(600);
	});
});

describe('two rows of one contact', () => {
	const insertTwice = async () => {
		const [first, second] = [newProcess(), newProcess()];
		// Both look, and find nothing.
		await Promise.all([first, second].map(async ({ store }) => await store.load(NUMBER, [ANNA])));
		await first.learn({ identity: ANNA, facts: wrote(NOW) });
		await second.learn({ identity: ANNA, facts: fact({ refusedAt: NOW + 7 }) });
		expect(tables.rows(tableId)).toHaveLength(2);
		return first;
	};
	const both = fact({ lastInboundAt: NOW, refusedAt: NOW + 7 });

	it('are read as one', async () => {
		await insertTwice();
		const reader = newProcess();
		await reader.store.load(NUMBER, [ANNA]);
		expect(reader.replica().factsOf(ANNA)).toEqual(both);
	});

	it('are made one by the next writer who has read them', async () => {
		await insertTwice();
		const writer = newProcess();
		await writer.store.save(NUMBER, [{ contact: ANNA, at: NOW }]);
		expect(tables.rows(tableId).map(factsIn)).toEqual([both]);
		expect(tables.rows(tableId)).toEqual([expect.objectContaining({ id: 1 })]);
	});
});

describe('two rows that share one identifier', () => {
	it('are found by the other one', async () => {
		const [first, second] = [newProcess(), newProcess()];
		const userAlone = { userId: ANNA.userId };
		await Promise.all([first, second].map(async ({ store }) => await store.load(NUMBER, [ANNA])));
		await first.learn({ identity: ANNA, facts: wrote(NOW) });
		await second.learn({ identity: userAlone, facts: fact({ refusedAt: NOW + 7 }) });
		expect(tables.rows(tableId)).toHaveLength(2);

		const reader = newProcess();
		await reader.store.load(NUMBER, [{ phone: ANNA.phone }]);
		expect(reader.replica().factsOf(ANNA).refusedAt).toBe(NOW + 7);
	});

	it('are not made one when somebody has just written into the second', async () => {
		const [first, second, third] = [newProcess(), newProcess(), newProcess()];
		await Promise.all([first, second].map(async ({ store }) => await store.load(NUMBER, [ANNA])));
		await first.learn({ identity: ANNA, facts: wrote(NOW) });
		await second.learn({ identity: ANNA, facts: wrote(NOW + 1) });
		const { handle } = tables;
		tables.handle = async (request) => {
			if (request.method === 'DELETE') {
				tables.handle = handle;
				await second.learn({ identity: ANNA, facts: fact({ refusedAt: NOW + 7 }) });
			}
			return await handle.call(tables, request);
		};
		await third.store.save(NUMBER, [{ contact: ANNA, at: NOW }]);

		const reader = newProcess();
		await reader.store.load(NUMBER, [ANNA]);
		expect(reader.replica().factsOf(ANNA)).toEqual(
			fact({ lastInboundAt: NOW + 1, refusedAt: NOW + 7 }),
		);
	});
});

describe('a writer who comes too late', () => {
	it('joins what the other one wrote', async () => {
		const [first, second] = [newProcess(), newProcess()];
		await first.learn({ identity: ANNA, facts: wrote(NOW) });
		await second.learn({ identity: ANNA, facts: wrote(NOW + 10) });
		await first.learn({ identity: ANNA, facts: fact({ refusedAt: NOW + 5 }) });
		expect(tables.rows(tableId).map(factsIn)).toEqual([
			fact({ lastInboundAt: NOW + 10, refusedAt: NOW + 5 }),
		]);
		expect(first.replica().factsOf(ANNA).lastInboundAt).toBe(NOW + 10);
	});

	it('inserts a row again that somebody has deleted', async () => {
		const process = newProcess();
		await process.learn({ identity: ANNA, facts: wrote(NOW) });
		tables.rows(tableId).pop();
		await process.learn({ identity: ANNA, facts: wrote(NOW + 1) });
		expect(tables.rows(tableId)).toHaveLength(1);
	});
});

describe('deliveries', () => {
	it('are recognised by another process, by the contact', async () => {
		const first = newProcess();
		await first.store.save(NUMBER, [{ contact: BEN, delivery: 'wamid.1', at: NOW }]);
		const other = newProcess();
		expect(other.store.wasSeen(NUMBER, BEN, 'wamid.1')).toBe(false);
		await other.store.load(NUMBER, [BEN, ANNA]);
		expect(other.store.wasSeen(NUMBER, BEN, 'wamid.1')).toBe(true);
		expect(other.store.wasSeen(NUMBER, BEN, 'wamid.2')).toBe(false);
		expect(other.store.wasSeen(NUMBER, ANNA, 'wamid.1')).toBe(false);
	});

	it('are kept although the clock was days ahead for a moment', async () => {
		const process = newProcess();
		const days = { 'wamid.1': -1, 'wamid.2': 0, 'wamid.ahead': 40, 'wamid.3': 0, 'wamid.4': 9 };
		const known = () =>
			Object.keys(days).filter((delivery) => process.store.wasSeen(NUMBER, BEN, delivery));
		for (const [delivery, day] of Object.entries(days).slice(0, -1)) {
			await process.store.save(NUMBER, [{ contact: BEN, delivery, at: NOW + day * DAY }]);
		}
		await process.store.load(NUMBER, [BEN]);
		expect(known()).toEqual(['wamid.1', 'wamid.2', 'wamid.ahead', 'wamid.3']);
		await process.store.save(NUMBER, [{ contact: BEN, delivery: 'wamid.4', at: NOW + 9 * DAY }]);
		await process.store.load(NUMBER, [BEN]);
		expect(known()).toEqual(['wamid.ahead', 'wamid.4']);
	});

	it('are the newest three hundred', async () => {
		const process = newProcess();
		for (let n = 0; n < 310; n++) {
			await process.store.save(NUMBER, [{ contact: BEN, delivery: `wamid.${n}`, at: NOW + n }]);
		}
		await process.store.load(NUMBER, [BEN]);
		const seen = Array.from({ length: 310 }, (_, n) =>
			process.store.wasSeen(NUMBER, BEN, `wamid.${n}`),
		);
		expect(seen).toEqual([...Array(10).fill(false), ...Array(300).fill(true)]);
	});
});

describe('a contact that is removed', () => {
	it('leaves no row, also none under another identifier', async () => {
		await newProcess().learn({ identity: ANNA, facts: wrote(NOW) });
		await newProcess().learn({ identity: BEN, facts: wrote(NOW) });
		const process = newProcess();
		await process.store.load(NUMBER, [{ phone: ANNA.phone }]);
		await process.store.remove(NUMBER, process.replica().erasuresFor({ phone: ANNA.phone }, NOW));
		expect(tables.rows(tableId).map(({ phone }) => phone)).toEqual([`+${BEN.phone}`]);
	});
});

describe('a table that cannot be reached', () => {
	const troubles: Array<[string, () => Promise<unknown>, RegExp]> = [
		['no answer', async () => await Promise.reject(new Error('connect ECONNREFUSED')), /no answer/],
		[
			'no answer in time',
			async () => await Promise.reject(new Error('timeout of 3000ms exceeded')),
			/did not answer in time/,
		],
		[
			'a wrong key',
			async () => ({ statusCode: 401, body: { message: 'unauthorized' } }),
			/API key/,
		],
		[
			'too small a key',
			async () => ({ statusCode: 403, body: { message: 'Forbidden' } }),
			/permission/,
		],
		['a page', async () => ({ statusCode: 200, body: '<html>' }), /not the API of n8n/],
		['a redirect', async () => ({ statusCode: 302, body: '' }), /not the API of n8n/],
		['a full disk', async () => ({ statusCode: 500, body: { message: 'No space' } }), /No space/],
	];

	it.each(troubles)(
		'because of %s is told, and everything is stored later',
		async (_why, trouble, words) => {
			const process = newProcess();
			process.trouble = trouble;
			const attempt = process.learn({ identity: ANNA, facts: wrote(NOW) }, 'Anna');
			await expect(attempt).rejects.toThrow(words);
			await expect(process.store.load(NUMBER, [ANNA])).rejects.toBeInstanceOf(StateUnavailable);
			process.trouble = undefined;
			await process.learn({ identity: BEN, facts: wrote(NOW) });
			expect(tables.rows(tableId)).toEqual([
				expect.objectContaining({ phone: `+${BEN.phone}` }),
				expect.objectContaining({ name: 'Anna' }),
			]);
		},
	);

	it('loses no stop, however many contacts have news meanwhile', async () => {
		const process = newProcess();
		process.trouble = async () => await Promise.reject(new Error('connect ECONNREFUSED'));
		const stop = consentFact(optOut('all', NOW));
		await process.learn({ identity: ANNA, facts: stop }).catch(() => {});
		const others = Array.from({ length: 10_001 }, (_, n) => ({
			contact: { phone: `49160${1_000_000 + n}` },
			at: NOW,
		}));
		await process.store.save(NUMBER, others).catch(() => {});
		process.trouble = undefined;
		await process.learn({ identity: BEN, facts: wrote(NOW) });
		const other = newProcess();
		await other.store.load(NUMBER, [ANNA]);
		expect(other.replica().factsOf(ANNA).consent).toEqual(stop.consent);
	});

	it('because it was deleted is told by its ID', async () => {
		tables.drop(tableId);
		await expect(newProcess().store.load(NUMBER, [ANNA])).rejects.toMatchObject({
			message: expect.stringContaining(`no data table with the ID '${tableId}'`),
			hint: expect.stringContaining('Create State Table'),
		});
	});

	it('because n8n is too old for tables is told as that', async () => {
		tables.handle = async () => ({ status: 404, body: { message: 'not found' } });
		await expect(newProcess().store.load(NUMBER, [ANNA])).rejects.toMatchObject({
			message: expect.stringMatching(/too old for data tables.*2\.7/),
			hint: expect.stringContaining('Conversation State'),
		});
	});

	it('because none was chosen is told too', async () => {
		await expect(new Process(tables, ' ').store.load(NUMBER, [ANNA])).rejects.toThrow(
			"'State Table' is empty.",
		);
	});

	it('makes no second row when a write was done although no answer came', async () => {
		const process = newProcess();
		const { trouble: none } = process;
		await process.store.load(NUMBER, [ANNA]);
		const { handle } = tables;
		tables.handle = async (request) => {
			await handle.call(tables, request);
			throw new Error('timeout of 3000ms exceeded');
		};
		await expect(process.learn({ identity: ANNA, facts: wrote(NOW) })).rejects.toThrow();
		tables.handle = handle;
		process.trouble = none;
		await process.learn({ identity: ANNA, facts: wrote(NOW + 1) });
		expect(tables.rows(tableId).map(factsIn)).toEqual([wrote(NOW + 1)]);
	});
});

/** What all rows together say of an identifier. */
function textOf(replica: Replica, id: (typeof ANY_ID)[number]): string {
	return factsText(replica.factsOf(id));
}

describe('any interleaving of writers', () => {
	/** A time at which no fact is old yet, so that every row is still needed. */
	const BEFORE_ALL = 0;

	const step = fc.record({ process: fc.nat(2), loads: fc.boolean() });
	const plan = manyTold.chain((told) =>
		fc.tuple(fc.constant(told), fc.array(step, { minLength: told.length, maxLength: told.length })),
	);

	it('loses nothing, takes nothing back, and ends as one row for each contact', async () => {
		await fc.assert(
			fc.asyncProperty(plan, fc.scheduler(), async ([told, steps], scheduler) => {
				const pause = async () => await scheduler.schedule(Promise.resolve());
				const shared = new FakeDataTables(KEY, pause);
				const id = shared.add('Table', COLUMNS);
				const processes = [0, 1, 2].map(() => new Process(shared, id, pause));
				const history = watch(shared, id);

				await scheduler.waitFor(
					Promise.all(
						told.map(async (one, n) => {
							const process = processes[steps[n].process];
							await pause();
							if (steps[n].loads) await process.store.load(NUMBER, [one.identity]);
							await process.learn(one, undefined, BEFORE_ALL);
						}),
					),
				);
				expect(history.regressions).toEqual([]);

				const expected = new Replica();
				for (const { identity, facts } of told) expected.join(identity, facts);
				const fresh = new Process(shared, id);
				await fresh.store.loadAll(NUMBER);
				for (const one of ANY_ID) {
					expect(textOf(fresh.replica(), one)).toBe(textOf(expected, one));
				}

				// Whoever comes next makes one row of those that are left.
				const next = new Process(shared, id, pause);
				await scheduler.waitFor(
					(async () => {
						for (const { identity } of told) {
							await next.store.load(NUMBER, [identity]);
							await next.store.save(NUMBER, [{ contact: identity, at: BEFORE_ALL }]);
						}
					})(),
				);
				// One for each user ID, and for each number that was never seen with one.
				const owners = shared.rows(id).map(({ contact }) => String(contact));
				expect(new Set(owners).size).toBe(owners.length);
				const alone = owners.filter((owner) => owner.startsWith('+'));
				for (const owner of alone) expect(expected.usersOf(keyOf(owner.slice(1)))).toEqual([]);
				for (const one of ANY_ID) {
					expect(textOf(next.replica(), one)).toBe(textOf(expected, one));
				}
			}),
			{ numRuns: 100 },
		);
	});
});

/** Looks after every request whether the rows together say less than before. */
function watch(shared: FakeDataTables, id: string): { regressions: string[] } {
	const seen = { regressions: [] as string[] };
	let before = new Replica();
	const { handle } = shared;
	shared.handle = async (request) => {
		const answer = await handle.call(shared, request);
		const now = new Replica();
		for (const row of shared.rows(id).map(readRow)) {
			for (const record of row?.records ?? []) now.joinRecord(record);
		}
		for (const { userId, phone = '' } of ANY_ID) {
			const [old, present] = [before, now].map((replica) => replica.recordOf(userId ?? phone));
			if (old && !(present && isSameRecord(joinRecords(old, present), present))) {
				const texts = [old, present].map((record) => (record ? recordText(record) : ''));
				seen.regressions.push(`${request.method}: ${texts.join(' → ')}`);
			}
		}
		before = now;
		return answer;
	};
	return seen;
}

describe('a question that waits for an answer without a tap', () => {
	const question: AwaitedAnswer = {
		waiting: {
			executionId: '123',
			nodeId: '7b9f3c1e-52a1-4c44-8d0c-2f8f7f3f1a10',
			signature: 'ab'.repeat(32),
			binding: bindingOf(NUMBER, [BEN.phone]),
		},
		kind: 'any',
		messageHash: fingerprintOf('wamid.question'),
		askedAt: NOW,
		until: NOW + 3_600,
	};
	const open = (process: Process) => process.replica().questions.of([BEN.phone], NOW + 1);

	it('is known to another process, also of a contact of whom nothing else is, until it is over', async () => {
		const worker = new Process(tables, tableId);
		worker.replica().questions.put([BEN.phone], question);
		await worker.store.save(NUMBER, [{ contact: BEN, at: NOW }]);

		const main = new Process(tables, tableId);
		await main.store.load(NUMBER, [BEN]);
		expect(open(main)).toEqual([question]);

		main.replica().questions.closeIfKnown([BEN.phone], question.waiting, NOW + 1);
		await main.store.save(NUMBER, [{ contact: BEN, delivery: 'the answer', at: NOW + 1 }]);
		await worker.store.load(NUMBER, [BEN]);
		expect(open(worker)).toEqual([]);
		expect(worker.store.wasSeen(NUMBER, BEN, 'the answer')).toBe(true);
	});
});
