import type { IDataObject } from 'n8n-workflow';

import { asId, asObject, asObjects, asText, compact } from './reading';
import { baseOf, type Source } from './source';
import { epochSeconds } from './time';
import type { AccountEvent } from './types';

/**
 * What a change tells of the account, a template, a number or a group, and everything that we do
 * not read further (synchronised history, new fields): one event per change, or one per group.
 *
 * @param value `value` of the change
 */
export function accountEvents(value: IDataObject, source: Source): AccountEvent[] {
	const groups = asObjects(value.groups);
	if (groups.length > 0) return groups.map((group) => accountEvent(group, source));
	return [accountEvent(value, source)];
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
			reason: asText(value.reason),
			template: templateOf(value),
			errors: asObjects(value.errors),
		}),
	};
}

/** The fields call what happened by different names. */
function eventName(value: IDataObject): string {
	const names = [
		value.event,
		value.decision,
		value.new_quality_score,
		asObject(value.alert_info).alert_type,
		value.type,
	];
	return names.map(asText).find((name) => name !== '') ?? '';
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
