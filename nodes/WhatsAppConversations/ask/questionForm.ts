import {
	updateDisplayOptions,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameterResourceLocator,
	type INodeProperties,
} from 'n8n-workflow';

import type { ResponseType } from '../../core/ask/question';
import { APPROVE, DECLINE } from '../../core/ask/waitingItem';
import { EmptyInput, InputError } from '../../core/inputError';
import { addressRequestMessage } from '../../core/messages/addressRequest';
import { flowMessage, type FlowInput } from '../../core/messages/flow';
import type { PartsInput } from '../../core/messages/interactive';
import { listMessage } from '../../core/messages/list';
import { locationRequestMessage } from '../../core/messages/locationRequest';
import { replyButtonsMessage, type ReplyButtonInput } from '../../core/messages/replyButtons';
import { textMessage } from '../../core/messages/text';
import type { CloudMessage } from '../../core/messages/types';
import { buttonsProperty } from '../actions/message/content/buttons';
import { flow } from '../actions/message/content/flow';
import { list, rowsOf } from '../actions/message/content/list';
import { footerOption, headerOption } from '../actions/message/content/parts';
import { choiceOf } from '../parameters';

const TYPES: Array<{ name: string; value: ResponseType; description: string }> = [
	{
		name: 'Address',
		value: 'address',
		description: 'A form for an address; for businesses and contacts in India only',
	},
	{
		name: 'Approval',
		value: 'approval',
		description: 'One button to approve, and one to decline',
	},
	{ name: 'Buttons', value: 'buttons', description: 'Up to three answers to tap' },
	{ name: 'Flow', value: 'flow', description: 'A form inside WhatsApp' },
	{ name: 'Free Text', value: 'freeText', description: 'Whatever the contact sends next' },
	{ name: 'List', value: 'list', description: 'A button that opens up to ten choices' },
	{ name: 'Location', value: 'location', description: 'A button that sends a location' },
	{
		name: 'Template Buttons',
		value: 'template',
		description: 'An approved template with quick replies, which may go out at any time',
	},
];

/** Options of a Flow; its token is the way back, unless the builder gives another one. */
const FLOW_OPTIONS = ['flowAction', 'flowReference', 'screen', 'screenData', 'draft'];

const withoutBody = (properties: INodeProperties[]) =>
	properties.filter(({ name }) => name !== 'body');

/** n8n's own parameter of its nodes that send and wait, which it also shows for human review of tools. */
const approvalOptions: INodeProperties = {
	displayName: 'Approval Options',
	name: 'approvalOptions',
	type: 'fixedCollection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Type of Approval',
					name: 'approvalType',
					type: 'options',
					default: 'double',
					options: [
						{ name: 'Approve Only', value: 'single' },
						{ name: 'Approve and Disapprove', value: 'double' },
					],
				},
				{
					displayName: 'Approve Button Label',
					name: 'approveLabel',
					type: 'string',
					default: 'Approve',
					description: 'Up to 20 characters',
				},
				{
					displayName: 'Disapprove Button Label',
					name: 'disapproveLabel',
					type: 'string',
					default: 'Decline',
					displayOptions: { show: { approvalType: ['double'] } },
					description: 'Up to 20 characters',
				},
			],
		},
	],
};

/** What is asked, and how the contact answers. */
export const questionProperties: INodeProperties[] = [
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		placeholder: 'e.g. Shall we send your order, cash on delivery?',
		description: 'The question',
		displayOptions: { hide: { responseType: ['template'] } },
	},
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		noDataExpression: true,
		options: TYPES,
		default: 'approval',
		description: 'How the contact answers',
	},
	...updateDisplayOptions({ show: { responseType: ['approval'] } }, [approvalOptions]),
	...updateDisplayOptions({ show: { responseType: ['buttons'] } }, [buttonsProperty]),
	...updateDisplayOptions({ show: { responseType: ['list'] } }, withoutBody(list.properties)),
	...updateDisplayOptions({ show: { responseType: ['flow'] } }, withoutBody(flow.properties)),
];

/** What becomes of an answer that is none of those that were offered. */
export const otherAnswersProperty: INodeProperties = {
	displayName: 'If the Answer Is Not One of the Choices',
	name: 'otherAnswers',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Accept It',
			value: 'accept',
			description: "Whatever the contact sends goes on with the run, without 'answerId'",
		},
		{
			name: 'Start the Workflow as Usual',
			value: 'startWorkflow',
			description: 'The trigger takes it as any message, and the question stays open',
		},
	],
	default: 'startWorkflow',
	displayOptions: { show: { responseType: ['approval', 'buttons', 'list', 'template'] } },
	description: 'What to do with a text or a file in place of a tap',
};

/** What may stand around the question. */
export const questionOptions: INodeProperties[] = [
	...[footerOption, headerOption].map((option) => ({
		...option,
		displayOptions: { hide: { '/responseType': ['freeText', 'location', 'template'] } },
	})),
	...(flow.options ?? [])
		.filter(({ name }) => FLOW_OPTIONS.includes(name))
		.map((option) => ({ ...option, displayOptions: { show: { '/responseType': ['flow'] } } })),
];

/**
 * The message that asks, with the answers' own IDs.
 *
 * @throws InputError when WhatsApp would refuse it
 */
export function questionMessage(
	context: IExecuteFunctions,
	i: number,
	type: Exclude<ResponseType, 'template'>,
	options: IDataObject,
): CloudMessage {
	try {
		return BUILDERS[type](context, i, options);
	} catch (error) {
		throw inOurWords(error);
	}
}

type Build = (context: IExecuteFunctions, i: number, options: IDataObject) => CloudMessage;

const BUILDERS: Record<Exclude<ResponseType, 'template'>, Build> = {
	address: (context, i, options) => addressRequestMessage(partsIn(context, i, options)),
	approval: (context, i, options) =>
		replyButtonsMessage({ ...partsIn(context, i, options), buttons: approvalButtons(context, i) }),
	buttons: (context, i, options) => {
		const buttons = context.getNodeParameter('buttons.button', i, []) as unknown;
		return replyButtonsMessage({
			...partsIn(context, i, options),
			buttons: buttons as ReplyButtonInput[],
		});
	},
	flow: (context, i, options) => {
		const { mode, value } = context.getNodeParameter('flow', i) as INodeParameterResourceLocator;
		return flowMessage({
			...partsIn(context, i, options),
			...(mode === 'flowName' ? { flowName: value } : { flowId: value }),
			buttonText: context.getNodeParameter('buttonText', i),
			token: options.flowReference,
			action: options.flowAction as FlowInput['action'],
			screen: options.screen,
			data: options.screenData,
			draft: options.draft === true,
		});
	},
	freeText: (context, i) => textMessage(textIn(context, i)),
	list: (context, i, { header, footer }) =>
		listMessage({
			body: textIn(context, i),
			buttonText: context.getNodeParameter('buttonText', i),
			header,
			footer,
			...rowsOf(context, i),
		}),
	location: (context, i) => locationRequestMessage(textIn(context, i)),
};

function textIn(context: IExecuteFunctions, i: number): unknown {
	return context.getNodeParameter('message', i, '');
}

function partsIn(
	context: IExecuteFunctions,
	i: number,
	{ header: text, footer }: IDataObject,
): PartsInput {
	return { header: { type: 'text', text }, body: textIn(context, i), footer };
}

function approvalButtons(context: IExecuteFunctions, i: number): ReplyButtonInput[] {
	const values = context.getNodeParameter('approvalOptions.values', i, {}) as IDataObject;
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

/** The parameter 'Response Type'. */
export function responseTypeOf(context: IExecuteFunctions, i: number): ResponseType {
	const values = TYPES.map(({ value }) => value);
	return choiceOf(context, i, 'Response Type', 'responseType', values);
}
