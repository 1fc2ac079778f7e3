import cloneDeep from 'lodash.clonedeep';
import { deepCopy, Workflow, type IDataObject, type INodeTypes } from 'n8n-workflow';
import { Workflow as OldWorkflow } from 'n8n-workflow-2.8';

import { StaticDataStore } from '../../../../nodes/core/state/staticDataStore';
import type { WorkflowState } from '../../../../nodes/core/state/workflowState';
import { consentFact, fact, NOW, optOut } from '../../conversation/support';

const KEY = 'whatsAppConversations';
const NUMBER = '106540352242922';
const CONTACTS = ['4915112345678', '16505551234', '16505551235'].map((phone) => ({ phone }));

interface StaticData {
	staticData: IDataObject;
	getStaticData(type: string): IDataObject;
}

/** n8n's own workflow object around raw static data: of today, or of n8n 2.8.4. */
const versions: Array<[string, (raw: IDataObject) => StaticData]> = [
	['today', (raw) => new Workflow(definition(raw))],
	[
		'in 2.8.4, which puts proxies around objects in place',
		(raw) => new OldWorkflow(definition(raw) as never) as unknown as StaticData,
	],
];

function definition(staticData: IDataObject) {
	const nodeTypes = {} as INodeTypes;
	return { id: 'workflow', nodes: [], connections: {}, active: true, nodeTypes, staticData };
}

/** Whatever can be reached from a value over its own properties, functions' own ones included. */
function reachableFrom(value: unknown, found = new Set<unknown>()): Set<unknown> {
	if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return found;
	if (found.has(value)) return found;
	found.add(value);
	for (const key of Reflect.ownKeys(value)) {
		// What every function has.
		if (typeof value === 'function' && key === 'prototype') continue;
		reachableFrom(Reflect.get(value, key), found);
	}
	return found;
}

describe.each(versions)('live static data, as n8n treats them %s', (_version, wrap) => {
	let store: StaticDataStore;
	let raw: IDataObject;
	let workflow: StaticData;
	let state: WorkflowState;

	const open = (of: StaticData) => store.open(of.getStaticData('global'), 'workflow', NOW);
	const learn = (index: number) =>
		state.replica(NUMBER).join(CONTACTS[index], fact({ lastInboundAt: NOW }));
	/** Who is in it, to a process that loads it. */
	const knownIn = (value: unknown) => {
		const row = JSON.parse(JSON.stringify(value)) as IDataObject;
		const after = new StaticDataStore('bbbbbbbbbbbb').open(
			wrap(row).getStaticData('global'),
			'workflow',
			NOW,
		);
		return CONTACTS.filter(
			(contact) => after.replica(NUMBER).factsOf(contact).lastInboundAt === NOW,
		).length;
	};

	beforeEach(() => {
		store = new StaticDataStore('aaaaaaaaaaaa');
		store.reached();
		raw = { global: { counter: { n: 1 } } };
		workflow = wrap(raw);
		state = open(workflow);
		state.register('node', {
			at: NOW,
			businessNumberId: NUMBER,
			callbackUrl: 'https://n8n.example.com/webhook/1/webhook',
			subscribedApp: true,
			replacedHeaders: { 'x-key': 'theirs' },
		});
		learn(0);
	});

	it('lead to nothing but one function', () => {
		const snapshot = (raw.global as IDataObject)[KEY];
		const reachable = [...reachableFrom(snapshot)].filter((one) => one !== snapshot);
		expect(reachable.map((one) => typeof one)).toEqual(['function']);
	});

	it.each<[string, <T>(value: T) => T]>([
		['lodash.clonedeep, of which a cache makes use', cloneDeep],
		['a clone of a clone', (value) => cloneDeep(cloneDeep(value))],
	])('stay alive in %s', (_what, clone) => {
		store.save(workflow.getStaticData('global'), state);
		const copy = wrap(clone(workflow.staticData));
		learn(1);
		expect(knownIn(copy.staticData)).toBe(2);
		expect(open(copy)).toBe(state);
		learn(2);
		expect(knownIn(copy.staticData)).toBe(3);
	});

	it('are plain data to those who copy what they would serialise', () => {
		expect(knownIn(deepCopy(workflow.staticData))).toBe(1);
		expect(knownIn(JSON.parse(JSON.stringify(workflow.staticData)))).toBe(1);
	});

	// A trigger that fails at n8n's start is tried again with a workflow made of the same data.
	it('stay alive however often a workflow is made of the same data', () => {
		for (let n = 0; n < 20; n++) {
			workflow = wrap(raw);
			expect(open(workflow)).toBe(state);
		}
		learn(1);
		store.save(workflow.getStaticData('global'), state);
		expect(knownIn(workflow.staticData)).toBe(2);
		expect(state.registration('node')).toMatchObject({ replacedHeaders: { 'x-key': 'theirs' } });
		expect(state.replica(NUMBER).factsOf(CONTACTS[1]).lastInboundAt).toBe(NOW);
	});

	it('are loaded from a row with all that is in it, free of what n8n puts around it', () => {
		store.save(workflow.getStaticData('global'), state);
		const row = JSON.stringify(workflow.staticData);
		const other = new StaticDataStore('bbbbbbbbbbbb');
		const loaded = wrap(JSON.parse(row) as IDataObject);
		const after = other.open(loaded.getStaticData('global'), 'workflow', NOW);
		expect(() => structuredClone(after.registration('node'))).not.toThrow();
		expect(after.registration('node')).toEqual(state.registration('node'));
		expect(after.replica(NUMBER).factsOf(CONTACTS[0]).lastInboundAt).toBe(NOW);
	});

	it('do not change what is known when somebody changes a copy of them', () => {
		const copy = deepCopy(workflow.staticData) as { global: Record<string, IDataObject> };
		const registrations = copy.global[KEY].registrations as Record<string, IDataObject>;
		registrations.node.callbackUrl = 'https://elsewhere.example.com';
		(registrations.node.replacedHeaders as IDataObject)['x-key'] = 'ours';
		expect(state.registration('node')).toMatchObject({
			callbackUrl: 'https://n8n.example.com/webhook/1/webhook',
			replacedHeaders: { 'x-key': 'theirs' },
		});
	});

	describe('that are serialised', () => {
		const behindMs = () => state.saver.behindMs((NOW + 60) * 1000);

		it('once for the row and again for the record of the execution, are saved once', () => {
			store.save(workflow.getStaticData('global'), state);
			JSON.stringify(workflow.staticData);
			expect(behindMs()).toBe(0);
			learn(1);
			JSON.stringify(workflow.staticData);
			expect(behindMs()).toBeGreaterThan(0);
		});

		it.each<[string, (value: IDataObject) => unknown]>([
			['as they are', (value) => value],
			['as a clone', (value) => cloneDeep(value)],
			['by n8n', (value) => deepCopy(value)],
		])('by somebody who saves nothing, are not saved: %s', (_how, copy) => {
			JSON.stringify(copy(workflow.staticData));
			expect(behindMs()).toBeGreaterThan(0);
		});
	});

	describe('that a Code node puts back as plain data', () => {
		const NO = { phone: '16505559999' };
		const putBack = () => {
			const copy = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
			workflow = wrap(copy);
			return open(workflow);
		};

		it('are alive again, and hold no less', () => {
			learn(1);
			putBack();
			learn(2);
			expect(knownIn(workflow.staticData)).toBe(3);
		});

		it('prove nothing about the row', () => {
			state.replica(NUMBER).join(NO, consentFact(optOut('all', NOW)));
			state.changedUrgently();
			putBack();
			expect(state.saver.isOwed).toBe(true);
			store.save(workflow.getStaticData('global'), state);
			const row = JSON.stringify(workflow.staticData);
			putBack();
			expect(state.saver.isOwed).toBe(true);
			open(wrap(JSON.parse(row) as IDataObject));
			expect(state.saver.isOwed).toBe(false);
		});
	});
});
