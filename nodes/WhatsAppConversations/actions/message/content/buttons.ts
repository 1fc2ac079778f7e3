import type { INodeProperties } from 'n8n-workflow';

import { replyButtonsMessage, type ReplyButtonInput } from '../../../../core/messages/replyButtons';

import type { ContentForm } from './form';
import { bodyProperty, partsOptions, withParts } from './parts';

/**
 * Buttons that send an answer. Neither their number nor their texts are left to n8n, which would name
 * no field and count the characters of an expression.
 */
export const buttonsProperty: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: { itemTitle: '={{ $collection.item.value.title }}' },
	},
	placeholder: 'Add Button',
	default: { button: [{ title: '', id: '' }] },
	description: 'One to three; a tap comes back through the trigger as a message',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: [
				{
					displayName: 'Button Text',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Yes',
					description: 'Up to 20 characters',
				},
				{
					displayName: 'Button ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. deliver_today',
					description:
						'What the trigger reports as reply.ID. May stay empty: then the button text.',
				},
			],
		},
	],
};

export const buttons: ContentForm = {
	name: 'Buttons',
	value: 'buttons',
	description: 'A text with up to three answers to tap',
	properties: [bodyProperty, buttonsProperty],
	options: partsOptions,
	async prepare(item, options) {
		const given = item.parameter('buttons.button', []) as unknown;
		return await withParts(item, options, (parts) =>
			replyButtonsMessage({ ...parts, buttons: given as ReplyButtonInput[] }),
		);
	},
};
