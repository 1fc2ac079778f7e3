import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { businessNumberProperty } from '../../shared/businessNumber';
import { providerProperty } from '../../shared/provider';
import { stateStore, stateTable } from '../../shared/stateTable';

import { RESOURCES } from './resources';

/** What the editor shows of each way to WhatsApp; the node refuses the rest all the same. */
const onlyMeta = { show: { provider: ['metaCloud'] } };
const notClickatell = { hide: { provider: ['clickatell'] } };

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	// In the order in which people need them; the list of actions has it too.
	options: [
		{ name: 'Message', value: 'message' },
		{ name: 'Template', value: 'template', displayOptions: notClickatell },
		{ name: 'Conversation', value: 'conversation' },
		{ name: 'Broadcast', value: 'broadcast' },
		{ name: 'Media', value: 'media' },
		{ name: 'Contact', value: 'contact', displayOptions: onlyMeta },
		{ name: 'Message Link', value: 'messageLink', displayOptions: onlyMeta },
		{ name: 'Business Profile', value: 'profile', displayOptions: onlyMeta },
		{ name: 'Account', value: 'account', displayOptions: onlyMeta },
	],
	default: 'message',
};

const resources = Object.values(RESOURCES);

/** The resources that need to know conversations. */
const statefulResources = { resource: ['message', 'conversation'] };

/** The operation that makes the place where conversations are kept. */
const withoutState = { operation: ['createTable'] };

/** The resources that concern one business number. */
const ofOneNumber = {
	resource: ['account', 'contact', 'messageLink', 'profile', ...statefulResources.resource],
};

/** What each operation asks for. */
const fields = resources.flatMap(({ operations }) =>
	Object.values(operations).flatMap(({ description }) => description),
);

/** 'Options' stand last, as n8n's users expect. */
const isOptions = ({ name }: INodeProperties) => name === 'options';

export const properties: INodeProperties[] = [
	providerProperty,
	resource,
	...resources.map(({ operation }) => operation),
	...updateDisplayOptions({ show: ofOneNumber, hide: { operation: ['createTable', 'getCosts'] } }, [
		businessNumberProperty,
	]),
	...fields.filter((field) => !isOptions(field)),
	...updateDisplayOptions({ show: statefulResources, hide: withoutState }, [
		stateStore,
		{ ...stateTable, displayOptions: { show: { stateStore: ['dataTable'] } } },
	]),
	...fields.filter(isOptions),
];
