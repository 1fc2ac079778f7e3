import type { Editor } from '../n8n/editor';

import { ANN, BEN, businessNumber, NODE_TYPE, templateChoice, TRIGGER_TYPE } from './stage';

/** What of the open node is seen. */
export type Part = 'parameters' | 'parametersAndOutput' | 'output' | 'window';

/** One look at a node in the editor. */
export interface Picture {
	/** The file's name without its extension. */
	name: string;
	type?: string;
	/** Default: 1. */
	typeVersion?: number;
	parameters: object;
	/** What is done in the editor before the look. */
	steps?: (editor: Editor) => Promise<void>;
	/** Default: the parameters. */
	part?: Part;
	/** A page of `docs` shows it. */
	inDocs?: boolean;
	theme?: 'dark';
	/** The height of the window, if not what the parameters need. Pixels. */
	height?: number;
}

const message = (operation: string, parameters: object = {}) => ({
	resource: 'message',
	operation,
	businessNumber,
	...parameters,
});

const conversation = (operation: string, parameters: object = {}) => ({
	resource: 'conversation',
	operation,
	businessNumber,
	...parameters,
});

const template = (operation: string, parameters: object = {}) => ({
	resource: 'template',
	operation,
	...parameters,
});

const trigger = (parameters: object = {}) => ({
	type: TRIGGER_TYPE,
	typeVersion: 1.1,
	parameters: { businessNumber, events: ['message'], ...parameters },
});

const answer = (parameters: object = {}) =>
	message('send', {
		to: ANN.phone,
		messageType: 'text',
		text: 'Yes, the lamp comes in blue too. Shall we put one aside for you?',
		...parameters,
	});

/** A question with a reminder, which is given up in the end. */
const question = message('sendAndWait', {
	to: ANN.phone,
	message: 'Your order 4711 is paid on delivery. Shall we send it?',
	responseType: 'buttons',
	buttons: {
		button: [
			{ title: 'Confirm', id: 'confirm' },
			{ title: 'Cancel', id: 'cancel' },
		],
	},
	options: {
		remindAfter: { values: { amount: 3, unit: 'hours', times: 1, message: '' } },
		limitWaitTime: {
			values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'days' },
		},
	},
});

/** The template that goes out when the window is closed, with its fields filled in. */
const followUp = {
	whenWindowClosed: 'template',
	fallbackTemplate: templateChoice('support_follow_up', 'utility'),
	fallbackTemplateFields: {
		mappingMode: 'defineBelow',
		value: { 'body:1': 'Ben', 'body:2': 'Where is my order?' },
	},
};

const open = (parameter: string) => async (editor: Editor) => await editor.openList(parameter);

const addOption = async (editor: Editor) => await editor.openOptions();

const execute = async (editor: Editor) => await editor.execute();

const executeAndShowTable = async (editor: Editor) => {
	await editor.execute();
	await editor.showOutputAs('table');
};

const executeAndShowJson = async (editor: Editor) => {
	await editor.execute();
	await editor.showOutputAs('json');
};

export const pictures: Picture[] = [
	// Message
	{ name: 'message-send-new', parameters: {} },
	{ name: 'message-send-resources', parameters: {}, steps: open('resource') },
	{ name: 'message-send-operations', parameters: {}, steps: open('operation') },
	{ name: 'message-send-types', parameters: answer(), steps: open('messageType') },
	{ name: 'message-send-numbers', parameters: answer(), steps: open('businessNumber') },
	{ name: 'message-send-when-closed', parameters: answer(), steps: open('whenWindowClosed') },
	{ name: 'message-send-when-unknown', parameters: answer(), steps: open('whenWindowUnknown') },
	{
		name: 'message-send-template',
		parameters: answer({ to: BEN.phone, text: 'Your order left today.', ...followUp }),
		inDocs: true,
	},
	{
		name: 'message-send-template-none',
		parameters: answer({ whenWindowClosed: 'template' }),
	},
	{
		name: 'message-send-template-list',
		parameters: answer({ whenWindowClosed: 'template' }),
		steps: open('fallbackTemplate'),
	},
	{ name: 'message-send-anyway', parameters: answer({ whenWindowClosed: 'sendAnyway' }) },
	{
		name: 'message-send-output',
		parameters: answer({ whenWindowClosed: 'output' }),
		steps: executeAndShowTable,
		part: 'window',
	},
	{ name: 'message-send-options', parameters: answer(followUp), steps: addOption },
	{ name: 'message-send-buttons', parameters: message('send', { messageType: 'buttons' }) },
	{ name: 'message-send-list', parameters: message('send', { messageType: 'list' }) },
	{ name: 'message-send-document', parameters: message('send', { messageType: 'document' }) },
	{ name: 'message-send-flow', parameters: message('send', { messageType: 'flow' }) },
	{ name: 'message-send-contacts', parameters: message('send', { messageType: 'contacts' }) },
	{
		name: 'message-send-open',
		parameters: answer(),
		steps: executeAndShowJson,
		part: 'parametersAndOutput',
	},
	{
		name: 'message-send-closed',
		parameters: answer({ to: BEN.phone, text: 'Your order left today.' }),
		steps: execute,
		part: 'parametersAndOutput',
		inDocs: true,
	},
	{
		name: 'message-send-template-sent',
		parameters: answer({ to: BEN.phone, ...followUp }),
		steps: executeAndShowJson,
		part: 'output',
	},
	{ name: 'message-sendAndWait-new', parameters: message('sendAndWait') },
	{ name: 'message-sendAndWait', parameters: question, inDocs: true },
	{
		name: 'message-sendAndWait-types',
		parameters: message('sendAndWait'),
		steps: open('responseType'),
	},
	{
		name: 'message-sendAndWait-options',
		parameters: question,
		steps: addOption,
	},
	{ name: 'message-sendTemplate-new', parameters: message('sendTemplate') },
	{
		name: 'message-sendTemplate',
		parameters: message('sendTemplate', {
			to: BEN.phone,
			template: templateChoice('order_ticket', 'utility'),
			templateFields: { mappingMode: 'defineBelow', value: {} },
		}),
	},
	{
		name: 'message-sendTemplate-options',
		parameters: message('sendTemplate'),
		steps: addOption,
	},
	{ name: 'message-react', parameters: message('react') },
	{ name: 'message-markRead', parameters: message('markRead') },

	// Conversation
	{ name: 'conversation-get', parameters: conversation('get', { contact: ANN.phone }) },
	{
		name: 'conversation-get-output',
		height: 1_150,
		parameters: conversation('get', { contact: BEN.phone }),
		steps: executeAndShowJson,
		part: 'parametersAndOutput',
	},
	{
		name: 'conversation-operations',
		parameters: conversation('get'),
		steps: open('operation'),
	},
	{ name: 'conversation-getMany', parameters: conversation('getMany') },
	{ name: 'conversation-getMany-show', parameters: conversation('getMany'), steps: open('show') },
	{ name: 'conversation-recordConsent', parameters: conversation('recordConsent') },
	{
		name: 'conversation-recordConsent-options',
		parameters: conversation('recordConsent', {
			options: { expiresAt: '', at: '', source: 'manual', wording: '' },
		}),
	},
	{ name: 'conversation-recordInbound', parameters: conversation('recordInbound') },
	{ name: 'conversation-forget', parameters: conversation('forget') },
	{ name: 'conversation-createTable', parameters: conversation('createTable') },
	{
		name: 'conversation-createTable-dataTable',
		parameters: conversation('createTable'),
		steps: execute,
		part: 'parametersAndOutput',
	},
	{
		name: 'conversation-get-dataTable',
		parameters: conversation('get', { stateStore: 'dataTable' }),
		steps: open('stateTable'),
	},
	{ name: 'conversation-handOver', parameters: conversation('handOver', { contact: ANN.phone }) },
	{ name: 'conversation-remember', parameters: conversation('remember', { contact: ANN.phone }) },
	{ name: 'conversation-recall', parameters: conversation('recall', { contact: ANN.phone }) },

	// Template
	{ name: 'template-operations', parameters: template('preview'), steps: open('operation') },
	{ name: 'template-getMany', parameters: template('getMany'), steps: addOption },
	{
		name: 'template-preview',
		parameters: template('preview', {
			template: templateChoice('support_follow_up', 'utility'),
			templateFields: {
				mappingMode: 'defineBelow',
				value: { 'body:1': 'Ben', 'body:2': 'Where is my order?' },
			},
		}),
		steps: executeAndShowJson,
		part: 'parametersAndOutput',
	},
	{ name: 'template-create', parameters: template('create') },
	{
		name: 'template-create-filled',
		parameters: template('create', {
			templateName: 'order_ready',
			headerFormat: 'TEXT',
			headerText: 'Order {{1}}',
			headerExample: '4711',
			bodyText: 'Hello {{1}}, your order is ready. Please tap below.',
			bodyExamples: { example: [{ placeholder: '', value: 'Ada' }] },
			templateButtons: { button: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
		}),
	},
	{
		name: 'template-create-authentication',
		parameters: template('create', { templateCategory: 'AUTHENTICATION' }),
	},
	{
		name: 'template-create-document',
		parameters: template('create', { templateName: 'order_ticket', headerFormat: 'DOCUMENT' }),
	},
	{ name: 'template-createFromLibrary', parameters: template('createFromLibrary') },
	{ name: 'template-getManyFromLibrary', parameters: template('getManyFromLibrary') },
	{ name: 'template-getAnalytics', parameters: template('getAnalytics') },
	{ name: 'template-compare', parameters: template('compare') },
	{ name: 'template-edit', parameters: template('edit') },
	{ name: 'template-get', parameters: template('get') },
	{ name: 'template-delete', parameters: template('delete') },

	// Media and account
	{ name: 'media-upload', parameters: { resource: 'media', operation: 'upload', businessNumber } },
	{ name: 'media-download', parameters: { resource: 'media', operation: 'download' } },
	{
		name: 'media-upload-types',
		parameters: { resource: 'media', operation: 'upload', businessNumber },
		steps: open('mediaType'),
	},
	...(['send', 'pause', 'getReport', 'recordStatus'] as const).map((operation) => ({
		name: `broadcast-${operation}`,
		parameters: { resource: 'broadcast', operation },
	})),
	{
		name: 'broadcast-send-options',
		parameters: { resource: 'broadcast', operation: 'send' },
		steps: addOption,
	},
	...(['getMany', 'create', 'update', 'delete'] as const).map((operation) => ({
		name: `messageLink-${operation}`,
		parameters: { resource: 'messageLink', operation },
	})),
	...(['get', 'update', 'setUsername', 'setComponents'] as const).map((operation) => ({
		name: `profile-${operation}`,
		parameters: { resource: 'profile', operation },
	})),
	...(['block', 'getManyBlocked'] as const).map((operation) => ({
		name: `contact-${operation}`,
		parameters: { resource: 'contact', operation },
	})),
	{ name: 'account-getCosts', parameters: { resource: 'account', operation: 'getCosts' } },
	{
		name: 'account-checkSetup',
		parameters: { resource: 'account', operation: 'checkSetup', businessNumber },
	},
	{
		name: 'account-checkSetup-output',
		parameters: { resource: 'account', operation: 'checkSetup', businessNumber },
		steps: executeAndShowTable,
		part: 'window',
	},

	// Trigger
	{ name: 'trigger-new', type: TRIGGER_TYPE, typeVersion: 1.1, parameters: {} },
	{ name: 'trigger', ...trigger() },
	{ name: 'trigger-events', ...trigger(), steps: open('events') },
	{
		name: 'trigger-callback-level',
		...trigger({ options: { callbackLevel: 'phoneNumber' } }),
		steps: open('callbackLevel'),
	},
	{ name: 'trigger-account-events', ...trigger({ events: ['message', 'account'] }) },
	{
		name: 'trigger-replace',
		...trigger({ options: { replaceCallback: true, otherVerifyToken: '' } }),
	},
	{
		name: 'trigger-manual',
		...trigger({ options: { registerAutomatically: false, verifyWord: '={{ $workflow.id }}' } }),
	},
	{ name: 'trigger-options', ...trigger(), steps: addOption },
	{
		name: 'trigger-options-all',
		...trigger({
			options: {
				alsoCounts: [],
				callbackLevel: 'phoneNumber',
				consentWords: true,
				downloadMedia: false,
				innerAddress: '',
				provider: 'metaCloud',
				registerAutomatically: true,
				replaceCallback: false,
				simplify: true,
				startForAnswers: false,
				startForOld: false,
				startPayloads: 'START',
				startWords: 'START',
				stateStore: 'memory',
				stopPayloads: 'STOP',
				stopWords: 'STOP',
			},
		}),
	},
	{
		name: 'trigger-dataTable',
		...trigger({
			options: { stateStore: 'dataTable', stateTable: { __rl: true, mode: 'list', value: '' } },
		}),
		steps: open('stateTable'),
	},
	{ name: 'trigger-clickatell', ...trigger({ options: { provider: 'clickatell' } }) },
	{ name: 'trigger-compatible', ...trigger({ options: { provider: 'compatible' } }) },
	{ name: 'trigger-version1', ...trigger({ registration: 'automatic' }), typeVersion: 1 },
	{ name: 'trigger-dark', ...trigger(), theme: 'dark' },
	{
		name: 'trigger-options-dark',
		...trigger({ options: { registerAutomatically: false, stateStore: 'dataTable' } }),
		theme: 'dark',
	},

	// Other ways to WhatsApp
	{ name: 'provider', parameters: answer(), steps: open('provider') },
	{ name: 'provider-clickatell-new', parameters: { provider: 'clickatell' } },
	{
		name: 'provider-clickatell-resources',
		parameters: { provider: 'clickatell' },
		steps: open('resource'),
	},
	{
		name: 'provider-clickatell-operations',
		parameters: { provider: 'clickatell' },
		steps: open('operation'),
	},
	{
		name: 'provider-clickatell-types',
		parameters: { provider: 'clickatell' },
		steps: open('messageType'),
	},
	{
		name: 'provider-clickatell-template',
		parameters: { provider: 'clickatell', resource: 'message', operation: 'sendTemplate' },
	},
	{
		name: 'provider-compatible-template',
		parameters: { provider: 'compatible', resource: 'message', operation: 'sendTemplate' },
	},
	{ name: 'provider-trigger-clickatell', ...trigger({ provider: 'clickatell' }) },
	{ name: 'provider-trigger-compatible', ...trigger({ provider: 'compatible' }) },

	// In the dark
	{ name: 'message-send-dark', parameters: answer(followUp), theme: 'dark' },
].map((picture) => ({ type: NODE_TYPE, ...picture }) as Picture);
