import type { IExecuteFunctions } from 'n8n-workflow';

import { canonicalPhone, type ContactIdentity } from '../core/conversation/contact';
import type { ContactState } from '../core/conversation/decide';
import { joinFacts, NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import type { Replica } from '../core/state/replica';
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

	/** What is known of a contact: by the process, and by the trigger's items of this execution. */
	contactState(businessNumberId: string, contact: ContactIdentity): ContactState {
		const replica = this.replica(businessNumberId);
		this.triggerFacts ??= this.readTriggerItems();
		const known = replica.identify(contact);
		const facts = [known.userId, known.phone]
			.map((id) => id && this.triggerFacts?.get(factsKey(businessNumberId, id)))
			.reduce<ContactFacts>(
				(sum, more) => (more ? joinFacts(sum, more) : sum),
				replica.factsOf(contact),
			);
		return { facts, watchedSince: replica.watchedSince };
	}

	/** Joins what was learned about a contact, and has n8n save it. */
	learn(businessNumberId: string, contact: ContactIdentity, facts: ContactFacts): void {
		if (this.replica(businessNumberId).join(contact, facts))
			saveState(this.context, this.state, true);
	}

	/**
	 * Erases what is known of a contact, and has n8n save that.
	 *
	 * @returns whether anything was known
	 */
	forget(businessNumberId: string, contact: ContactIdentity): boolean {
		const wasKnown = this.replica(businessNumberId).forget(contact, this.now());
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

function factsKey(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${canonicalPhone(id)}`;
}
