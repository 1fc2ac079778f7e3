import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { askingIn } from '../../../core/ask/asking';
import { RESPONSE_TYPES_WITH_CHOICES } from '../../../core/ask/question';
import { waitingItem } from '../../../core/ask/waitingItem';
import { InputError } from '../../../core/inputError';
import { askByTemplate, askFreely } from '../../ask/ask';
import { beginAsking, goOnAsking, waitInLoop } from '../../ask/askAgain';
import { askWindowProperties } from '../../ask/askWindow';
import { askAgainProperties, inLoop, remindAfterOption } from '../../ask/inLoop';
import { awaitOtherAnswers, otherAnswersProperty } from '../../ask/otherAnswers';
import { sayIfUnreached } from '../../ask/preflight';
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
		options: sortedOptions([
			...windowOptions,
			...templateConsentOptions,
			...questionOptions,
			cleanUpOption,
			limitWaitTimeOption,
			remindAfterOption,
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
	const asked = askingIn(item.json);
	const isOurs = asked?.executionId === session.executionId && asked.nodeId === item.getNode().id;
	return asked && isOurs ? await goOnAsking(item, asked) : await askFirst(item);
}

async function askFirst(item: Item): Promise<Result> {
	const { session } = item;
	const type = responseTypeOf(item);
	const until = waitTill(item);
	const how = inLoop(item, type);
	const asking = how && beginAsking(item, how, until);
	const envelope = await envelopeOf(item);
	const waiting = await wayBackOf(item, envelope);
	const reach = sayIfUnreached(item);
	const askedAt = session.now();
	const { sent, choices } =
		type === 'template'
			? await askByTemplate(item, envelope, waiting)
			: await askFreely(item, envelope, type, waiting);
	await reach;
	const messageId = String(sent.messageId);
	await awaitOtherAnswers(item, envelope, { type, waiting, messageId, askedAt, until });
	const json = waitingItem(sent, { id: waiting.binding, type, choices }, askedAt);
	if (asking) {
		const counts = { reminders: 0, ...(asking.asksAgain && { askedAgain: 0 }) };
		return await waitInLoop(item, { ...asking, item: { ...json, ...counts } });
	}
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
