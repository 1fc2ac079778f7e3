import type { AppSubscription } from '../transport/appApi';

/**
 * The webhook fields that the trigger understands (Meta: Webhooks overview). An app that has no
 * callback yet is subscribed to all of them.
 */
export const APP_FIELDS = [
	'account_alerts',
	'account_review_update',
	'account_update',
	'business_capability_update',
	'calls',
	'message_template_components_update',
	'message_template_quality_update',
	'message_template_status_update',
	'messages',
	'messaging_handovers',
	'payment_configuration_update',
	'phone_number_name_update',
	'phone_number_quality_update',
	'security',
	'smb_message_echoes',
	'standby',
	'template_category_update',
	'user_preferences',
];

/** The field of each kind of event that any callback may receive. Others go to the app's alone. */
const FIELDS_OF_EVENTS: Record<string, string> = {
	message: 'messages',
	status: 'messages',
	payment: 'messages',
	call: 'calls',
	echo: 'smb_message_echoes',
	handover: 'messaging_handovers',
	standby: 'standby',
};

/**
 * What the app must subscribe to, so that the events arrive at a callback of any level. Messages
 * are needed in any case: the windows are known from them.
 *
 * @param kinds of events, as the trigger's 'Events' names them, and `standby` for copies
 */
export function neededFields(kinds: string[]): string[] {
	const fields = kinds.flatMap((kind) => FIELDS_OF_EVENTS[kind] ?? []);
	return [...new Set(['messages', ...fields])];
}

/** Those of the wanted fields that the app does not subscribe to. */
export function missingFields({ fields }: AppSubscription, wanted: string[]): string[] {
	return wanted.filter((field) => !fields.includes(field));
}

/** What an app subscribes to, with all that the trigger understands. */
export function withAppFields(fields: string[] = []): string[] {
	return [...new Set([...fields, ...APP_FIELDS])];
}
