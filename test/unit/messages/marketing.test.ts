import { isForMarketingApi, marketingFields } from '../../../nodes/core/messages/marketing';
import { refuseUnsupported, EVERYTHING } from '../../../nodes/core/transport/capabilities';

it.each([
	[{}, {}],
	[{ marketingMessages: 'off', shareActivity: true }, {}],
	[{ marketingMessages: 'prefer' }, { product_policy: 'CLOUD_API_FALLBACK' }],
	[
		{ marketingMessages: 'require', shareActivity: true },
		{ product_policy: 'STRICT', message_activity_sharing: true },
	],
])('makes of %j %j', (options, fields) => {
	expect(marketingFields(options, 'MARKETING')).toEqual(fields);
	// Where nobody knows the category, Meta judges.
	expect(marketingFields(options, '')).toEqual(fields);
	expect(isForMarketingApi(fields)).toBe('product_policy' in fields);
});

it('refuses templates for something else, and a choice that is none', () => {
	expect(marketingFields({ marketingMessages: 'off' }, 'UTILITY')).toEqual({});
	expect(() => marketingFields({ marketingMessages: 'prefer' }, 'UTILITY')).toThrow(
		/is one for utility; it takes marketing templates only/,
	);
	expect(() => marketingFields({ marketingMessages: 'yes' }, 'MARKETING')).toThrow(
		/'Marketing Messages API' is 'yes'/,
	);
});

it('is refused by a provider of whom nobody knows whether it has that API', () => {
	const body = { type: 'template', product_policy: 'STRICT' };
	expect(() => refuseUnsupported('Kapso', EVERYTHING, body)).toThrow(
		/Kapso cannot carry messages of the Marketing Messages API. Field: 'Marketing Messages API'/,
	);
});
