import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import {
	decide,
	type ContactState,
	type Decision,
	type Policy,
} from '../../../core/conversation/decide';
import { explain, whyNotOpen } from '../../../core/conversation/explain';
import { NO_FACTS } from '../../../core/conversation/facts';
import {
	settle,
	type FallbackTemplate,
	type WhenWindowClosed,
} from '../../../core/conversation/settle';
import type { ConvertedHsm } from '../../../core/haptik/hsm';
import { InputError } from '../../../core/inputError';
import { requestBody } from '../../../core/messages/envelope';
import type { Recipient } from '../../../core/messages/recipient';
import { addresseeOf } from '../../addressee';
import { beforeUpload, uploadFiles, type Uploaded } from '../../binaryFile';
import { DecisionError, decisionView, explanationContext } from '../../decisionView';
import { contactView, deliver, deliverParts, type Envelope } from '../../deliver';
import {
	cleanUpOption,
	confirmsOptOutOption,
	dryRunOption,
	identityKeyHashOption,
	messagesPerSecondOption,
	replyToOption,
	sortedOptions,
	templateCategoryOption,
	templateConsentOptions,
	trackingDataOption,
	windowOptions,
} from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { fallbackTemplateNames, fallbackTemplateProperties } from '../../descriptions/template';
import { contactStateOf, heedingRefusal } from '../../freeForm';
import { prepareHsm } from '../../haptikTemplate';
import { envelopeOptions, optionsOf, policyOf, senderOf } from '../../parameters';
import { sendPermitted } from '../../sendPermitted';
import type { Session } from '../../session';
import {
	categoryOf,
	completeTemplate,
	decideTemplate,
	prepareTemplate,
	previewPrepared,
	recipientFor,
	type PreparedTemplate,
} from '../../templateMessage';
import type { Result } from '../operation';

import { contentOptions, contentProperties, prepareMessage, type PreparedMessage } from './content';

/** Index of the output 'Window Closed'. */
const WINDOW_CLOSED_OUTPUT = 1;

const properties: INodeProperties[] = [
	recipientProperty,
	...contentProperties,
	{
		displayName: 'When the Window Is Closed',
		name: 'whenWindowClosed',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Send a Template Instead',
				value: 'template',
				description: 'Sends an approved template, which may go out at any time',
			},
			{
				name: 'Send Anyway',
				value: 'sendAnyway',
				description: 'Sends the message although WhatsApp will most likely refuse it later',
			},
			{
				name: 'Stop With an Error',
				value: 'stop',
				description: 'Sends nothing and says why',
			},
			{
				name: "Use the 'Window Closed' Output",
				value: 'output',
				description: 'Sends nothing and passes the item to a second output',
				// An agent's tool has one output.
				displayOptions: { hide: { '@tool': [true] } },
			},
		],
		default: 'stop',
		description:
			'What to do when the contact has not written in the last 24 hours, so that WhatsApp takes only an approved template',
	},
	...updateDisplayOptions({ show: { whenWindowClosed: ['template'] } }, fallbackTemplateProperties),
	{
		displayName: 'When the Window Is Unknown',
		name: 'whenWindowUnknown',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Treat as Closed',
				value: 'treatAsClosed',
				description: 'Does what was chosen for a closed window',
			},
			{
				name: 'Try the Free-Form Message',
				value: 'try',
				description: 'Sends the message; WhatsApp may still refuse it later',
			},
		],
		default: 'treatAsClosed',
		description:
			'What to do when no message of this contact is on record and the number has not been watched for a whole day',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedOptions([
			...windowOptions,
			...templateConsentOptions,
			...contentOptions,
			cleanUpOption,
			confirmsOptOutOption,
			dryRunOption,
			messagesPerSecondOption,
			templateCategoryOption,
			identityKeyHashOption,
			replyToOption,
			trackingDataOption,
		]),
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	properties,
);

/** What the parameters say about one item. */
interface Item extends Envelope {
	message: PreparedMessage;
	policy: Policy;
	setting: WhenWindowClosed;
}

interface ReadyFallback extends FallbackTemplate {
	prepared: PreparedTemplate;
	to: Recipient;
}

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const item = await itemOf(context, i, session);
	const { converted } = item.message;
	if (converted?.to === 'template') return await sendHsm(context, i, session, item, converted);
	const result = await sendByWindow(context, i, session, item);
	if (!converted) return result;
	const { from, to, notes } = converted;
	return { ...result, json: { ...result.json, conversion: { from, to, notes } } };
}

/** An HSM is a template, whatever the window (rules R36 and R43). */
async function sendHsm(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
	{ from, to, hsm, notes }: ConvertedHsm,
): Promise<Result> {
	const { prepared, notes: more } = await prepareHsm(context, i, session, hsm);
	const all = [...notes, ...more];
	if (item.options.replyTo)
		all.push("'Reply to Message ID' was left out: a template quotes nothing.");
	const state = await contactStateOf(context, session, item, session.now());
	const envelope = { ...item, options: { ...item.options, replyTo: '' } };
	const json = await sendPermitted(context, i, session, envelope, prepared, state);
	return { json: { ...json, conversion: { from, to, notes: all } } };
}

async function sendByWindow(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<Result> {
	const run = async () => await act(context, i, session, item);
	// Whoever sends anyway does not want anything else instead.
	return item.setting === 'sendAnyway' ? await run() : await heedingRefusal(session, item, run);
}

async function itemOf(context: IExecuteFunctions, i: number, session: Session): Promise<Item> {
	const options = optionsOf(context, i);
	const whenUnknown = context.getNodeParameter('whenWindowUnknown', i) as Policy['whenUnknown'];
	const sender = senderOf(context, i);
	const item: Item = {
		sender,
		recipient: await addresseeOf(context, i, session, sender),
		message: await prepareMessage(context, i, options),
		options,
		policy: policyOf(options, whenUnknown),
		setting: context.getNodeParameter('whenWindowClosed', i) as WhenWindowClosed,
	};
	// Whatever is wrong should be known before anything is uploaded.
	const api = await session.api();
	for (const body of bodiesOf(item, beforeUpload(item.message.uploads))) api.requestFor(body);
	return item;
}

/** The requests that send the message, in order. Only the first one quotes. */
function bodiesOf({ recipient, message, options }: Item, uploaded: Uploaded): IDataObject[] {
	return message.build(uploaded).map((part, index) =>
		requestBody(recipient, part, {
			...envelopeOptions(options),
			replyTo: index === 0 ? options.replyTo : '',
		}),
	);
}

/** Decides, and does what the decision and the settings ask for. */
async function act(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<Result> {
	const { sender, recipient, options, policy, setting } = item;
	const now = session.now();
	const state = await contactStateOf(context, session, item, now);
	const confirmsOptOut = options.confirmsOptOut === true;
	const decision = decide({ kind: 'freeForm', confirmsOptOut }, state, policy, now);
	const about = explanationContext(context, { ...state, now, sender });
	const closed = whyNotOpen(decision, about);
	const fallback =
		decision.outcome === 'templateNeeded' && setting === 'template'
			? await fallbackOf(context, i, session, item, state, closed)
			: undefined;

	const settled = settle(decision, explain(decision, about), setting, closed, fallback);
	const view = (allowed: boolean) => decisionView(decision, settled, allowed);
	switch (settled.action) {
		case 'stop':
			throw new DecisionError(settled, view(false));
		case 'output':
			return {
				output: WINDOW_CLOSED_OUTPUT,
				json: {
					messageId: null,
					...contactView(recipient),
					sentAs: null,
					decision: view(false),
				},
			};
		case 'sendFreeForm': {
			const accepted = await sendFreeForm(context, i, session, item);
			if (decision.reason === 'optOutConfirmation') await noteConfirmation(session, item, decision);
			return { json: { ...accepted, sentAs: 'freeForm', decision: view(true) } };
		}
		case 'sendTemplate': {
			const { prepared, to } = fallback as ReadyFallback;
			const template = await completeTemplate(context, i, session, sender.id, prepared);
			const body = requestBody(to, template, envelopeOptions(options));
			const templateCategory = prepared.definition.category;
			const accepted = await deliver(session, { ...item, recipient: to, templateCategory }, body);
			const preview = { ...previewPrepared(prepared) };
			return { json: { ...accepted, sentAs: 'template', decision: view(true), preview } };
		}
	}
}

/** An opt-out is confirmed once (rule T4); the same record says when. */
async function noteConfirmation(
	session: Session,
	{ sender, recipient, options }: Item,
	{ consent }: Decision,
): Promise<void> {
	if (options.dryRun === true || !consent.record) return;
	const record = { ...consent.record, confirmedAt: session.now() };
	await session.conversations.learn(sender.id, recipient, { ...NO_FACTS, consent: [record] });
}

async function sendFreeForm(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<IDataObject> {
	const { sender, message, options } = item;
	const uploaded = await uploadFiles(context, i, session, sender.id, message.uploads, 'message');
	const bodies = bodiesOf(item, uploaded);
	const { first, messageIds } = await deliverParts(session, item, bodies);
	return options.splitLongText === true ? { ...first, messageIds } : first;
}

/**
 * The template that goes out instead, with what the rules say about it.
 *
 * @throws InputError when it cannot be sent: then nothing is sent at all (rule T13)
 */
async function fallbackOf(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	{ sender, recipient, policy, options }: Item,
	state: ContactState,
	closed: string,
): Promise<ReadyFallback> {
	try {
		const prepared = await prepareTemplate(context, i, session, fallbackTemplateNames);
		const { definition } = prepared;
		const known = session.conversations.replica(sender.id).identify(recipient);
		const to = recipientFor(definition, recipient, known.phone);
		const now = session.now();
		const decision = decideTemplate(prepared, state, policy, options, now);
		const template = { name: definition.name, category: categoryOf(definition, options) };
		const about = explanationContext(context, { ...state, now, sender, template });
		const text = explain(decision, about);
		return { name: definition.name, decision, text, prepared, to };
	} catch (error) {
		throw withoutTemplate(error, closed);
	}
}

/** Says first why a template was needed at all. */
function withoutTemplate(error: unknown, closed: string): unknown {
	if (!(error instanceof InputError)) return error;
	return new InputError(
		error.field,
		`${closed}, and the template was not sent either: ${error.message}`,
		error.hint,
	);
}
