import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../core/inputError';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Result } from '../actions/operation';
import { isChosenByModel, isSendOfTool } from '../input/tool';
import type { Item } from '../run/item';
import { DecisionError } from '../send/decisionError';
import { PartlySent } from '../send/parts';

/**
 * Why nothing was sent, and what the model is not to do, by kind of refusal. A model cannot set
 * parameters, so none is named.
 */
const NOT_SENT: Partial<Record<string, string>> = {
	windowClosed:
		'as far as is known the customer has not written within the last 24 hours, so WhatsApp takes no such message now. A person has to decide how to reach the customer; do not try again.',
	optedOut:
		'the customer does not want such messages. Do not try again, and do not ask the customer to allow them.',
	consentMissing:
		'the customer has not agreed to such messages. A person has to ask for that; do not try again.',
	marketingLimited:
		'WhatsApp limits how much advertising this customer gets. Do not try again today.',
	personHasConversation:
		'a person of the business has this conversation and answers the customer. Do not try again.',
	otherResponderHasConversation:
		'another system has this conversation and answers the customer. Do not try again.',
	unreachable: 'WhatsApp cannot reach this customer. Do not try again.',
};

/** What stops every message: the execution fails, so that whoever runs the workflow hears of it. */
const FOR_THE_BUILDER = new Set<string>(['auth', 'permission', 'billing']);

/** Of a recipient that the model has chosen, so that it does not try one number after the other. */
const NO_NUMBER =
	'the recipient is not one whole phone number with its country code. Do not guess another one; ask for the number, or leave it to a person.';

const OTHERWISE = 'WhatsApp did not take it. A person has to see why; do not try again.';
const PARTLY =
	'Only the first part of the message was sent. A person has to send the rest; do not send it again.';
const UNCERTAIN =
	'It is not certain whether the message was sent. A person has to see to it; do not send it again.';

const DONE = {
	freeForm: 'WhatsApp accepted the message. Do not send it again.',
	template:
		'WhatsApp accepted a prepared text, which the customer reads in the place of the message. Do not send it again.',
};

/** Results as they are; those of a send for an agent as a model is told of them. */
export function forModel(item: Item, results: Result | Result[]): Result | Result[] {
	if (!isSendOfTool(item)) return results;
	return [results].flat().map(({ json }) => ({ json: sentAnswer(json) }));
}

/** What became of a message, and what not to do. */
function sentAnswer(json: IDataObject): IDataObject {
	const { messageId, sentAs, decision, preview } = json;
	if (sentAs === null) return notSent(NOT_SENT.windowClosed);
	// Such as a dry run, which is to show everything.
	if (!messageId) return json;
	if (sentAs !== 'template') return { sent: true, result: DONE.freeForm };
	const { text } = (preview ?? {}) as IDataObject;
	const isInstead = (decision as IDataObject | undefined)?.reason === 'sentTemplateInstead';
	return {
		sent: true,
		result: isInstead ? DONE.template : DONE.freeForm,
		...(text ? { textSent: text } : {}),
	};
}

/**
 * What a model is told of a message that did not go out; undefined for what is no send of an agent, and
 * where the workflow is to be mended first, so that a person has to hear of it.
 */
export function refusedAnswer(item: Item, cause: unknown): IDataObject | undefined {
	if (!isSendOfTool(item)) return undefined;
	if (cause instanceof PartlySent) return { sent: 'partly', result: PARTLY };
	if (cause instanceof DecisionError) return notSent(NOT_SENT[cause.kind]);
	if (cause instanceof InputError && cause.field === 'To' && isChosenByModel(item, 'to')) {
		return notSent(NO_NUMBER);
	}
	if (!(cause instanceof ProviderRefusal)) return undefined;
	const { kind, retry } = cause.refusal;
	if (FOR_THE_BUILDER.has(kind)) return undefined;
	return retry === 'risky' ? { sent: 'unknown', result: UNCERTAIN } : notSent(NOT_SENT[kind]);
}

function notSent(why = OTHERWISE): IDataObject {
	return { sent: false, result: `Not sent: ${why}` };
}
