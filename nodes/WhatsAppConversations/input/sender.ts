import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { textOf } from '../../core/input/text';
import { EmptyInput, InputError } from '../../core/inputError';
import { businessNumberText } from '../../shared/businessNumber';
import { CHOOSE_NUMBER, NUMBER_FIELD } from '../../shared/onlyNumber';
import type { Item } from '../run/item';

import { isExpression } from './emptyExpression';

/** The business number that sends, and how people know it. */
export interface Sender {
	id: string;
	/** For texts: the phone number where the editor has stored it, else the ID. */
	label: string;
}

/**
 * The parameter 'Business Number'. Where it was left empty: the number that the item names, the one
 * that was written to, or else the only one of the account.
 *
 * @throws InputError for what is no phone number ID, and as {@link Session.onlyNumber}
 */
export async function senderOf(item: Item): Promise<Sender> {
	const id = businessNumberText(item, textOf(NUMBER_FIELD, item.chosen('businessNumber')));
	if (id === '') return await senderNotChosen(item);
	if (!/^\d+$/.test(id)) {
		throw new InputError(
			NUMBER_FIELD,
			`'${NUMBER_FIELD}' is '${id}', which is not a phone number ID.`,
			CHOOSE_NUMBER,
		);
	}
	const { cachedResultName } = item.parameter('businessNumber') as INodeParameterResourceLocator;
	return { id, label: cachedResultName ?? id };
}

async function senderNotChosen(item: Item): Promise<Sender> {
	// Somebody meant a number, although the expression for it gave none.
	if (isExpression(item.getNode(), 'businessNumber.value')) {
		throw new EmptyInput(NUMBER_FIELD, CHOOSE_NUMBER);
	}
	const { conversations, onlyNumber } = item.session;
	for (const id of [item.json.businessNumberId, conversations.numberWrittenTo]) {
		if (typeof id === 'string' && /^\d+$/.test(id)) return { id, label: id };
	}
	const { id, displayPhoneNumber } = await onlyNumber();
	return { id, label: displayPhoneNumber || id };
}
