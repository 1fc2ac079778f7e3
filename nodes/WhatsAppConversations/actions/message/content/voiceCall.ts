import { voiceCallMessage } from '../../../../core/messages/voiceCall';

import { withoutFiles, type ContentForm } from './form';
import { bodyProperty, bodyText } from './parts';

export const voiceCall: ContentForm = {
	name: 'Voice Call Button',
	value: 'voiceCall',
	description: 'A text with a button that calls your business number on WhatsApp',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. Questions? Give us a call.' },
		{
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			placeholder: 'e.g. Call us',
			description: "Up to 20 characters. WhatsApp's own words when empty.",
		},
	],
	options: [
		{
			displayName: 'Payload',
			name: 'payload',
			type: 'string',
			default: '',
			placeholder: 'e.g. order-4711',
			description: 'A text of your own that the events of the call carry, up to 512 characters',
		},
		{
			displayName: 'Valid for Minutes',
			name: 'validForMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 43_200 },
			default: 10_080,
			description: 'How long the button works, at most 30 days',
		},
	],
	async prepare(item, { payload, validForMinutes }) {
		return withoutFiles(
			voiceCallMessage({
				body: bodyText(item),
				buttonText: item.parameter('buttonText', ''),
				minutes: validForMinutes,
				payload,
			}),
		);
	},
};
