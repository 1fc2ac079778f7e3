import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { RESPONSE_TYPES_WITH_CHOICES } from '../../../core/ask/question';
import { goOnAsking } from '../../ask/askAgain';
import { askFirst } from '../../ask/askFirst';
import { askOptions } from '../../ask/askOptions';
import { askWindowProperties } from '../../ask/askWindow';
import { askAgainProperties } from '../../ask/inLoop';
import { ownAsking, refuseMany } from '../../ask/oneRun';
import { otherAnswersProperty } from '../../ask/otherAnswers';
import { questionProperties } from '../../ask/questionForm';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateProperties } from '../../descriptions/template';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	recipientProperty,
	...questionProperties,
	...updateDisplayOptions({ show: { responseType: ['template'] } }, chosenTemplateProperties),
	otherAnswersProperty,
	...updateDisplayOptions(
		{ show: { responseType: [...RESPONSE_TYPES_WITH_CHOICES], otherAnswers: ['askAgain'] } },
		askAgainProperties,
	),
	...updateDisplayOptions({ hide: { responseType: ['template'] } }, askWindowProperties),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: askOptions,
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['sendAndWait'] } },
	properties,
);

/**
 * Asks, and has n8n keep the run until the answer is there. What waits is the input item, so it says
 * from then on what was asked: it is also what goes on when nobody answers in time.
 */
export async function execute(item: Item): Promise<Result> {
	refuseMany(item.session, 'Send and Wait for Response');
	const asked = ownAsking(item);
	return asked ? await goOnAsking(item, asked) : await askFirst(item);
}
