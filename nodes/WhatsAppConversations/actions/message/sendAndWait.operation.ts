import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { MOST_SECONDS, type AnswerKind } from '../../../core/ask/openQuestions';
import {
	choicesOf,
	payloadsWithWayBack,
	quickRepliesOf,
	templateChoices,
	withWayBack,
	type Choice,
	type ResponseType,
} from '../../../core/ask/question';
import type { Waiting } from '../../../core/ask/reference';
import { waitingItem } from '../../../core/ask/waitingItem';
import { InputError } from '../../../core/inputError';
import { pointInTime } from '../../../core/pointInTime';
import { hashOf } from '../../../core/state/hash';
import { addresseeOf } from '../../addressee';
import { askWindowProperties } from '../../ask/askWindow';
import {
	otherAnswersProperty,
	questionMessage,
	questionOptions,
	questionProperties,
	responseTypeOf,
} from '../../ask/questionForm';
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
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import { optionsOf, senderOf } from '../../parameters';
import { sendPermitted } from '../../sendPermitted';
import type { Session } from '../../session';
import { prepareTemplate, type PreparedTemplate } from '../../templateMessage';
import type { Result } from '../operation';

import { withoutFiles } from './content/form';
import { itemOf, sendByWindow } from './send.operation';

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

/** What was sent, and which answers it offers. */
interface Asked {
	sent: IDataObject;
	choices: Choice[];
}

/**
 * Asks, and has n8n keep the run until the answer is there. What waits is the input item, so it says
 * from then on what was asked: it is also what goes on when nobody answers in time.
 */
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	refuseMany(context);
	const type = responseTypeOf(context, i);
	const timeZone = context.getTimezone();
	const readTime = (value: unknown) => pointInTime(value, timeZone);
	const until = waitTill(optionsOf(context, i), session.now() * 1000, readTime);
	const sender = senderOf(context, i);
	const recipient = await addresseeOf(context, i, session, sender);
	const waiting = await wayBackOf(context, session, sender, recipient);
	const askedAt = session.now();
	const { sent, choices } =
		type === 'template'
			? await askByTemplate(context, i, session, waiting)
			: await askFreely(context, i, session, { type, waiting });
	const kind = awaitedKind(context, i, type);
	if (kind) {
		await session.conversations.openQuestion(sender.id, recipient, {
			waiting,
			kind,
			messageHash: hashOf(String(sent.messageId)),
			askedAt,
			until: Math.min(until.getTime() / 1000, askedAt + MOST_SECONDS),
		});
	}
	const json = waitingItem(sent, { id: waiting.binding, type, choices }, askedAt);
	context.getInputData()[i].json = json;
	await context.putExecutionToWait(until);
	return { json };
}

/** What answers without a way back of its own; undefined where a tap alone does. */
function awaitedKind(
	context: IExecuteFunctions,
	i: number,
	type: ResponseType,
): AnswerKind | undefined {
	const own = KINDS[type];
	if (own) return own;
	return context.getNodeParameter('otherAnswers', i, '') === 'accept' ? 'any' : undefined;
}

const KINDS: Partial<Record<ResponseType, AnswerKind>> = {
	address: 'form',
	flow: 'form',
	freeText: 'any',
	location: 'location',
};

/** n8n keeps one place to wait for each run. */
function refuseMany(context: IExecuteFunctions): void {
	const { length } = context.getInputData();
	if (length === 1) return;
	throw new InputError(
		'Operation',
		`'Send and Wait for Response' got ${length} items, and a run can wait for one answer alone.`,
		"Put the question into a workflow of its own, and call it with 'Execute Sub-workflow' in the mode 'Run once for each item', without waiting for it to end.",
	);
}

async function askByTemplate(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	waiting: Waiting,
): Promise<Asked> {
	const sender = senderOf(context, i);
	const recipient = await addresseeOf(context, i, session, sender);
	const chosen = await prepareTemplate(context, i, session, chosenTemplateNames);
	const { prepared, choices } = withAnswers(chosen, [], waiting, 'Template');
	const envelope = { sender, recipient, options: optionsOf(context, i) };
	return { sent: await sendPermitted(context, i, session, envelope, prepared), choices };
}

async function askFreely(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	{ type, waiting }: { type: Exclude<ResponseType, 'template'>; waiting: Waiting },
): Promise<Asked> {
	const options = optionsOf(context, i);
	const message = questionMessage(context, i, type, options);
	const offered = choicesOf(message);
	let choices = offered;
	const prepare = async () => await Promise.resolve(withoutFiles(withWayBack(message, waiting)));
	const item = await itemOf(context, i, session, prepare);
	item.adapt = (prepared) => {
		if (offered.length === 0) return prepared;
		const adapted = withAnswers(prepared, offered, waiting, 'Template Instead');
		({ choices } = adapted);
		return adapted.prepared;
	};
	const { json } = await sendByWindow(context, i, session, item);
	return { sent: json, choices: json.sentAs === 'template' ? choices : offered };
}

/**
 * A template whose quick replies are the answers.
 *
 * @param instead the answers of the message that it stands for
 * @throws InputError when it has none
 */
function withAnswers(
	prepared: PreparedTemplate,
	instead: readonly Choice[],
	waiting: Waiting,
	field: string,
): { prepared: PreparedTemplate; choices: Choice[] } {
	const { definition, values } = prepared;
	if (quickRepliesOf(definition).length === 0) {
		throw new InputError(
			field,
			`'${field}' is '${definition.name}', which has no quick replies, so nobody could answer by a tap.`,
			'Choose a template with a quick reply for each answer.',
		);
	}
	const choices = templateChoices(definition, values, instead);
	const payloads = payloadsWithWayBack(definition, choices, waiting);
	return { prepared: { ...prepared, values: { ...values, ...payloads } }, choices };
}
