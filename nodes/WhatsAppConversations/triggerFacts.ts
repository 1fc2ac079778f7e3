import type { IExecuteFunctions } from 'n8n-workflow';

import { joinFacts, NO_FACTS, type ContactFacts } from '../core/conversation/facts';
import { idsOf, keyOf } from '../core/state/replica';
import { factsOfTriggerItem, TRIGGER_TYPE } from '../shared/triggerItem';

/** What the trigger's items of one execution tell about contacts. */
export class TriggerFacts {
	/** By business number and identifier; read when they are first asked for. */
	private facts?: Map<string, ContactFacts>;

	constructor(private readonly context: IExecuteFunctions) {}

	/** How many identifiers are known by now. */
	get size(): number {
		return this.facts?.size ?? 0;
	}

	/** What is told about a contact; undefined when nothing is. */
	of(businessNumberId: string, ids: readonly string[]): ContactFacts | undefined {
		const facts = (this.facts ??= this.read());
		return ids
			.map((id) => facts.get(nameOf(businessNumberId, id)))
			.filter((told) => told !== undefined)
			.reduce<ContactFacts | undefined>(
				(sum, told) => (sum ? joinFacts(sum, told) : told),
				undefined,
			);
	}

	private read(): Map<string, ContactFacts> {
		const facts = new Map<string, ContactFacts>();
		const triggers = this.context
			.getParentNodes(this.context.getNode().name)
			.filter(({ type }) => type.endsWith(TRIGGER_TYPE));
		for (const { json } of triggers.flatMap(({ name }) => this.itemsOf(name))) {
			const told = factsOfTriggerItem(json);
			if (!told) continue;
			for (const id of idsOf(told.contact)) {
				const name = nameOf(told.businessNumberId, id);
				facts.set(name, joinFacts(facts.get(name) ?? NO_FACTS, told.facts));
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

function nameOf(businessNumberId: string, id: string): string {
	return `${businessNumberId} ${keyOf(id)}`;
}
