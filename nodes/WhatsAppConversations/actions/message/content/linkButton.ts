import { ctaUrlMessage } from '../../../../core/messages/ctaUrl';

import type { ContentForm } from './form';
import { bodyProperty, partsOptions, withParts } from './parts';

export const linkButton: ContentForm = {
	name: 'Link Button',
	value: 'linkButton',
	description: 'A text with a button that opens a web page',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. Your table is reserved.' },
		{
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. See reservation',
			description: 'Up to 20 characters',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/reservations/4711',
			description: 'The web page that the button opens. WhatsApp does not tell of the tap.',
		},
	],
	options: partsOptions,
	async prepare(item, options) {
		const button = {
			buttonText: item.parameter('buttonText'),
			url: item.parameter('url'),
		};
		return await withParts(item, options, (parts) => ctaUrlMessage({ ...parts, ...button }));
	},
};
