import type { IDataObject } from 'n8n-workflow';

import type { Window } from '../core/conversation/window';
import { isoTime } from '../core/events/time';

/** The window as items show it: times as ISO texts in UTC, null where there is none. */
export function windowView({ state, openedAt, expiresAt, secondsLeft }: Window): IDataObject {
	return {
		state,
		openedAt: isoTime(openedAt) || null,
		expiresAt: isoTime(expiresAt) || null,
		secondsLeft,
	};
}
