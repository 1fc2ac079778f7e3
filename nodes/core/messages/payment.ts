import type { Currency } from '../input/amount';
import { choiceIn } from '../input/choice';
import { optionalObject } from '../input/json';
import { NO_LIMIT, requiredLabel } from '../input/text';
import { webAddress } from '../input/webAddress';
import { InputError } from '../inputError';

import type { OrderDetails, PaymentSetting } from './types';

/** How an order is paid, and what that way needs. */
export interface PaymentInput {
	/** One of {@link PAYMENT_NAMES}. */
	method: unknown;
	/** Name of the payment configuration at Meta: gateways, and UPI by configuration. */
	configuration?: unknown;
	/** `upi://pay?…`, as the payment gateway made it. */
	upiLink?: unknown;
	/** The code to copy and paste of a dynamic Pix. */
	pixCode?: unknown;
	pixMerchantName?: unknown;
	pixKey?: unknown;
	/** One of {@link PIX_KEY_TYPES}. */
	pixKeyType?: unknown;
	/** The page where the order is paid. */
	paymentUrl?: unknown;
	/** The digits of a boleto, dots and spaces or not. */
	boletoLine?: unknown;
	/** The business's own ID of a card that it keeps; comes back when the contact agrees. */
	cardCredentialId?: unknown;
	cardLastDigits?: unknown;
}

/** What a way to pay puts into the order. */
type Paid = Pick<OrderDetails, 'payment_type' | 'payment_settings' | 'payment_configuration'>;

interface Method {
	currency: Currency;
	build(input: PaymentInput): Paid;
}

export const PIX_KEY_TYPES = ['CNPJ', 'CPF', 'EMAIL', 'EVP', 'PHONE'] as const;

/** Longest name of a payment configuration, in characters. */
const MAX_CONFIGURATION = 60;

/** What a Pix code begins with: the version of the format that it shares with other codes. */
const PIX_START = '000201';

/**
 * The ways to pay, by the name that the editor stores (Meta: Payments API India: payment gateways, UPI
 * Intent; Payments API Brazil: Pix, payment links, boleto, one-click payments). India's payment links
 * are not among them: Meta has not published them.
 */
const METHODS = {
	boleto: brazilian('boleto', ({ boletoLine }) => ({ digitable_line: boletoDigits(boletoLine) })),
	card: brazilian('offsite_card_pay', ({ cardCredentialId, cardLastDigits }) => ({
		last_four_digits: lastDigits(cardLastDigits),
		credential_id: requiredLabel('Credential ID', cardCredentialId, NO_LIMIT),
	})),
	paymentLink: brazilian('payment_link', ({ paymentUrl }) => ({
		uri: webAddress('Payment Link', paymentUrl, {
			protocols: ['https:', 'http:'],
			hint: 'Give the address of the page where the order is paid.',
		}),
	})),
	pix: brazilian('pix_dynamic_code', pixCode),
	billdesk: gateway('billdesk'),
	payu: gateway('payu'),
	razorpay: gateway('razorpay'),
	zaakpay: gateway('zaakpay'),
	upiConfiguration: {
		currency: 'INR',
		// The older way, for a UPI handle that is kept at Meta.
		build: ({ configuration }) => ({
			payment_type: 'upi',
			payment_configuration: configurationName(configuration),
		}),
	},
	upiLink: {
		currency: 'INR',
		build: ({ upiLink }) => ({
			payment_settings: [
				setting('upi_intent_link', {
					link: webAddress('UPI Link', upiLink, {
						protocols: ['upi:'],
						hint: 'Give the link as the payment gateway made it, such as upi://pay?pa=shop@bank&tr=4711.',
					}),
				}),
			],
		}),
	},
} satisfies Record<string, Method>;

export type PaymentMethod = keyof typeof METHODS;

const PAYMENT_METHODS = Object.keys(METHODS) as PaymentMethod[];

/** The ways to pay as people choose them, in the order of their names. */
export const PAYMENT_NAMES: Record<PaymentMethod, string> = {
	boleto: 'Brazil: Boleto',
	card: 'Brazil: Card You Keep',
	paymentLink: 'Brazil: Payment Link',
	pix: 'Brazil: Pix',
	billdesk: 'India: BillDesk',
	payu: 'India: PayU',
	razorpay: 'India: Razorpay',
	upiConfiguration: 'India: UPI Configuration',
	upiLink: 'India: UPI Link',
	zaakpay: 'India: Zaakpay',
};

/**
 * How an order is paid, and in what currency.
 *
 * @throws InputError('Payment Method', or a field of the method)
 */
export function paymentOf(input: PaymentInput): Paid & { currency: Currency } {
	const method: Method = METHODS[choiceIn('Payment Method', input.method, PAYMENT_METHODS)];
	return { ...method.build(input), currency: method.currency };
}

/** What the methods need that a single text says. */
const SINGLE: Record<Exclude<PaymentMethod, 'pix' | 'card'>, keyof PaymentInput> = {
	boleto: 'boletoLine',
	paymentLink: 'paymentUrl',
	billdesk: 'configuration',
	payu: 'configuration',
	razorpay: 'configuration',
	zaakpay: 'configuration',
	upiConfiguration: 'configuration',
	upiLink: 'upiLink',
};

/** What the others need, by Meta's names. */
const NAMED: Record<'pix' | 'card', Record<string, keyof PaymentInput>> = {
	pix: {
		code: 'pixCode',
		merchant_name: 'pixMerchantName',
		key: 'pixKey',
		key_type: 'pixKeyType',
	},
	card: { last_four_digits: 'cardLastDigits', credential_id: 'cardCredentialId' },
};

/**
 * A payment whose details stand in one field: a text, or for Pix and a card Meta's object.
 *
 * @param field display name of the details
 * @throws InputError(field) when it is no object where one is needed
 */
export function paymentInOne(field: string, method: unknown, details: unknown): PaymentInput {
	if (method !== 'pix' && method !== 'card') {
		return { method, [SINGLE[method as keyof typeof SINGLE] ?? 'configuration']: details };
	}
	const given = optionalObject(field, details) ?? {};
	const parts = Object.entries(NAMED[method]).map(([name, part]) => [part, given[name]]);
	return { method, ...Object.fromEntries(parts) };
}

function setting(type: string, content: object): PaymentSetting {
	return { type, [type]: content };
}

function brazilian(type: string, content: (input: PaymentInput) => object): Method {
	return {
		currency: 'BRL',
		build: (input) => ({ payment_type: 'br', payment_settings: [setting(type, content(input))] }),
	};
}

function gateway(type: string): Method {
	return {
		currency: 'INR',
		build: ({ configuration }) => ({
			payment_settings: [
				setting('payment_gateway', { type, configuration_name: configurationName(configuration) }),
			],
		}),
	};
}

function configurationName(value: unknown): string {
	return requiredLabel('Payment Configuration', value, MAX_CONFIGURATION);
}

function pixCode({ pixCode: given, pixMerchantName, pixKey, pixKeyType }: PaymentInput): object {
	const code = requiredLabel('Pix Code', given, NO_LIMIT);
	if (!code.startsWith(PIX_START)) {
		throw new InputError(
			'Pix Code',
			`'Pix Code' does not begin with ${PIX_START}, as every code for copy and paste does.`,
			'Give the code that your bank or payment service made for this order, not the key.',
		);
	}
	const type = choiceIn('Pix Key Type', pixKeyType, PIX_KEY_TYPES);
	const key = requiredLabel('Pix Key', pixKey, NO_LIMIT);
	return {
		code,
		merchant_name: requiredLabel('Merchant Name', pixMerchantName, NO_LIMIT),
		// As people write tax numbers: 39.580.525/0001-89.
		key: type === 'CPF' || type === 'CNPJ' ? key.replace(/[\s./-]/g, '') : key,
		key_type: type,
	};
}

/** A bank's boleto has 47 digits, one of a utility 48; people read them in groups. */
function boletoDigits(value: unknown): string {
	const line = requiredLabel('Boleto Line', value, NO_LIMIT).replace(/[\s.-]/g, '');
	if (/^\d{47,48}$/.test(line)) return line;
	throw new InputError(
		'Boleto Line',
		"'Boleto Line' is not the line of a boleto, which has 47 or 48 digits.",
		'Give the whole line that is typed to pay it (linha digitável), as text.',
	);
}

function lastDigits(value: unknown): string {
	const digits = requiredLabel('Last Four Digits', value, NO_LIMIT);
	if (/^\d{4}$/.test(digits)) return digits;
	throw new InputError(
		'Last Four Digits',
		"'Last Four Digits' does not have four digits.",
		'Give the last four digits of the card as text, so that zeros in front stay.',
	);
}
