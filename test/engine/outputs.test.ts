import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { TemplateDefinition } from '../../nodes/core/templates/definition';

import { addTemplate, AT, CONTACT, deliverText, listener, send, useScene } from './scene';
import { chosen, fields } from './workflows';

/** What people see first of an item: n8n's table has the columns in the order of the names. */

const scene = useScene();

const READY: TemplateDefinition = {
	id: '1',
	status: 'APPROVED',
	name: 'order_ready',
	language: 'en_US',
	category: 'UTILITY',
	components: [{ type: 'BODY', text: 'Hello {{1}}, your order is ready.' }],
};

/** The only item of a run. */
async function itemOf(parameters: INodeParameters, output = 0): Promise<IDataObject> {
	const { items, second, error } = await send(scene, parameters);
	expect(error).toBeUndefined();
	return [items, second][output][0];
}

beforeEach(async () => {
	addTemplate(scene, READY);
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
	await deliverText(scene.engine, 'wf', { timestamp: String(AT - 60) });
	await scene.engine.settled();
});

const ready = {
	operation: 'sendTemplate',
	template: chosen('order_ready|en_US'),
	templateFields: fields({ 'body:1': 'Ada' }),
};

describe('a sent message', () => {
	it.each<[string, INodeParameters, string]>([
		['a text', { text: 'Hello' }, 'freeForm'],
		['a reaction', { operation: 'react', messageId: 'wamid.x' }, 'freeForm'],
		['a template', ready, 'template'],
	])('says first as what it went out and why: %s', async (_what, parameters, sentAs) => {
		const item = await itemOf(parameters);
		const { reason, explanation } = item.decision as IDataObject;
		expect(Object.entries(item).slice(0, 3)).toEqual([
			['sentAs', sentAs],
			['reason', reason],
			['explanation', explanation],
		]);
		expect(Object.keys(item).slice(3, 7)).toEqual(['messageId', 'contact', 'phone', 'userId']);
	});

	it("says so on the output 'Closed' too", async () => {
		const parameters = {
			text: 'Hello',
			to: '+4915112345678',
			whenWindowClosed: 'output',
			whenWindowUnknown: 'treatAsClosed',
		};
		const item = await itemOf(parameters, 1);
		expect(Object.entries(item).slice(0, 2)).toEqual([
			['sentAs', null],
			['reason', 'windowUnknown'],
		]);
		expect(item.explanation).toMatch(/cannot be confirmed/);
	});
});

describe("'Simplify'", () => {
	const conversation = { resource: 'conversation', operation: 'get', contact: CONTACT };
	const template = { resource: 'template', operation: 'get', template: ready.template };

	it('leaves of a conversation what decides about a message', async () => {
		const item = await itemOf(conversation);
		expect(Object.keys(item)).toEqual([
			'contact',
			'window',
			'lastMessageAt',
			'owner',
			'consent',
			'maySend',
			'freeEntryPoint',
			'phone',
			'userId',
		]);
		const all = await itemOf({ ...conversation, simplify: false });
		expect(all).toMatchObject({ ...item, consentRecords: [] });
	});

	it("leaves of a template all but Meta's own data", async () => {
		const item = await itemOf(template);
		expect(Object.keys(item)).toEqual([
			'key',
			'name',
			'language',
			'status',
			'category',
			'sendable',
			'explanation',
			'preview',
			'fields',
		]);
		const all = await itemOf({ ...template, simplify: false });
		expect(all).toMatchObject({ ...item, components: [{ type: 'BODY' }] });
	});
});
