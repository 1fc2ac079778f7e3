import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ContactIdentity } from '../core/conversation/contact';
import { hasFacts, type ContactFacts } from '../core/conversation/facts';
import { isObject } from '../core/isObject';
import { Replica } from '../core/state/replica';
import { factsOfTriggerItem, NODE_TYPE, TRIGGER_TYPE } from '../shared/triggerItem';

/** What the trigger's items of one execution tell about contacts. */
export class TriggerFacts {
	/** By business number; read when they are first asked for. */
	private told?: Map<string, Replica>;

	constructor(private readonly context: IExecuteFunctions) {}

	/** For how many business numbers something is known by now. */
	get size(): number {
		return this.told?.size ?? 0;
	}

	/** What is told about a contact; undefined when nothing is. */
	of(businessNumberId: string, contact: ContactIdentity): ContactFacts | undefined {
		const facts = (this.told ??= this.read()).get(businessNumberId)?.factsOf(contact);
		return facts && hasFacts(facts) ? facts : undefined;
	}

	private read(): Map<string, Replica> {
		const told = new Map<string, Replica>();
		for (const json of this.messages()) {
			const item = factsOfTriggerItem(json);
			if (!item) continue;
			const replica = told.get(item.businessNumberId) ?? new Replica();
			// In this execution both names of an item are one contact's.
			replica.join(item.contact, item.facts, item.seenAt || item.facts.lastInboundAt || 1);
			told.set(item.businessNumberId, replica);
		}
		return told;
	}

	/** What the triggers before this node told, and the answers that the run was resumed with. */
	private messages(): IDataObject[] {
		const nodes = this.context.getParentNodes(this.context.getNode().name);
		const itemsOf = (typeName: string) =>
			nodes
				.filter(({ type }) => type.endsWith(typeName))
				.flatMap(({ name }) => this.itemsOf(name).map(({ json }) => json as IDataObject));
		const answers = itemsOf(NODE_TYPE).flatMap(({ answered, message }) =>
			answered === true && isObject(message) ? [message] : [],
		);
		return [...itemsOf(TRIGGER_TYPE), ...answers];
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
