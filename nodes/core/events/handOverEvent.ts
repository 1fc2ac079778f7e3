import type { IDataObject } from 'n8n-workflow';

import { personOf } from './people';
import { asObject, asText, digitsOf } from './reading';
import { baseOf, type Source } from './source';
import type { HandOverEvent } from './types';

const CHANGES = ['control_passed', 'control_taken'];

/** Whether a change tells that a conversation went to another responder, or to us. */
export function isHandOver(field: string, value: IDataObject): boolean {
	return field === 'messaging_handovers' && changeIn(value) !== '';
}

/** @param value `value` of the change (Meta: messaging_handovers webhook reference) */
export function handOverEvent(value: IDataObject, source: Source): HandOverEvent {
	const sender = asObject(value.sender);
	const phone = digitsOf(sender.phone_number ?? sender.wa_id ?? sender.id);
	const recipient = asObject(value.recipient);
	const { people } = source;
	return {
		kind: 'handover',
		change: changeIn(value),
		...personOf(people, phone, sender.user_id),
		...baseOf(
			{
				...source,
				businessNumberId: source.businessNumberId || asText(recipient.phone_number_id),
				businessPhone: source.businessPhone || digitsOf(recipient.display_phone_number),
			},
			value,
			value.timestamp,
		),
	};
}

/** Which change it is: named by `type`, and by the object beside it. */
function changeIn(value: IDataObject): string {
	return asText(value.type) || (CHANGES.find((name) => name in value) ?? '');
}
