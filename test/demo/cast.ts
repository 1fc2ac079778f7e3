import type { Simulator } from '../simulator/simulator';
import type { TemplateInput } from '../simulator/templates';
import type { Writer } from '../simulator/types';

/** The business number of the demo: its phone number ID, its digits, and whose it is. */
export const shop = { id: '106540352242922', phone: '15550100100', name: 'Example Shop' };

/** How the editor's list shows the number. */
export const shopInList = { id: shop.id, name: `+1 555-010-0100 · ${shop.name}` };

const FOOTER = { type: 'FOOTER', text: shop.name };

const documentHeader = (example: string) => ({
	type: 'HEADER',
	format: 'DOCUMENT',
	example: { header_handle: [example] },
});

/** @param examples of the values, by the names of the placeholders */
const namedBody = (text: string, examples: Record<string, string>) => ({
	type: 'BODY',
	text,
	example: {
		body_text_named_params: Object.entries(examples).map(([param_name, example]) => ({
			param_name,
			example,
		})),
	},
});

/** The templates that the example workflows use, as Meta's template list shows them. */
export const exampleTemplates: TemplateInput[] = [
	{
		name: 'answer_ready',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, we have an answer to your question of {{day}}. Shall we send it?',
				{ name: 'Ann', day: '3 May' },
			),
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes, please' }] },
		],
	},
	{
		name: 'confirm_order',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, thank you for your order {{order}} of {{amount}}, cash on delivery. Shall we send it?',
				{ name: 'Ann', order: '4711', amount: 'EUR 59.00' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Yes, send it' },
					{ type: 'QUICK_REPLY', text: 'No, cancel it' },
				],
			},
		],
	},
	{
		name: 'approve_step',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody('Your assistant wants to do this: {{step}}. May it?', {
				step: 'pay back EUR 59.00 for the order 4711',
			}),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Approve' },
					{ type: 'QUICK_REPLY', text: 'Decline' },
				],
			},
		],
	},
	{
		name: 'rate_delivery',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody('Hello {{name}}, your order {{order}} has arrived. How was the delivery?', {
				name: 'Ann',
				order: '4711',
			}),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Good' },
					{ type: 'QUICK_REPLY', text: 'Fair' },
					{ type: 'QUICK_REPLY', text: 'Bad' },
				],
			},
		],
	},
	{
		name: 'support_follow_up',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'POSITIONAL',
		components: [
			{
				type: 'BODY',
				text: 'Hello {{1}}, you wrote to us: "{{2}}" We would like to answer you here. Please tap the button, then we can go on.',
				example: { body_text: [['Ben', 'Where is my order?']] },
			},
			FOOTER,
			{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Go on' }] },
		],
	},
	{
		name: 'order_ticket',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			documentHeader('https://scontent.example/ticket.pdf'),
			namedBody(
				'Hi {{name}}, thank you for your order {{order}}. Your ticket for {{event}} on {{date}} is attached. Please show it at the entrance.',
				{ name: 'Cleo', order: 'A-1042', event: 'Open-Air Cinema', date: '28 November at 20:00' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'See your order',
						url: 'https://shop.example/orders/{{1}}',
						example: ['https://shop.example/orders/A-1042'],
					},
				],
			},
		],
	},
	{
		name: 'order_confirmed',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			documentHeader('https://scontent.example/invoice.pdf'),
			namedBody(
				'Hello {{name}}, thank you for your order {{order}} of {{date}} over {{amount}}. The invoice is attached, and we will write again when your parcel leaves.',
				{ name: 'Dora', order: '4711', date: '28 November 2026', amount: '€42.00' },
			),
			FOOTER,
		],
	},
	{
		name: 'parcel_sent',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, your order {{order}} left us on {{date}} with {{carrier}}. The number of the parcel is {{number}}. Have a good day!',
				{
					name: 'Dora',
					order: '#1001',
					date: '28 November 2026',
					carrier: 'DHL',
					number: 'JJD0001',
				},
			),
			FOOTER,
		],
	},
	{
		name: 'bill_ready',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			documentHeader('https://scontent.example/bill.pdf'),
			namedBody(
				'Hello {{name}}, your bill {{bill}} of {{amount}} is attached. Please pay it by {{due}}, then all is settled.',
				{ name: 'Dora', bill: 'B-77', amount: 'EUR 42.00', due: '4 December' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'Pay',
						url: 'https://shop.example/pay/{{1}}',
						example: ['https://shop.example/pay/B-77'],
					},
				],
			},
		],
	},
	{
		name: 'bill_reminder',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, your bill {{bill}} of {{amount}} is still open. Please pay it by {{due}}. If you have paid it by now, thank you.',
				{ name: 'Dora', bill: 'B-77', amount: 'EUR 42.00', due: '4 December' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'Pay',
						url: 'https://shop.example/pay/{{1}}',
						example: ['https://shop.example/pay/B-77'],
					},
				],
			},
		],
	},
	{
		name: 'invoice_paid',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			documentHeader('https://scontent.example/invoice.pdf'),
			namedBody(
				'Hello {{name}}, thank you for your payment of {{amount}}. Your invoice {{invoice}} of {{date}} is attached.',
				{ name: 'Dora', amount: '€29.90', invoice: 'M8V0-0001', date: '28 November 2026' },
			),
			FOOTER,
		],
	},
	{
		name: 'invoice_open',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, your invoice {{invoice}} of {{date}} over {{amount}} is still open. The button below leads to it. If you have paid it by now, thank you.',
				{ name: 'Dora', invoice: 'M8V0-0001', date: '28 November 2026', amount: '€29.90' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'Pay',
						url: 'https://invoice.stripe.com/i/{{1}}',
						example: ['https://invoice.stripe.com/i/acct_1/test_1'],
					},
				],
			},
		],
	},
	{
		name: 'appointment_tomorrow',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, you have an appointment with us on {{date}} at {{time}}. Will you come?',
				{
					name: 'Ann',
					date: 'Tuesday, 1 December',
					time: '09:00',
				},
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'I will come' },
					{ type: 'QUICK_REPLY', text: 'Another time' },
					{ type: 'QUICK_REPLY', text: 'I cannot come' },
				],
			},
		],
	},
	{
		name: 'review_request',
		language: 'en_US',
		category: 'UTILITY',
		parameter_format: 'NAMED',
		components: [
			namedBody(
				'Hello {{name}}, your order {{order}} reached you some days ago: {{product}}. How do you like it? We would be glad to read your review.',
				{ name: 'Dora', order: '4711', product: 'Blue lamp' },
			),
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'Write a review',
						url: 'https://shop.example/?p={{1}}',
						example: ['https://shop.example/?p=93'],
					},
				],
			},
		],
	},
	{
		name: 'cart_reminder',
		language: 'en_US',
		category: 'MARKETING',
		parameter_format: 'POSITIONAL',
		components: [
			{
				type: 'BODY',
				text: 'Hello {{1}}, you left something in your cart: {{2}}. We keep it for you until tomorrow.',
				example: { body_text: [['Emil', 'a blue lamp']] },
			},
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{
						type: 'URL',
						text: 'See your cart',
						url: 'https://shop.example/carts/{{1}}',
						example: ['https://shop.example/carts/C-9'],
					},
					{ type: 'QUICK_REPLY', text: 'No more offers' },
				],
			},
		],
	},
	{
		name: 'winter_offer',
		language: 'en_US',
		category: 'MARKETING',
		parameter_format: 'POSITIONAL',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Light for long evenings' },
			{
				type: 'BODY',
				text: 'Hello {{1}}, all lamps are 20% off until Sunday.',
				example: { body_text: [['Ann']] },
			},
			FOOTER,
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'COPY_CODE', text: 'Copy code', example: 'LAMP20' },
					{ type: 'URL', text: 'See the lamps', url: 'https://shop.example/lamps' },
					{ type: 'QUICK_REPLY', text: 'No more offers' },
				],
			},
		],
	},
];

/** What the broadcast tells everybody who has ordered. */
export const news: TemplateInput = {
	name: 'counter_moves',
	language: 'en_US',
	category: 'UTILITY',
	parameter_format: 'POSITIONAL',
	components: [
		{
			type: 'BODY',
			text: 'Hello {{1}}, the counter where you collect your order moves on Monday. You find it at Main Street 9 then.',
			example: { body_text: [['Ann']] },
		},
		FOOTER,
	],
};

export interface Customer extends Writer {
	name: string;
	phone: string;
}

/**
 * The people of one showing. Their numbers are new each time, because n8n remembers those of the
 * showing before. They begin with an area code that no telephone has.
 */
export function newCustomers(): { ann: Customer; ben: Customer; cleo: Customer } {
	const start = 2_000_000 + Math.floor(Math.random() * 7_000_000);
	const customer = (name: string, offset: number) => ({ name, phone: `1555${start + offset}` });
	return { ann: customer('Ann', 0), ben: customer('Ben', 1), cleo: customer('Cleo', 2) };
}

/** Gives the stand-in for WhatsApp the business number and the templates. */
export function addShop(simulator: Simulator): void {
	simulator.addBusinessNumber(shop);
	for (const template of [...exampleTemplates, news]) simulator.addTemplate(template);
}
