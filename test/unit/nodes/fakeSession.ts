import type { IDataObject } from 'n8n-workflow';

import type { ContactIdentity } from '../../../nodes/core/conversation/contact';
import type { ContactState } from '../../../nodes/core/conversation/decide';
import { NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import type { Send } from '../../../nodes/core/sendNote';
import { Replica } from '../../../nodes/core/state/memory/replica';
import { readGraphError } from '../../../nodes/core/transport/errors';
import { ProviderRefusal } from '../../../nodes/core/transport/providerRefusal';

/** Epoch seconds of the present. */
export const NOW = 1_795_176_000;

class FakeConversations {
	private readonly contacts = new Replica();

	constructor(lastInboundAt: number) {
		this.contacts.join({ phone: '16505551234' }, { ...NO_FACTS, lastInboundAt });
	}

	timeOfSend(): number {
		return NOW;
	}

	identify(_number: string, contact: ContactIdentity): ContactIdentity {
		return this.contacts.identify(contact);
	}

	noteSent(_number: string, messageId: string, send: Send): void {
		this.contacts.noteSent(messageId, send);
	}

	sentMessage(_number: string, messageId: string): Send | undefined {
		return this.contacts.sentMessage(messageId);
	}

	keyOf(): string {
		return 'the contact';
	}

	async contactState(_number: string, contact: ContactIdentity): Promise<ContactState> {
		return { facts: this.contacts.factsOf(contact), watchedSince: 0 };
	}

	async learn(_number: string, contact: ContactIdentity, facts: ContactFacts): Promise<void> {
		this.contacts.join(contact, facts);
	}
}

/**
 * The rest of n8n and WhatsApp: a contact who wrote an hour ago, and an API that accepts what it is
 * given, notes it, and refuses what `refusals` hold for the n-th message.
 */
export class FakeSession {
	readonly requests: IDataObject[] = [];

	readonly uploads: string[] = [];

	readonly conversations: FakeConversations;

	private messages = 0;

	constructor(
		private readonly refusals: Partial<Record<number, number>> = {},
		lastInboundAt = NOW - 3600,
		/** The contact as the API's answers name it. */
		private readonly answered: ContactIdentity = { phone: '16505551234' },
	) {
		this.conversations = new FakeConversations(lastInboundAt);
	}

	readonly isCancelled = () => false;

	now(): number {
		return NOW;
	}

	async api() {
		return {
			capabilities: { userIds: true },
			requestFor: (body: IDataObject) => body,
			sendMessage: async (_number: string, body: IDataObject) => {
				const code = this.refusals[this.messages++];
				if (code !== undefined) {
					throw new ProviderRefusal(readGraphError({ error: { code, message: '' } }), 400);
				}
				this.requests.push(body);
				return {
					messageId: `wamid.${this.requests.length}`,
					contact: this.answered,
					messageStatus: 'accepted',
				};
			},
			uploadMedia: async (_number: string, { fileName }: { fileName: string }) => {
				this.uploads.push(fileName);
				return String(this.uploads.length);
			},
		};
	}
}
