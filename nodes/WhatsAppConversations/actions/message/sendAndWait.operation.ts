import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { waitingItem } from '../../../core/ask/waitingItem';
import { InputError } from '../../../core/inputError';
import { askByTemplate, askFreely } from '../../ask/ask';
import { askWindowProperties } from '../../ask/askWindow';
import { awaitOtherAnswers, otherAnswersProperty } from '../../ask/otherAnswers';
import { questionOptions, questionProperties, responseTypeOf } from '../../ask/questionForm';
import { limitWaitTimeOption, waitTill } from '../../ask/waitLimit';
import { wayBackOf } from '../../ask/wayBack';
import {
	cleanUpOption,
	sortedOptions,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { chosenTemplateProperties } from '../../descriptions/template';
import type { Item } from '../../run/item';
import type { Session } from '../../run/session';
import { envelopeOf } from '../../send/envelope';
import { outcomeView } from '../../views/outcomeView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	recipientProperty,
	...questionProperties,
	...updateDisplayOptions({ show: { responseType: ['template'] } }, chosenTemplateProperties),
	otherAnswersProperty,
	...updateDisplayOptions({ hide: { responseType: ['template'] } }, askWindowProperties),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedOptions([
			...windowOptions,
			...templateConsentOptions,
			...questionOptions,
			cleanUpOption,
			limitWaitTimeOption,
			templateCategoryOption,
			trackingDataOption,
		]),
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
	const { session } = item;
	refuseMany(session);
	const type = responseTypeOf(item);
	const until = waitTill(item);
	const envelope = await envelopeOf(item);
	const waiting = await wayBackOf(item, envelope);
	const askedAt = session.now();
	const { sent, choices } =
		type === 'template'
			? await askByTemplate(item, envelope, waiting)
			: await askFreely(item, envelope, type, waiting);
	const messageId = String(sent.messageId);
	await awaitOtherAnswers(item, envelope, { type, waiting, messageId, askedAt, until });
	const shown = outcomeView(item.getNode(), sent);
	const json = waitingItem(shown, { id: waiting.binding, type, choices }, askedAt);
	await item.wait(json, until);
	return { json };
}

/** n8n keeps one place to wait for each run. */
function refuseMany({ itemCount }: Session): void {
	if (itemCount === 1) return;
	throw new InputError(
		'Operation',
		`'Send and Wait for Response' got ${itemCount} items, and a run can wait for one answer alone.`,
		"Put the question into a workflow of its own, and call it with 'Execute Sub-workflow' in the mode 'Run once for each item', without waiting for it to end.",
	);
}
