import type { INodeProperties } from 'n8n-workflow';

import { MOST_SECONDS, type AnswerKind } from '../../core/ask/openQuestions';
import { RESPONSE_TYPES_WITH_CHOICES, type ResponseType } from '../../core/ask/question';
import type { Waiting } from '../../core/ask/reference';
import { fingerprintOf } from '../../core/state/fingerprint';
import type { Item } from '../run/item';
import type { Envelope } from '../send/envelope';

/** What becomes of an answer that is none of those that were offered. */
export const otherAnswersProperty: INodeProperties = {
	displayName: 'If the Answer Is Not One of the Choices',
	name: 'otherAnswers',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Accept It',
			value: 'accept',
			description: "Whatever the contact sends goes on with the run, without 'answerId'",
		},
		{
			name: 'Ask Again',
			value: 'askAgain',
			description: 'Puts the question once more; whatever comes in the end is accepted',
			// An agent's tool has one output.
			displayOptions: { hide: { '@tool': [true] } },
		},
		{
			name: 'Start the Workflow as Usual',
			value: 'startWorkflow',
			description: 'The trigger takes it as any message, and the question stays open',
		},
	],
	default: 'startWorkflow',
	displayOptions: { show: { responseType: [...RESPONSE_TYPES_WITH_CHOICES] } },
	description: 'What to do with a text or a file in place of a tap',
};

/** A question that was put. */
interface Put {
	type: ResponseType;
	waiting: Waiting;
	/** Of the message that asked. */
	messageId: string;
	/** Epoch seconds. */
	askedAt: number;
	/** Until when the run waits. */
	until: Date;
}

/** Notes a question that may be answered without a way back, where it may. */
export async function awaitOtherAnswers(
	item: Item,
	{ sender, recipient }: Envelope,
	{ type, waiting, messageId, askedAt, until }: Put,
): Promise<void> {
	const kind = awaitedKind(item, type);
	if (!kind) return;
	await item.session.conversations.openQuestion(sender.id, recipient, {
		waiting,
		kind,
		messageHash: fingerprintOf(messageId),
		askedAt,
		until: Math.min(until.getTime() / 1000, askedAt + MOST_SECONDS),
	});
}

/** What answers without a way back of its own; undefined where a tap alone does. */
function awaitedKind(item: Item, type: ResponseType): AnswerKind | undefined {
	const own = KINDS[type];
	if (own) return own;
	const others = item.parameter('otherAnswers', '');
	return others === 'accept' || others === 'askAgain' ? 'any' : undefined;
}

const KINDS: Partial<Record<ResponseType, AnswerKind>> = {
	address: 'form',
	flow: 'form',
	freeText: 'any',
	location: 'location',
};
