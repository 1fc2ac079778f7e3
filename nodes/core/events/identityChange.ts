import { isUserId } from '../conversation/contact';

import type { MessageEvent } from './types';

/** A reported change of a contact's phone number or user ID (rule E45). */
export interface IdentityChange {
	/** The identifiers that the contact had until then. */
	from: readonly string[];
	/** Those that it has since. */
	to: readonly string[];
	/** Epoch seconds. */
	at: number;
}

/**
 * What a system message tells about a new phone number or user ID of a contact; undefined for all
 * other messages, also for a new identity key, which changes no identifier (Meta: System messages; rules
 * E45, E52).
 */
export function identityChangeOf({
	type,
	contact,
	details,
	at,
}: MessageEvent): IdentityChange | undefined {
	if (type !== 'system') return undefined;
	const system = (details?.system ?? {}) as Record<string, string>;
	const isNewUserId = system.type === 'user_changed_user_id';
	if (!isNewUserId && system.type !== 'user_changed_number') return undefined;

	const newPhone = system.newPhone?.replace('+', '');
	const to = [newPhone || (isNewUserId ? contact.phone : undefined), system.userId].filter(isGiven);
	const old = [contact.phone, contact.userId, system.previousUserId].filter(isGiven);
	const from = [...new Set(old)].filter((id) => !to.includes(id));
	if (!newPhone && !system.userId) return undefined;
	// Without the old user ID it is that of whoever had the number just before.
	if (isNewUserId && contact.phone && !from.some(isUserId)) from.push(contact.phone);
	return from.length > 0 ? { from, to, at } : undefined;
}

function isGiven(id: string | undefined): id is string {
	return Boolean(id);
}
