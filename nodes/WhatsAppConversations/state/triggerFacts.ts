import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { askingIn } from '../../core/ask/asking';
import { messagesOf } from '../../core/burst/joinedItem';
import { identityOf, type ContactIdentity } from '../../core/conversation/contact';
import type { ContactFacts } from '../../core/conversation/facts';
import { asText } from '../../core/events/reading';
import { isObject } from '../../core/isObject';
import { ToldFacts } from '../../core/state/toldFacts';
import { factsOfTriggerItem, NODE_TYPE, TRIGGER_TYPE } from '../../shared/triggerItem';

/** What the trigger's items of one execution tell about contacts. */
export class TriggerFacts {
	/** Read when they are first asked for. */
	private told?: ToldFacts;

	private writtenTo?: string;

	constructor(private readonly context: IExecuteFunctions) {}

	/** For how many business numbers something is known by now. */
	get size(): number {
		return this.told?.size ?? 0;
	}

	/** What is told about a contact; undefined when nothing is. */
	of(businessNumberId: string, contact: ContactIdentity): ContactFacts | undefined {
		return (this.told ??= this.read()).of(businessNumberId, contact);
	}

	/** Who wrote a message that started this run; undefined where no item tells. */
	senderOf(messageId: string): ContactIdentity | undefined {
		const json = this.messages().find((item) =>
			[item, ...(messagesOf(item) ?? [])].some((message) => message.messageId === messageId),
		);
		const contact = json && identityOf(json.phone, json.userId);
		return contact?.phone || contact?.userId ? contact : undefined;
	}

	/** The business number that was written to; '' where no item tells, or more than one number was. */
	get businessNumberId(): string {
		return (this.writtenTo ??= this.findNumber());
	}

	private findNumber(): string {
		const numbers = new Set(
			this.messages().map(({ businessNumberId }) => asText(businessNumberId)),
		);
		return numbers.size === 1 ? [...numbers][0] : '';
	}

	private read(): ToldFacts {
		const told = new ToldFacts();
		for (const json of this.messages()) {
			const item = factsOfTriggerItem(json);
			if (!item) continue;
			const { businessNumberId, contact, facts, seenAt } = item;
			// In this execution both names of an item are one contact's.
			told.tell(businessNumberId, contact, facts, seenAt || facts.lastInboundAt || 1);
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
		// What the contact wrote to a question that comes back to this node has opened the window too.
		const written = this.context
			.getInputData()
			.flatMap(({ json }) => {
				const asking = askingIn(json);
				return [asking?.notChoice, asking?.item.message];
			})
			.filter(isObject);
		return [...itemsOf(TRIGGER_TYPE), ...answers, ...written];
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
