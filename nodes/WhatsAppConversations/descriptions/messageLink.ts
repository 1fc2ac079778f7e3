import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** What the link writes for people. */
export const linkTextProperty: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	required: true,
	placeholder: 'e.g. I would like to book a table',
	description:
		'What stands in the chat when people open the link or scan the code, up to 140 characters; they can change it before they send it',
};

/** Forms of the picture of a QR code. */
export const QR_FORMATS: INodePropertyOptions[] = [
	{ name: 'PNG', value: 'PNG', description: 'For screens' },
	{ name: 'SVG', value: 'SVG', description: 'For print, in any size' },
];

/** The choice of a link of the business number. */
export const messageLinkProperty: INodeProperties = {
	displayName: 'Message Link',
	name: 'messageLink',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'One of the links of the business number',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a link…',
			typeOptions: { searchListMethod: 'searchMessageLinks', searchable: true },
		},
		{
			displayName: 'By Link',
			name: 'link',
			type: 'string',
			placeholder: 'e.g. https://wa.me/message/4O4YGZEG3RIVE1',
			hint: 'The whole link, or its code alone',
		},
	],
};
