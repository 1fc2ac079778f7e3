import type { IDataObject } from 'n8n-workflow';

import { NO_FACTS } from '../../nodes/core/conversation/facts';
import { StaticDataStore } from '../../nodes/core/state/staticDataStore';

const DAY_SECONDS = 86_400;

export const COUNT = 100_000;

/** 20 November 2026, 12:00 UTC. */
export const NOW = 1_795_176_000;

export const BUSINESS_NUMBER = '106540352242922';

/** A contact who wrote one message within the last day. */
export interface ActiveContact {
	phone: string;
	/** Most contacts have one; where it does not matter, it is left out. */
	userId?: string;
	lastInboundAt: number;
	messageId: string;
}

/** Always the same contacts, in no order. */
export function activeContacts(count: number): ActiveContact[] {
	const random = pseudoRandom();
	const phones = new Set<string>();
	while (phones.size < count) phones.add(`49${15_000_000_000 + (random() % 3_000_000_000)}`);
	return Array.from(phones, (phone) => ({
		phone,
		lastInboundAt: NOW - (random() % DAY_SECONDS),
		messageId: messageId(random),
	}));
}

/** The same contacts with the user ID that Meta gives each. */
export function withUserIds(contacts: ActiveContact[]): ActiveContact[] {
	return contacts.map((contact) => ({
		...contact,
		userId: `DE.90${contact.phone.repeat(2).slice(0, 18)}`,
	}));
}

/** The store after a message of each contact, and static data to put it in. */
export function storeOf(contacts: ActiveContact[], now = NOW) {
	const store = new StaticDataStore('0a1b2c3d4e5f');
	const staticData: IDataObject = {};
	const state = store.open(staticData, 'workflow', now);
	for (const { phone, userId, lastInboundAt, messageId } of contacts) {
		state.replica(BUSINESS_NUMBER).join({ phone, userId }, { ...NO_FACTS, lastInboundAt });
		state.seen.add(messageId, lastInboundAt);
	}
	return { store, staticData };
}

/** The same facts as somebody would keep them who thinks of nothing but simplicity. */
export interface PlainState {
	/** Epoch seconds by phone number. */
	lastInboundAt: Record<string, number>;
	/** Day of arrival by message ID. */
	seen: Record<string, number>;
}

export function plainStateOf(contacts: ActiveContact[]): PlainState {
	return {
		lastInboundAt: Object.fromEntries(contacts.map((one) => [one.phone, one.lastInboundAt])),
		seen: Object.fromEntries(
			contacts.map((one) => [one.messageId, Math.floor(one.lastInboundAt / DAY_SECONDS)]),
		),
	};
}

/** As long as Meta's are: `wamid.` and 52 characters of base64. */
function messageId(random: () => number): string {
	const bytes = Buffer.alloc(38);
	for (let at = 0; at <= 34; at += 4) bytes.writeUInt32LE(random(), at);
	return `wamid.${bytes.toString('base64')}`;
}

/** 32-bit numbers, the same in every run (xorshift). */
function pseudoRandom(): () => number {
	let state = 2_463_534_242;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return state >>> 0;
	};
}
