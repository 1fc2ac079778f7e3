import type { TemplateDefinition } from '../../core/templates/definition';
import { parseTemplateKey, type TemplateKey } from '../../core/templates/templateKey';
import type { Item } from '../run/item';

import { findTemplate, forgetTemplate } from './definitions';

/** What a parameter that chooses a template names. @throws InputError */
export function templateKeyOf(item: Item, parameter = 'template'): TemplateKey {
	const chosen = item.chosen(parameter);
	return parseTemplateKey(String(chosen ?? ''));
}

/**
 * The template that the parameter 'Template' chooses, whatever its status, as Meta has it now.
 *
 * @throws InputError, ProviderRefusal
 */
export async function storedTemplate(item: Item): Promise<TemplateDefinition> {
	const key = templateKeyOf(item);
	const api = await item.session.api();
	forgetTemplate(api, key.name);
	return await findTemplate(api, key, item.session.now() * 1000);
}
