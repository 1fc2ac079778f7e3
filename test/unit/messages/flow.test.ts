import { flowMessage } from '../../../nodes/core/messages/flow';

import { refusal } from './refusal';

const input = { body: 'Book a table', buttonText: 'Book', flowId: '1' };
const fixed = { flow_message_version: '3', flow_cta: 'Book' };
const parametersOf = (change: object) =>
	flowMessage({ ...input, ...change }).interactive.action.parameters;

describe('flowMessage', () => {
	it('builds a text with a form', () => {
		const header = { type: 'text', text: 'Table' } as const;
		expect(flowMessage({ ...input, header, footer: 'Bye' })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'flow',
				header,
				body: { text: 'Book a table' },
				footer: { text: 'Bye' },
				action: { name: 'flow', parameters: { ...fixed, flow_id: '1' } },
			},
		});
	});

	it.each<[string, object, object]>([
		['an ID', { flowId: ' 7 ' }, { flow_id: '7' }],
		['an ID as number', { flowId: 7 }, { flow_id: '7' }],
		['a name', { flowId: '', flowName: 'booking' }, { flow_name: 'booking' }],
		['a token', { token: 'order 17' }, { flow_id: '1', flow_token: 'order 17' }],
		['a draft', { draft: true }, { flow_id: '1', mode: 'draft' }],
		['a published Flow', { draft: false }, { flow_id: '1' }],
		[
			'a screen',
			{ screen: 'FIRST' },
			{ flow_id: '1', flow_action: 'navigate', flow_action_payload: { screen: 'FIRST' } },
		],
		[
			'data as object',
			{ screen: 'FIRST', data: { a: [1] } },
			{
				flow_id: '1',
				flow_action: 'navigate',
				flow_action_payload: { screen: 'FIRST', data: { a: [1] } },
			},
		],
		[
			'data as JSON',
			{ screen: 'FIRST', data: ' {"a": 1} ' },
			{
				flow_id: '1',
				flow_action: 'navigate',
				flow_action_payload: { screen: 'FIRST', data: { a: 1 } },
			},
		],
		[
			'empty data',
			{ screen: 'FIRST', data: {} },
			{ flow_id: '1', flow_action: 'navigate', flow_action_payload: { screen: 'FIRST' } },
		],
		[
			'navigation to the first screen',
			{ action: 'navigate' },
			{ flow_id: '1', flow_action: 'navigate' },
		],
		['an endpoint', { action: 'data_exchange' }, { flow_id: '1', flow_action: 'data_exchange' }],
	])('takes %s', (_name, change, parameters) => {
		expect(parametersOf(change)).toEqual({ ...fixed, ...parameters });
	});

	it.each<[object, string, RegExp]>([
		[{ body: '' }, 'Body', /is empty/],
		[{ buttonText: '' }, 'Button Text', /is empty/],
		[{ buttonText: 'x'.repeat(31) }, 'Button Text', /31 .* 30/],
		[{ flowId: '' }, 'Flow ID', /is empty/],
		[{ flowName: 'booking' }, 'Flow Name', /together with 'Flow ID'/],
		[{ screen: 'A', data: '{"a": ' }, 'Screen Data', /not valid JSON/],
		[{ screen: 'A', data: '[1]' }, 'Screen Data', /not an object/],
		[{ screen: 'A', data: 7 }, 'Screen Data', /not an object/],
		[{ data: { a: 1 } }, 'Screen', /is empty, but 'Screen Data' is not/],
		[{ action: 'data_exchange', screen: 'A' }, 'Screen', /endpoint of the Flow/],
		[{ action: 'data_exchange', data: { a: 1 } }, 'Screen Data', /endpoint of the Flow/],
	])('refuses %j', (change, field, message) => {
		const thrown = refusal(() => parametersOf(change));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
		expect(thrown.message).toContain(`'${field}'`);
	});
});
