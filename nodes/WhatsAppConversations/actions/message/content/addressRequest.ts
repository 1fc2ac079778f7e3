import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	ADDRESS_FIELDS,
	addressRequestMessage,
	type AddressRequestInput,
} from '../../../../core/messages/addressRequest';

import type { ContentForm } from './form';
import { bodyProperty, partsOptions, withParts } from './parts';

/** The fields of the form, each of which may be added. */
const addressFields: Pick<INodeProperties, 'type' | 'default' | 'options'> = {
	type: 'collection',
	default: {},
	options: Object.entries(ADDRESS_FIELDS).map(([name, displayName]) => ({
		displayName,
		name,
		type: 'string',
		default: '',
	})),
};

export const addressRequest: ContentForm = {
	name: 'Address Request',
	value: 'addressRequest',
	description: 'A form for an address; for businesses and contacts in India only',
	properties: [{ ...bodyProperty, placeholder: 'e.g. Where shall we deliver your order?' }],
	options: [
		...partsOptions,
		{
			displayName: 'Saved Addresses',
			name: 'savedAddresses',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Address',
			default: {},
			description: 'Addresses that the contact may choose in place of writing one',
			options: [
				{
					displayName: 'Address',
					name: 'address',
					values: [
						{
							displayName: 'Saved Address ID',
							name: 'id',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. home',
							description: 'Comes back with the answer',
						},
						{
							displayName: 'Address',
							name: 'value',
							placeholder: 'Add Field',
							...addressFields,
						},
					],
				},
			],
		},
		{
			displayName: 'Validation Messages',
			name: 'validationMessages',
			placeholder: 'Add Field',
			description: 'What is wrong with an earlier answer, field by field',
			...addressFields,
		},
		{
			displayName: 'Values',
			name: 'addressValues',
			placeholder: 'Add Field',
			description: 'What the form is filled with',
			...addressFields,
		},
	],
	async prepare(item, options) {
		const saved = (options.savedAddresses as IDataObject | undefined)?.address;
		const input = {
			values: options.addressValues,
			savedAddresses: saved as unknown as AddressRequestInput['savedAddresses'],
			validationErrors: options.validationMessages,
		};
		return await withParts(item, options, (parts) => addressRequestMessage({ ...parts, ...input }));
	},
};
