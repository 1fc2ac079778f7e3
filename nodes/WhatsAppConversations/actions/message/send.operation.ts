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
import { explain, whyNotOpen, type ExplanationContext } from '../../../core/conversation/explain';
import { NO_FACTS } from '../../../core/conversation/facts';
import {
	settle,
	type FallbackTemplate,
	type Settlement,
	type WhenWindowClosed,
} from '../../../core/conversation/settle';
import type { ConvertedHsm } from '../../../core/haptik/hsm';
import { InputError } from '../../../core/inputError';
import { requestBody } from '../../../core/messages/envelope';
import type { TemplateMessage } from '../../../core/messages/types';
import { addresseeOf } from '../../addressee';
import { beforeUpload, uploadFiles, type Uploaded } from '../../binaryFile';
import { claimConfirmation } from '../../confirmation';
import type { Reading } from '../../conversations';
import { DecisionError, decisionView, explanationContext } from '../../decisionView';
import {
	contactView,
	deliver,
	deliverParts,
	PartlySent,
	type Envelope,
	type Permit,
} from '../../deliver';
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
	isWaitedFor,
	prepareTemplate,
	previewPrepared,
	recipientFor,
	type PreparedTemplate,
} from '../../templateMessage';
import type { Result } from '../operation';

import { contentOptions, contentProperties, prepareMessage, type PreparedMessage } from './content';

/** Index of the output 'Window Closed'. */
const WINDOW_CLOSED_OUTPUT = 1;

/** What to do with a message that the window does not permit. */
export const windowProperties: INodeProperties[] = [
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
];

const properties: INodeProperties[] = [
	recipientProperty,
	...contentProperties,
	...windowProperties,
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
export interface Item extends Envelope {
	message: PreparedMessage;
	policy: Policy;
	setting: WhenWindowClosed;
	reading: Reading;
	/** The files of the message, once they are uploaded. */
	uploaded?: Uploaded;
	/** The template that goes out instead, once it was needed. */
	prepared?: PreparedTemplate;
	/** What is done to that template before it is used. */
	adapt?: (prepared: PreparedTemplate) => PreparedTemplate;
	/** That template with its files, once they are uploaded. */
	completed?: TemplateMessage;
}

/** What was decided about the free-form message of an item, and what the texts need for it. */
interface Judgement {
	decision: Decision;
	state: ContactState;
	about: ExplanationContext;
	/** Why the window does not permit the message. */
	closed: string;
}

interface ReadyFallback extends FallbackTemplate {
	prepared: PreparedTemplate;
}

/** By the time the message was to go out, something else had to be done than was decided before. */
class Overtaken extends DecisionError {}

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
	const envelope = { ...item, options: { ...item.options, replyTo: '' } };
	const json = await sendPermitted(context, i, session, envelope, prepared);
	return { json: { ...json, conversion: { from, to, notes: all } } };
}

/** Sends the message of an item, or does what was chosen for a window that is not open. */
export async function sendByWindow(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<Result> {
	const run = async () => {
		for (;;) {
			try {
				return await act(context, i, session, item);
			} catch (error) {
				if (!(error instanceof Overtaken)) return await Promise.reject(error);
			}
		}
	};
	// Whoever sends anyway does not want anything else instead.
	return item.setting === 'sendAnyway' ? await run() : await heedingRefusal(run);
}

/** @param prepare the message of the item */
export async function itemOf(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	prepare: typeof prepareMessage = prepareMessage,
): Promise<Item> {
	const options = optionsOf(context, i);
	const whenUnknown = context.getNodeParameter('whenWindowUnknown', i) as Policy['whenUnknown'];
	const sender = senderOf(context, i);
	const item: Item = {
		sender,
		recipient: await addresseeOf(context, i, session, sender),
		message: await prepare(context, i, options),
		options,
		policy: policyOf(options, whenUnknown),
		setting: context.getNodeParameter('whenWindowClosed', i) as WhenWindowClosed,
		reading: {},
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
	const judgement = await judge(context, session, item);
	const { decision } = judgement;
	const fallback =
		decision.outcome === 'templateNeeded' && item.setting === 'template'
			? await fallbackOf(context, i, session, item, judgement)
			: undefined;

	const settled = settlementOf(item, judgement, fallback);
	switch (settled.action) {
		case 'stop':
			throw new DecisionError(settled, decisionView(decision, settled, false));
		case 'output':
			return {
				output: WINDOW_CLOSED_OUTPUT,
				json: {
					messageId: null,
					...contactView(item.recipient),
					sentAs: null,
					decision: decisionView(decision, settled, false),
				},
			};
		case 'sendFreeForm':
			return { json: await sendFreeForm(context, i, session, item, judgement) };
		case 'sendTemplate':
			return { json: await sendFallback(context, i, session, item, fallback as ReadyFallback) };
	}
}

/** Decides about the free-form message by what is known now. */
async function judge(context: IExecuteFunctions, session: Session, item: Item): Promise<Judgement> {
	const { sender, options, policy } = item;
	const state = await contactStateOf(context, session, item, item.reading);
	const now = session.now();
	const confirmsOptOut = options.confirmsOptOut === true;
	const decision = decide({ kind: 'freeForm', confirmsOptOut }, state, policy, now);
	const about = explanationContext(context, { ...state, now, sender });
	return { decision, state, about, closed: whyNotOpen(decision, about) };
}

function settlementOf(
	{ setting }: Item,
	{ decision, about, closed }: Judgement,
	fallback?: FallbackTemplate,
): Settlement {
	return settle(decision, explain(decision, about), setting, closed, fallback);
}

function overtakenBy({ decision, about }: Judgement): Overtaken {
	const text = { reason: decision.reason, ...explain(decision, about) };
	return new Overtaken(text, decisionView(decision, text, false));
}

/**
 * Sends the free-form message, unless it may not go out any more when its time has come.
 *
 * @throws Overtaken, PartlySent, ProviderRefusal
 */
async function sendFreeForm(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
	judgement: Judgement,
): Promise<IDataObject> {
	const { sender, recipient, message, options } = item;
	item.uploaded ??= await uploadFiles(context, i, session, sender.id, message.uploads, 'message');
	const bodies = bodiesOf(item, item.uploaded);

	let holds = judgement;
	/** Of the opt-out that this message confirms. */
	let confirms: Decision | undefined;
	let endClaim: (() => void) | undefined;
	const permit: Permit = {
		isReply: judgement.decision.window.state === 'open',
		renew: async () => {
			holds = await judge(context, session, item);
			if (holds.decision.reason === 'optOutConfirmation' && !endClaim) {
				const contact = session.conversations.keyOf(sender.id, recipient);
				endClaim = await claimConfirmation(`${sender.id} ${contact}`);
				holds = await judge(context, session, item);
			}
			if (!goesFreeForm(holds.decision, item)) throw overtakenBy(holds);
			if (holds.decision.reason === 'optOutConfirmation') confirms = holds.decision;
		},
	};
	const note = async () => {
		if (confirms) await noteConfirmation(session, item, confirms);
	};
	try {
		const { first, messageIds } = await deliverParts(session, item, bodies, permit);
		await note();
		return {
			...first,
			...(options.splitLongText === true && { messageIds }),
			sentAs: 'freeForm',
			decision: decisionView(holds.decision, settlementOf(item, holds), true),
		};
	} catch (error) {
		if (error instanceof PartlySent) await note();
		return await Promise.reject(error);
	} finally {
		endClaim?.();
	}
}

function goesFreeForm({ outcome }: Decision, { setting }: Item): boolean {
	return outcome === 'allowed' || (outcome === 'templateNeeded' && setting === 'sendAnyway');
}

/** An opt-out is confirmed once (rule T4); the same record says when. */
async function noteConfirmation(
	session: Session,
	{ sender, recipient }: Item,
	{ consent }: Decision,
): Promise<void> {
	if (!consent.record) return;
	const record = { ...consent.record, confirmedAt: session.now() };
	await session.conversations.learn(sender.id, recipient, { ...NO_FACTS, consent: [record] });
}

/**
 * Sends the template instead of the free-form message, unless that may go out again or the template
 * may not any more when its time has come.
 *
 * @throws Overtaken, ProviderRefusal
 */
async function sendFallback(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
	{ prepared }: ReadyFallback,
): Promise<IDataObject> {
	const { sender, recipient, options } = item;
	const { definition } = prepared;
	const known = session.conversations.replica(sender.id).identify(recipient);
	const to = recipientFor(definition, recipient, known.phone);
	item.completed ??= await completeTemplate(context, i, session, sender.id, prepared);
	const body = requestBody(to, item.completed, envelopeOptions(options));

	let view: IDataObject = {};
	const permit: Permit = {
		isReply: isWaitedFor(definition),
		renew: async () => {
			const judgement = await judge(context, session, item);
			if (judgement.decision.outcome !== 'templateNeeded') throw overtakenBy(judgement);
			const fallback = await fallbackOf(context, i, session, item, judgement);
			const settled = settlementOf(item, judgement, fallback);
			if (settled.action !== 'sendTemplate') throw overtakenBy(judgement);
			view = decisionView(judgement.decision, settled, true);
		},
	};
	if (options.dryRun === true) await permit.renew();
	const envelope = { sender, recipient: to, options, templateCategory: definition.category };
	const accepted = await deliver(session, envelope, body, permit);
	const preview = { ...previewPrepared(prepared) };
	return { ...accepted, sentAs: 'template', decision: view, preview };
}

/**
 * The template that goes out instead, with what the rules say about it now.
 *
 * @throws InputError when it cannot be sent: then nothing is sent at all (rule T13)
 */
async function fallbackOf(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
	{ state, closed }: Judgement,
): Promise<ReadyFallback> {
	const { sender, recipient, policy, options } = item;
	try {
		item.prepared ??= adapted(
			item,
			await prepareTemplate(context, i, session, fallbackTemplateNames),
		);
		const { prepared } = item;
		const { definition } = prepared;
		// Whether it can go to the contact at all.
		const known = session.conversations.replica(sender.id).identify(recipient);
		recipientFor(definition, recipient, known.phone);
		const now = session.now();
		const decision = decideTemplate(prepared, state, policy, options, now);
		const template = { name: definition.name, category: categoryOf(definition, options) };
		const about = explanationContext(context, { ...state, now, sender, template });
		return { name: definition.name, decision, text: explain(decision, about), prepared };
	} catch (error) {
		throw withoutTemplate(error, closed);
	}
}

function adapted({ adapt }: Item, prepared: PreparedTemplate): PreparedTemplate {
	return adapt ? adapt(prepared) : prepared;
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
