import { InputError } from '../inputError';

import type { TemplateDefinition } from './definition';

/** What identifies a template: its name, and its language where it is known. */
export interface TemplateKey {
	name: string;
	language?: string;
}

/** The text under which the editor stores a chosen template: `name|language`. */
export function templateKey({
	name,
	language,
}: Pick<TemplateDefinition, 'name' | 'language'>): string {
	return `${name}|${language}`;
}

/**
 * Reads `name|language`, or a name alone, as an expression may give it. Webhooks write the language
 * with a hyphen (`en-US`) and the template list with an underscore; the underscore is what counts.
 *
 * @param field display name of the parameter
 * @throws InputError for anything else
 */
export function parseTemplateKey(text: string, field = 'Template'): TemplateKey {
	const [name, language, ...rest] = String(text ?? '')
		.split('|')
		.map((part) => part.trim());
	if (!name || language === '' || rest.length > 0) {
		throw new InputError(
			field,
			`'${field}' holds '${text ?? ''}', which names no template.`,
			"Choose a template from the list, or give its name and language as 'name|language', for example 'order_ready|en_US'.",
		);
	}
	return language === undefined ? { name } : { name, language: language.replace('-', '_') };
}
