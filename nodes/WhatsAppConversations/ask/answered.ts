import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { afterNotChoice, askingIn, loopItem, withItem, type Asking } from '../../core/ask/asking';
import { isBound } from '../../core/ask/binding';
import { choiceNamed, choiceOf, type Choice } from '../../core/ask/question';
import { BINDING_PARAMETER } from '../../core/ask/resumeAddress';
import type { Receipt } from '../../core/ask/resumeAnswer';
import { openSealed } from '../../core/ask/sealedAnswer';
import { acceptedAnswers } from '../../core/ask/takenAnswers';
import {
	answeredItem,
	openQuestionIn,
	type HandedAnswer,
	type OpenQuestion,
} from '../../core/ask/waitingItem';
import { asObject, asText } from '../../core/events/reading';
import { isObject } from '../../core/isObject';

/** Where an answer resumes the run; the trigger posts it there. */
export const answerWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/** What the editor says of the node while it waits. */
export const WAITING_TOOLTIP =
	"={{ ['send', 'sendAndWait'].includes($parameter.operation) ? 'Waiting for the contact to answer in WhatsApp' : '' }}";

/**
 * The webhook of a question that waits: n8n calls it when the trigger hands an answer over, for which
 * it has proven the signature of the address.
 */
export async function answered(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const input = context.evaluateExpression('{{ $json }}');
	const waits = isObject(input) ? input : {};
	const asking = askingIn(waits);
	const waiting = asking?.item ?? waits;
	const question = openQuestionIn(waiting);
	const binding = asText(asObject(context.getQueryData())[BINDING_PARAMETER]);
	if (!question || question.id !== binding) return receipt('over');

	const executionId = context.getExecutionId();
	const nodeId = context.getNode().id;
	const key = { executionId, nodeId, binding };
	const handed = openSealed(context.getInstanceId(), key, asObject(context.getBodyData()));
	if (!handed || !isTheirs(handed, question)) return receipt('notTheirs');

	const message = asObject(handed.message);
	const answer = readAnswer(asText(handed.answerId), message, asking, question.choices);
	if (asking && isToAskAgain(asking, answer, question.choices)) {
		// The same message, delivered once more.
		if (asking.notChoices.includes(asText(message.messageId))) return receipt('askedAgain');
		const json = loopItem(waits, afterNotChoice(asking, message));
		return { ...receipt('askedAgain'), workflowData: [[withFiles(context, json)]] };
	}
	acceptedAnswers.note(key, asText(message.messageId));
	const item = answeredItem(waiting, question, answer);
	const comesBack = asking && withFiles(context, loopItem(waits, withItem(asking, item)));
	return { ...receipt('taken'), workflowData: [[comesBack ?? { json: item }]] };
}

/** Whether an answer comes from whom the question was put to, and a tap is one of those offered. */
function isTheirs(
	{ message, ids, answerId, isTap }: IDataObject,
	{ id: binding, choices }: OpenQuestion,
): boolean {
	const names = Array.isArray(ids) ? ids.map(String) : [];
	if (!isBound(binding, asText(asObject(message).businessNumberId), names)) return false;
	const isChoice = choiceOf(choices, asText(answerId)) !== undefined;
	return isTap !== true || choices.length === 0 || isChoice;
}

/** An item that comes back to its node, with the files of the one that waits. */
function withFiles(context: IWebhookFunctions, json: IDataObject): INodeExecutionData {
	const binary = context.evaluateExpression('{{ $input.item.binary }}');
	return isObject(binary) ? { json, binary: binary as unknown as IBinaryKeyData } : { json };
}

/** Where words are asked for a second time, those on a button are the tap that they stand for. */
function readAnswer(
	answerId: string,
	message: IDataObject,
	asking: Asking | undefined,
	choices: readonly Choice[],
): HandedAnswer {
	const isText = asking?.asksAgain === true && answerId === '' && message.type === 'text';
	const named = isText ? choiceNamed(choices, asText(message.text)) : undefined;
	return { answerId: named?.id ?? answerId, message };
}

/** Whether a question with choices got another answer, and may be put once more. */
function isToAskAgain(
	asking: Asking,
	{ answerId, message }: HandedAnswer,
	choices: readonly Choice[],
): boolean {
	if (!asking.asksAgain || choiceOf(choices, answerId)) return false;
	const isRepeated = asking.notChoices.includes(asText(message.messageId));
	return isRepeated || asking.askAgainLeft > 0;
}

function receipt(whatsAppAnswer: Receipt['whatsAppAnswer']): IWebhookResponseData {
	return { webhookResponse: { whatsAppAnswer } };
}
