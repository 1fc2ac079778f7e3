import { readdirSync } from 'fs';
import { join } from 'path';

import type { TemplateDefinition } from '../../../nodes/core/templates/definition';
import { describeWithFixtures, readFixture } from '../../fixtures';

import { buildTemplate, fieldsOf, previewOf } from './readings';
import { body, buttons, header, template } from './samples';

const META = 'meta-openapi-v23';
const CREATION = 'waba_id_message_templates__post';

interface Component {
	index?: string | number;
	parameters?: Array<Record<string, object>>;
}

/** Meta's examples write the index of a button both as text and as number. */
const withTextIndex = (component: Component) =>
	'index' in component ? { ...component, index: String(component.index) } : component;

const request = (name: string) =>
	readFixture<{ template: { name: string; language: object; components?: Component[] } }>(
		META,
		'rest/phone_number_id_messages__post',
		`req_${name}.json`,
	).template;

describeWithFixtures("Meta's examples", (dir) => {
	const { data: listed } = readFixture<{ data: TemplateDefinition[] }>(
		META,
		'rest/waba_id_message_templates__get/resp200_example_response.json',
	);

	it('asks for the values of the listed templates', () => {
		const asked = listed.map((definition) => [
			definition.name,
			...fieldsOf(definition).map(({ id, label, title = label, example }) => [id, title, example]),
		]);
		expect(asked).toEqual([
			['hello_world'],
			[
				'2023_april_promo',
				['body:1', 'Hi {{1}}, our Fall Sale is · e.g. Mark', 'Mark'],
				['body:2', '…promo code {{2}} Get an extra 25% · e.g. FALL25', 'FALL25'],
				['button:0:payload', 'Button ID: Stop promotions', undefined],
			],
		]);
	});

	it('builds the request of hello_world', () => {
		const [definition] = listed;
		expect(buildTemplate(definition, {}).template).toEqual(request('send_test_message'));
	});

	describe('requests for templates that the examples do not list', () => {
		it.each([
			[
				'send_catalog_template_message',
				[
					body('Save {{1}} on {{2}}, {{3}} days.'),
					buttons({ type: 'CATALOG', text: 'View catalog' }),
				],
				{ 'body:1': 100, 'body:2': '400', 'body:3': 3, 'button:0:thumbnail': '2lc20305pt' },
			],
			[
				'send_flow_template_message',
				[body('Check out this new offer'), buttons({ type: 'FLOW', text: 'Open' })],
				{
					'button:0:flowToken': '<FLOW_TOKEN>',
					'button:0:flowData': '{"<CUSTOM_KEY>": "<CUSTOM_VALUE>"}',
				},
			],
		])('%s', (name, components, values) => {
			const example = request(name);
			const built = buildTemplate(template(components, { name: example.name }), values).template;
			expect(built).toEqual({
				...example,
				components: example.components?.map(withTextIndex),
			});
		});

		it('send_message_template_interactive, the header and the payloads', () => {
			const example = request('send_message_template_interactive').components ?? [];
			const built = buildTemplate(
				template([
					header('IMAGE'),
					buttons({ type: 'QUICK_REPLY', text: 'Yes' }, { type: 'QUICK_REPLY', text: 'No' }),
				]),
				{
					'header:media': 'data',
					'button:0:payload': 'aGlzIHRoaXMgaXMgY29v',
					'button:1:payload': '9rwnB8RbYmPF5t2Mn09x4h',
				},
				// The example's link is no real one, so it stands for an upload here.
				{ 'header:media': { link: 'http(s)://the-image-url' } },
			);
			expect(built.template.components).toEqual([example[0], example[2], example[3]]);
		});
	});

	it.each([
		'send_message_template_text',
		'send_message_template_media',
		'send_sample_shipping_confirmation_template',
		'send_sample_text_message',
	])('builds %s, with its amount and its date', (name) => {
		const example = request(name);
		const [{ parameters = [] }] = (example.components ?? []).slice(-1);
		const hasImage = example.components?.length === 2;
		const definition = template(
			[...(hasImage ? [header('IMAGE')] : []), body('{{1}}, {{2}}, {{3}}.')],
			{ name: example.name, language: 'language-and-locale-code' },
		);
		const values = {
			...(hasImage && { 'header:media': 'data' }),
			'body:1': 'text-string',
			'body:2': parameters[1].currency,
			'body:3': parameters[2],
		};
		const media = { 'header:media': { link: 'http(s)://the-image-url' } };
		expect(buildTemplate(definition, values, media).template).toEqual(example);
	});

	describe('templates as they are created', () => {
		const definitions = readdirSync(join(dir, META, 'rest', CREATION))
			.filter((name) => name.startsWith('req_'))
			.map((name) => ({
				name,
				definition: readFixture<TemplateDefinition>(META, 'rest', CREATION, name),
			}));
		const asked = (part: string) => {
			const found = definitions.find(({ name }) => name.includes(part));
			if (!found) throw new Error(`There is no example named ${part}.`);
			return fieldsOf(found.definition).map(({ id, example }) => [id, example]);
		};

		it.each([
			['otp_copy_code', [['code', '123456']]],
			['otp_one_tap', [['code', '123456']]],
			[
				'by_flow_json',
				[
					['button:0:flowToken', undefined],
					['button:0:flowData', undefined],
				],
			],
			[
				'multi_product',
				[
					['header:1', 'Pablo'],
					['body:1', '10OFF'],
					['button:0:sections', 'Shoes: shoe-1, shoe-2; Bags: bag-7'],
					['button:0:thumbnail', undefined],
				],
			],
			[
				'document_header',
				[
					['header:media', undefined],
					['header:filename', 'ticket.pdf'],
					['body:1', 'Mark'],
					['body:2', '860198-230332'],
				],
			],
			[
				'image_header',
				[
					['header:media', undefined],
					['body:1', 'Mark'],
					['body:2', 'Tuscan Getaway package'],
					['body:3', '800'],
					['button:1:1', 'summer2023'],
				],
			],
			[
				'location_header',
				[
					['header:latitude', undefined],
					['header:longitude', undefined],
					['header:name', undefined],
					['header:address', undefined],
					['body:1', 'Mark'],
					['body:2', '566701'],
					['button:0:payload', undefined],
				],
			],
			[
				'text_header',
				[
					['header:1', 'Summer Sale'],
					['body:1', 'the end of August'],
					['body:2', '25OFF'],
					['body:3', '25%'],
					['button:0:payload', undefined],
					['button:1:payload', undefined],
				],
			],
		])('%s', (part, fields) => {
			expect(asked(part)).toEqual(fields);
		});

		it('can all be shown', () => {
			for (const { definition } of definitions) {
				expect(previewOf(definition, { code: '1' }).text).not.toBe('');
			}
		});
	});
});
