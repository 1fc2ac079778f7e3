import type { INodeProperties } from 'n8n-workflow';

import {
	listMessage,
	rowsInJson,
	type ListRowInput,
	type ListSectionInput,
} from '../../../../core/messages/list';
import type { Item } from '../../../run/item';

import { withoutFiles, type ContentForm } from './form';
import { bodyProperty, bodyText, footerOption, headerOption } from './parts';

const rowsProperty: INodeProperties = {
	displayName: 'Rows',
	name: 'rows',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		maxAllowedFields: 10,
		fixedCollection: { itemTitle: '={{ $collection.item.value.title }}' },
	},
	placeholder: 'Add Row',
	default: {},
	description: 'At most ten in all sections together',
	options: [
		{
			displayName: 'Row',
			name: 'row',
			values: [
				{
					displayName: 'Row Title',
					name: 'title',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. Monday, 9:00',
					description: 'Up to 24 characters',
				},
				{
					displayName: 'Row Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. 45 minutes with Anna',
					description: 'A second line in grey, up to 72 characters',
				},
				{
					displayName: 'Row ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. mon_9',
					description: 'What the trigger reports as reply.ID. The row title when empty.',
				},
			],
		},
	],
};

const properties: INodeProperties[] = [
	{
		...bodyProperty,
		placeholder: 'e.g. When would you like to come?',
		description: 'The text above the button, up to 4,096 characters',
	},
	{
		displayName: 'Button Text',
		name: 'buttonText',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Choose a time',
		description: 'What is written on the button that opens the list, up to 20 characters',
	},
	{
		displayName: 'Enter Rows As',
		name: 'rowsSource',
		type: 'options',
		options: [
			{ name: 'Fields', value: 'fields', description: 'Rows that are always the same' },
			{ name: 'JSON', value: 'json', description: 'Rows from an earlier node, such as free dates' },
		],
		default: 'fields',
	},
	{
		displayName: 'Sections',
		name: 'sections',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			maxAllowedFields: 10,
			fixedCollection: { itemTitle: '={{ $collection.item.value.title }}' },
		},
		placeholder: 'Add Section',
		default: {
			section: [{ title: '', rows: { row: [{ title: '', description: '', id: '' }] } }],
		},
		description: 'One or more groups of rows; a choice comes back through the trigger as a message',
		displayOptions: { show: { rowsSource: ['fields'] } },
		options: [
			{
				displayName: 'Section',
				name: 'section',
				values: [
					{
						displayName: 'Section Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Next week',
						description: 'Up to 24 characters. Needed only where there are several sections.',
					},
					rowsProperty,
				],
			},
		],
	},
	{
		displayName: 'Rows',
		name: 'rowsJson',
		type: 'json',
		default: '[{ "title": "", "description": "", "id": "" }]',
		required: true,
		hint: 'An object for each row. Only title is needed; id is what the trigger reports as reply.id. For sections, an object for each with title and rows.',
		displayOptions: { show: { rowsSource: ['json'] } },
	},
];

/** The rows as they were entered. */
export function rowsOf(item: Item): { rows: ListRowInput[] } | { sections: ListSectionInput[] } {
	if (item.parameter('rowsSource') === 'json') {
		return rowsInJson(item.parameter('rowsJson'));
	}
	const sections = item.parameter('sections.section', []) as unknown;
	return {
		sections: (sections as Array<{ title?: unknown; rows?: { row?: ListRowInput[] } }>).map(
			({ title, rows }) => ({ title, rows: rows?.row ?? [] }),
		),
	};
}

export const list: ContentForm = {
	name: 'List',
	value: 'list',
	description: 'A text with a button that opens up to ten choices',
	properties,
	options: [footerOption, headerOption],
	async prepare(item, { header, footer }) {
		return withoutFiles(
			listMessage({
				body: bodyText(item),
				buttonText: item.parameter('buttonText'),
				header,
				footer,
				...rowsOf(item),
			}),
		);
	},
};
