import { addressRequestMessage } from '../../../nodes/core/messages/addressRequest';

import { refusal } from './refusal';

const body = 'Where shall we deliver?';
const parametersOf = (input: object) =>
	addressRequestMessage({ body, ...input }).interactive.action.parameters;

describe('addressRequestMessage', () => {
	it('asks for an address in India', () => {
		expect(addressRequestMessage({ body, footer: 'Thanks' })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'address_message',
				body: { text: body },
				footer: { text: 'Thanks' },
				action: { name: 'address_message', parameters: { country: 'IN' } },
			},
		});
	});

	it.each<[string, object, object]>([
		['nothing', { values: '', savedAddresses: [], validationErrors: {} }, {}],
		['empty values', { values: { name: '', city: ' ' } }, {}],
		[
			'values',
			{ values: { name: ' Anna ', in_pin_code: 110001 } },
			{ values: { name: 'Anna', in_pin_code: '110001' } },
		],
		['values as JSON', { values: '{"city": "Delhi"}' }, { values: { city: 'Delhi' } }],
		[
			'saved addresses',
			{ savedAddresses: [{ id: 'a1', value: { city: 'Delhi' } }] },
			{ saved_addresses: [{ id: 'a1', value: { city: 'Delhi' } }] },
		],
		[
			'messages on an earlier answer',
			{ validationErrors: { in_pin_code: 'We do not deliver there.' } },
			{ validation_errors: { in_pin_code: 'We do not deliver there.' } },
		],
	])('takes %s', (_name, input, parameters) => {
		expect(parametersOf(input)).toEqual({ country: 'IN', ...parameters });
	});

	it.each<[object, string, RegExp]>([
		[{ body: '' }, 'Body', /is empty/],
		[{ values: { pincode: '1' } }, 'Values', /has an entry 'pincode'/],
		[{ values: [] }, 'Values', /not an object/],
		[{ values: '{' }, 'Values', /not valid JSON/],
		[{ values: { in_pin_code: '1100012' } }, 'PIN Code', /7 .* 6/],
		[{ values: { city: {} } }, 'City', /not text/],
		[{ savedAddresses: [{ value: {} }] }, 'Saved Address ID', /^Saved address 1: .* is empty/],
		[
			{ savedAddresses: [{ id: '1', value: { town: 'A' } }] },
			'Saved Addresses',
			/^Saved address 1: .* 'town'/,
		],
		[{ savedAddresses: {} }, 'Saved Addresses', /not a list/],
		[{ validationErrors: { pin: 'A' } }, 'Validation Messages', /has an entry 'pin'/],
	])('refuses %j', (input, field, message) => {
		const thrown = refusal(() => parametersOf(input));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});
