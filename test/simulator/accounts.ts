import { digitsOf } from './contacts';
import { objectId } from './ids';
import type { Json } from './types';

export interface BusinessAccount {
	id: string;
	name: string;
	/** The Flows (forms) of the account, newest first. */
	flows: Flow[];
	/** The catalogs that are connected with it. */
	catalogs: Array<{ id: string; name: string }>;
	/** How it may be paid in India. */
	paymentConfigurations: Json[];
}

export interface Flow {
	id: string;
	name: string;
	status: 'DRAFT' | 'PUBLISHED' | 'DEPRECATED' | 'BLOCKED' | 'THROTTLED';
}

export interface BusinessNumberInput {
	/** The phone number ID; made up if left out. */
	id?: string;
	/** The telephone number itself. */
	phone?: string;
	/** The verified name. */
	name?: string;
	/** The account it belongs to; default the simulator's own. */
	businessAccountId?: string;
	/** Further or other fields for `GET /{phone number ID}`, e.g. `{ quality_rating: 'RED' }`. */
	fields?: Json;
}

export interface BusinessNumber {
	id: string;
	/** Digits only. */
	phone: string;
	businessAccountId: string;
	/** What `GET /{phone number ID}` shows, webhook settings excepted. */
	fields: Json;
}

/** The WhatsApp Business Accounts and their phone numbers. */
export class Accounts {
	readonly accounts = new Map<string, BusinessAccount>();

	readonly numbers = new Map<string, BusinessNumber>();

	addAccount(id: string, name = 'Simulated Business'): BusinessAccount {
		const account: BusinessAccount = {
			id,
			name,
			flows: [],
			catalogs: [],
			paymentConfigurations: [],
		};
		this.accounts.set(id, account);
		return account;
	}

	addNumber(input: BusinessNumberInput & { businessAccountId: string }): BusinessNumber {
		const { businessAccountId } = input;
		if (!this.accounts.has(businessAccountId)) this.addAccount(businessAccountId);
		const id = input.id ?? objectId();
		const phone = digitsOf(input.phone ?? `1555${String(1_000_000 + this.numbers.size)}`);
		const name = input.name ?? 'Simulated Business';
		const number: BusinessNumber = {
			id,
			phone,
			businessAccountId,
			fields: {
				id,
				display_phone_number: display(phone),
				verified_name: name,
				quality_rating: 'GREEN',
				code_verification_status: 'VERIFIED',
				name_status: 'APPROVED',
				platform_type: 'CLOUD_API',
				status: 'CONNECTED',
				account_mode: 'LIVE',
				throughput: { level: 'STANDARD' },
				whatsapp_business_manager_messaging_limit: 'TIER_250',
				is_official_business_account: false,
				...input.fields,
			},
		};
		this.numbers.set(id, number);
		return number;
	}

	numbersOf(businessAccountId: string): BusinessNumber[] {
		return [...this.numbers.values()].filter(
			(number) => number.businessAccountId === businessAccountId,
		);
	}
}

/** As Meta shows a number to people: `+1 555-100-0000`; other countries without grouping. */
function display(phone: string): string {
	return `+${phone.replace(/^1(\d{3})(\d{3})(\d{4})$/, '1 $1-$2-$3')}`;
}

export const NUMBER_SHAPE = {
	nodeType: 'WhatsAppBusinessPhoneNumber',
	known: [
		'certificate',
		'conversational_automation',
		'country_code',
		'country_dial_code',
		'health_status',
		'is_on_biz_app',
		'is_pin_enabled',
		'is_preverified_number',
		'last_onboarded_time',
		'messaging_limit_tier',
		'new_certificate',
		'new_name_status',
		'official_business_account',
		'quality_score',
		'search_visibility',
		'unified_cert_status',
		'username',
		'webhook_configuration',
	],
	byDefault: [
		'verified_name',
		'code_verification_status',
		'display_phone_number',
		'quality_rating',
		'platform_type',
		'throughput',
		'webhook_configuration',
	],
} as const;

export const ACCOUNT_SHAPE = {
	nodeType: 'WhatsAppBusinessAccount',
	known: [
		'analytics',
		'business_verification_status',
		'country',
		'creation_time',
		'health_status',
		'is_enabled_for_insights',
		'marketing_messages_lite_api_status',
		'on_behalf_of_business_info',
		'owner_business',
		'owner_business_info',
		'ownership_type',
		'primary_funding_id',
		'purchase_order_number',
		'status',
	],
	byDefault: ['name', 'currency', 'timezone_id', 'message_template_namespace'],
} as const;

/** What `GET /{WABA ID}` shows. */
export function accountNode({ id, name }: BusinessAccount): Json {
	return {
		id,
		name,
		currency: 'USD',
		timezone_id: '1',
		message_template_namespace: '5f2c3a1e_0000_4000_8000_000000000001',
		account_review_status: 'APPROVED',
	};
}
