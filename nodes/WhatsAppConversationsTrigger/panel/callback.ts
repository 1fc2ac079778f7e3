import type { INodeProperties } from 'n8n-workflow';

import { providersWith } from '../../shared/provider';

/** By who tells the provider where to deliver. */
export const byCallback = providersWith(({ registration }) => registration === 'callback');
export const byWebhook = providersWith(({ registration }) => registration === 'webhook');
export const byUser = providersWith(({ registration }) => registration === 'user');

/** All others than those of {@link byCallback}. */
export const notByCallback = [...byWebhook, ...byUser];

/** A field, shown on a condition that each version of the node says in its own way. */
export function shown(
	property: INodeProperties,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return { ...property, displayOptions };
}

export const callbackLevel: INodeProperties = {
	displayName: 'Callback Level',
	name: 'callbackLevel',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Phone Number',
			value: 'phoneNumber',
			description: 'The chosen number alone, so that each may have a workflow of its own',
		},
		{
			name: 'Business Account',
			value: 'businessAccount',
			description:
				'All numbers without a callback of their own; the chosen one alone starts the workflow',
		},
		{
			name: 'App',
			value: 'app',
			description:
				'The one callback of the app: what goes nowhere else, and account and consent events',
		},
	],
	default: 'phoneNumber',
	description:
		'Which of the three callbacks of Meta the trigger takes; that of the number goes before that of the account, and this before that of the app',
};

export const replaceCallback: INodeProperties = {
	displayName: 'Replace Another Callback',
	name: 'replaceCallback',
	type: 'boolean',
	default: false,
	description:
		'Whether to take the place of a callback that somebody else has set at this level. It is put back when the workflow is unpublished. If this is off, publishing stops and names the other callback.',
};

export const otherVerifyToken: INodeProperties = {
	displayName: "Other's Verify Token",
	name: 'otherVerifyToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The verify token of the other callback, for which Meta asks it when it is put back. It may be empty if that one is a trigger with the same credential.',
};

export const verifyWord: INodeProperties = {
	displayName: 'Verify Token',
	name: 'verifyWord',
	type: 'string',
	default: '={{ $workflow.id }}',
	description:
		'The word that Meta repeats when it checks the callback. Any word will do, if it is the same at Meta.',
};
