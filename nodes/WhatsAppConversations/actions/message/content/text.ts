import { convertHaptik } from '../../../../core/haptik/convert';
import { textMessage, textMessages } from '../../../../core/messages/text';
import { formatted } from '../../../input/markdown';

import { withoutFiles, type ContentForm } from './form';

/** What helps a text that is too long for one message. */
const SPLIT = "Add the option 'Split Long Text', which sends it as several messages";

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
			displayName: 'Convert Haptik Payload',
			name: 'convertHaptikPayload',
			type: 'boolean',
			default: true,
			description:
				"Whether 'Text' may hold what a Haptik bot sent, as JSON: an HSL element goes out as the button or document that it stands for, an HSM as a template. Other text goes out as it is.",
		},
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
	async prepare(item, { convertHaptikPayload, previewUrl, splitLongText }) {
		const value = item.parameter('text');
		const converted = convertHaptikPayload === true ? convertHaptik(value) : undefined;
		if (converted?.to === 'template') return { ...withoutFiles(), converted };
		if (converted && converted.to !== 'text') {
			return { ...withoutFiles(converted.message), converted };
		}
		const content = converted ? converted.text : formatted(item, value);
		const showsPreview = previewUrl === true;
		const messages =
			splitLongText === true
				? textMessages(content, showsPreview)
				: [textMessage(content, showsPreview, SPLIT)];
		return { ...withoutFiles(...messages), converted };
	},
};
