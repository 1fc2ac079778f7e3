import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { ResponseType } from '../../core/ask/question';
import { choiceIn } from '../../core/input/choice';
import { buttonsProperty } from '../actions/message/content/buttons';
import { flow } from '../actions/message/content/flow';
import { list } from '../actions/message/content/list';
import { footerOption, headerOption } from '../actions/message/content/parts';
import type { Item } from '../run/item';

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
		hint: 'Answers arrive through a published workflow with a WhatsApp Conversations Trigger of this number, which need not be this workflow',
	},
	...updateDisplayOptions({ show: { responseType: ['approval'] } }, [approvalOptions]),
	...updateDisplayOptions({ show: { responseType: ['buttons'] } }, [buttonsProperty]),
	...updateDisplayOptions({ show: { responseType: ['list'] } }, withoutBody(list.properties)),
	...updateDisplayOptions({ show: { responseType: ['flow'] } }, withoutBody(flow.properties)),
];

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

/** The parameter 'Response Type'. @throws InputError for what is none */
export function responseTypeOf(item: Item): ResponseType {
	const values = TYPES.map(({ value }) => value);
	return choiceIn('Response Type', item.parameter('responseType'), values);
}
