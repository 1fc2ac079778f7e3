import type {
	IDataObject,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isBound } from '../../core/ask/binding';
import { BINDING_PARAMETER } from '../../core/ask/resumeAddress';
import type { Receipt } from '../../core/ask/resumeAnswer';
import { acceptedAnswers } from '../../core/ask/takenAnswers';
import { answeredItem, openQuestionIn } from '../../core/ask/waitingItem';
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
	"={{ $parameter.operation === 'sendAndWait' ? 'Waiting for the contact to answer in WhatsApp' : '' }}";

/**
 * The webhook of a question that waits: n8n calls it when the trigger hands an answer over, for which
 * it has proven the signature of the address.
 */
export async function answered(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const waiting = context.evaluateExpression('{{ $json }}');
	const question = isObject(waiting) ? openQuestionIn(waiting) : undefined;
	const binding = asText(asObject(context.getQueryData())[BINDING_PARAMETER]);
	if (!question || question.id !== binding) return receipt('over');

	const body = asObject(context.getBodyData());
	const message = asObject(body.message);
	const ids = Array.isArray(body.ids) ? body.ids.map(String) : [];
	if (!isBound(binding, asText(message.businessNumberId), ids)) return receipt('notTheirs');

	const executionId = context.getExecutionId();
	const nodeId = context.getNode().id;
	acceptedAnswers.note({ executionId, nodeId, binding }, asText(message.messageId));
	const answer = { answerId: asText(body.answerId), message };
	const json = answeredItem(waiting as IDataObject, question, answer);
	return { ...receipt('taken'), workflowData: [[{ json }]] };
}

function receipt(whatsAppAnswer: Receipt['whatsAppAnswer']): IWebhookResponseData {
	return { webhookResponse: { whatsAppAnswer } };
}
