import { randomInt } from 'crypto';

import axios from 'axios';

import { GraphError, invalidParameter } from './errors';
import type { Json } from './types';

/** The webhook fields of a WhatsApp Business Account (Meta: Webhooks overview). */
export const FIELDS = [
	'account_alerts',
	'account_review_update',
	'account_settings_update',
	'account_update',
	'automatic_events',
	'business_capability_update',
	'business_username_updates',
	'calls',
	'consumer_profile',
	'flows',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_echoes',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'messages',
	'messaging_handovers',
	'partner_solutions',
	'payment_configuration_update',
	'phone_number_name_update',
	'phone_number_quality_update',
	'security',
	'smb_app_state_sync',
	'smb_message_echoes',
	'standby',
	'template_category_update',
	'template_correct_category_detection',
	'user_preferences',
];

/** The only fields that an override redirects (Meta: Webhook overrides). */
const OVERRIDABLE = new Set([
	'account_settings_update',
	'calls',
	'consumer_profile',
	'group_lifecycle_update',
	'group_participants_update',
	'group_settings_update',
	'group_status_update',
	'history',
	'message_echoes',
	'messages',
	'messaging_handovers',
	'smb_app_state_sync',
	'smb_message_echoes',
]);

export interface AppSubscription {
	callbackUrl: string;
	fields: string[];
}

/** Which callback gets what: one for the app, overrides for accounts and phone numbers. */
export class Subscriptions {
	app?: AppSubscription;

	/** Accounts that subscribed the app (or another, by `appId`), with their override if they have one. */
	readonly accounts = new Map<string, { override?: string; appId?: string }>();

	/** Overrides by phone number ID. */
	readonly numbers = new Map<string, string>();

	/**
	 * The callback of one event. Nothing goes out unless the account subscribed the app and the app
	 * subscribed to the field: its list of fields counts for the overrides too.
	 */
	callbackOf(
		field: string,
		businessAccountId: string,
		businessNumberId?: string,
	): string | undefined {
		const account = this.accounts.get(businessAccountId);
		if (!account || account.appId || !this.app?.fields.includes(field)) return undefined;
		const number = businessNumberId ? this.numbers.get(businessNumberId) : undefined;
		const override = OVERRIDABLE.has(field) ? (number ?? account.override) : undefined;
		return override ?? this.app.callbackUrl;
	}

	/** What `GET /{phone number ID}?fields=webhook_configuration` shows. */
	configurationOf(businessAccountId: string, businessNumberId: string): Json {
		const number = this.numbers.get(businessNumberId);
		const account = this.accounts.get(businessAccountId)?.override;
		return {
			...(number && { phone_number: number }),
			...(account && { whatsapp_business_account: account }),
			...(this.app && { application: this.app.callbackUrl }),
		};
	}
}

/** The address and token of an override, checked for form. */
export function overrideOf(body: Json): { url: string; token: string } {
	const { override_callback_uri: url, verify_token: token } = body;
	if (typeof url !== 'string' || !/^https?:\/\/[^/\s]/.test(url)) {
		throw invalidParameter('Param override_callback_uri must be a valid URI');
	}
	if (url.length > 200) {
		throw invalidParameter('Param override_callback_uri must be at most 200 characters long');
	}
	if (typeof token !== 'string' || !token) {
		throw invalidParameter('The parameter verify_token is required.');
	}
	return { url, token };
}

/** Asks the callback for the challenge; code 2200 unless it answers 200 with just that. */
export async function verifyCallback(url: string, token: string, timeoutMs: number): Promise<void> {
	const challenge = String(randomInt(100_000_000, 2_000_000_000));
	const target = new URL(url);
	target.searchParams.set('hub.mode', 'subscribe');
	target.searchParams.set('hub.challenge', challenge);
	target.searchParams.set('hub.verify_token', token);
	let found: string;
	try {
		const answer = await axios.get<string>(target.toString(), {
			timeout: timeoutMs,
			maxRedirects: 0,
			proxy: false,
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
		});
		if (answer.status === 200 && answer.data === challenge) return;
		found =
			answer.status === 200
				? 'The response does not match the challenge'
				: `HTTP Status Code = ${answer.status}; HTTP Message = ${answer.statusText}`;
	} catch (error) {
		found = error instanceof Error ? error.message : String(error);
	}
	throw new GraphError(2200, {
		message: `Callback verification failed with the following errors: ${found}`,
	});
}
