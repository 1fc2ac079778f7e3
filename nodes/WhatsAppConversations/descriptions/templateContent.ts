import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Where an authentication template's texts would be: Meta writes those itself. */
const OWN_TEXTS = { hide: { templateCategory: ['AUTHENTICATION'] } };

const AUTHENTICATION = { show: { templateCategory: ['AUTHENTICATION'] } };

export const CATEGORIES: INodePropertyOptions[] = [
	{
		name: 'Authentication',
		value: 'AUTHENTICATION',
		description: 'One-time codes; Meta writes the text',
	},
	{
		name: 'Marketing',
		value: 'MARKETING',
		description: 'Offers, news, invitations, carousels, and all that mixes them with other content',
	},
	{
		name: 'Utility',
		value: 'UTILITY',
		description: 'About an order, booking, ticket, bill or account of the contact',
	},
];

const MEDIA_FORMATS = ['DOCUMENT', 'IMAGE', 'VIDEO'];

const handleField: INodeProperties = {
	displayName: 'Header Sample',
	name: 'headerHandle',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the binary field of the incoming item that holds the sample',
	description:
		"A file for Meta's review: a PDF, a JPEG or PNG, or an MP4. A handle that Meta's Resumable Upload API has returned will do too; a media ID will not.",
	displayOptions: { show: { headerFormat: MEDIA_FORMATS } },
};

const examplesField: INodeProperties = {
	displayName: 'Examples',
	name: 'bodyExamples',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Example',
	default: {},
	description:
		'A sample value for each placeholder of the body; Meta reviews the template with them',
	options: [
		{
			displayName: 'Example',
			name: 'example',
			values: [
				{
					displayName: 'Placeholder',
					name: 'placeholder',
					type: 'string',
					default: '',
					placeholder: 'e.g. first_name',
					description:
						'Its name in the body. Leave it empty for numbered placeholders, then the order counts.',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ada',
					description: 'As a contact might read it',
				},
			],
		},
	],
};

const buttonFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Call on WhatsApp', value: 'VOICE_CALL' },
			{ name: 'Call Phone Number', value: 'PHONE_NUMBER' },
			{ name: 'Copy Code', value: 'COPY_CODE', description: 'Copies an offer code' },
			{ name: 'Flow', value: 'FLOW', description: 'Opens a form inside WhatsApp' },
			{ name: 'Quick Reply', value: 'QUICK_REPLY', description: 'Answers with its text' },
			{ name: 'Request Contact Info', value: 'REQUEST_CONTACT_INFO' },
			{
				name: 'Review and Pay',
				value: 'ORDER_DETAILS',
				description: 'Shows a bill; in India and Brazil only',
			},
			{ name: 'View Catalog', value: 'CATALOG' },
			{ name: 'View Product', value: 'SPM', description: 'Goes with a product as header' },
			{ name: 'View Products', value: 'MPM', description: 'Shows some of a catalog' },
			{ name: 'Visit Website', value: 'URL' },
		],
		default: 'QUICK_REPLY',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		default: '',
		placeholder: 'e.g. Track order',
		description: 'What stands on the button, up to 25 characters',
		displayOptions: { hide: { type: ['COPY_CODE', 'REQUEST_CONTACT_INFO'] } },
	},
	{
		displayName: 'Link',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/orders/{{1}}',
		description: 'May end in one placeholder',
		displayOptions: { show: { type: ['URL'] } },
	},
	{
		displayName: 'Example',
		name: 'example',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/orders/4711',
		description: 'The link with a sample value, if it has a placeholder; or a sample code',
		displayOptions: { show: { type: ['COPY_CODE', 'URL'] } },
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15550051310',
		displayOptions: { show: { type: ['PHONE_NUMBER'] } },
	},
	{
		displayName: 'Flow',
		name: 'flow',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1274943474731',
		description: 'ID, name or JSON of the flow',
		displayOptions: { show: { type: ['FLOW'] } },
	},
	{
		displayName: 'First Screen',
		name: 'screen',
		type: 'string',
		default: '',
		placeholder: 'e.g. WELCOME',
		description: 'The screen at which the flow starts; its own first one when empty',
		displayOptions: { show: { type: ['FLOW'] } },
	},
	{
		displayName: 'Minutes Active',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1440, maxValue: 43_200 },
		default: 10_080,
		description: 'For how long the button can be tapped, from 1,440 (a day) to 43,200',
		displayOptions: { show: { type: ['VOICE_CALL'] } },
	},
];

const buttonsField: INodeProperties = {
	displayName: 'Buttons',
	name: 'templateButtons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Button',
	default: {},
	description: 'Up to ten, quick replies side by side',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			values: buttonFields,
		},
	],
};

/** What a template says, except for its name and language: the same to create and to edit. */
export const templateContentProperties: INodeProperties[] = [
	{
		displayName: 'Header',
		name: 'headerFormat',
		type: 'options',
		options: [
			{ name: 'Document', value: 'DOCUMENT' },
			{ name: 'Image', value: 'IMAGE' },
			{ name: 'Location', value: 'LOCATION' },
			{ name: 'None', value: 'none' },
			{ name: 'Product', value: 'PRODUCT' },
			{ name: 'Text', value: 'TEXT' },
			{ name: 'Video', value: 'VIDEO' },
		],
		default: 'none',
		description: 'What stands above the text. A file is chosen anew with each send.',
		displayOptions: OWN_TEXTS,
	},
	{
		displayName: 'Header Text',
		name: 'headerText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Order {{1}}',
		description: 'Up to 60 characters with at most one placeholder',
		displayOptions: { show: { headerFormat: ['TEXT'] }, ...OWN_TEXTS },
	},
	{
		displayName: 'Header Example',
		name: 'headerExample',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4711',
		description: 'A sample value for the placeholder, if there is one',
		displayOptions: { show: { headerFormat: ['TEXT'] }, ...OWN_TEXTS },
	},
	{
		...handleField,
		displayOptions: { ...handleField.displayOptions, ...OWN_TEXTS },
	},
	{
		displayName: 'Body',
		name: 'bodyText',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Hello {{first_name}}, your ticket {{number}} is attached.',
		description:
			'The text, up to 1,024 characters. Placeholders are all numbered or all named, and words stand before the first and after the last.',
		hint: 'Leave this field on Fixed: in an expression n8n fills {{ }} in itself',
		displayOptions: OWN_TEXTS,
	},
	{ ...examplesField, displayOptions: OWN_TEXTS },
	{
		displayName: 'Footer',
		name: 'footerText',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Shop',
		description: 'A grey line below the text, up to 60 characters without placeholders',
		displayOptions: OWN_TEXTS,
	},
	{ ...buttonsField, displayOptions: OWN_TEXTS },
	{
		displayName: 'Cards',
		name: 'templateCards',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Card',
		default: {},
		description:
			'For a carousel below the text: 2 to 10 cards that all have the same parts. Header, footer and buttons of the template itself then stay empty.',
		displayOptions: { hide: { templateCategory: ['AUTHENTICATION', 'UTILITY'] } },
		options: [
			{
				displayName: 'Card',
				name: 'card',
				values: [
					{
						displayName: 'Header',
						name: 'headerFormat',
						type: 'options',
						options: [
							{ name: 'Image', value: 'IMAGE' },
							{ name: 'Product', value: 'PRODUCT' },
							{ name: 'Video', value: 'VIDEO' },
						],
						default: 'IMAGE',
					},
					handleField,
					{
						displayName: 'Body',
						name: 'bodyText',
						type: 'string',
						default: '',
						description: 'Up to 160 characters; none for products',
					},
					examplesField,
					buttonsField,
				],
			},
		],
	},
	{
		displayName: 'Code Button',
		name: 'otpType',
		type: 'options',
		options: [
			{ name: 'Copy Code', value: 'COPY_CODE', description: 'The contact copies the code' },
			{
				name: 'One-Tap Autofill',
				value: 'ONE_TAP',
				description: 'The contact taps, and your Android app has the code',
			},
			{
				name: 'Zero-Tap',
				value: 'ZERO_TAP',
				description: 'Your Android app has the code without a tap',
			},
		],
		default: 'COPY_CODE',
		description: 'How the contact takes the one-time code over',
		displayOptions: AUTHENTICATION,
	},
	{
		displayName: 'Apps',
		name: 'otpApps',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add App',
		default: {},
		description: 'The Android apps that may receive the code, up to five',
		displayOptions: { show: { ...AUTHENTICATION.show, otpType: ['ONE_TAP', 'ZERO_TAP'] } },
		options: [
			{
				displayName: 'App',
				name: 'app',
				values: [
					{
						displayName: 'Package Name',
						name: 'packageName',
						type: 'string',
						default: '',
						placeholder: 'e.g. com.example.shop',
					},
					{
						displayName: 'Signing Key Hash',
						name: 'signatureHash',
						type: 'string',
						default: '',
						placeholder: 'e.g. K8a/AINcGX7',
					},
				],
			},
		],
	},
	{
		displayName: 'Terms Accepted',
		name: 'termsAccepted',
		type: 'boolean',
		default: false,
		description: "Whether you accept Meta's terms for zero-tap codes",
		displayOptions: { show: { ...AUTHENTICATION.show, otpType: ['ZERO_TAP'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: AUTHENTICATION,
		options: [
			{
				displayName: 'Code Expires After',
				name: 'codeExpirationMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 90 },
				default: 10,
				description: 'The minutes that the text names as the validity of the code',
			},
			{
				displayName: 'Security Recommendation',
				name: 'securityRecommendation',
				type: 'boolean',
				default: true,
				description: 'Whether the text advises not to share the code',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: OWN_TEXTS,
		options: [
			{
				displayName: 'Ask for Permission to Call',
				name: 'callPermission',
				type: 'boolean',
				default: false,
				description: 'Whether to ask the contact for the permission to call',
			},
			{
				displayName: 'Offer Expires',
				name: 'offerExpires',
				type: 'boolean',
				default: true,
				description: 'Whether the offer ends at a time that is given with each send',
			},
			{
				displayName: 'Offer Text',
				name: 'offerText',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ends soon!',
				description:
					'The line of a limited-time offer, up to 16 characters. The buttons are then a copy-code button, if there is a code, and a link.',
			},
		],
	},
];
