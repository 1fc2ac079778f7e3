import type { TemplateDefinition } from './definition';
import type { FillOptions, ResolvedMedia, TemplatePreview, Values } from './element';
import { readElements } from './elements';
import { assemblePreview } from './previewParts';
import { fieldText } from './values';

/**
 * The template as the contact will read it (rule R37). Checks nothing: a missing value stays
 * visible as its placeholder, and an element that cannot be filled is left out.
 * @param values by field ID, as the editor stores them
 * @param media the uploaded files by field ID, for their names
 */
export function previewOf(
	definition: TemplateDefinition,
	values: Record<string, unknown>,
	media: ResolvedMedia = {},
	options: FillOptions = {},
): TemplatePreview {
	const elements = readElements(definition, options);
	const texts: Values = {};
	for (const field of elements.flatMap(({ fields }) => fields)) {
		const text = fieldText(field, values[field.id], options);
		if (text) texts[field.id] = text;
	}
	return assemblePreview(elements.map((element) => element.preview(texts, media)));
}
