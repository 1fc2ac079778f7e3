import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { fileOf } from './support';

/** A file that WhatsApp fetches itself. */
export const LINK = 'https://cdn.example/files/room%201.jpg';

/** Files of the incoming item, by binary field. */
export const FILES: Record<string, IBinaryData> = {
	data: fileOf('image/jpeg', 'photo.jpg'),
	clip: fileOf('video/mp4', 'clip.mp4'),
	speech: fileOf('audio/ogg', 'speech.ogg'),
	song: fileOf('audio/mpeg', 'song.mp3'),
	bill: fileOf('application/pdf', 'bill-7.pdf'),
	smile: fileOf('image/webp', 'smile.webp'),
};

const interactive = (content: IDataObject) => ({ type: 'interactive', interactive: content });

const ADDRESS = {
	name: 'Asha',
	phone_number: '+91 98765 43210',
	in_pin_code: '560001',
	house_number: '12',
	floor_number: '3',
	tower_number: 'B',
	building_name: 'Lake View',
	address: '12 MG Road',
	landmark_area: 'Near the park',
	city: 'Bengaluru',
	state: 'Karnataka',
};

/** So many paise, or centavos. */
const rupees = (value: number) => ({ value, offset: 100 });

const ORIGIN = {
	country_of_origin: 'India',
	importer_name: 'Bakers',
	importer_address: {
		address_line1: 'B8',
		address_line2: 'Floor 2',
		city: 'East Delhi',
		zone_code: 'DL',
		postal_code: '110093',
		country_code: 'IN',
	},
};

/**
 * Parameters as the editor stores them, and the message that goes out. The first of each type has
 * nothing but what must be filled, all of a type together fill every field.
 * An uploaded file has the ID of its binary field; 471 is the ID of a file that was there before.
 */
export const MESSAGES: Array<[type: string, stored: IDataObject, message: object]> = [
	[
		'addressRequest',
		{ body: 'Where to?' },
		interactive({
			type: 'address_message',
			body: { text: 'Where to?' },
			action: { name: 'address_message', parameters: { country: 'IN' } },
		}),
	],
	[
		'addressRequest',
		{
			body: 'Where to?',
			options: {
				header: 'Delivery',
				footer: 'In India only',
				addressValues: ADDRESS,
				savedAddresses: { address: [{ id: 'home', value: ADDRESS }] },
				validationMessages: ADDRESS,
			},
		},
		interactive({
			type: 'address_message',
			header: { type: 'text', text: 'Delivery' },
			body: { text: 'Where to?' },
			footer: { text: 'In India only' },
			action: {
				name: 'address_message',
				parameters: {
					country: 'IN',
					values: ADDRESS,
					saved_addresses: [{ id: 'home', value: ADDRESS }],
					validation_errors: ADDRESS,
				},
			},
		}),
	],
	['audio', { binaryField: 'song' }, { type: 'audio', audio: { id: 'id-of-song' } }],
	['audio', { mediaSource: 'link', link: LINK }, { type: 'audio', audio: { link: LINK } }],
	['audio', { mediaSource: 'id', mediaId: '471' }, { type: 'audio', audio: { id: '471' } }],
	[
		'audio',
		{ binaryField: 'speech', options: { voice: true } },
		{ type: 'audio', audio: { id: 'id-of-speech', voice: true } },
	],
	[
		'buttons',
		{ body: 'Deliver today?', buttons: { button: [{ title: 'Yes' }] } },
		interactive({
			type: 'button',
			body: { text: 'Deliver today?' },
			action: { buttons: [{ type: 'reply', reply: { id: 'Yes', title: 'Yes' } }] },
		}),
	],
	[
		'buttons',
		{
			body: 'Deliver today?',
			buttons: { button: [{ title: 'Yes', id: 'today' }, { title: 'No' }] },
			options: { header: 'Your order', footer: 'Reply by noon' },
		},
		interactive({
			type: 'button',
			header: { type: 'text', text: 'Your order' },
			body: { text: 'Deliver today?' },
			footer: { text: 'Reply by noon' },
			action: {
				buttons: [
					{ type: 'reply', reply: { id: 'today', title: 'Yes' } },
					{ type: 'reply', reply: { id: 'No', title: 'No' } },
				],
			},
		}),
	],
	[
		'callPermissionRequest',
		{},
		interactive({
			type: 'call_permission_request',
			action: { name: 'call_permission_request' },
		}),
	],
	[
		'callPermissionRequest',
		{ body: 'May we call?' },
		interactive({
			type: 'call_permission_request',
			body: { text: 'May we call?' },
			action: { name: 'call_permission_request' },
		}),
	],
	[
		'carousel',
		{
			body: 'Free rooms',
			cards: {
				card: [
					{ file: LINK, buttonText: 'See', url: 'https://example.com/1' },
					{
						type: 'video',
						file: 'clip',
						text: 'With a view',
						buttonText: 'See',
						url: 'https://example.com/2',
					},
				],
			},
		},
		interactive({
			type: 'carousel',
			body: { text: 'Free rooms' },
			action: {
				cards: [
					{
						card_index: 0,
						type: 'cta_url',
						header: { type: 'image', image: { link: LINK } },
						action: {
							name: 'cta_url',
							parameters: { display_text: 'See', url: 'https://example.com/1' },
						},
					},
					{
						card_index: 1,
						type: 'cta_url',
						header: { type: 'video', video: { id: 'id-of-clip' } },
						body: { text: 'With a view' },
						action: {
							name: 'cta_url',
							parameters: { display_text: 'See', url: 'https://example.com/2' },
						},
					},
				],
			},
		}),
	],
	[
		'carousel',
		{
			body: 'Free rooms',
			cardButtons: 'reply',
			cards: {
				card: [
					{ file: 'data', text: 'Blue', buttons: { button: [{ title: 'Take', id: 'blue' }] } },
					{ file: '471', text: 'Red', buttons: { button: [{ title: 'Take', id: 'red' }] } },
				],
			},
		},
		interactive({
			type: 'carousel',
			body: { text: 'Free rooms' },
			action: {
				cards: [
					{
						card_index: 0,
						type: 'cta_url',
						header: { type: 'image', image: { id: 'id-of-data' } },
						body: { text: 'Blue' },
						action: {
							buttons: [{ type: 'quick_reply', quick_reply: { id: 'blue', title: 'Take' } }],
						},
					},
					{
						card_index: 1,
						type: 'cta_url',
						header: { type: 'image', image: { id: '471' } },
						body: { text: 'Red' },
						action: {
							buttons: [{ type: 'quick_reply', quick_reply: { id: 'red', title: 'Take' } }],
						},
					},
				],
			},
		}),
	],
	[
		'catalog',
		{ body: 'New cakes' },
		interactive({
			type: 'catalog_message',
			body: { text: 'New cakes' },
			action: { name: 'catalog_message' },
		}),
	],
	[
		'catalog',
		{ body: 'New cakes', options: { footer: 'Every day', thumbnailProductId: 'sku-1' } },
		interactive({
			type: 'catalog_message',
			body: { text: 'New cakes' },
			footer: { text: 'Every day' },
			action: {
				name: 'catalog_message',
				parameters: { thumbnail_product_retailer_id: 'sku-1' },
			},
		}),
	],
	[
		'contactInfoRequest',
		{ body: 'Your number?' },
		interactive({
			type: 'request_contact_info',
			body: { text: 'Your number?' },
			action: { name: 'request_contact_info' },
		}),
	],
	[
		'contacts',
		{ contacts: { contact: [{ formattedName: 'Anna' }] } },
		{
			type: 'contacts',
			contacts: [{ name: { formatted_name: 'Anna', first_name: 'Anna' } }],
		},
	],
	[
		'contacts',
		{
			contactsSource: 'json',
			contactsJson: '[{"name": {"formatted_name": "Anna", "last_name": "Example"}}]',
		},
		{
			type: 'contacts',
			contacts: [{ name: { formatted_name: 'Anna', last_name: 'Example' } }],
		},
	],
	[
		'contacts',
		{ contactsSource: 'vCard', vCard: 'BEGIN:VCARD\nFN:Anna\nTEL:+1\nEND:VCARD' },
		{
			type: 'contacts',
			contacts: [
				{ name: { formatted_name: 'Anna', first_name: 'Anna' }, phones: [{ phone: '+1' }] },
			],
		},
	],
	[
		'contacts',
		{
			contacts: {
				contact: [
					{
						formattedName: 'Anna of the Shop',
						prefix: 'Dr.',
						firstName: 'Anna',
						middleName: 'B.',
						lastName: 'Example',
						suffix: 'Jr.',
						phones: {
							phone: [{ phone: '+49 176 04069000', type: 'WORK', waId: '+49 176 04069000' }],
						},
						emails: { email: [{ email: 'anna@example.com', type: 'HOME' }] },
						urls: { url: [{ url: 'https://example.com', type: 'WORK' }] },
						addresses: {
							address: [
								{
									street: '1 Market Street',
									city: 'Springfield',
									state: 'CA',
									zip: '94103',
									country: 'United States',
									countryCode: 'US',
									type: 'HOME',
								},
							],
						},
						company: 'Corner Shop',
						department: 'Sales',
						title: 'Head of Sales',
						birthday: '1999-01-23',
					},
				],
			},
		},
		{
			type: 'contacts',
			contacts: [
				{
					name: {
						formatted_name: 'Anna of the Shop',
						prefix: 'Dr.',
						first_name: 'Anna',
						middle_name: 'B.',
						last_name: 'Example',
						suffix: 'Jr.',
					},
					phones: [{ phone: '+49 176 04069000', type: 'WORK', wa_id: '4917604069000' }],
					emails: [{ email: 'anna@example.com', type: 'HOME' }],
					urls: [{ url: 'https://example.com', type: 'WORK' }],
					addresses: [
						{
							street: '1 Market Street',
							city: 'Springfield',
							state: 'CA',
							zip: '94103',
							country: 'United States',
							country_code: 'US',
							type: 'HOME',
						},
					],
					org: { company: 'Corner Shop', department: 'Sales', title: 'Head of Sales' },
					birthday: '1999-01-23',
				},
			],
		},
	],
	[
		'document',
		{ binaryField: 'bill' },
		{ type: 'document', document: { id: 'id-of-bill', filename: 'bill-7.pdf' } },
	],
	[
		'document',
		{ mediaSource: 'link', link: 'https://cdn.example/bills/July%207.pdf?x=1' },
		{
			type: 'document',
			document: {
				link: 'https://cdn.example/bills/July%207.pdf?x=1',
				filename: 'July 7.pdf',
			},
		},
	],
	[
		'document',
		{ mediaSource: 'id', mediaId: '471', fileName: 'Bill.pdf', caption: 'Thank you' },
		{ type: 'document', document: { id: '471', filename: 'Bill.pdf', caption: 'Thank you' } },
	],
	[
		'flow',
		{
			body: 'Book now',
			flow: { __rl: true, mode: 'flowId', value: '128' },
			buttonText: 'Book',
		},
		interactive({
			type: 'flow',
			body: { text: 'Book now' },
			action: {
				name: 'flow',
				parameters: { flow_message_version: '3', flow_id: '128', flow_cta: 'Book' },
			},
		}),
	],
	[
		'flow',
		{
			body: 'Book now',
			flow: { __rl: true, mode: 'flowId', value: '128' },
			buttonText: 'Book',
			options: { flowAction: 'data_exchange' },
		},
		interactive({
			type: 'flow',
			body: { text: 'Book now' },
			action: {
				name: 'flow',
				parameters: {
					flow_message_version: '3',
					flow_id: '128',
					flow_cta: 'Book',
					flow_action: 'data_exchange',
				},
			},
		}),
	],
	[
		'flow',
		{
			body: 'Book now',
			flow: { __rl: true, mode: 'flowName', value: 'booking' },
			buttonText: 'Book',
			options: {
				header: 'Appointments',
				footer: 'It takes a minute',
				flowReference: 'order-7',
				screen: 'WELCOME',
				screenData: '{"name": "Anna"}',
				draft: true,
			},
		},
		interactive({
			type: 'flow',
			header: { type: 'text', text: 'Appointments' },
			body: { text: 'Book now' },
			footer: { text: 'It takes a minute' },
			action: {
				name: 'flow',
				parameters: {
					flow_message_version: '3',
					flow_name: 'booking',
					flow_cta: 'Book',
					flow_token: 'order-7',
					flow_action: 'navigate',
					flow_action_payload: { screen: 'WELCOME', data: { name: 'Anna' } },
					mode: 'draft',
				},
			},
		}),
	],
	['image', {}, { type: 'image', image: { id: 'id-of-data' } }],
	[
		'image',
		{ mediaSource: 'link', link: LINK, caption: 'Our shop' },
		{ type: 'image', image: { link: LINK, caption: 'Our shop' } },
	],
	[
		'linkButton',
		{ body: 'Your table', buttonText: 'See', url: 'https://example.com/t' },
		interactive({
			type: 'cta_url',
			body: { text: 'Your table' },
			action: {
				name: 'cta_url',
				parameters: { display_text: 'See', url: 'https://example.com/t' },
			},
		}),
	],
	[
		'linkButton',
		{
			body: 'Your table',
			buttonText: 'See',
			url: 'https://example.com/t',
			options: { header: 'Reserved' },
		},
		interactive({
			type: 'cta_url',
			header: { type: 'text', text: 'Reserved' },
			body: { text: 'Your table' },
			action: {
				name: 'cta_url',
				parameters: { display_text: 'See', url: 'https://example.com/t' },
			},
		}),
	],
	[
		'linkButton',
		{
			body: 'Your table',
			buttonText: 'See',
			url: 'https://example.com/t',
			options: {
				footer: 'Until ten',
				headerFile: { file: { type: 'document', file: 'bill', fileName: 'Bill.pdf' } },
			},
		},
		interactive({
			type: 'cta_url',
			header: { type: 'document', document: { id: 'id-of-bill', filename: 'Bill.pdf' } },
			body: { text: 'Your table' },
			footer: { text: 'Until ten' },
			action: {
				name: 'cta_url',
				parameters: { display_text: 'See', url: 'https://example.com/t' },
			},
		}),
	],
	[
		'list',
		{
			body: 'When?',
			buttonText: 'Times',
			sections: { section: [{ rows: { row: [{ title: 'Mon, 9:00' }] } }] },
		},
		interactive({
			type: 'list',
			body: { text: 'When?' },
			action: {
				button: 'Times',
				sections: [{ rows: [{ id: 'Mon, 9:00', title: 'Mon, 9:00' }] }],
			},
		}),
	],
	[
		'list',
		{
			body: 'When?',
			buttonText: 'Times',
			rowsSource: 'json',
			rowsJson: '[{"title": "Mon, 9:00", "id": "mon_9"}, {"title": "Tue, 9:00"}]',
		},
		interactive({
			type: 'list',
			body: { text: 'When?' },
			action: {
				button: 'Times',
				sections: [
					{
						rows: [
							{ id: 'mon_9', title: 'Mon, 9:00' },
							{ id: 'Tue, 9:00', title: 'Tue, 9:00' },
						],
					},
				],
			},
		}),
	],
	[
		'list',
		{
			body: 'When?',
			buttonText: 'Times',
			sections: {
				section: [
					{
						title: 'This week',
						rows: { row: [{ title: 'Mon', description: '45 minutes', id: 'mon' }] },
					},
					{ title: 'Next week', rows: { row: [{ title: 'Tue' }] } },
				],
			},
			options: { header: 'Appointments', footer: 'Choose one' },
		},
		interactive({
			type: 'list',
			header: { type: 'text', text: 'Appointments' },
			body: { text: 'When?' },
			footer: { text: 'Choose one' },
			action: {
				button: 'Times',
				sections: [
					{
						title: 'This week',
						rows: [{ id: 'mon', title: 'Mon', description: '45 minutes' }],
					},
					{ title: 'Next week', rows: [{ id: 'Tue', title: 'Tue' }] },
				],
			},
		}),
	],
	[
		'location',
		{ latitude: '48.1374', longitude: '11.5755' },
		{ type: 'location', location: { latitude: 48.1374, longitude: 11.5755 } },
	],
	[
		'location',
		{
			latitude: '48.1374',
			longitude: '11.5755',
			locationName: 'Corner Shop',
			locationAddress: '1 Market Street',
		},
		{
			type: 'location',
			location: {
				latitude: 48.1374,
				longitude: 11.5755,
				name: 'Corner Shop',
				address: '1 Market Street',
			},
		},
	],
	[
		'locationRequest',
		{ body: 'Where are you?' },
		interactive({
			type: 'location_request_message',
			body: { text: 'Where are you?' },
			action: { name: 'send_location' },
		}),
	],
	[
		'orderDetails',
		{
			body: 'Your bill',
			referenceId: 'order-7',
			paymentConfiguration: { __rl: true, mode: 'list', value: 'razorpay-prod' },
			orderItems: { item: [{ name: 'Bread', quantity: '3', price: '1,299.50' }] },
		},
		interactive({
			type: 'order_details',
			body: { text: 'Your bill' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'order-7',
					type: 'digital-goods',
					payment_settings: [
						{
							type: 'payment_gateway',
							payment_gateway: { type: 'razorpay', configuration_name: 'razorpay-prod' },
						},
					],
					currency: 'INR',
					total_amount: rupees(389850),
					order: {
						status: 'pending',
						items: [{ name: 'Bread', amount: rupees(129950), quantity: 3 }],
						subtotal: rupees(389850),
						tax: rupees(0),
					},
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Your bill',
			referenceId: 'order-7',
			paymentMethod: 'upiLink',
			upiLink: 'upi://pay?pa=shop@bank&tr=7',
			orderItems: {
				item: [
					{ name: 'Bread', quantity: '2', price: '100', salePrice: '90', id: 'sku-1' },
					{ name: 'Cake', price: '20.50' },
				],
			},
			options: {
				beneficiary: {
					name: 'Asha',
					address_line1: '12 MG Road',
					address_line2: 'Near the park',
					city: 'Bengaluru',
					state: 'Karnataka',
					postal_code: '560001',
				},
				catalogId: '194',
				discount: '10',
				discountText: 'Coupon',
				discountProgram: 'Regulars',
				expectedTotal: '₹ 229.50',
				expiresAt: '2099-01-01T00:00:00Z',
				expirationText: 'Until New Year',
				footer: 'Thank you',
				goods: 'physical-goods',
				headerImage: 'data',
				importer: {
					country_of_origin: 'India',
					importer_name: 'Bakers',
					address_line1: 'B8',
					address_line2: 'Floor 2',
					city: 'East Delhi',
					zone_code: 'DL',
					postal_code: '110093',
					country_code: 'IN',
				},
				orderCurrency: 'inr',
				shipping: '30',
				shippingText: 'By bike',
				tax: '9',
				taxText: 'GST',
			},
		},
		interactive({
			type: 'order_details',
			header: { type: 'image', image: { id: 'id-of-data' } },
			body: { text: 'Your bill' },
			footer: { text: 'Thank you' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'order-7',
					type: 'physical-goods',
					beneficiaries: [
						{
							name: 'Asha',
							address_line1: '12 MG Road',
							address_line2: 'Near the park',
							city: 'Bengaluru',
							state: 'Karnataka',
							postal_code: '560001',
							country: 'India',
						},
					],
					payment_settings: [
						{ type: 'upi_intent_link', upi_intent_link: { link: 'upi://pay?pa=shop@bank&tr=7' } },
					],
					currency: 'INR',
					total_amount: rupees(22950),
					order: {
						status: 'pending',
						catalog_id: '194',
						expiration: { timestamp: '4070908800', description: 'Until New Year' },
						items: [
							{
								retailer_id: 'sku-1',
								name: 'Bread',
								amount: rupees(10000),
								sale_amount: rupees(9000),
								quantity: 2,
								...ORIGIN,
							},
							{ name: 'Cake', amount: rupees(2050), quantity: 1, ...ORIGIN },
						],
						subtotal: rupees(20050),
						tax: { ...rupees(900), description: 'GST' },
						shipping: { ...rupees(3000), description: 'By bike' },
						discount: {
							...rupees(1000),
							description: 'Coupon',
							discount_program_name: 'Regulars',
						},
					},
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Sua conta',
			referenceId: 'pedido-7',
			paymentMethod: 'pix',
			pixCode: '00020101021226700014br.gov.bcb.pix',
			pixMerchantName: 'Padaria Central',
			pixKeyType: 'CPF',
			pixKey: '123.456.789-09',
			itemsSource: 'json',
			itemsJson:
				'[{"description": "Bolo", "count": 2, "price": {"unit": 2550}, "sale": 2500, "code": "b-1"}]',
			options: {
				inSmallestUnit: true,
				itemNames: {
					name: 'description',
					quantity: 'count',
					price: 'price.unit',
					salePrice: 'sale',
					id: 'code',
				},
			},
		},
		interactive({
			type: 'order_details',
			body: { text: 'Sua conta' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'pedido-7',
					type: 'digital-goods',
					payment_type: 'br',
					payment_settings: [
						{
							type: 'pix_dynamic_code',
							pix_dynamic_code: {
								code: '00020101021226700014br.gov.bcb.pix',
								merchant_name: 'Padaria Central',
								key: '12345678909',
								key_type: 'CPF',
							},
						},
					],
					currency: 'BRL',
					total_amount: rupees(5000),
					order: {
						status: 'pending',
						items: [
							{
								retailer_id: 'b-1',
								name: 'Bolo',
								amount: rupees(2550),
								sale_amount: rupees(2500),
								quantity: 2,
							},
						],
						subtotal: rupees(5000),
						tax: rupees(0),
					},
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Sua conta',
			referenceId: 'pedido-7',
			paymentMethod: 'paymentLink',
			paymentUrl: 'https://pay.example/7',
			itemsSource: 'total',
			orderTotal: 'R$ 1.299,50',
		},
		interactive({
			type: 'order_details',
			body: { text: 'Sua conta' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'pedido-7',
					type: 'digital-goods',
					payment_type: 'br',
					payment_settings: [
						{ type: 'payment_link', payment_link: { uri: 'https://pay.example/7' } },
					],
					currency: 'BRL',
					total_amount: rupees(129950),
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Sua conta',
			referenceId: 'pedido-7',
			paymentMethod: 'boleto',
			boletoLine: '03399.02694 41400.000026 28346.101018 8 98510000008848',
			itemsSource: 'total',
			orderTotal: 'R$ 1.299,50',
		},
		interactive({
			type: 'order_details',
			body: { text: 'Sua conta' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'pedido-7',
					type: 'digital-goods',
					payment_type: 'br',
					payment_settings: [
						{
							type: 'boleto',
							boleto: { digitable_line: '03399026944140000002628346101018898510000008848' },
						},
					],
					currency: 'BRL',
					total_amount: rupees(129950),
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Sua conta',
			referenceId: 'pedido-7',
			paymentMethod: 'card',
			cardLastDigits: '0235',
			cardCredentialId: '1234567',
			itemsSource: 'total',
			orderTotal: 'R$ 1.299,50',
		},
		interactive({
			type: 'order_details',
			body: { text: 'Sua conta' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'pedido-7',
					type: 'digital-goods',
					payment_type: 'br',
					payment_settings: [
						{
							type: 'offsite_card_pay',
							offsite_card_pay: { last_four_digits: '0235', credential_id: '1234567' },
						},
					],
					currency: 'BRL',
					total_amount: rupees(129950),
				},
			},
		}),
	],
	[
		'orderDetails',
		{
			body: 'Your bill',
			referenceId: 'order-7',
			paymentMethod: 'upiConfiguration',
			paymentConfiguration: { __rl: true, mode: 'name', value: 'my-upi' },
			itemsSource: 'json',
			itemsJson: '[{"title": "Bread", "quantity": 3, "line": "100.00"}]',
			options: { itemNames: { name: 'title', total: 'line' } },
		},
		interactive({
			type: 'order_details',
			body: { text: 'Your bill' },
			action: {
				name: 'review_and_pay',
				parameters: {
					reference_id: 'order-7',
					type: 'digital-goods',
					payment_type: 'upi',
					payment_configuration: 'my-upi',
					currency: 'INR',
					total_amount: rupees(10000),
					order: {
						status: 'pending',
						items: [{ name: '3 × Bread', amount: rupees(10000), quantity: 1 }],
						subtotal: rupees(10000),
						tax: rupees(0),
					},
				},
			},
		}),
	],
	[
		'orderStatus',
		{ body: 'Packed', referenceId: 'order-7' },
		interactive({
			type: 'order_status',
			body: { text: 'Packed' },
			action: {
				name: 'review_order',
				parameters: { reference_id: 'order-7', order: { status: 'processing' } },
			},
		}),
	],
	[
		'orderStatus',
		{
			body: 'Shipped',
			referenceId: 'order-7',
			orderStatus: 'partially_shipped',
			options: {
				footer: 'Thank you',
				statusText: 'One parcel follows',
				paymentStatus: 'captured',
				paidAt: '2026-11-20T12:00:00Z',
			},
		},
		interactive({
			type: 'order_status',
			body: { text: 'Shipped' },
			footer: { text: 'Thank you' },
			action: {
				name: 'review_order',
				parameters: {
					reference_id: 'order-7',
					order: { status: 'partially_shipped', description: 'One parcel follows' },
					payment: { status: 'captured', timestamp: 1795176000 },
				},
			},
		}),
	],
	[
		'product',
		{ catalogId: '194', productId: 'sku-1' },
		interactive({
			type: 'product',
			action: { catalog_id: '194', product_retailer_id: 'sku-1' },
		}),
	],
	[
		'product',
		{
			catalogId: { __rl: true, mode: 'list', value: '194' },
			productId: 'sku-1',
			body: 'Back in stock',
			options: { footer: 'Today' },
		},
		interactive({
			type: 'product',
			body: { text: 'Back in stock' },
			footer: { text: 'Today' },
			action: { catalog_id: '194', product_retailer_id: 'sku-1' },
		}),
	],
	[
		'productCarousel',
		{ body: 'For you', catalogId: '194', products: 'sku-1, sku-2' },
		interactive({
			type: 'carousel',
			body: { text: 'For you' },
			action: {
				cards: ['sku-1', 'sku-2'].map((id, index) => ({
					card_index: index,
					type: 'product',
					action: { product_retailer_id: id, catalog_id: '194' },
				})),
			},
		}),
	],
	[
		'productList',
		{
			header: 'Our cakes',
			body: 'Fresh',
			catalogId: '194',
			productSections: { section: [{ products: 'sku-1\nsku-2' }] },
		},
		interactive({
			type: 'product_list',
			header: { type: 'text', text: 'Our cakes' },
			body: { text: 'Fresh' },
			action: {
				catalog_id: '194',
				sections: [
					{
						product_items: [{ product_retailer_id: 'sku-1' }, { product_retailer_id: 'sku-2' }],
					},
				],
			},
		}),
	],
	[
		'productList',
		{
			header: 'Our cakes',
			body: 'Fresh',
			catalogId: '194',
			productSections: {
				section: [
					{ title: 'With chocolate', products: 'sku-1' },
					{ title: 'With fruit', products: 'sku-2' },
				],
			},
			options: { footer: 'Until eight' },
		},
		interactive({
			type: 'product_list',
			header: { type: 'text', text: 'Our cakes' },
			body: { text: 'Fresh' },
			footer: { text: 'Until eight' },
			action: {
				catalog_id: '194',
				sections: [
					{ title: 'With chocolate', product_items: [{ product_retailer_id: 'sku-1' }] },
					{ title: 'With fruit', product_items: [{ product_retailer_id: 'sku-2' }] },
				],
			},
		}),
	],
	['sticker', { binaryField: 'smile' }, { type: 'sticker', sticker: { id: 'id-of-smile' } }],
	['text', { text: 'Hello' }, { type: 'text', text: { body: 'Hello', preview_url: false } }],
	[
		'text',
		{
			text: JSON.stringify({
				text: 'Your order is packed.',
				type: 'BUTTON',
				data: {
					items: [
						{
							actionable_text: 'See order',
							uri: 'LINK',
							type: 'APP_ACTION',
							payload: { url: 'https://shop.example/orders/7' },
						},
					],
				},
			}),
			options: { convertHaptikPayload: true },
		},
		interactive({
			type: 'cta_url',
			body: { text: 'Your order is packed.' },
			action: {
				name: 'cta_url',
				parameters: { display_text: 'See order', url: 'https://shop.example/orders/7' },
			},
		}),
	],
	[
		'text',
		{ text: 'Hello', options: { previewUrl: true } },
		{ type: 'text', text: { body: 'Hello', preview_url: true } },
	],
	[
		'text',
		{ text: 'Hello\n', options: { splitLongText: true } },
		{ type: 'text', text: { body: 'Hello', preview_url: false } },
	],
	['video', { binaryField: 'clip' }, { type: 'video', video: { id: 'id-of-clip' } }],
	[
		'video',
		{ mediaSource: 'id', mediaId: '471', caption: 'Our shop' },
		{ type: 'video', video: { id: '471', caption: 'Our shop' } },
	],
	[
		'voiceCall',
		{ body: 'Questions?' },
		interactive({
			type: 'voice_call',
			body: { text: 'Questions?' },
			action: { name: 'voice_call' },
		}),
	],
	[
		'voiceCall',
		{
			body: 'Questions?',
			buttonText: 'Call us',
			options: { validForMinutes: 60, payload: 'order-7' },
		},
		interactive({
			type: 'voice_call',
			body: { text: 'Questions?' },
			action: {
				name: 'voice_call',
				parameters: { display_text: 'Call us', ttl_minutes: 60, payload: 'order-7' },
			},
		}),
	],
];
