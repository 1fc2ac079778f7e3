import { bodyIn } from '../../../migrate/bodyText';

const BODY = "{ messaging_product: 'whatsapp', to: $json.phone, text: { body: 'Hi' } }";
const READ = { messaging_product: 'whatsapp', to: '={{ $json.phone }}', text: { body: 'Hi' } };

describe('a body of one expression', () => {
	it.each([
		BODY,
		`(${BODY})`,
		`JSON.stringify(${BODY})`,
		`JSON.stringify(${BODY}, null, 2)`,
		`JSON.stringify(${BODY}, null, '\\t')`,
		`JSON.stringify((${BODY}))`,
	])('%s is read', (code) => {
		expect(bodyIn(`={{ ${code} }}`)).toEqual(READ);
	});

	it('of several calls is none', () => {
		expect(bodyIn(`={{ merge((${BODY}), (${BODY})) }}`)).toBeUndefined();
	});
});
