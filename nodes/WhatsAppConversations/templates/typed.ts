import type { IDataObject } from 'n8n-workflow';

import { EmptyInput } from '../../core/inputError';
import type { ComponentDefinition, TemplateDefinition } from '../../core/templates/definition';
import type { TypedTemplateNames } from '../descriptions/typedTemplate';
import type { Item } from '../run/item';

/** Whether the template was typed in: some providers have no list at all. */
export function isTyped(item: Item, { source }: TypedTemplateNames): boolean {
	const { templates } = item.provider;
	if (templates === 'listed') return false;
	return templates === 'typed' || item.parameter(source, 'list') === 'typed';
}

/**
 * A template of which only the values are known: its text stays with the provider, so its preview
 * shows its name and the values.
 *
 * @returns its definition as far as it can be told, and the values by field ID
 * @throws InputError when the name is missing
 */
export function typedTemplate(
	item: Item,
	names: TypedTemplateNames,
): { definition: TemplateDefinition; values: IDataObject } {
	const text = (parameter: string, otherwise = '') =>
		String(item.parameter(parameter, otherwise) ?? '').trim();
	const name = text(names.name);
	if (name === '') {
		throw new EmptyInput(
			'Template Name',
			'Write the name of an approved template, as the portal of the provider shows it.',
		);
	}
	const { value: entries = [] } = item.parameter(names.values, {}) as {
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
			language: item.provider.hasTemplateLanguages ? text(names.language, 'en_US') : '',
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
