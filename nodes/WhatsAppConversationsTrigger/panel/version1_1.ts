import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { TABLE_CREDENTIAL, TABLE_CREDENTIAL_LABEL } from '../../core/credentials';
import { providerCredentials, providerProperty } from '../../shared/provider';
import { sortedOptions } from '../../shared/sortedOptions';
import { stateStore, stateTable } from '../../shared/stateTable';

import {
	byUser,
	byWebhook,
	callbackLevel,
	notByCallback,
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
	manualOptionNotice,
	stateTableNotice,
} from './notices';
import { readingOptions } from './readingOptions';
import { subjectProperties } from './subject';

/** What is not under 'Options' has its default there; so conditions name what hides a field. */
const isNotMeta = { 'options.provider': notByCallback };
const isManual = { 'options.registerAutomatically': [false] };

const registerAutomatically: INodeProperties = {
	displayName: 'Register With Meta Automatically',
	name: 'registerAutomatically',
	type: 'boolean',
	default: true,
	noDataExpression: true,
	description:
		'Whether to register the webhook URL with Meta when the workflow is published (activated), and to remove it when it is unpublished; with 360dialog likewise. If this is off, you paste the webhook URL there yourself.',
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	noDataExpression: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * The panel of version 1.1: what nobody can do without, then 'Options'. A notice above them says which
 * further option a chosen one needs. That cannot be a field above them: where n8n looks which fields
 * are shown, before it runs a node, it knows no value of a collection, and drops what depends on one.
 */
export const properties: INodeProperties[] = [
	...subjectProperties,
	shown(checkSetupNotice, { hide: isNotMeta }),
	shown(appEventsNotice, {
		show: { events: ['account', 'consent'] },
		hide: { ...isNotMeta, ...isManual, 'options.callbackLevel': ['app'] },
	}),
	shown(manualOptionNotice, { show: isManual, hide: isNotMeta }),
	shown(compatibleNotice, { show: { 'options.provider': byWebhook }, hide: isManual }),
	shown(compatibleManualNotice, { show: { 'options.provider': byWebhook, ...isManual } }),
	shown(clickatellNotice, { show: { 'options.provider': byUser } }),
	shown(stateTableNotice, { show: { 'options.stateStore': ['dataTable'] } }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedOptions([
			...readingOptions,
			providerProperty,
			shown(registerAutomatically, { hide: { provider: byUser } }),
			shown(verifyWord, {
				show: { registerAutomatically: [false] },
				hide: { provider: notByCallback },
			}),
			shown(callbackLevel, {
				hide: { provider: notByCallback, registerAutomatically: [false] },
			}),
			shown(replaceCallback, { hide: { provider: byUser, registerAutomatically: [false] } }),
			shown(otherVerifyToken, {
				show: { replaceCallback: [true] },
				hide: { provider: notByCallback, registerAutomatically: [false] },
			}),
			stateStore,
			shown(stateTable, { show: { stateStore: ['dataTable'] } }),
			simplify,
		]),
	},
];

export const credentials: INodeCredentialDescription[] = [
	...providerCredentials('options.provider'),
	{
		name: TABLE_CREDENTIAL,
		displayName: TABLE_CREDENTIAL_LABEL,
		required: true,
		displayOptions: { show: { 'options.stateStore': ['dataTable'] } },
	},
];
