import type { IDataObject } from 'n8n-workflow';

import { peopleIn, type People } from './people';
import { asId, asObject, digitsOf } from './reading';
import { eventTime } from './time';
import type { WebhookEvent } from './types';

/** The place in a delivery where an event stands: what it shares with those around it. */
export interface Source {
	/** Meta's webhook field; '' when missing. */
	field: string;
	accountId: string;
	businessNumberId: string;
	/** Digits only. */
	businessPhone: string;
	people: People;
	/** When the account changed; only account events have it. */
	entryTime: unknown;
	receivedAt: number;
}

/**
 * @param entry `entry[]` of the delivery
 * @param value `value` of one of the entry's changes
 * @param receivedAt time of the arrival, epoch seconds
 */
export function sourceOf(
	field: string,
	entry: IDataObject,
	value: IDataObject,
	receivedAt: number,
): Source {
	const metadata = asObject(value.metadata);
	return {
		field,
		accountId: asId(entry.id),
		businessNumberId: asId(metadata.phone_number_id),
		// Account events have no metadata and name the number, if at all, in the value itself.
		businessPhone: digitsOf(
			metadata.display_phone_number ?? value.display_phone_number ?? value.phone_number,
		),
		people: peopleIn(value.contacts),
		entryTime: entry.time,
		receivedAt,
	};
}

type Base = Pick<
	WebhookEvent,
	| 'at'
	| 'claimedAt'
	| 'clockSkewed'
	| 'businessNumberId'
	| 'businessPhone'
	| 'accountId'
	| 'standby'
	| 'raw'
>;

/** What every event carries. @param timestamp the time inside the event, as Meta wrote it */
export function baseOf(source: Source, raw: IDataObject, timestamp: unknown): Base {
	const { field, receivedAt, businessNumberId, businessPhone, accountId } = source;
	return {
		...eventTime(timestamp, receivedAt),
		businessNumberId,
		businessPhone,
		accountId,
		...(field === 'standby' && { standby: true }),
		raw,
	};
}
