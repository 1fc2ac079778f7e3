import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import {
	templateSourceProperties,
	typedTemplateNames,
	typedTemplateProperties,
	type TypedTemplateNames,
} from './typedTemplate';

interface TemplatePropertyNames {
	/** Parameter that holds the chosen template, as `name|language`. */
	template: string;
	/** Parameter that holds the values, a resource mapper. */
	fields: string;
	/** Method that turns the chosen template into fields. */
	mappingMethod: string;
	displayName: string;
	typed: TypedTemplateNames;
}

/** The choice of a template, from the list or as `name|language`. */
function templateLocator(
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a template…',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. order_ready|en_US',
				hint: 'The name and the language of the template, with | between them',
			},
		],
	};
}

/** The choice of an approved template, with one field for each of its placeholders. */
function templateProperties(names: TemplatePropertyNames): INodeProperties[] {
	const listed: INodeProperties[] = [
		templateLocator(
			names.displayName,
			names.template,
			'searchTemplates',
			'One of the approved templates of your business account',
		),
		{
			displayName: `${names.displayName} Fields`,
			name: names.fields,
			type: 'resourceMapper',
			noDataExpression: true,
			default: { mappingMode: 'defineBelow', value: null },
			description:
				'What goes into the placeholders of the template. A file is named by the binary field that holds it, a public https link or a media ID.',
			typeOptions: {
				loadOptionsDependsOn: [`${names.template}.value`],
				resourceMapper: {
					resourceMapperMethod: names.mappingMethod,
					mode: 'add',
					valuesLabel: `${names.displayName} Fields`,
					fieldWords: { singular: 'template value', plural: 'template values' },
					addAllFields: true,
					supportAutoMap: false,
					noFieldsError: 'Choose a template first; then its fields appear here.',
				},
			},
		},
	];
	return [
		...templateSourceProperties(names.displayName, names.typed),
		...updateDisplayOptions({ hide: { [names.typed.source]: ['typed'] } }, listed),
		...typedTemplateProperties(names.typed),
	];
}

/** The template of an operation of its own. */
export const chosenTemplateNames = {
	template: 'template',
	fields: 'templateFields',
	typed: typedTemplateNames(''),
};

export const chosenTemplateProperties = templateProperties({
	...chosenTemplateNames,
	displayName: 'Template',
	mappingMethod: 'getTemplateFields',
});

/** The template that goes out when the window is closed. */
export const fallbackTemplateNames = {
	template: 'fallbackTemplate',
	fields: 'fallbackTemplateFields',
	typed: typedTemplateNames('fallback'),
};

export const fallbackTemplateProperties = templateProperties({
	...fallbackTemplateNames,
	displayName: 'Template Instead',
	mappingMethod: 'getFallbackTemplateFields',
});

/** A template in any state. */
export const anyTemplateProperty = templateLocator(
	'Template',
	'template',
	'searchAllTemplates',
	'One of the templates of your business account, whether approved or not',
);

/** A second one, beside it. */
export const otherTemplateProperty = templateLocator(
	'Compare With',
	'compareWith',
	'searchAllTemplates',
	'Another template of the same business account',
);

/** A template of Meta's library. */
export const libraryTemplateProperty = templateLocator(
	'Library Template',
	'libraryTemplate',
	'searchLibraryTemplates',
	'One of the templates that Meta has written, in one of its languages',
);
