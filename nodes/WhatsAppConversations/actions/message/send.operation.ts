import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { decide, type ContactState, type Policy } from '../../../core/conversation/decide';
import { explain, whyNotOpen } from '../../../core/conversation/explain';
import { joinFacts, NO_FACTS, type ContactFacts } from '../../../core/conversation/facts';
import { factsOfRefusal } from '../../../core/conversation/refusal';
import {
	settle,
	type FallbackTemplate,
	type WhenWindowClosed,
} from '../../../core/conversation/settle';
import { InputError } from '../../../core/inputError';
import { requestBody } from '../../../core/messages/envelope';
import { parseRecipient, type Recipient } from '../../../core/messages/recipient';
import { ProviderRefusal } from '../../../core/transport/providerRefusal';
import { uploadFile } from '../../binaryFile';
import { DecisionError, decisionView, explanationContext } from '../../decisionView';
import { contactView, deliver } from '../../deliver';
import { templateConsentOptions, trackingDataOption } from '../../descriptions/options';
import { recipientProperty } from '../../descriptions/recipient';
import { fallbackTemplateNames, fallbackTemplateProperties } from '../../descriptions/template';
import { lastMessageAtOf, optionsOf, policyOf, senderOf, type Sender } from '../../parameters';
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

import { contentProperties, prepareMessage, type PreparedMessage } from './content';

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
		options: [
			{
				displayName: 'Block Replies After Opt-Out',
				name: 'blockRepliesAfterOptOut',
				type: 'boolean',
				default: false,
				description:
					'Whether to hold back answers to a contact who has opted out, although the window is open',
			},
			templateConsentOptions[0],
			templateConsentOptions[1],
			{
				displayName: "Contact's Last Message At",
				name: 'contactLastMessageAt',
				type: 'dateTime',
				default: '',
				description:
					'When the contact last wrote or called, from your own data. The later of this and what is on record counts.',
			},
			{
				displayName: 'Footer',
				name: 'footer',
				type: 'string',
				default: '',
				description: 'A small text below the body, up to 60 characters',
				displayOptions: { show: { '/messageType': ['buttons'] } },
			},
			{
				displayName: 'Header',
				name: 'header',
				type: 'string',
				default: '',
				description: 'A bold text above the body, up to 60 characters',
				displayOptions: { show: { '/messageType': ['buttons'] } },
			},
			{
				displayName: 'Reply to Message ID',
				name: 'replyTo',
				type: 'string',
				default: '',
				placeholder: 'e.g. wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQz…',
				description: 'The message that is quoted above this one',
			},
			{
				displayName: 'Safety Margin',
				name: 'safetyMargin',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 86_399 },
				default: 60,
				description: 'How many seconds before its end the window counts as closed',
			},
			{
				displayName: 'Show Link Preview',
				name: 'previewUrl',
				type: 'boolean',
				default: true,
				description: 'Whether WhatsApp shows a preview of the first link in the text',
				displayOptions: { show: { '/messageType': ['text'] } },
			},
			trackingDataOption,
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['message'], operation: ['send'] } },
	properties,
);

/** What the parameters say about one item. */
interface Item {
	sender: Sender;
	recipient: Recipient;
	message: PreparedMessage;
	options: IDataObject;
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
	const item = await itemOf(context, i);
	return await act(context, i, session, item).catch(async (error: unknown) => {
		if (!isWindowRefusal(error) || item.setting === 'sendAnyway')
			return await Promise.reject(error);
		// WhatsApp knows better than our records: the window is closed from now on.
		const now = session.now();
		const facts = factsOfRefusal('windowClosed', now, now) as ContactFacts;
		session.learn(item.sender.id, item.recipient, facts);
		return await act(context, i, session, item);
	});
}

async function itemOf(context: IExecuteFunctions, i: number): Promise<Item> {
	const options = optionsOf(context, i);
	const whenUnknown = context.getNodeParameter('whenWindowUnknown', i) as Policy['whenUnknown'];
	return {
		sender: senderOf(context, i),
		recipient: parseRecipient(context.getNodeParameter('to', i)),
		message: await prepareMessage(context, i, options),
		options,
		policy: policyOf(options, whenUnknown),
		setting: context.getNodeParameter('whenWindowClosed', i) as WhenWindowClosed,
	};
}

/** Decides, and does what the decision and the settings ask for. */
async function act(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<Result> {
	const { sender, policy, setting } = item;
	const now = session.now();
	const state = stateOf(context, session, item, now);
	const decision = decide({ kind: 'freeForm' }, state, policy, now);
	const about = explanationContext(context, { facts: state.facts, now, sender });
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
					...contactView(item.recipient),
					sentAs: null,
					decision: view(false),
				},
			};
		case 'sendFreeForm': {
			const accepted = await sendFreeForm(context, i, session, item);
			return { json: { ...accepted, sentAs: 'freeForm', decision: view(true) } };
		}
		case 'sendTemplate': {
			const { prepared, to } = fallback as ReadyFallback;
			const template = await completeTemplate(context, i, session, sender.id, prepared);
			const { trackingData } = item.options;
			const body = requestBody(to, template, { trackingData });
			const accepted = await deliver(session, { ...item, recipient: to }, body);
			const preview = { ...previewPrepared(prepared) };
			return { json: { ...accepted, sentAs: 'template', decision: view(true), preview } };
		}
	}
}

/** What is known of the contact, with what the user's own data add. */
function stateOf(
	context: IExecuteFunctions,
	session: Session,
	{ sender, recipient, options }: Item,
	now: number,
): ContactState {
	const { facts, watchedSince } = session.contactState(sender.id, recipient);
	const lastInboundAt = lastMessageAtOf(context, options, now);
	return { facts: joinFacts(facts, { ...NO_FACTS, lastInboundAt }), watchedSince };
}

async function sendFreeForm(
	context: IExecuteFunctions,
	i: number,
	session: Session,
	item: Item,
): Promise<IDataObject> {
	const { sender, recipient, message, options } = item;
	const mediaId = message.upload
		? await uploadFile(context, i, session, sender.id, message.upload)
		: '';
	const { replyTo, trackingData } = options;
	const body = requestBody(recipient, message.build(mediaId), { replyTo, trackingData });
	return await deliver(session, item, body);
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
		const known = session.replica(sender.id).identify(recipient);
		const to = recipientFor(definition, recipient, known.phone);
		const now = session.now();
		const decision = decideTemplate(prepared, state, policy, options, now);
		const template = { name: definition.name, category: categoryOf(definition, options) };
		const about = explanationContext(context, { facts: state.facts, now, sender, template });
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

function isWindowRefusal(error: unknown): boolean {
	return error instanceof ProviderRefusal && error.refusal.kind === 'windowClosed';
}
