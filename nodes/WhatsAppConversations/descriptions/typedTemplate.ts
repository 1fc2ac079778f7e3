import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { languageProperties } from './languages';

/** Where a template comes from: the provider's list, or what was typed in. */
export interface TypedTemplateNames {
	source: string;
	name: string;
	language: string;
	category: string;
	header: string;
	headerValue: string;
	values: string;
}

/** The names of the parameters, in front of which the fallback's have a word of their own. */
export function typedTemplateNames(prefix: '' | 'fallback'): TypedTemplateNames {
	const named = (name: string) =>
		prefix ? `${prefix}${name[0].toUpperCase()}${name.slice(1)}` : name;
	return {
		source: named('templateSource'),
		name: named('typedTemplate'),
		language: named('typedLanguage'),
		category: named('typedCategory'),
		header: named('typedHeader'),
		headerValue: named('typedHeaderValue'),
		values: named('typedValues'),
	};
}

/** The choice of where the template comes from, for providers who do not all have a list. */
export function templateSourceProperties(
	displayName: string,
	{ source }: TypedTemplateNames,
): INodeProperties[] {
	const typed = {
		name: 'Typed In',
		value: 'typed',
		description: 'By its name, for providers who do not tell which templates there are',
	};
	const property = {
		displayName: `${displayName} From`,
		name: source,
		type: 'options' as const,
		noDataExpression: true,
	};
	return [
		{
			...property,
			options: [{ name: 'List', value: 'list' }, typed],
			default: 'list',
			displayOptions: { show: { provider: ['compatible'] } },
		},
		{
			...property,
			options: [typed],
			default: 'typed',
			displayOptions: { show: { provider: ['clickatell'] } },
		},
	];
}

/** A template as one types it in: nothing checks it before the provider does. */
export function typedTemplateProperties(names: TypedTemplateNames): INodeProperties[] {
	return updateDisplayOptions({ show: { [names.source]: ['typed'] } }, [
		{
			displayName: 'Template Name',
			name: names.name,
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. order_ready',
			description: 'Name of an approved template, as the portal of the provider shows it',
		},
		...languageProperties(
			{
				displayName: 'Template Language',
				name: names.language,
				description: 'The very language of the template; English and English (US) are two',
			},
			{ provider: ['compatible'] },
		),
		{
			displayName: 'Category',
			name: names.category,
			type: 'options',
			options: [
				{ name: 'Authentication', value: 'AUTHENTICATION' },
				{ name: 'Marketing', value: 'MARKETING' },
				{ name: 'Utility', value: 'UTILITY' },
			],
			default: 'MARKETING',
			description: 'Of the template. It decides which consent counts.',
		},
		{
			displayName: 'Header',
			name: names.header,
			type: 'options',
			options: [
				{ name: 'Document', value: 'DOCUMENT' },
				{ name: 'Image', value: 'IMAGE' },
				{ name: 'None or Fixed', value: 'none' },
				{ name: 'Text', value: 'TEXT' },
				{ name: 'Video', value: 'VIDEO' },
			],
			default: 'none',
			description: 'What of the header has to be filled',
		},
		{
			displayName: 'Header Value',
			name: names.headerValue,
			type: 'string',
			default: '',
			displayOptions: { hide: { [names.header]: ['none'] } },
			description: 'The text, or for a file the binary field that holds it',
		},
		{
			displayName: 'Body Values',
			name: names.values,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add value',
			default: {},
			description: 'What goes into {{1}}, {{2}} and so on, in this order',
			options: [
				{
					displayName: 'Value',
					name: 'value',
					values: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
				},
			],
		},
	]);
}
