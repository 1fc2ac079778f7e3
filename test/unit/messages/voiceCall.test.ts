import { voiceCallMessage } from '../../../nodes/core/messages/voiceCall';

import { refusal } from './refusal';

describe('voiceCallMessage', () => {
	it.each<[string, object, object]>([
		['nothing', {}, {}],
		['empty fields', { buttonText: ' ', minutes: '', payload: undefined }, {}],
		['a button text', { buttonText: ' Call us ' }, { parameters: { display_text: 'Call us' } }],
		['the least time', { minutes: 1 }, { parameters: { ttl_minutes: 1 } }],
		['the longest time', { minutes: '43200' }, { parameters: { ttl_minutes: 43200 } }],
		['a payload', { payload: 'x'.repeat(512) }, { parameters: { payload: 'x'.repeat(512) } }],
	])('takes %s', (_name, input, action) => {
		expect(voiceCallMessage({ body: 'Call us', ...input })).toEqual({
			type: 'interactive',
			interactive: {
				type: 'voice_call',
				body: { text: 'Call us' },
				action: { name: 'voice_call', ...action },
			},
		});
	});

	it.each<[object, string, RegExp]>([
		[{ body: '' }, 'Body', /is empty/],
		[{ buttonText: 'x'.repeat(21) }, 'Button Text', /21 .* 20/],
		[{ minutes: 0 }, 'Valid for Minutes', /is 0; .* between 1 and 43200/],
		[{ minutes: 43201 }, 'Valid for Minutes', /is 43201/],
		[{ minutes: 1.5 }, 'Valid for Minutes', /is 1\.5; .* whole minutes/],
		[{ minutes: 'a week' }, 'Valid for Minutes', /not a number: 'a week'/],
		[{ payload: 'x'.repeat(513) }, 'Payload', /513 .* 512/],
	])('refuses %j', (change, field, message) => {
		const thrown = refusal(() => voiceCallMessage({ body: 'Call us', ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});
