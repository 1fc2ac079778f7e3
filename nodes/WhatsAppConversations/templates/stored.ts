import type { TemplateDefinition } from '../../core/templates/definition';
import { parseTemplateKey, type TemplateKey } from '../../core/templates/templateKey';
import type { Item } from '../run/item';

import { findTemplate, forgetTemplate } from './definitions';

/**
 * What a parameter that chooses a template names.
 *
 * @param field its display name, where it is not 'Template'
 * @throws InputError
 */
export function templateKeyOf(item: Item, parameter = 'template', field?: string): TemplateKey {
	const chosen = item.chosen(parameter);
	return parseTemplateKey(String(chosen ?? ''), field);
}

/**
 * The template that a parameter chooses, whatever its status, as Meta has it now.
 *
 * @param field see {@link templateKeyOf}
 * @throws InputError, ProviderRefusal
 */
export async function storedTemplate(
	item: Item,
	parameter?: string,
	field?: string,
): Promise<TemplateDefinition> {
	const key = templateKeyOf(item, parameter, field);
	const api = await item.session.api();
	forgetTemplate(api, key.name);
	return await findTemplate(api, key, item.session.now() * 1000);
}
