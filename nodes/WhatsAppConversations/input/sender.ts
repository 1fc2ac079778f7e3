import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { textOf } from '../../core/input/text';
import { EmptyInput, InputError } from '../../core/inputError';
import { businessNumberText } from '../../shared/businessNumber';
import type { Item } from '../run/item';

/** The business number that sends, and how people know it. */
export interface Sender {
	id: string;
	/** For texts: the phone number where the editor has stored it, else the ID. */
	label: string;
}

/** The parameter 'Business Number'. @throws InputError for what is no phone number ID */
export function senderOf(item: Item): Sender {
	const chosen = item.chosen('businessNumber');
	const id = businessNumberText(item, textOf('Business Number', chosen));
	const hint =
		'Choose the number from the list, or give its phone number ID, which has digits only.';
	if (id === '') throw new EmptyInput('Business Number', hint);
	if (!/^\d+$/.test(id)) {
		throw new InputError(
			'Business Number',
			`'Business Number' is '${id}', which is not a phone number ID.`,
			hint,
		);
	}
	const locator = item.parameter('businessNumber') as INodeParameterResourceLocator;
	return { id, label: locator.cachedResultName ?? id };
}
