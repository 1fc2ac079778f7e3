import type { IExecuteFunctions } from 'n8n-workflow';

import { canonicalPhone, type ContactIdentity } from '../core/conversation/contact';
import type { ContactState } from '../core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import type { ConversationStore } from '../core/state/conversationStore';
import type { Replica } from '../core/state/replica';
import type { WorkflowState } from '../core/state/staticDataStore';
import type { StateUnavailable } from '../core/stateUnavailable';
import type { CloudApi } from '../core/transport/cloudApi';
import { connect } from '../shared/connection';
import { openTable } from '../shared/stateTable';
import { attempt, hintOf } from '../shared/stateUnavailable';
import { StaticDataConversations } from '../shared/staticDataConversations';
import { factsOfTriggerItem, TRIGGER_TYPE } from '../shared/triggerItem';
import { now, openState, saveState } from '../shared/workflowState';

import { hintOfQueueMode } from './queueModeHint';

/** A workflow that only sends keeps a copy of what others recorded, no older than this. */
const COPY_EVERY_SECONDS = 300;

/** What the items of one execution share: the connection and the conversation state. */
export class Session {
	private readonly state: WorkflowState;
	private readonly store: ConversationStore;
	private connection?: Promise<CloudApi>;
	private triggerFacts?: Map<string, ContactFacts>;
	/** Why the state could not be read or stored. */
	private unavailable?: StateUnavailable;

	constructor(private readonly context: IExecuteFunctions) {
		this.state = openState(context);
		this.store = storeOf(context, this.state);
	}

	/** Whether somebody stopped the execution. */
	readonly isCancelled = (): boolean => this.context.getExecutionCancelSignal()?.aborted === true;

	/** Epoch seconds, read anew at each call: a Wait node may lie between two sends (rule E8). */
	now(): number {
		return now();
	}

	async api(): Promise<CloudApi> {
		this.connection ??= connect(this.context);
		return await this.connection;
	}

	replica(businessNumberId: string): Replica {
		return this.state.replica(businessNumberId);
	}

	/** The same text for a contact in all forms of its number, and for its user ID where both are known. */
	keyOf(businessNumberId: string, contact: ContactIdentity): string {
		const { userId, phone = '' } = this.replica(businessNumberId).identify(contact);
		return userId ?? canonicalPhone(phone);
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
	async load(businessNumberId: string, contact: ContactIdentity): Promise<void> {
		await this.store.load(businessNumberId, [contact]);
	}

	/** As {@link load}, for all contacts of a business number. */
	async loadAll(businessNumberId: string): Promise<void> {
		await this.store.loadAll(businessNumberId);
	}

	/**
	 * What is known of a contact now: by the place where state is kept, and by the trigger's items of
	 * this execution. Where that place does not answer, only the latter tell when the contact wrote.
	 */
	async contactState(businessNumberId: string, contact: ContactIdentity): Promise<ContactState> {
		const unavailable = await this.attempt(async () => await this.load(businessNumberId, contact));
		return this.stateOf(businessNumberId, contact, unavailable);
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
		const known = this.replica(businessNumberId).factsOf(contact);
		const told = this.toldByTrigger(businessNumberId, contact);
		if (!unavailable) {
			const facts = told ? joinFacts(known, told) : known;
			return { facts, watchedSince: this.watchedSince(businessNumberId) };
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
		// What is old in this process may be new to the others.
		if (isNew || this.store.isShared) {
			await this.store.save(businessNumberId, [{ contact, at: this.now() }]);
		}
	}

	/** Does something with the place where state is kept, and notes why it was not possible. */
	private async attempt(act: () => Promise<void>): Promise<StateUnavailable | undefined> {
		const unavailable = await attempt(act);
		this.unavailable ??= unavailable;
		return unavailable;
	}

	/** To be called when all items are done. */
	close(): void {
		const hint = this.unavailable
			? hintOf(this.unavailable)
			: hintOfQueueMode(this.context, this.store, this.triggerFacts?.size ?? 0);
		if (hint) this.context.addExecutionHints(hint);
		if (!this.store.isShared && this.state.secondsBehind(this.now()) > COPY_EVERY_SECONDS) {
			saveState(this.context, this.state);
		}
	}

	private toldByTrigger(
		businessNumberId: string,
		contact: ContactIdentity,
	): ContactFacts | undefined {
		this.triggerFacts ??= this.readTriggerItems();
		const { userId, phone } = this.replica(businessNumberId).identify(contact);
		return [userId, phone]
			.flatMap((id) => (id && this.triggerFacts?.get(factsKey(businessNumberId, id))) || [])
			.reduce<
				ContactFacts | undefined
			>((sum, more) => (sum ? joinFacts(sum, more) : more), undefined);
	}

	private readTriggerItems(): Map<string, ContactFacts> {
		const facts = new Map<string, ContactFacts>();
		const triggers = this.context
			.getParentNodes(this.context.getNode().name)
			.filter(({ type }) => type.endsWith(TRIGGER_TYPE));
		for (const { name } of triggers) {
			for (const { json } of this.itemsOf(name)) {
				const told = factsOfTriggerItem(json);
				if (!told) continue;
				for (const id of [told.contact.userId, told.contact.phone]) {
					if (!id) continue;
					const key = factsKey(told.businessNumberId, id);
					facts.set(key, joinFacts(facts.get(key) ?? NO_FACTS, told.facts));
				}
			}
		}
		return facts;
	}

	/** The output of a node before this one; nothing when it did not run in this execution. */
	private itemsOf(nodeName: string): Array<{ json: Record<string, never> }> {
		try {
			return this.context.getWorkflowDataProxy(0).$(nodeName).all();
		} catch {
			return [];
		}
	}
}

/** Where the node keeps conversation state. */
function storeOf(context: IExecuteFunctions, state: WorkflowState): ConversationStore {
	if (context.getNodeParameter('stateStore', 0, 'memory') !== 'dataTable') {
		return new StaticDataConversations(context, state);
	}
	return openTable(context, context.getNodeParameter('stateTable', 0, ''));
}

function factsKey(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${canonicalPhone(id)}`;
}
