import { isUserId } from '../../conversation/contact';

import type { Belongings } from './belongings';
import { keyOf, type IdRecord } from './idRecord';
import { stretchesOf } from './phoneHistory';

/**
 * The name under which the contact of an identifier became known: the same before and after WhatsApp
 * tells the user ID of a phone number, or reports a change, and another one for whoever gets the phone
 * number later. User IDs are never given to others.
 *
 * @param id the user ID, or the phone number where none is known
 * @param record what was told of it
 * @param now epoch seconds
 */
export function firstNameOf(
	known: Belongings,
	id: string,
	record: IdRecord | undefined,
	now: number,
): string {
	const first = record?.firstName;
	if (isUserId(id)) return first?.name ?? id;
	const key = keyOf(id);
	const since = stretchesOf(known, key, now).pop()?.from ?? 0;
	if (first && first.at >= since) return first.name;
	return since > 0 ? `${key}@${since}` : key;
}
