import { templateToCreate } from '../../../nodes/core/templates/create';
import type { TemplateDraft } from '../../../nodes/core/templates/create/draft';
import type { ComponentDefinition } from '../../../nodes/core/templates/definition';
import { describeWithFixtures, readFixture } from '../../fixtures';

interface Example {
	name: string;
	language: string;
	category: string;
	components: ComponentDefinition[];
}

const example = (name: string) =>
	readFixture<Example>(
		'meta-openapi-v23',
		'rest/waba_id_message_templates__post',
		`req_create_${name}.json`,
	);

/** What the examples say in words of a template's author. */
const text = {
	header: { format: 'text', text: 'Our {{1}} is on!', example: 'Summer Sale' },
	body: 'Shop now through {{1}} and use code {{2}} to get {{3}} off of all merchandise.',
	examples: { 1: 'the end of August', 2: '25OFF', 3: '25%' },
	footer: 'Use the buttons below to manage your marketing subscriptions',
	buttons: [
		{ type: 'quick_reply', text: 'Unsubcribe from Promos' },
		{ type: 'quick_reply', text: 'Unsubscribe from All' },
	],
};

const handleOf = ({ components }: Example) => (components[0].example?.header_handle as string[])[0];

const app = { packageName: 'com.example.luckyshrub', signatureHash: 'K8a%2FAINcGX7' };

const code = (button: object) => ({
	securityRecommendation: true,
	codeExpirationMinutes: 10,
	buttons: [{ type: 'otp', text: 'Copy Code', ...button }],
});

const flow = (source: object) => ({
	body: 'Check out this new offer',
	buttons: [{ type: 'flow', text: 'Check out this offer!', ...source }],
});

const DRAFTS: Record<string, (given: Example) => Partial<TemplateDraft>> = {
	template_w_text_header_text_body_text_footer_and_2_qu: () => text,
	template_w_image_header_text_body_text_footer_and_2_c: (given) => ({
		header: { format: 'image', handle: handleOf(given) },
		body: 'Hi {{1}}! For a limited time only you can get our {{2}} for as low as {{3}}. Tap the Offer Details button for more information.',
		examples: { 1: 'Mark', 2: 'Tuscan Getaway package', 3: '800' },
		footer: 'Offer valid until May 31, 2023',
		buttons: [
			{ type: 'phone_number', text: 'Call', phoneNumber: '16467043595' },
			{
				type: 'url',
				text: 'Shop Now',
				url: 'https://damp-sea-63235.herokuapp.com/shop?promo={{1}}',
				example: 'summer2023',
			},
		],
	}),
	template_w_document_header_text_body_a_phone_number_b: (given) => ({
		header: { format: 'document', handle: handleOf(given) },
		body: given.components[1].text,
		examples: { 1: 'Mark', 2: '860198-230332' },
		buttons: [
			{ type: 'phone_number', text: 'Call', phoneNumber: '16467043595' },
			{ type: 'url', text: 'Contact Support', url: 'https://www.examplesite.com/support' },
		],
	}),
	template_w_location_header_text_body_text_footer_and_: (given) => ({
		header: { format: 'location' },
		body: given.components[1].text,
		examples: { 1: 'Mark', 2: '566701' },
		footer: 'To stop receiving delivery updates, tap the button below.',
		buttons: [{ type: 'quick_reply', text: 'Stop Delivery Updates' }],
	}),
	multi_product_message_template: (given) => ({
		header: { format: 'text', text: 'Forget something {{1}}?', example: 'Pablo' },
		body: given.components[1].text,
		examples: { 1: '10OFF' },
		buttons: [{ type: 'mpm' }],
	}),
	flow_template_message_by_id: () => flow({ flowId: '{{Flow-ID}}', screen: '<SCREEN_ID>' }),
	flow_template_message_by_name: () => flow({ flowName: '{{Flow-Name}}', screen: '<SCREEN_ID>' }),
	flow_template_message_by_flow_json: (given) =>
		flow({
			flowJson: given.components[1].buttons?.[0].flow_json,
			screen: 'WELCOME_SCREEN',
		}),
	authentication_template_w_otp_copy_code_button: () => code({ otpType: 'copy_code' }),
	authentication_template_w_otp_one_tap_autofill_button: () =>
		code({ otpType: 'one_tap', autofillText: 'Autofill', apps: [app] }),
	// Meta published the same example under a second name.
	catalog_template: () => code({ otpType: 'one_tap', autofillText: 'Autofill', apps: [app] }),
};

/** Meta writes its codes in either case, and still shows the app as v20 and older took it. */
function asWeWrite({ type, buttons, ...rest }: ComponentDefinition): ComponentDefinition {
	const written = buttons?.map(({ package_name: name, signature_hash: hash, ...button }) => ({
		...button,
		...(name !== undefined && { supported_apps: [{ package_name: name, signature_hash: hash }] }),
	}));
	return { type: type.toUpperCase(), ...rest, ...(written && { buttons: written }) };
}

describeWithFixtures("Meta's examples of new templates", () => {
	it.each(Object.entries(DRAFTS))('%s', (name, draftFor) => {
		const given = example(name);
		const isPlaceholder = given.name.startsWith('<');
		const created = templateToCreate({
			name: isPlaceholder ? 'flow_template' : given.name,
			language: given.language,
			category: given.category.toLowerCase(),
			...draftFor(given),
		});
		expect(created).toEqual({
			...given,
			...(isPlaceholder && { name: 'flow_template' }),
			components: given.components.map(asWeWrite),
		});
	});
});
