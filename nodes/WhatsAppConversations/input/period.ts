import { DateTime } from 'luxon';

import { timeIn } from '../../core/input/time';
import { InputError } from '../../core/inputError';
import type { Period } from '../../core/transport/analyticsApi';
import type { Item } from '../run/item';

const DAY_SECONDS = 86_400;

/**
 * The period that `periodProperties` ask for.
 *
 * @param days how far Meta looks back
 * @throws InputError for what is no time, for an end before the beginning, and for what is too old
 */
export function periodOf({ session, timeZone, parameter }: Item, days: number): Period {
	const now = session.now();
	const time = (field: string, name: string) =>
		timeIn({ field, value: parameter(name, ''), timeZone });
	const month = DateTime.fromSeconds(now, { zone: timeZone }).startOf('month').toSeconds();
	const from = time('From', 'from') ?? month;
	const until = Math.min(time('Until', 'until') ?? now, now);
	if (from >= until) {
		throw new InputError(
			'From',
			"'From' does not lie before 'Until' and before now.",
			'Give a period that has begun.',
		);
	}
	if (from < now - days * DAY_SECONDS) {
		throw new InputError(
			'From',
			`'From' lies more than ${days} days back, which is as far as Meta looks back.`,
			'Give a later time.',
		);
	}
	return { from, until };
}
