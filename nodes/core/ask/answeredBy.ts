import type { MessageEvent } from '../events/types';
import { isObject } from '../isObject';
import { fingerprintOf } from '../state/fingerprint';

import type { AnswerKind, AwaitedAnswer } from './openQuestions';

/** Meta's types of messages that somebody writes on purpose. */
const WRITTEN = [
	'text',
	'image',
	'video',
	'audio',
	'document',
	'sticker',
	'location',
	'contacts',
	// A button of a template that carries no way back of ours.
	'button',
];

/**
 * The questions that a message may answer: first the one that it quotes, then the others, the newest
 * first. What was written before a question was asked does not answer it.
 *
 * @param open the newest first
 */
export function questionsAnsweredBy(
	event: MessageEvent,
	open: readonly AwaitedAnswer[],
): AwaitedAnswer[] {
	const fitting = open.filter(({ kind, askedAt }) => event.at >= askedAt && fits(event, kind));
	const quoted = event.replyTo ? fingerprintOf(event.replyTo.messageId) : '';
	const isQuoted = ({ messageHash }: AwaitedAnswer) => messageHash === quoted;
	return [...fitting.filter(isQuoted), ...fitting.filter((one) => !isQuoted(one))];
}

function fits({ type, details }: MessageEvent, kind: AnswerKind): boolean {
	switch (kind) {
		case 'any':
			return WRITTEN.includes(type);
		case 'location':
			return type === 'location';
		case 'form':
			return isObject(details?.flowResponse);
	}
}
