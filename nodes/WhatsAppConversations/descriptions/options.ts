import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export const trackingDataOption: INodeProperties = {
	displayName: 'Tracking Data',
	name: 'trackingData',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-4711',
	description:
		'A text of your own that every status of this message carries back, up to 512 characters. Without one, the node attaches a note by which the trigger knows this send.',
};

export const identityKeyHashOption: INodeProperties = {
	displayName: 'Identity Key Hash',
	name: 'identityKeyHash',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.system.identity.hash }}',
	description:
		'Only for numbers with the identity change check: the hash that the trigger reported. WhatsApp refuses the message when the contact has another identity key since.',
};

export const replyToOption: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'replyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQz…',
	description: 'The message that is quoted above this one',
};

export const cleanUpOption: INodeProperties = {
	displayName: 'Clean Up Parameter Values',
	name: 'cleanUpValues',
	type: 'boolean',
	default: false,
	description:
		'Whether to replace line breaks, tabs and long runs of spaces in template values by one space. WhatsApp refuses them.',
};

export const confirmsOptOutOption: INodeProperties = {
	displayName: 'Confirms an Opt-Out',
	name: 'confirmsOptOut',
	type: 'boolean',
	default: false,
	description:
		"Whether this is the one confirmation that may follow an opt-out. It goes out in the open window even with 'Block Replies After Opt-Out'; a second one does not.",
};

export const convertMarkdownOption: INodeProperties = {
	displayName: 'Convert Markdown',
	name: 'convertMarkdown',
	type: 'boolean',
	default: true,
	description:
		"Whether texts are Markdown, as language models write it, and go out with WhatsApp's own formats: **bold**, headings, lists, links, tables, code. Without this option it is on where the node serves as a tool of an agent, else off.",
};

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to decide and to build the request, but to send and upload nothing. The item shows what would have been sent.',
};

export const templateCategoryOption: INodeProperties = {
	displayName: 'Template Category',
	name: 'templateCategory',
	type: 'options',
	options: [
		{ name: 'Authentication', value: 'authentication' },
		{ name: 'Marketing', value: 'marketing' },
		{ name: 'Utility', value: 'utility' },
	],
	default: 'utility',
	description:
		'Stands in where Meta gives no category that is known here. Without it, the rule for marketing holds then.',
};

/** Meta's other way for marketing templates, in the order of the names. */
export const marketingMessagesOption: INodeProperties = {
	displayName: 'Marketing Messages API',
	name: 'marketingMessages',
	type: 'options',
	options: [
		{ name: 'Off', value: 'off', description: 'As every message, by the Cloud API' },
		{
			name: 'Prefer',
			value: 'prefer',
			description: 'By the Cloud API where the account or the template is not ready for it',
		},
		{ name: 'Require', value: 'require', description: 'By this API alone' },
	],
	default: 'prefer',
	description:
		"Whether a marketing template goes out by Meta's API for these, which chooses when to deliver it. The account must be set up for it in WhatsApp Manager; consent counts as always. Only with the Meta Cloud API.",
};

export const shareActivityOption: INodeProperties = {
	displayName: 'Share Message Activity',
	name: 'shareActivity',
	type: 'boolean',
	default: false,
	displayOptions: { show: { marketingMessages: ['prefer', 'require'] } },
	description:
		"Whether Meta may use what becomes of the message, such as that it was read, to deliver better. Without this option the account's setting counts.",
};

export const messagesPerSecondOption: INodeProperties = {
	displayName: 'Messages per Second',
	name: 'messagesPerSecond',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1_000 },
	default: 80,
	description:
		'How fast many items go out. Meta takes 80 a second from a number, 20 if it is also used in the WhatsApp Business app, 1,000 after an upgrade.',
};

export const safetyMarginOption: INodeProperties = {
	displayName: 'Safety Margin',
	name: 'safetyMargin',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 86_399 },
	default: 60,
	description: 'How many seconds before its end the window counts as closed',
};

export const sentByOption: INodeProperties = {
	displayName: 'Sent By',
	name: 'sentBy',
	type: 'options',
	options: [
		{
			name: 'Automation',
			value: 'automation',
			description: 'Held back while a person has the conversation',
		},
		{
			name: 'Person',
			value: 'person',
			description: 'What a person of your business writes, as behind a helpdesk',
		},
	],
	default: 'automation',
	description: 'Who writes this: what a person writes goes out while a person has the conversation',
};

export const takeOverOption: INodeProperties = {
	displayName: 'Take Over',
	name: 'takeOver',
	type: 'boolean',
	default: false,
	description:
		'Whether the message goes out although another responder of the number has the conversation, and takes it over. Only for the escalation partner in Conversation Routing at Meta.',
};

/** Rules of the window for free-form messages, in the order of their names. */
export const windowOptions: INodeProperties[] = [
	{
		displayName: 'Block Replies After Opt-Out',
		name: 'blockRepliesAfterOptOut',
		type: 'boolean',
		default: false,
		description:
			'Whether to hold back answers to a contact who has opted out, although the window is open',
	},
	{
		displayName: "Contact's Last Message At",
		name: 'contactLastMessageAt',
		type: 'dateTime',
		default: '',
		description:
			'When the contact last wrote or called, from your own data. The later of this and what is on record counts.',
	},
	safetyMarginOption,
];

const CONSENT_POLICIES: INodePropertyOptions[] = [
	{ name: 'Off', value: 'off', description: 'Send without looking for an opt-in' },
	{ name: 'Require', value: 'require', description: 'Send only with an opt-in on record' },
	{ name: 'Warn', value: 'warn', description: 'Send, and say so when there is no opt-in' },
];

/** Consent rules for templates, in the order of their names. */
export const templateConsentOptions: INodeProperties[] = [
	{
		displayName: 'Consent for Marketing Templates',
		name: 'marketingConsent',
		type: 'options',
		options: CONSENT_POLICIES,
		default: 'require',
		description: 'What to do when no opt-in is on record. An opt-out always counts.',
	},
	{
		displayName: 'Consent for Utility Templates',
		name: 'utilityConsent',
		type: 'options',
		options: CONSENT_POLICIES,
		default: 'warn',
		description:
			'What to do when no opt-in is on record, for authentication templates too. An opt-out always counts.',
	},
];
