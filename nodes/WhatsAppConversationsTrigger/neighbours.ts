import type { Registration } from '../core/state/registration';

/**
 * The registrations of all triggers that this process has heard of, by workflow and node. Triggers
 * of one app share what Meta has but once: the account's subscription and the app's callback.
 */
const known = new Map<string, Registration>();

/** Takes note of a trigger's registration; undefined: it has none any more. */
export function noteNeighbour(key: string, registration: Registration | undefined): void {
	if (registration) known.set(key, registration);
	else known.delete(key);
}

/** The registrations of all others with the same app. */
export function neighboursOf(key: string, appId: string): Registration[] {
	return [...known]
		.filter(([other, registration]) => other !== key && registration.appId === appId)
		.map(([, registration]) => registration);
}
