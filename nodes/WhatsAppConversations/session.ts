import type { IExecuteFunctions } from 'n8n-workflow';

import { ALL_NUMBERS } from '../core/conversation/consent';
import { canonicalPhone, identityOfAll, type ContactIdentity } from '../core/conversation/contact';
import type { ContactState } from '../core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import type { Contact, Replica } from '../core/state/replica';
import type { WorkflowState } from '../core/state/staticDataStore';
import type { CloudApi } from '../core/transport/cloudApi';
import { connect } from '../shared/connection';
import { factsOfTriggerItem, TRIGGER_TYPE } from '../shared/triggerItem';
import { now, openState, saveState } from '../shared/workflowState';

/** A workflow that only sends keeps a copy of what others recorded, no older than this. */
const COPY_EVERY_SECONDS = 300;

/** What the items of one execution share: the connection and the conversation state. */
export class Session {
	private readonly state: WorkflowState;
	private connection?: Promise<CloudApi>;
	private triggerFacts?: Map<string, ContactFacts>;

	constructor(private readonly context: IExecuteFunctions) {
		this.state = openState(context);
	}

	/** Whether somebody stopped the execution. */
	readonly isCancelled = (): boolean => this.context.getExecutionCancelSignal()?.aborted === true;

	/** Epoch seconds, read anew at each call: a Wait node may lie between two sends (rule E8). */
	now(): number {
		return now();
	}

	/**
	 * The time of a send that goes out now, epoch seconds. Our clock may be behind Meta's, but we
	 * answer no message before it was written: its refusal must close the window (rule E31).
	 */
	timeOfSend(businessNumberId: string, contact: ContactIdentity): number {
		return Math.max(this.now(), this.replica(businessNumberId).factsOf(contact).lastInboundAt);
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
	 * What is known of a contact: by the process, for this number and for all numbers, and by
	 * the trigger's items of this execution.
	 */
	contactState(businessNumberId: string, contact: ContactIdentity): ContactState {
		const replica = this.replica(businessNumberId);
		this.triggerFacts ??= this.readTriggerItems();
		const known = replica.identify(contact);
		const facts = idsOf(known)
			.map((id) => this.triggerFacts?.get(factsKey(businessNumberId, id)))
			.reduce<ContactFacts>(
				(sum, more) => (more ? joinFacts(sum, more) : sum),
				this.withAllNumbers(idsOf(known), replica.factsOf(contact)),
			);
		return { facts, watchedSince: replica.watchedSince };
	}

	/** Everybody of whom something is on record, for this number or for all numbers. */
	*contacts(businessNumberId: string): Generator<Contact> {
		const replica = this.replica(businessNumberId);
		for (const { ids, facts } of replica.contacts()) {
			yield { ids, facts: this.withAllNumbers(ids, facts) };
		}
		for (const contact of this.replica(ALL_NUMBERS).contacts()) {
			const isKnown = contact.ids.some((id) => replica.factsOf(identityOfAll([id])) !== NO_FACTS);
			if (!isKnown) yield contact;
		}
	}

	/** Adds what was said for all numbers. */
	private withAllNumbers(ids: readonly string[], facts: ContactFacts): ContactFacts {
		const everywhere = this.replica(ALL_NUMBERS);
		return ids.reduce((sum, id) => {
			const more = everywhere.factsOf(identityOfAll([id]));
			return more === NO_FACTS ? sum : joinFacts(sum, more);
		}, facts);
	}

	/** Joins what was learned about a contact, and has n8n save it. */
	learn(businessNumberId: string, contact: ContactIdentity, facts: ContactFacts): void {
		if (this.replica(businessNumberId).join(contact, facts))
			saveState(this.context, this.state, true);
	}

	/**
	 * Erases what is known of a contact, also for all numbers together, and has n8n save that.
	 *
	 * @returns whether anything was known
	 */
	forget(businessNumberId: string, contact: ContactIdentity): boolean {
		const known = this.replica(businessNumberId).identify(contact);
		const forgotten = [businessNumberId, ALL_NUMBERS].map((id) =>
			this.replica(id).forget(known, this.now()),
		);
		const wasKnown = forgotten.includes(true);
		saveState(this.context, this.state, true);
		return wasKnown;
	}

	/** To be called when all items are done. */
	close(): void {
		if (this.state.secondsBehind(this.now()) > COPY_EVERY_SECONDS) {
			saveState(this.context, this.state);
		}
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
				for (const id of idsOf(told.contact)) {
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

function idsOf({ userId, phone }: ContactIdentity): string[] {
	return [userId, phone].filter((id): id is string => Boolean(id));
}

function factsKey(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${canonicalPhone(id)}`;
}
