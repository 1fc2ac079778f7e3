import { preferenceRecord } from '../../../nodes/core/conversation/preference';

import { NOW } from './support';

const told = (value: string, more: object = {}) =>
	preferenceRecord({ category: 'marketing_messages', value, at: NOW, ...more });

describe('preferenceRecord', () => {
	it.each([
		['stop', 'opted_out'],
		['resume', 'lifted'],
		['signup', 'opted_in'],
	])('%s → %s', (value, state) => {
		expect(told(value)).toEqual({
			scope: 'marketing',
			state,
			at: NOW,
			source: 'meta_preference',
		});
	});

	it('keeps the sign-up link as evidence', () => {
		expect(told('signup', { signupId: '4711' })).toMatchObject({ evidence: 'signup 4711' });
	});

	it.each([
		['an unknown value', 'pause', {}],
		['a name every object has', 'constructor', {}],
		['no value', '', {}],
		['another category', 'stop', { category: 'calls' }],
	])('%s changes nothing', (_what, value, more) => {
		expect(told(value, more)).toBeUndefined();
	});
});
