import type {
	ButtonDefinition,
	ComponentDefinition,
	TemplateDefinition,
} from '../../../nodes/core/templates/definition';

/** An approved template with the given components, as Meta's list returns it. */
export function template(
	components: ComponentDefinition[],
	rest: Partial<TemplateDefinition> = {},
): TemplateDefinition {
	return {
		id: '1192339204654487',
		name: 'order_ready',
		language: 'en_US',
		status: 'APPROVED',
		category: 'UTILITY',
		parameter_format: 'POSITIONAL',
		components,
		...rest,
	};
}

export const body = (text: string, example?: string[]): ComponentDefinition => ({
	type: 'BODY',
	text,
	...(example && { example: { body_text: [example] } }),
});

export const textHeader = (text: string): ComponentDefinition => ({
	type: 'HEADER',
	format: 'TEXT',
	text,
});

export const header = (format: string): ComponentDefinition => ({ type: 'HEADER', format });

export const footer = (text: string): ComponentDefinition => ({ type: 'FOOTER', text });

export const buttons = (...list: ButtonDefinition[]): ComponentDefinition => ({
	type: 'BUTTONS',
	buttons: list,
});

export const trackButton: ButtonDefinition = {
	type: 'URL',
	text: 'Track order',
	url: 'https://shop.example/track/{{1}}',
	example: ['https://shop.example/track/A17'],
};

/** As the list returns it: the button for the code has become a URL button. */
export const verification = template(
	[
		{
			type: 'BODY',
			text: '*{{1}}* is your verification code.',
			add_security_recommendation: true,
			example: { body_text: [['123456']] },
		},
		{ type: 'FOOTER', text: 'This code expires in 5 minutes.', code_expiration_minutes: 5 },
		buttons({
			type: 'URL',
			text: 'Copy code',
			url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code_expiration_minutes=5&code=otp{{1}}',
			example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'],
		}),
	],
	{ name: 'one_time_password', category: 'AUTHENTICATION' },
);

/** A bill with the PDF attached, in the named format. */
export const bill = template(
	[
		header('DOCUMENT'),
		{
			type: 'BODY',
			text: 'Dear {{first_name}}, your bill over {{amount}} is attached.',
			example: {
				body_text_named_params: [
					{ param_name: 'first_name', example: 'Ada' },
					{ param_name: 'amount', example: '12.50 EUR' },
				],
			},
		},
		footer('Example Energy'),
		buttons(trackButton, { type: 'QUICK_REPLY', text: 'I have a question' }),
	],
	{ name: 'bill', parameter_format: 'named' },
);

export const billValues = {
	'header:media': 'data',
	'header:filename': 'bill-7.pdf',
	'body:first_name': 'Grace',
	'body:amount': '30 EUR',
	'button:0:1': 'B 7',
	'button:1:payload': 'question-7',
};

/** Two product cards, each with the button that shows the product: a pattern for up to ten. */
export const productCarousel = template(
	[
		body('{{1}}, new in our shop!'),
		{
			type: 'CAROUSEL',
			cards: [0, 1].map(() => ({
				components: [header('product'), buttons({ type: 'spm', text: 'View' })],
			})),
		},
	],
	{ name: 'new_products', category: 'MARKETING' },
);

/** A carousel of two cards with an image, a text and two buttons each. */
export const carousel = template(
	[
		body('Hi {{1}}, two trips for you.'),
		{
			type: 'CAROUSEL',
			cards: ['Lisbon', 'Oslo'].map((city) => ({
				components: [
					header('IMAGE'),
					body(`${city} from {{1}}.`),
					buttons(
						{ type: 'QUICK_REPLY', text: 'More' },
						{ type: 'URL', text: 'Book', url: 'https://trips.example/{{1}}' },
					),
				],
			})),
		},
	],
	{ name: 'trips', category: 'MARKETING' },
);
