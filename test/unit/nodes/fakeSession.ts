import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Session } from '../../../nodes/WhatsAppConversations/run/session';
import type { ContactIdentity } from '../../../nodes/core/conversation/contact';
import type { ContactState } from '../../../nodes/core/conversation/decide';
import { NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';
import type { Send } from '../../../nodes/core/sendNote';
import type { ContactNote } from '../../../nodes/core/state/conversations';
import { Replica, type Person } from '../../../nodes/core/state/memory/replica';
import { CloudApi } from '../../../nodes/core/transport/cloudApi';

/** Epoch seconds of the present. */
export const NOW = 1_795_176_000;

type Known = Session['conversations'];

/** What is known of contacts, of one business number and in memory. */
class FakeConversations implements Known {
	readonly hasTrigger = () => undefined;
	private readonly known = new Replica();

	constructor(lastInboundAt: number) {
		this.known.join({ phone: '16505551234' }, { ...NO_FACTS, lastInboundAt });
	}

	timeOfSend(): number {
		return NOW;
	}

	watchedSince(): number {
		return 0;
	}

	identify(_number: string, contact: ContactIdentity): ContactIdentity {
		return this.known.identify(contact);
	}

	identifyAt(_number: string, contact: ContactIdentity, at: number): ContactIdentity {
		return this.known.identifyAt(contact, at);
	}

	factsOf(_number: string, contact: ContactIdentity): ContactFacts {
		return this.known.factsOf(contact);
	}

	noteSent(_number: string, messageId: string, send: Send): void {
		this.known.noteSent(messageId, send);
	}

	noteOf(_number: string, contact: ContactIdentity): ContactNote {
		return this.known.noteOf(contact);
	}

	async wroteTo(_number: string, contact: ContactIdentity, at: number): Promise<void> {
		this.known.note(contact, { writtenToAt: at });
	}

	contactOfMessage(): undefined {}

	readonly numberWrittenTo = '';

	sentMessage(_number: string, messageId: string): Send | undefined {
		return this.known.sentMessage(messageId);
	}

	namesOf(_number: string, contact: ContactIdentity): string[] {
		const { userId, phone } = this.identify(_number, contact);
		return [userId, phone].filter((name) => name !== undefined);
	}

	keyOf(): string {
		return 'the contact';
	}

	async contacts(): Promise<Person[]> {
		return [...this.known.people()];
	}

	async contactState(_number: string, contact: ContactIdentity): Promise<ContactState> {
		return { facts: this.known.factsOf(contact), watchedSince: 0 };
	}

	async storedState(number: string, contact: ContactIdentity): Promise<ContactState> {
		return await this.contactState(number, contact);
	}

	async learn(_number: string, contact: ContactIdentity, facts: ContactFacts): Promise<void> {
		this.known.join(contact, facts);
	}

	async record(number: string, contact: ContactIdentity, facts: ContactFacts): Promise<void> {
		await this.learn(number, contact, facts);
	}

	async openQuestion(): Promise<void> {
		throw new Error('No send asks');
	}

	async forget(): Promise<boolean> {
		throw new Error('No send forgets a contact');
	}

	async close(): Promise<void> {}
}

const noPart = async (): Promise<never> => {
	throw new Error('No part of a send');
};

/**
 * The rest of n8n and WhatsApp: a contact who wrote an hour ago, and an API that accepts what it is
 * given, notes it, and refuses what `refusals` hold for the n-th message.
 */
export class FakeSession implements Session {
	readonly requests: IDataObject[] = [];

	readonly uploads: string[] = [];

	readonly hints: string[] = [];

	readonly conversations: FakeConversations;

	readonly broadcasts = { run: noPart, book: noPart, close: noPart, isFirstReport: () => true };

	readonly executionId = '1';

	readonly itemCount = 1;

	readonly onlyNumber = noPart;

	readonly reachesItself = noPart;

	readonly setup = noPart;

	readonly part = noPart;

	readonly uploadForHandle = noPart;

	readonly download = noPart;

	private messages = 0;

	private readonly cloud: CloudApi;

	constructor(
		private readonly refusals: Partial<Record<number, number>> = {},
		lastInboundAt = NOW - 3600,
		/** The contact as the API's answers name it. */
		private readonly answered: ContactIdentity = { phone: '16505551234' },
	) {
		this.conversations = new FakeConversations(lastInboundAt);
		const address = { baseUrl: 'https://graph.test', apiVersion: 'v26.0', businessAccountId: '1' };
		this.cloud = new CloudApi(async (request) => await this.answer(request), address);
	}

	isCancelled(): boolean {
		return false;
	}

	now(): number {
		return NOW;
	}

	hint(message: string): void {
		this.hints.push(message);
	}

	async api(): Promise<CloudApi> {
		return await Promise.resolve(this.cloud);
	}

	async meta(): Promise<CloudApi> {
		return await this.api();
	}

	resumeUrl(): never {
		throw new Error('No send waits');
	}

	tables(): never {
		throw new Error('No part of a send');
	}

	async openFile(id: string): Promise<never> {
		throw new Error(`Files of tests stand in their items, not under '${id}'`);
	}

	async sizeOfFile(id: string): Promise<never> {
		return await this.openFile(id);
	}

	private async answer({ url, body }: IHttpRequestOptions): Promise<IDataObject> {
		if (url.endsWith('/media')) return this.upload(body as Buffer);
		const code = this.refusals[this.messages++];
		if (code !== undefined) return { statusCode: 400, body: { error: { code, message: '' } } };
		this.requests.push(body as IDataObject);
		const { phone, userId } = this.answered;
		return {
			statusCode: 200,
			body: {
				contacts: [{ wa_id: phone, user_id: userId }],
				messages: [{ id: `wamid.${this.requests.length}` }],
			},
		};
	}

	private upload(form: Buffer): IDataObject {
		const [, fileName] = /filename="([^"]*)"/.exec(form.toString('latin1')) ?? [];
		this.uploads.push(String(fileName));
		return { statusCode: 200, body: { id: String(this.uploads.length) } };
	}
}
