import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { EmptyInput } from '../core/inputError';
import type { ComponentDefinition, TemplateDefinition } from '../core/templates/definition';
import { providerOf } from '../shared/provider';

import type { TypedTemplateNames } from './descriptions/typedTemplate';

/** Whether the template was typed in: some providers have no list at all. */
export function isTyped(
	context: IExecuteFunctions,
	i: number,
	{ source }: TypedTemplateNames,
): boolean {
	const { templates } = providerOf(context);
	if (templates === 'listed') return false;
	return templates === 'typed' || context.getNodeParameter(source, i, 'list') === 'typed';
}

/**
 * A template of which only the values are known: its text stays with the provider, so its preview
 * shows its name and the values.
 *
 * @returns its definition as far as it can be told, and the values by field ID
 * @throws InputError when the name is missing
 */
export function typedTemplate(
	context: IExecuteFunctions,
	i: number,
	names: TypedTemplateNames,
): { definition: TemplateDefinition; values: IDataObject } {
	const text = (parameter: string, otherwise = '') =>
		String(context.getNodeParameter(parameter, i, otherwise) ?? '').trim();
	const name = text(names.name);
	if (name === '') {
		throw new EmptyInput(
			'Template Name',
			'Write the name of an approved template, as the portal of the provider shows it.',
		);
	}
	const { value: entries = [] } = context.getNodeParameter(names.values, i, {}) as {
		value?: Array<{ text?: unknown }>;
	};
	const values: IDataObject = Object.fromEntries(
		entries.map(({ text: value }, index) => [`body:${index + 1}`, value as string]),
	);
	const header = text(names.header, 'none');
	if (header === 'TEXT') values['header:1'] = text(names.headerValue);
	else if (header !== 'none') values['header:media'] = text(names.headerValue);
	const slots = entries.map((_, index) => `{{${index + 1}}}`);
	const components: ComponentDefinition[] = [
		...headerOf(header),
		{ type: 'BODY', text: [`[${name}]`, ...slots].join(' · ') },
	];
	return {
		definition: {
			id: '',
			name,
			language: providerOf(context).hasTemplateLanguages ? text(names.language, 'en_US') : '',
			status: 'APPROVED',
			category: text(names.category, 'MARKETING'),
			parameter_format: 'POSITIONAL',
			components,
		},
		values,
	};
}

function headerOf(format: string): ComponentDefinition[] {
	if (format === 'none') return [];
	return [{ type: 'HEADER', format, ...(format === 'TEXT' && { text: '{{1}}' }) }];
}
