import { createHmac, timingSafeEqual } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import { asText } from '../events/reading';
import { isObject } from '../isObject';

import { questionKey, type Waiting } from './reference';

/** The question that an answer is for. */
type Question = Omit<Waiting, 'signature'>;

/**
 * An answer as the trigger posts it to the question's webhook, with a proof that this n8n hands it over.
 * The contact who was asked knows the way back, which stands in the IDs of the buttons, and could
 * otherwise post there in anybody's name.
 *
 * @param secret which the processes of this n8n share. Nodes have none but its instance ID, which is not
 *   told to contacts, but stands in links of n8n's own forms; so `answered` checks the binding and the
 *   choices all the same
 */
export function sealAnswer(secret: string, question: Question, answer: IDataObject): IDataObject {
	const content = JSON.stringify(answer);
	return { content, proof: proofOf(secret, question, content) };
}

/** What {@link sealAnswer} was given; undefined for what this n8n has not sealed for this question. */
export function openSealed(
	secret: string,
	question: Question,
	body: IDataObject,
): IDataObject | undefined {
	const content = asText(body.content);
	const given = Buffer.from(asText(body.proof));
	const proof = Buffer.from(proofOf(secret, question, content));
	if (secret === '' || given.length !== proof.length || !timingSafeEqual(given, proof)) {
		return undefined;
	}
	const answer: unknown = JSON.parse(content);
	return isObject(answer) ? answer : undefined;
}

function proofOf(secret: string, question: Question, content: string): string {
	const text = `answer\n${questionKey(question)}\n${content}`;
	return createHmac('sha256', secret).update(text).digest('hex');
}
