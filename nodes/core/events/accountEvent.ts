import type { IDataObject } from 'n8n-workflow';

import { qualityText, statusText } from '../templates/status';

import { asId, asObject, asObjects, asText, compact } from './reading';
import { baseOf, type Source } from './source';
import { epochSeconds } from './time';
import type { AccountEvent } from './types';

/**
 * What a change tells of the account, a template, a number or a group, and everything that we do
 * not read further (synchronised history, new fields): one event per change, or one per group or
 * per lead and purchase that Meta has found in a chat.
 *
 * @param value `value` of the change
 */
export function accountEvents(value: IDataObject, source: Source): AccountEvent[] {
	const parts = [...asObjects(value.groups), ...asObjects(value.automatic_events)];
	return (parts.length > 0 ? parts : [value]).map((part) => accountEvent(part, source));
}

function accountEvent(value: IDataObject, source: Source): AccountEvent {
	const time = value.timestamp ?? source.entryTime;
	return {
		kind: 'account',
		field: source.field,
		event: eventName(value),
		...baseOf(source, value, time),
		...compact({
			entryTime: epochSeconds(time),
			reason: reasonIn(value),
			explanation: explanationOf(value, source.field),
			groupId: asId(value.group_id),
			template: templateOf(value),
			paymentConfiguration: paymentConfigurationOf(value),
			errors: asObjects(value.errors),
		}),
	};
}

/** The fields call what happened by different names. */
function eventName(value: IDataObject): string {
	return firstText(
		value.event,
		value.event_name,
		value.decision,
		value.new_quality_score,
		// Of an impending change, the category that is still to come.
		value.correct_category,
		value.new_category,
		asObject(value.alert_info).alert_type,
		value.type,
		value.status,
	);
}

/** And so they do why. */
function reasonIn(value: IDataObject): string {
	const certification = asObject(value.partner_client_certification_info);
	return firstText(
		value.reason,
		value.rejection_reason,
		value.rejection_reasons,
		asObject(value.rejection_info).reason,
		certification.rejection_reasons,
		asObject(value.violation_info).violation_type,
	);
}

/** What a change of a template's status or quality means, and what Meta says about it. */
function explanationOf(value: IDataObject, field: string): string {
	if (field === 'message_template_quality_update') {
		return qualityText(asText(value.new_quality_score));
	}
	if (field !== 'message_template_status_update') return '';
	// Only here does Meta tell for how long a template is paused.
	const told = asText(asObject(value.other_info).description);
	return [statusText(asText(value.event)), told].filter(Boolean).join(' ');
}

/** The first text that is not empty; those of a list in one. */
function firstText(...values: unknown[]): string {
	const texts = values.map((value) =>
		Array.isArray(value) ? value.map(asText).filter(Boolean).join(', ') : asText(value),
	);
	return texts.find((text) => text !== '') ?? '';
}

function templateOf(value: IDataObject): AccountEvent['template'] {
	const id = asId(value.message_template_id);
	const name = asText(value.message_template_name);
	if (id === '' && name === '') return undefined;
	return {
		id,
		name,
		language: asText(value.message_template_language),
		category: asText(value.message_template_category ?? value.new_category),
	};
}

/** Meta: payment_configuration_update webhook reference. */
function paymentConfigurationOf(value: IDataObject): AccountEvent['paymentConfiguration'] {
	const name = asText(value.configuration_name);
	if (name === '') return undefined;
	const provider = asText(value.provider_name);
	return { name, provider, merchantId: asId(value.provider_mid) };
}
