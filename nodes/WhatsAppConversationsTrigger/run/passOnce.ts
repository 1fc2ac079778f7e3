import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messagesOf, withMessages } from '../../core/burst/joinedItem';
import { identityOf } from '../../core/conversation/contact';
import type { Conversations } from '../../core/state/conversations';
import type { Starts } from '../../core/state/deliveries/starts';
import { openState } from '../../shared/workflowState';
import { deliveryKeys, runKey } from '../deliveryKey';
import { loadSoon } from '../stateStore';

/**
 * How long a run waits for n8n to answer its delivery. n8n takes milliseconds, but many seconds when it
 * is overloaded; senders lose patience before this.
 */
const PATIENCE_MS = 120_000;

/**
 * The items that this run may pass on: without those that another run of the workflow has passed on.
 * n8n may begin two runs of one delivery, whatever it answered: one that it stored and then answered
 * with an error begins when n8n starts again. A run that n8n begins anew, and the button 'Retry', are
 * meant to repeat what they passed on before.
 *
 * @param conversations where other processes tell what they have passed on
 */
export async function passOnce(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	conversations: Conversations,
): Promise<INodeExecutionData[]> {
	const mode = context.getMode();
	if (mode === 'manual' || mode === 'retry') return items;
	const { starts } = openState(context);
	const { id: nodeId } = context.getNode();
	const keysOf = ({ json }: INodeExecutionData) => deliveryKeys(nodeId, json);
	await untilAnswered(items.flatMap(keysOf), starts);
	const executionId = context.getExecutionId();
	const passing: INodeExecutionData[] = [];
	for (const item of items) {
		const keys = keysOf(item);
		const claimed = keys.filter((key) => starts.claim(key, executionId, Date.now()));
		const passed = await passedElsewhere(conversations, item.json, claimed, executionId);
		const isNew = keys.map((key) => claimed.includes(key) && !passed.has(key));
		if (isNew.includes(true)) passing.push(isNew.includes(false) ? only(item, isNew) : item);
		if (!isNew.includes(false)) continue;
		const { event, messageId = '' } = item.json;
		context.logger.warn(
			'Another run of this workflow has passed this event on already. This run leaves it out.',
			{ workflowId: context.getWorkflow().id, executionId, event, messageId },
		);
	}
	return passing;
}

/** A joined item with those of its messages that this run may pass on. */
function only(item: INodeExecutionData, isNew: boolean[]): INodeExecutionData {
	const messages = (messagesOf(item.json) ?? []).filter((_message, index) => isNew[index]);
	return { ...item, json: withMessages(item.json, messages) };
}

/**
 * What Meta has no answer to comes again. So nothing is done for a delivery before it has one: if n8n is
 * killed until then, the run has done nothing that the next one would do twice.
 */
async function untilAnswered(keys: string[], starts: Starts): Promise<void> {
	const answered = Promise.all(keys.map(async (key) => await starts.untilAnswered(key)));
	const patience = AbortSignal.timeout(PATIENCE_MS);
	await Promise.race([
		answered,
		new Promise((resolve) => patience.addEventListener('abort', resolve, { once: true })),
	]);
}

/** Those of a contact's deliveries that another run has passed on, as other processes tell. */
async function passedElsewhere(
	conversations: Conversations,
	{ businessNumberId, phone, userId }: IDataObject,
	keys: string[],
	executionId: string,
): Promise<Set<string>> {
	if (!conversations.isShared || keys.length === 0) return new Set();
	const contact = identityOf(phone, userId);
	await loadSoon(conversations, String(businessNumberId), [contact]);
	const isSeen = (delivery: string) =>
		conversations.wasSeenElsewhere(String(businessNumberId), contact, delivery);
	return new Set(keys.filter((key) => isSeen(key) && !isSeen(runKey(key, executionId))));
}
