import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	PAYMENT_NAMES,
	PIX_KEY_TYPES,
	type PaymentInput,
	type PaymentMethod,
} from '../../../../core/messages/payment';
import type { Item } from '../../../run/item';

const DESCRIPTIONS: Record<PaymentMethod, string> = {
	boleto: 'The line of a boleto, to copy',
	card: 'One click; Meta enables it for few businesses. You charge the card when the contact agrees.',
	paymentLink: 'The payment page of your payment service',
	pix: 'The code of a dynamic Pix, to copy',
	billdesk: 'Paid inside WhatsApp by your BillDesk account',
	payu: 'Paid inside WhatsApp by your PayU account',
	razorpay: 'Paid inside WhatsApp by your Razorpay account',
	upiConfiguration: 'The older way, by a UPI handle that is set up at Meta',
	upiLink: 'A link upi:// that opens the UPI apps',
	zaakpay: 'Paid inside WhatsApp by your Zaakpay account',
};

const paymentMethod: INodeProperties = {
	displayName: 'Payment Method',
	name: 'paymentMethod',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(PAYMENT_NAMES).map(([value, name]) => ({
		name,
		value,
		description: DESCRIPTIONS[value as PaymentMethod],
	})),
	default: 'razorpay',
	description:
		'How the contact pays; amounts are in Brazilian reais or Indian rupees. For businesses and contacts of these countries only.',
};

/** What a way to pay asks for. */
const shownFor = (methods: PaymentMethod[], property: INodeProperties): INodeProperties => ({
	required: true,
	...property,
	displayOptions: { show: { paymentMethod: methods } },
});

/** How the order is paid, and what each way needs. */
export const paymentProperties: INodeProperties[] = [
	paymentMethod,
	shownFor(['billdesk', 'payu', 'razorpay', 'upiConfiguration', 'zaakpay'], {
		displayName: 'Payment Configuration',
		name: 'paymentConfiguration',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'As it is set up in WhatsApp Manager; with a wrong one the contact cannot pay',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a configuration…',
				typeOptions: { searchListMethod: 'searchPaymentConfigurations', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. razorpay-prod',
			},
		],
	}),
	shownFor(['upiLink'], {
		displayName: 'UPI Link',
		name: 'upiLink',
		type: 'string',
		default: '',
		placeholder: 'e.g. upi://pay?pa=shop@bank&pn=Shop&tr=4711',
		description: 'As your payment gateway made it for this order',
	}),
	shownFor(['pix'], {
		displayName: 'Pix Code',
		name: 'pixCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00020101021226700014br.gov.bcb.pix…',
		description: 'The code to copy and paste that your bank or payment service made for this order',
	}),
	shownFor(['pix'], {
		displayName: 'Merchant Name',
		name: 'pixMerchantName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Padaria Central',
		description: 'The holder of the account',
	}),
	shownFor(['pix'], {
		displayName: 'Pix Key Type',
		name: 'pixKeyType',
		type: 'options',
		options: PIX_KEY_TYPES.map((type) => ({
			name: type === 'EVP' ? 'Random Key (EVP)' : type,
			value: type,
		})),
		default: 'CNPJ',
	}),
	shownFor(['pix'], {
		displayName: 'Pix Key',
		name: 'pixKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. 39580525000189',
	}),
	shownFor(['paymentLink'], {
		displayName: 'Payment Link',
		name: 'paymentUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://pay.example/4711',
	}),
	shownFor(['boleto'], {
		displayName: 'Boleto Line',
		name: 'boletoLine',
		type: 'string',
		default: '',
		placeholder: 'e.g. 03399.02694 41400.000026 28346.101018 8 98510000008848',
		description: 'The line that is typed to pay it (linha digitável)',
	}),
	shownFor(['card'], {
		displayName: 'Last Four Digits',
		name: 'cardLastDigits',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5235',
		description: 'Of the card, for the contact to recognize it',
	}),
	shownFor(['card'], {
		displayName: 'Credential ID',
		name: 'cardCredentialId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1234567',
		description:
			'Your own ID of the card. When the contact agrees, it comes back through the trigger as a message, in paymentMethod.',
	}),
];

/** How the order is paid, as it was entered. */
export function paymentIn(item: Item): PaymentInput {
	const part = (name: string) => item.parameter(name, '');
	return {
		method: part('paymentMethod'),
		configuration: configurationOf(item),
		upiLink: part('upiLink'),
		pixCode: part('pixCode'),
		pixMerchantName: part('pixMerchantName'),
		pixKey: part('pixKey'),
		pixKeyType: part('pixKeyType'),
		paymentUrl: part('paymentUrl'),
		boletoLine: part('boletoLine'),
		cardCredentialId: part('cardCredentialId'),
		cardLastDigits: part('cardLastDigits'),
	};
}

/** Its name, chosen or written; only some methods have one. */
function configurationOf(item: Item): unknown {
	const chosen = item.parameter('paymentConfiguration', '') as IDataObject | string;
	return typeof chosen === 'object' && chosen ? chosen.value : chosen;
}
