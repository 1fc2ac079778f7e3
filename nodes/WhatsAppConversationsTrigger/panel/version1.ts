import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { TABLE_CREDENTIAL, TABLE_CREDENTIAL_LABEL } from '../../core/credentials';
import { providerCredentials, providerProperty } from '../../shared/provider';
import { stateStore, stateTable } from '../../shared/stateTable';

import {
	byCallback,
	byUser,
	byWebhook,
	callbackLevel,
	otherVerifyToken,
	replaceCallback,
	shown,
	verifyWord,
} from './callback';
import {
	appEventsNotice,
	checkSetupNotice,
	clickatellNotice,
	compatibleManualNotice,
	compatibleNotice,
	manualNotice,
} from './notices';
import { readingOptions } from './readingOptions';
import { subjectProperties } from './subject';

const isAutomatic = { registration: ['automatic'] };
const isManual = { registration: ['manual'] };

const registration: INodeProperties = {
	displayName: 'Register With Meta Automatically',
	name: 'registration',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'On',
			value: 'automatic',
			description:
				'Registers the webhook URL with Meta when the workflow is published (activated), and removes it when it is unpublished',
		},
		{
			name: 'Off',
			value: 'manual',
			description: 'Registers nothing: you paste the webhook URL and the verify token at Meta',
		},
	],
	default: 'automatic',
	description: 'How the provider learns where to deliver',
};

/** The panel of version 1: workflows that were made with it keep its parameters where they are. */
export const properties: INodeProperties[] = [
	providerProperty,
	...subjectProperties,
	shown(checkSetupNotice, { show: { provider: byCallback } }),
	shown(registration, { hide: { provider: byUser } }),
	shown(callbackLevel, { show: { provider: byCallback, ...isAutomatic } }),
	shown(appEventsNotice, {
		show: {
			provider: byCallback,
			...isAutomatic,
			events: ['account', 'consent'],
			callbackLevel: ['phoneNumber', 'businessAccount'],
		},
	}),
	shown(replaceCallback, { show: isAutomatic, hide: { provider: byUser } }),
	shown(otherVerifyToken, {
		show: { provider: byCallback, ...isAutomatic, replaceCallback: [true] },
	}),
	shown(manualNotice, { show: { provider: byCallback, ...isManual } }),
	shown(compatibleNotice, { show: { provider: byWebhook, ...isAutomatic } }),
	shown(compatibleManualNotice, { show: { provider: byWebhook, ...isManual } }),
	shown(clickatellNotice, { show: { provider: byUser } }),
	shown(verifyWord, { show: { provider: byCallback, ...isManual } }),
	stateStore,
	shown(stateTable, { show: { stateStore: ['dataTable'] } }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: readingOptions,
	},
];

export const credentials: INodeCredentialDescription[] = [
	...providerCredentials('provider'),
	{
		name: TABLE_CREDENTIAL,
		displayName: TABLE_CREDENTIAL_LABEL,
		required: true,
		// By what hides it, so that the editor puts the credentials at the top.
		displayOptions: { hide: { stateStore: ['memory'] } },
	},
];
