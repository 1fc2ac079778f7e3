import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import type { AwaitedAnswer } from '../../core/ask/openQuestions';
import { ALL_NUMBERS } from '../../core/conversation/consent';
import type { ContactIdentity } from '../../core/conversation/contact';
import type { ContactState, Unread } from '../../core/conversation/decide';
import { hasFacts, joinFacts, type ContactFacts } from '../../core/conversation/facts';
import type { Send } from '../../core/sendNote';
import type { ContactNote, Conversations, Person } from '../../core/state/conversations';
import type { StateUnavailable } from '../../core/stateUnavailable';
import { openConversations } from '../../shared/conversations';
import { hasTrigger, hearTriggers, tellTriggers } from '../../shared/hearTriggers';
import { attempt, hintOf } from '../../shared/stateUnavailable';
import { now, openState, ranMs, saveState } from '../../shared/workflowState';
import { BROADCAST_STORE } from '../descriptions/broadcast';

import { hintOfQueueMode } from './queueModeHint';
import { TriggerFacts } from './triggerFacts';

/** After how long it is tried again to store a question, milliseconds. */
const STORING_PAUSES_MS = [1_000, 2_000, 5_000, 10_000];

/**
 * The resource 'Broadcast' asks where state is kept under a name of its own, because the value that
 * means the memory hides the credential for data tables, which it always needs.
 */
function settingOf(context: IExecuteFunctions, name: string): unknown {
	const otherwise = name === 'stateStore' ? context.getNodeParameter(BROADCAST_STORE, 0, '') : '';
	return context.getNodeParameter(name, 0, otherwise);
}

/** A workflow that only sends keeps a copy of what others recorded, no older than this. */
const COPY_EVERY_MS = 300_000;

/** What was read of a contact from a place that others write to holds for so long, milliseconds. */
const READING_HOLDS_MS = 1_000;

/** When a contact was last read from the place where state is kept, and why that was not possible. */
export interface Reading {
	/** Milliseconds of a clock that nobody sets, before the reading. */
	atMs?: number;
	unavailable?: StateUnavailable;
}

/**
 * What is known of contacts, as one execution of the node sees it: with what the trigger's items in it
 * tell, and with what triggers have on record that this process has not read.
 */
export class RunConversations {
	private readonly known: Conversations;
	private readonly triggerFacts: TriggerFacts;
	/** Why the state could not be read or stored. */
	private unavailable?: StateUnavailable;
	/** What the triggers have on record that could not be read (E55), by business number. */
	private readonly unread = new Map<string, Unread | undefined>();
	/** Business numbers of which this execution has learned something. */
	private readonly learned = new Set<string>();

	constructor(private readonly context: IExecuteFunctions) {
		this.known = openConversations(context, (name) => settingOf(context, name));
		this.triggerFacts = new TriggerFacts(context);
	}

	identify(businessNumberId: string, contact: ContactIdentity): ContactIdentity {
		return this.known.identify(businessNumberId, contact);
	}

	identifyAt(businessNumberId: string, contact: ContactIdentity, at: number): ContactIdentity {
		return this.known.identifyAt(businessNumberId, contact, at);
	}

	/** See {@link Conversations.factsOf}. */
	factsOf(businessNumberId: string, contact: ContactIdentity): ContactFacts {
		return this.known.factsOf(businessNumberId, contact);
	}

	/** See {@link Conversations.namesOf}. */
	namesOf(businessNumberId: string, contact: ContactIdentity): string[] {
		return this.known.namesOf(businessNumberId, contact);
	}

	/** See {@link TriggerFacts.senderOf}. */
	contactOfMessage(messageId: string): ContactIdentity | undefined {
		return this.triggerFacts.senderOf(messageId);
	}

	/** See {@link TriggerFacts.businessNumberId}. */
	get numberWrittenTo(): string {
		return this.triggerFacts.businessNumberId;
	}

	keyOf(businessNumberId: string, contact: ContactIdentity): string {
		return this.known.keyOf(businessNumberId, contact);
	}

	noteSent(businessNumberId: string, messageId: string, send: Send): void {
		this.known.noteSent(businessNumberId, messageId, send);
	}

	/** See {@link Conversations.noteOf}. */
	noteOf(businessNumberId: string, contact: ContactIdentity): ContactNote {
		return this.known.noteOf(businessNumberId, contact);
	}

	/**
	 * Notes that a message went to a contact, where something is on record of it: others appear in no list.
	 *
	 * @param at epoch seconds
	 */
	async wroteTo(businessNumberId: string, contact: ContactIdentity, at: number): Promise<void> {
		if (!hasFacts(this.known.factsOf(businessNumberId, contact))) return;
		if (!this.known.tellWrittenTo(businessNumberId, contact, at)) return;
		await this.attempt(
			async () => await this.known.share(businessNumberId, [{ contact, at: now() }]),
		);
	}

	watchedSince(businessNumberId: string): number | undefined {
		return this.known.watchedSince(businessNumberId);
	}

	/** Whether a published trigger hears what contacts write to a number; undefined: not known here. */
	hasTrigger(businessNumberId: string): boolean | undefined {
		return hasTrigger(businessNumberId);
	}

	/**
	 * Brings what the process knows of a contact up to date.
	 *
	 * @throws StateUnavailable
	 */
	private async load(businessNumberId: string, contact: ContactIdentity): Promise<void> {
		await this.hear(businessNumberId);
		await this.known.loadContact(businessNumberId, contact);
	}

	/** Brings what the process knows up to date with what triggers have on record. */
	private async hear(businessNumberId: string): Promise<void> {
		if (this.known.isShared || businessNumberId === ALL_NUMBERS) return;
		const unread = await hearTriggers(this.context, businessNumberId);
		this.unread.set(businessNumberId, unread);
	}

	/**
	 * Everybody of whom something is on record, for this number or for all numbers.
	 *
	 * @throws StateUnavailable
	 */
	async contacts(businessNumberId: string): Promise<Person[]> {
		await this.hear(businessNumberId);
		return await this.known.all(businessNumberId);
	}

	/**
	 * What is known of a contact now: by the place where state is kept, and by the trigger's items of
	 * this execution. Where that place does not answer, only the latter tell when the contact wrote.
	 *
	 * @param reading the last one of this contact, which is repeated when a moment has passed since
	 */
	async contactState(
		businessNumberId: string,
		contact: ContactIdentity,
		reading: Reading = {},
	): Promise<ContactState> {
		const nowMs = performance.now();
		if (!(nowMs - (reading.atMs ?? -Infinity) < READING_HOLDS_MS)) {
			reading.atMs = nowMs;
			reading.unavailable = await this.attempt(
				async () => await this.load(businessNumberId, contact),
			);
		}
		return this.stateOf(businessNumberId, contact, reading.unavailable);
	}

	/**
	 * As {@link contactState}, for those who need to know it exactly.
	 *
	 * @throws StateUnavailable
	 */
	async storedState(businessNumberId: string, contact: ContactIdentity): Promise<ContactState> {
		await this.load(businessNumberId, contact);
		return this.stateOf(businessNumberId, contact);
	}

	private stateOf(
		businessNumberId: string,
		contact: ContactIdentity,
		unavailable?: StateUnavailable,
	): ContactState {
		const known = this.known.factsOf(businessNumberId, contact);
		const told = this.triggerFacts.of(businessNumberId, this.identify(businessNumberId, contact));
		if (!unavailable) {
			const facts = told ? joinFacts(known, told) : known;
			const unread = this.unread.get(businessNumberId);
			return {
				facts,
				watchedSince: this.watchedSince(businessNumberId),
				...(unread && { unread }),
			};
		}
		// Others may know of a later message, or of a later refusal.
		const facts = told
			? joinFacts({ ...known, lastInboundAt: 0 }, told)
			: { ...known, lastInboundAt: 0, refusedAt: 0 };
		return { facts, unavailable: unavailable.message };
	}

	/** Joins what was learned about a contact, and has it stored, now or later. */
	async learn(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
	): Promise<void> {
		await this.attempt(async () => await this.keep(businessNumberId, contact, facts));
	}

	/**
	 * Joins what somebody tells about a contact, and has it stored.
	 *
	 * @throws StateUnavailable
	 */
	async record(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
	): Promise<void> {
		await this.load(businessNumberId, contact);
		await this.keep(businessNumberId, contact, facts);
	}

	private async keep(
		businessNumberId: string,
		contact: ContactIdentity,
		facts: ContactFacts,
	): Promise<void> {
		const isNew = await this.known.learn(businessNumberId, contact, facts, now());
		if (isNew) this.learned.add(businessNumberId);
	}

	/**
	 * Notes a question that the contact may answer without a tap, and has that stored. The question is
	 * out, and no later call of this process might come that stores it: so that is tried for a while.
	 */
	async openQuestion(
		businessNumberId: string,
		contact: ContactIdentity,
		question: AwaitedAnswer,
	): Promise<void> {
		this.learned.add(businessNumberId);
		const store = async () => await this.known.openQuestion(businessNumberId, contact, question);
		let unavailable = await attempt(store);
		for (const pauseMs of STORING_PAUSES_MS) {
			if (!unavailable || unavailable.trouble === 'lasting') break;
			await sleep(pauseMs);
			unavailable = await attempt(store);
		}
		this.unavailable ??= unavailable;
	}

	/** Does something with the place where state is kept, and notes why it was not possible. */
	private async attempt(act: () => Promise<void>): Promise<StateUnavailable | undefined> {
		const unavailable = await attempt(act);
		this.unavailable ??= unavailable;
		return unavailable;
	}

	/**
	 * Erases what is known of a contact, also for all numbers together, and where it is stored.
	 *
	 * @returns whether anything was known
	 * @throws StateUnavailable
	 */
	async forget(businessNumberId: string, contact: ContactIdentity): Promise<boolean> {
		await this.hear(businessNumberId);
		const wasKnown = await this.known.forget(businessNumberId, contact, now());
		for (const id of [businessNumberId, ALL_NUMBERS]) this.learned.add(id);
		return wasKnown;
	}

	/**
	 * The time of a send that goes out now, epoch seconds. Our clock may be behind Meta's, but we
	 * answer no message before it was written, whoever told of it: its refusal must close the window
	 * (rule E31).
	 */
	timeOfSend(businessNumberId: string, contact: ContactIdentity): number {
		return Math.max(now(), this.stateOf(businessNumberId, contact).facts.lastInboundAt);
	}

	/** To be called when all items are done. */
	async close(): Promise<void> {
		const hint = this.unavailable
			? hintOf(this.unavailable)
			: hintOfQueueMode(this.context, this.known, this.triggerFacts.size);
		if (hint) this.context.addExecutionHints(hint);
		const state = openState(this.context);
		if (!this.known.isShared && state.saver.behindMs(ranMs()) > COPY_EVERY_MS) {
			saveState(this.context, state);
		}
		await this.tell();
	}

	/** What a manual run learns is not kept beyond the process. */
	private async tell(): Promise<void> {
		if (this.known.isShared || this.context.getMode() === 'manual') return;
		await tellTriggers(this.context, this.learned, `${this.context.getWorkflow().id} `);
	}
}
