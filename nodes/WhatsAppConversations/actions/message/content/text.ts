import { textMessage, textMessages } from '../../../../core/messages/text';

import { withoutFiles, type ContentForm } from './form';

export const text: ContentForm = {
	name: 'Text',
	value: 'text',
	description: 'Up to 4,096 characters, or more in several messages',
	properties: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. Your order is on its way.',
			description: 'Up to 4,096 characters. *bold*, _italic_ and ~struck~ work as in WhatsApp.',
		},
	],
	options: [
		{
			displayName: 'Show Link Preview',
			name: 'previewUrl',
			type: 'boolean',
			default: true,
			description: 'Whether WhatsApp shows a preview of the first link in the text',
		},
		{
			displayName: 'Split Long Text',
			name: 'splitLongText',
			type: 'boolean',
			default: true,
			description:
				'Whether a text of more than 4,096 characters goes out as several messages, cut where a paragraph, sentence or word ends',
		},
	],
	async prepare(context, i, { previewUrl, splitLongText }) {
		const value = context.getNodeParameter('text', i);
		const showsPreview = previewUrl === true;
		return splitLongText === true
			? withoutFiles(...textMessages(value, showsPreview))
			: withoutFiles(textMessage(value, showsPreview));
	},
};
