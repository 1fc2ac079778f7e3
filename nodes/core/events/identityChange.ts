import type { IdentityChange } from '../conversation/facts';

import type { MessageEvent } from './types';

interface Change {
	/** The old identifiers and the new ones. */
	ids: string[];
	change: IdentityChange;
}

/**
 * What a system message tells about a new phone number or user ID of a contact; undefined for all
 * other messages (Meta: System messages; rule E36).
 */
export function identityChangeOf({ type, contact, details, at }: MessageEvent): Change | undefined {
	if (type !== 'system') return undefined;
	const system = (details?.system ?? {}) as Record<string, string>;
	const isChange = ['user_changed_number', 'user_changed_user_id'].includes(system.type);
	const newPhone = system.newPhone?.replace('+', '');
	if (!isChange || !(newPhone || system.userId)) return undefined;
	const old = [contact.phone, contact.userId, system.previousUserId];
	const to = [newPhone || contact.phone, system.userId].filter(isGiven);
	return { ids: [...new Set([...old.filter(isGiven), ...to])], change: { at, to } };
}

function isGiven(id: string | undefined): id is string {
	return Boolean(id);
}
