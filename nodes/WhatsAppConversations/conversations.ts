import type { IExecuteFunctions } from 'n8n-workflow';

import type { AwaitedAnswer } from '../core/ask/openQuestions';
import { ALL_NUMBERS } from '../core/conversation/consent';
import { identityOfId, type ContactIdentity } from '../core/conversation/contact';
import type { ContactState, Unread } from '../core/conversation/decide';
import { joinFacts, type ContactFacts } from '../core/conversation/facts';
import type { ConversationStore } from '../core/state/conversationStore';
import { idsOf, keyOf, type Person, type Replica } from '../core/state/replica';
import type { WorkflowState } from '../core/state/staticDataStore';
import type { StateUnavailable } from '../core/stateUnavailable';
import { hearTriggers, tellTriggers } from '../shared/hearTriggers';
import { openTable } from '../shared/stateTable';
import { attempt, hintOf } from '../shared/stateUnavailable';
import { StaticDataConversations } from '../shared/staticDataConversations';
import { now, openState, ranMs, saveState } from '../shared/workflowState';

import { hintOfQueueMode } from './queueModeHint';
import { TriggerFacts } from './triggerFacts';

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

/** The conversation state as one execution sees it: reads, records and erases what is known of contacts. */
export class Conversations {
	private readonly state: WorkflowState;
	private readonly store: ConversationStore;
	private readonly triggerFacts: TriggerFacts;
	/** Why the state could not be read or stored. */
	private unavailable?: StateUnavailable;
	/** What the triggers have on record that could not be read (E55), by business number. */
	private readonly unread = new Map<string, Unread | undefined>();
	/** Business numbers of which this execution has learned something. */
	private readonly learned = new Set<string>();

	constructor(private readonly context: IExecuteFunctions) {
		this.state = openState(context);
		this.store = storeOf(context, this.state);
		this.triggerFacts = new TriggerFacts(context);
	}

	replica(businessNumberId: string): Replica {
		return this.state.replica(businessNumberId);
	}

	/** The same text for a contact in all forms of its number, and for its user ID where both are known. */
	keyOf(businessNumberId: string, contact: ContactIdentity): string {
		const { userId, phone = '' } = this.replica(businessNumberId).identify(contact);
		return userId ?? keyOf(phone);
	}

	/**
	 * Since when the deliveries of a business number have come in without a gap, as this process can
	 * tell: one of many cannot.
	 */
	watchedSince(businessNumberId: string): number | undefined {
		return this.store.isShared ? undefined : this.replica(businessNumberId).watchedSince;
	}

	/**
	 * Brings what the process knows of a contact up to date.
	 *
	 * @throws StateUnavailable
	 */
	private async load(businessNumberId: string, contact: ContactIdentity): Promise<void> {
		await this.hear(businessNumberId);
		await Promise.all(
			[businessNumberId, ALL_NUMBERS].map(async (id) => await this.store.load(id, [contact])),
		);
		// What holds for all numbers may have been said under another identifier of the contact.
		const ids = this.replica(businessNumberId).relatives(idsOf(contact));
		await this.store.load(ALL_NUMBERS, ids.map(identityOfId));
	}

	/** Brings what the process knows up to date with what triggers have on record. */
	private async hear(businessNumberId: string): Promise<void> {
		if (this.store.isShared || businessNumberId === ALL_NUMBERS) return;
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
		await this.store.loadAll(businessNumberId);
		await this.store.loadAll(ALL_NUMBERS);
		const replica = this.replica(businessNumberId);
		const everywhere = this.replica(ALL_NUMBERS);
		const isUnknown = ({ identity }: Person) => !idsOf(identity).some((id) => replica.knows(id));
		return [...replica.people(everywhere), ...[...everywhere.people()].filter(isUnknown)];
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
		const replica = this.replica(businessNumberId);
		const known = replica.factsOf(contact, this.replica(ALL_NUMBERS));
		const told = this.triggerFacts.of(businessNumberId, replica.identify(contact));
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
		const isNew = this.replica(businessNumberId).join(contact, facts);
		if (isNew) this.learned.add(businessNumberId);
		// What is old in this process may be new to the others.
		if (isNew || this.store.isShared) {
			await this.store.save(businessNumberId, [{ contact, at: now() }]);
		}
	}

	/** Notes a question that the contact may answer without a tap, and has that stored. */
	async openQuestion(
		businessNumberId: string,
		contact: ContactIdentity,
		question: AwaitedAnswer,
	): Promise<void> {
		const replica = this.replica(businessNumberId);
		replica.questions.put(idsOf(replica.identify(contact)), question);
		this.learned.add(businessNumberId);
		const news = [{ contact, at: now() }];
		await this.attempt(async () => await this.store.save(businessNumberId, news));
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
		await this.load(businessNumberId, contact);
		const everywhere = this.replica(ALL_NUMBERS);
		const replica = this.replica(businessNumberId);
		replica.questions.closeAll(idsOf(replica.identify(contact)), now());
		const erasures = this.replica(businessNumberId).erasuresFor(contact, now(), everywhere);
		let wasKnown = false;
		// First where only the number's replica knows who is who.
		for (const id of [ALL_NUMBERS, businessNumberId]) {
			wasKnown = this.replica(id).forget(erasures, this.replica(businessNumberId)) || wasKnown;
			await this.store.remove(id, erasures);
			this.learned.add(id);
		}
		saveState(this.context, this.state, true);
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
			: hintOfQueueMode(this.context, this.store, this.triggerFacts.size);
		if (hint) this.context.addExecutionHints(hint);
		if (!this.store.isShared && this.state.saver.behindMs(ranMs()) > COPY_EVERY_MS) {
			saveState(this.context, this.state);
		}
		await this.tell();
	}

	/** What a manual run learns is not kept beyond the process. */
	private async tell(): Promise<void> {
		if (this.store.isShared || this.context.getMode() === 'manual') return;
		await tellTriggers(this.context, this.learned, `${this.context.getWorkflow().id} `);
	}
}

/** Where the node keeps conversation state. */
function storeOf(context: IExecuteFunctions, state: WorkflowState): ConversationStore {
	if (context.getNodeParameter('stateStore', 0, 'memory') !== 'dataTable') {
		return new StaticDataConversations(context, state);
	}
	return openTable(context, context.getNodeParameter('stateTable', 0, ''));
}
