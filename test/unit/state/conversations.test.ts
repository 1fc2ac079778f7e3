import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { ALL_NUMBERS } from '../../../nodes/core/conversation/consent';
import { identityOfIds, type ContactIdentity } from '../../../nodes/core/conversation/contact';
import { NO_FACTS } from '../../../nodes/core/conversation/facts';
import { toRemember, valuesOf } from '../../../nodes/core/conversation/remembered';
import type { Conversations } from '../../../nodes/core/state/conversations';
import { MemoryConversations } from '../../../nodes/core/state/memoryConversations';
import { StaticDataStore } from '../../../nodes/core/state/staticDataStore';
import { DataTableStore } from '../../../nodes/core/state/table/dataTableStore';
import { COLUMNS } from '../../../nodes/core/state/table/tableRow';
import { TableConversations } from '../../../nodes/core/state/tableConversations';
import type { Urgency } from '../../../nodes/core/state/workflowState';
import { DataTableApi } from '../../../nodes/core/transport/dataTableApi';
import { FakeDataTables } from '../../dataTables/fakeDataTables';
import { consentFact, fact, NOW, optOut } from '../conversation/support';

const NUMBER = '106540352242922';
const ANNA = { phone: '4915112345678', userId: 'DE.13491208655302741918' };
const BEN = { phone: '5511987654321' };
const KEY = 'the-key';

/** A workflow in an n8n whose processes come and go. */
interface Place {
	/** The conversations as a new process sees them, which has loaded what the last one left. */
	restart(): Promise<Conversations>;
	/** What was asked to be saved with the workflow. */
	readonly saves: Urgency[];
}

/** The row keeps all: written when its process ends, as in an orderly restart. */
function memory(): Place {
	let staticData: IDataObject = {};
	const saves: Urgency[] = [];
	let processes = 0;
	return {
		saves,
		async restart() {
			staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
			const store = new StaticDataStore(`process${processes++}`);
			const state = store.open(staticData, 'workflow', NOW);
			return new MemoryConversations(state, (urgency) => saves.push(urgency));
		},
	};
}

/** The row is lost each time: what is there is in the table. */
function table(): Place {
	const saves: Urgency[] = [];
	const tables = new FakeDataTables(KEY);
	const tableId = tables.add('state', COLUMNS);
	const send = async ({ method = 'GET', url, qs, body }: IHttpRequestOptions) => {
		const path = url.replace('http://n8n/api/v1/data-tables', '');
		const query = qs as Record<string, unknown>;
		const request = { method, path, query, body: structuredClone(body), key: KEY };
		const answer = await tables.handle(request);
		return { statusCode: answer.status, body: answer.body };
	};
	const api = new DataTableApi(async () => ({ baseUrl: 'http://n8n/', send }), 3_000);
	let processes = 0;
	return {
		saves,
		async restart() {
			const store = new StaticDataStore(`process${processes++}`);
			const state = store.open({}, 'workflow', NOW);
			const rows = new DataTableStore(api, tableId, store);
			return new TableConversations(state, (urgency) => saves.push(urgency), rows);
		},
	};
}

describe.each<[string, () => Place, boolean]>([
	['in memory and static data', memory, false],
	['in a data table', table, true],
])('Conversations %s', (_where, create, isShared) => {
	let place: Place;
	let conversations: Conversations;

	beforeEach(async () => {
		place = create();
		conversations = await place.restart();
	});

	const restart = async () => {
		conversations = await place.restart();
		await conversations.loadContact(NUMBER, ANNA);
	};

	it('know after a restart what was learned, by whichever name it is asked for', async () => {
		await conversations.learn(NUMBER, ANNA, fact({ lastInboundAt: NOW }), NOW);
		await restart();
		for (const name of [ANNA, { phone: ANNA.phone }, { userId: ANNA.userId }]) {
			expect(conversations.factsOf(NUMBER, name).lastInboundAt).toBe(NOW);
			expect(conversations.identify(NUMBER, name)).toEqual(ANNA);
		}
		expect(conversations.factsOf(NUMBER, BEN)).toEqual(NO_FACTS);
	});

	it('tell whether anything was new', async () => {
		const learn = async () =>
			await conversations.learn(NUMBER, BEN, fact({ lastInboundAt: 5 }), NOW);
		expect(await learn()).toBe(true);
		expect(await learn()).toBe(false);
	});

	it('count consent for all numbers at each, and at none alone', async () => {
		await conversations.learn(ALL_NUMBERS, ANNA, consentFact(optOut('all', NOW)), NOW);
		await restart();
		expect(conversations.factsOf(NUMBER, ANNA).consent).toHaveLength(1);
		expect(conversations.factsAtNumber(NUMBER, ANNA).consent).toEqual([]);
	});

	it('list everybody, of whom something holds for all numbers too, each once', async () => {
		await conversations.learn(NUMBER, ANNA, fact({ lastInboundAt: NOW }), NOW);
		await conversations.learn(ALL_NUMBERS, ANNA, consentFact(optOut('all', NOW)), NOW);
		await conversations.learn(ALL_NUMBERS, BEN, consentFact(optOut('all', NOW)), NOW);
		conversations = await place.restart();
		const all = await conversations.all(NUMBER);
		const told = all.map(({ identity, facts }) => [identity.phone, facts.consent.length]);
		expect(told.sort()).toEqual([
			[ANNA.phone, 1],
			[BEN.phone, 1],
		]);
	});

	it('give a memory one key for a contact, whatever is told of it later', async () => {
		const byPhone = { phone: ANNA.phone };
		const told = fact({ lastInboundAt: NOW - 60 });
		conversations.tell(NUMBER, byPhone, told, 0);
		const key = conversations.sessionKeyOf(NUMBER, byPhone);
		conversations.tell(NUMBER, ANNA, fact({ lastInboundAt: NOW }), NOW);
		await conversations.share(NUMBER, [{ contact: ANNA, at: NOW }]);
		await restart();
		for (const name of [ANNA, byPhone, { userId: ANNA.userId }]) {
			expect(conversations.sessionKeyOf(NUMBER, name)).toBe(key);
		}
		expect(conversations.sessionKeyOf(ALL_NUMBERS, ANNA)).not.toBe(key);
		expect(conversations.sessionKeyOf(NUMBER, BEN)).not.toBe(key);
		expect(conversations.sessionKeyOf(NUMBER, {})).toBe('');
	});

	const remember = async (
		key: string,
		value: unknown,
		more: { at?: number; days?: number } = {},
	) => {
		const { at = NOW, days = 30 } = more;
		const known = conversations.factsOf(NUMBER, ANNA).remembered;
		const until = at + days * 86_400;
		const remembered = toRemember(known, new Map([[key, value]]), { now: at, until });
		await conversations.learn(NUMBER, ANNA, fact({ remembered }), at);
	};
	const recall = (at = NOW, contact: ContactIdentity = ANNA) =>
		valuesOf(conversations.factsOf(NUMBER, contact).remembered, at);

	it('remember facts of the user for as long as they say, also after a restart', async () => {
		await remember('step', 'size');
		await remember('step', { menu: [1, 2] });
		await remember('cart', 4711, { days: 1 });
		await restart();
		expect(recall()).toEqual({ step: { menu: [1, 2] }, cart: 4711 });
		expect(recall(NOW + 2 * 86_400)).toEqual({ step: { menu: [1, 2] } });
		expect(recall(NOW + 31 * 86_400)).toEqual({});
		await remember('step', undefined);
		await restart();
		expect(recall()).toEqual({ cart: 4711 });
		expect(recall(NOW, BEN)).toEqual({});
	});

	it('remember under each name of a contact, also under a new number', async () => {
		await conversations.learn(NUMBER, { phone: ANNA.phone }, fact({ lastInboundAt: NOW }), NOW);
		await remember('language', 'de');
		conversations.tellNames(NUMBER, ANNA, NOW);
		const to = ['491700000001', 'DE.2'];
		conversations.tellChange(NUMBER, { from: [ANNA.phone, ANNA.userId], to, at: NOW + 60 });
		await conversations.share(NUMBER, [{ contact: identityOfIds(to), at: NOW }]);
		conversations = await place.restart();
		await conversations.loadContact(NUMBER, { userId: 'DE.2' });
		expect(recall(NOW, { userId: 'DE.2' })).toEqual({ language: 'de' });
		expect(recall(NOW, { phone: ANNA.phone })).toEqual({});
	});

	it('forget what was remembered, and no older copy brings it back', async () => {
		await remember('step', 'size');
		const old = conversations.factsOf(NUMBER, ANNA);
		await conversations.forget(NUMBER, ANNA, NOW + 1);
		await conversations.learn(NUMBER, ANNA, old, NOW + 2);
		expect(recall()).toEqual({});
		await remember('step', 'colour', { at: NOW + 3 });
		expect(recall()).toEqual({ step: 'colour' });
	});

	it('go on with a key that another process has given', async () => {
		const byPhone = { phone: ANNA.phone };
		const key = conversations.sessionKeyOf(NUMBER, byPhone);
		await conversations.learn(NUMBER, byPhone, fact({ lastInboundAt: NOW - 60 }), NOW);
		conversations = await place.restart();
		conversations.tell(NUMBER, ANNA, fact({ lastInboundAt: NOW }), NOW);
		await conversations.loadContact(NUMBER, ANNA);
		conversations.keepSessionKey(NUMBER, ANNA, key);
		expect(conversations.sessionKeyOf(NUMBER, { userId: ANNA.userId })).toBe(key);
		conversations.keepSessionKey(NUMBER, ANNA, 'of somebody else');
		expect(conversations.sessionKeyOf(NUMBER, ANNA)).toBe(key);
	});

	it('forget a contact everywhere, and nobody else', async () => {
		for (const id of [NUMBER, ALL_NUMBERS]) {
			await conversations.learn(id, ANNA, consentFact(optOut('all', NOW)), NOW);
		}
		await conversations.learn(NUMBER, BEN, fact({ lastInboundAt: NOW }), NOW);
		await restart();
		expect(await conversations.forget(NUMBER, ANNA, NOW)).toBe(true);
		expect(place.saves.at(-1)).toBe('urgent');
		await restart();
		await conversations.loadContact(NUMBER, BEN);
		expect(conversations.factsOf(NUMBER, ANNA)).toEqual(NO_FACTS);
		expect(conversations.factsOf(NUMBER, BEN).lastInboundAt).toBe(NOW);
		expect(await conversations.forget(NUMBER, ANNA, NOW + 1)).toBe(false);
	});

	it('know after a restart what a contact is called, and when one has written to it', async () => {
		await conversations.learn(NUMBER, ANNA, fact({ lastInboundAt: NOW }), NOW);
		conversations.tellName(NUMBER, ANNA, 'Anna', NOW);
		expect(conversations.tellWrittenTo(NUMBER, ANNA, NOW + 5)).toBe(true);
		// Two more of the same answer: others know by now that there is one.
		expect(conversations.tellWrittenTo(NUMBER, ANNA, NOW + 6)).toBe(false);
		expect(conversations.tellWrittenTo(NUMBER, ANNA, NOW + 400)).toBe(true);
		await conversations.share(NUMBER, [{ contact: ANNA, name: 'Anna', at: NOW }]);
		await restart();
		const told = { name: 'Anna', namedAt: NOW, writtenToAt: NOW + 400 };
		for (const name of [ANNA, { phone: ANNA.phone }, { userId: ANNA.userId }]) {
			expect(conversations.noteOf(NUMBER, name)).toEqual(told);
		}
		await conversations.forget(NUMBER, ANNA, NOW + 400);
		await restart();
		expect(conversations.noteOf(NUMBER, ANNA)).toEqual({ name: '', namedAt: 0, writtenToAt: 0 });
	});

	it('know since when this process has watched a number, where it is the only one', () => {
		conversations.watch(NUMBER, 'trigger', NOW);
		expect(conversations.watchedSince(NUMBER)).toBe(isShared ? undefined : NOW);
	});

	it('know a delivery that another process has noted, where there is another', async () => {
		await conversations.share(NUMBER, [{ contact: ANNA, delivery: 'wamid.1', at: NOW }]);
		await restart();
		expect(conversations.wasSeenElsewhere(NUMBER, ANNA, 'wamid.1')).toBe(isShared);
		expect(conversations.wasSeen(NUMBER, ANNA, 'wamid.1')).toBe(isShared);
		expect(conversations.wasSeen(NUMBER, ANNA, 'wamid.2')).toBe(false);
	});

	it('ask for a save of what has to last, where the row is what lasts', async () => {
		await conversations.learn(NUMBER, BEN, consentFact(optOut('all', NOW)), NOW);
		expect(place.saves).toEqual(isShared ? [] : ['urgent']);
	});
});
