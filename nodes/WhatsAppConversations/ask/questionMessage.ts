import type { IDataObject } from 'n8n-workflow';

import type { ResponseType } from '../../core/ask/question';
import { APPROVE, DECLINE } from '../../core/ask/waitingItem';
import { EmptyInput, InputError } from '../../core/inputError';
import { addressRequestMessage } from '../../core/messages/addressRequest';
import { flowMessage } from '../../core/messages/flow';
import type { PartsInput } from '../../core/messages/interactive';
import { listMessage } from '../../core/messages/list';
import { locationRequestMessage } from '../../core/messages/locationRequest';
import { replyButtonsMessage, type ReplyButtonInput } from '../../core/messages/replyButtons';
import { textMessage } from '../../core/messages/text';
import type { CloudMessage } from '../../core/messages/types';
import { flowInputOf } from '../actions/message/content/flow';
import { rowsOf } from '../actions/message/content/list';
import type { Item } from '../run/item';

/**
 * The message that asks, with the answers' own IDs.
 *
 * @throws InputError when WhatsApp would refuse it
 */
export function questionMessage(item: Item, type: Exclude<ResponseType, 'template'>): CloudMessage {
	try {
		return BUILDERS[type](item);
	} catch (error) {
		throw inOurWords(error);
	}
}

const BUILDERS: Record<Exclude<ResponseType, 'template'>, (item: Item) => CloudMessage> = {
	address: (item) => addressRequestMessage(partsOf(item)),
	approval: (item) => replyButtonsMessage({ ...partsOf(item), buttons: approvalButtonsOf(item) }),
	buttons: (item) => {
		const buttons = item.parameter('buttons.button', []) as unknown;
		return replyButtonsMessage({ ...partsOf(item), buttons: buttons as ReplyButtonInput[] });
	},
	flow: (item) => flowMessage({ ...partsOf(item), ...flowInputOf(item) }),
	freeText: (item) => textMessage(textOf(item)),
	list: (item) => {
		const { header, footer } = item.options;
		const buttonText = item.parameter('buttonText');
		return listMessage({ body: textOf(item), buttonText, header, footer, ...rowsOf(item) });
	},
	location: (item) => locationRequestMessage(textOf(item)),
};

function textOf(item: Item): unknown {
	return item.parameter('message', '');
}

function partsOf(item: Item): PartsInput {
	const { header: text, footer } = item.options;
	return { header: { type: 'text', text }, body: textOf(item), footer };
}

function approvalButtonsOf(item: Item): ReplyButtonInput[] {
	const values = item.parameter('approvalOptions.values', {}) as IDataObject;
	const { approvalType = 'double', approveLabel, disapproveLabel } = values;
	return [
		{ id: APPROVE, title: approveLabel || 'Approve' },
		...(approvalType === 'single' ? [] : [{ id: DECLINE, title: disapproveLabel || 'Decline' }]),
	];
}

/** What the messages call 'Body' or 'Text' is 'Message' here, as in n8n's own nodes. */
function inOurWords(error: unknown): unknown {
	if (!(error instanceof InputError) || !['Body', 'Text'].includes(error.field)) return error;
	if (error instanceof EmptyInput) return new EmptyInput('Message', error.hint, error.where);
	const message = error.message.replace(`'${error.field}'`, "'Message'");
	return new InputError('Message', message, error.hint);
}
