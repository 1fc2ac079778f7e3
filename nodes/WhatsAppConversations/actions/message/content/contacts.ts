import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	contactsFromFields,
	contactsFromJson,
	contactsMessage,
	type ContactFields,
} from '../../../../core/messages/contacts';
import { contactsFromVCard } from '../../../../core/messages/vCard';
import type { Item } from '../../../run/item';

import { withoutFiles, type ContentForm } from './form';

/** A text of a contact. Only what is marked shows at once; the editor offers the rest in a menu. */
function text(
	displayName: string,
	name: string,
	placeholder: string,
	rest: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${placeholder}`,
		...rest,
	};
}

/** Several entries of one kind, such as phone numbers. */
function several(
	displayName: string,
	name: keyof ContactFields,
	entry: { displayName: string; name: string; values: INodeProperties[] },
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${entry.displayName}`,
		default: {},
		options: [entry],
	};
}

/** The fields of a contact under their names in {@link ContactFields}. */
const contactValues: INodeProperties[] = [
	text('Formatted Name', 'formattedName', 'Dr. Anna Example', {
		typeOptions: { showEvenWhenOptional: true },
		description: 'The whole name as it is shown. Put together from the other names when empty.',
	}),
	{
		...several('Phones', 'phones', {
			displayName: 'Phone',
			name: 'phone',
			values: [
				text('Phone Number', 'phone', '+49 176 04069000'),
				text('Phone Type', 'type', 'WORK'),
				text('WhatsApp Number', 'waId', '+49 176 04069000', {
					description: 'With the number on WhatsApp the card has a button that opens a chat',
				}),
			],
		}),
		typeOptions: { multipleValues: true, showEvenWhenOptional: true },
	},
	several('Addresses', 'addresses', {
		displayName: 'Address',
		name: 'address',
		values: [
			text('Street', 'street', '1 Market Street'),
			text('City', 'city', 'Springfield'),
			text('State', 'state', 'CA'),
			text('Postal Code', 'zip', '94103'),
			text('Country', 'country', 'Germany'),
			text('Country Code', 'countryCode', 'DE'),
			text('Address Type', 'type', 'HOME'),
		],
	}),
	text('Birthday', 'birthday', '1999-01-23'),
	text('Company', 'company', 'Corner Shop'),
	text('Department', 'department', 'Sales'),
	several('Emails', 'emails', {
		displayName: 'Email',
		name: 'email',
		values: [text('Email', 'email', 'anna@example.com'), text('Email Type', 'type', 'WORK')],
	}),
	text('First Name', 'firstName', 'Anna'),
	text('Job Title', 'title', 'Head of Sales'),
	text('Last Name', 'lastName', 'Example'),
	text('Middle Name', 'middleName', 'B.'),
	text('Prefix', 'prefix', 'Dr.'),
	text('Suffix', 'suffix', 'Jr.'),
	several('Websites', 'urls', {
		displayName: 'Website',
		name: 'url',
		values: [text('Website', 'url', 'https://example.com'), text('Website Type', 'type', 'WORK')],
	}),
];

const properties: INodeProperties[] = [
	{
		displayName: 'Enter Contacts As',
		name: 'contactsSource',
		type: 'options',
		options: [
			{ name: 'Fields', value: 'fields' },
			{ name: 'JSON', value: 'json', description: 'Contacts as the trigger reports them' },
			{ name: 'vCard', value: 'vCard', description: 'The text of a .vcf file' },
		],
		default: 'fields',
	},
	{
		displayName: 'Contacts',
		name: 'contacts',
		type: 'fixedCollection',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			maxAllowedFields: 257,
			hideOptionalFields: true,
			addOptionalFieldButtonText: 'Add Detail',
			fixedCollection: { itemTitle: '={{ $collection.item.value.formattedName }}' },
		},
		placeholder: 'Add Contact',
		default: {
			contact: [{ formattedName: '', phones: { phone: [{ phone: '', type: '', waId: '' }] } }],
		},
		description: 'One or more people or places that the contact can call and save',
		displayOptions: { show: { contactsSource: ['fields'] } },
		options: [{ displayName: 'Contact', name: 'contact', values: contactValues }],
	},
	{
		displayName: 'Contacts',
		name: 'contactsJson',
		type: 'json',
		default: '[{ "name": { "formatted_name": "" }, "phones": [{ "phone": "" }] }]',
		required: true,
		description: 'A list of contacts as WhatsApp writes them, or a single one',
		displayOptions: { show: { contactsSource: ['json'] } },
	},
	{
		displayName: 'vCard',
		name: 'vCard',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		required: true,
		placeholder: 'e.g. BEGIN:VCARD…',
		description: 'One or more vCards of version 3.0 or 4.0',
		displayOptions: { show: { contactsSource: ['vCard'] } },
	},
];

/** A contact as the editor stores it: lists stand one level deeper. */
function contactOf({ phones, emails, urls, addresses, ...texts }: IDataObject): ContactFields {
	const entries = (list: unknown, name: string) => (list as IDataObject | undefined)?.[name];
	return {
		...texts,
		phones: entries(phones, 'phone'),
		emails: entries(emails, 'email'),
		urls: entries(urls, 'url'),
		addresses: entries(addresses, 'address'),
	} as ContactFields;
}

function contactsOf(item: Item): unknown[] {
	switch (item.parameter('contactsSource')) {
		case 'json':
			return contactsFromJson(item.parameter('contactsJson'));
		case 'vCard':
			return contactsFromVCard(item.parameter('vCard'));
		default: {
			const rows = item.parameter('contacts.contact', []) as IDataObject[];
			return contactsFromFields(rows.map(contactOf));
		}
	}
}

export const contacts: ContentForm = {
	name: 'Contacts',
	value: 'contacts',
	description: 'Cards of people or places, to call and to save',
	properties,
	async prepare(item) {
		const leftOut = (entry: string) =>
			item.session.hint(`${entry}, which WhatsApp does not take. It was left out.`);
		return withoutFiles(contactsMessage(contactsOf(item), leftOut));
	},
};
