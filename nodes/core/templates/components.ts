import type { TemplateMessage } from '../messages/types';

import type { TemplateDefinition } from './definition';
import type { FillOptions, ResolvedMedia, TemplateComponent } from './element';
import { elementsOf } from './elements';
import { checkValues } from './values';

/**
 * What Meta needs to fill a template (rule R43, Meta: Template components); static elements need
 * nothing and are left out.
 * @param values by field ID; checked here, so that nothing wrong is sent
 * @param media what the media fields' files became, by field ID. A link or a media ID among the
 *   values needs no entry, the name of a binary field does.
 * @throws InputError when the values do not fit, or a file is not uploaded yet
 */
export function componentsOf(
	definition: TemplateDefinition,
	values: Record<string, unknown>,
	media: ResolvedMedia = {},
	options: FillOptions = {},
): TemplateComponent[] {
	const checked = checkValues(definition, values, options);
	return elementsOf(definition, options).flatMap((element) => element.components(checked, media));
}

/** The whole template message, as `componentsOf` fills it. */
export function buildTemplate(
	definition: TemplateDefinition,
	values: Record<string, unknown>,
	media: ResolvedMedia = {},
	options: FillOptions = {},
): TemplateMessage {
	const components = componentsOf(definition, values, media, options);
	return {
		type: 'template',
		template: {
			name: definition.name,
			language: { code: definition.language },
			...(components.length > 0 && { components }),
		},
	};
}
