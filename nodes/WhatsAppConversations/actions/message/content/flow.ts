import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { flowMessage, type FlowInput } from '../../../../core/messages/flow';
import type { PartsInput } from '../../../../core/messages/interactive';
import type { Item } from '../../../run/item';

import type { ContentForm } from './form';
import { bodyProperty, partsOptions, withParts } from './parts';

export const flow: ContentForm = {
	name: 'Flow',
	value: 'flow',
	description: 'A text with a button that opens a form inside WhatsApp',
	properties: [
		{ ...bodyProperty, placeholder: 'e.g. Book your appointment in a minute.' },
		{
			displayName: 'Flow',
			name: 'flow',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'A Flow of your business account; the filled form comes back as a message',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a Flow…',
					typeOptions: { searchListMethod: 'searchFlows', searchable: true },
				},
				{
					displayName: 'Flow ID',
					name: 'flowId',
					type: 'string',
					placeholder: 'e.g. 1283765432109876',
					hint: 'As WhatsApp Manager shows it under Flows',
				},
				{
					displayName: 'Flow Name',
					name: 'flowName',
					type: 'string',
					placeholder: 'e.g. appointment_booking',
					hint: 'The name must then stay the same',
				},
			],
		},
		{
			displayName: 'Button Text',
			name: 'buttonText',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Book now',
			description: 'Up to 30 characters',
		},
	],
	options: [
		...partsOptions,
		{
			displayName: 'First Screen Chosen By',
			name: 'flowAction',
			type: 'options',
			options: [
				{
					name: 'Endpoint of the Flow',
					value: 'data_exchange',
					description: 'For Flows that fetch their first screen from your server',
				},
				{
					name: 'This Message',
					value: 'navigate',
					description: 'The one named by the option Screen, else the first one of the Flow',
				},
			],
			default: 'data_exchange',
		},
		{
			displayName: 'Flow Token',
			name: 'flowReference',
			type: 'string',
			default: '',
			placeholder: 'e.g. order-4711',
			description: 'A text of your own that comes back with the filled form',
		},
		{
			displayName: 'Screen',
			name: 'screen',
			type: 'string',
			default: '',
			placeholder: 'e.g. WELCOME',
			description: 'The ID of the screen that opens first',
		},
		{
			displayName: 'Screen Data',
			name: 'screenData',
			type: 'json',
			default: '{}',
			description:
				"What the first screen is filled with, by the names of the Flow's own data. Needs the option Screen.",
		},
		{
			displayName: 'Use Draft',
			name: 'draft',
			type: 'boolean',
			default: true,
			description: 'Whether to open the version that is not published yet, for tests',
		},
	],
	async prepare(item, options) {
		const input = flowInputOf(item);
		return await withParts(item, options, (parts) => flowMessage({ ...parts, ...input }));
	},
};

/** Which Flow opens, and with what, as it was entered. */
export function flowInputOf(item: Item): Omit<FlowInput, keyof PartsInput> {
	const { options } = item;
	const { mode, value } = item.parameter('flow') as INodeParameterResourceLocator;
	return {
		...(mode === 'flowName' ? { flowName: value } : { flowId: value }),
		buttonText: item.parameter('buttonText'),
		token: options.flowReference,
		action: options.flowAction as FlowInput['action'],
		screen: options.screen,
		data: options.screenData,
		draft: options.draft === true,
	};
}
