import type { TemplateDefinition } from './definition';
import type { ResolvedMedia, TemplatePreview, Values } from './element';
import { readElements } from './elements';
import { assemblePreview } from './previewParts';
import { textOf } from './values';

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
): TemplatePreview {
	const texts: Values = {};
	for (const [id, value] of Object.entries(values)) {
		const text = textOf(value);
		if (text) texts[id] = text;
	}
	return assemblePreview(readElements(definition).map((element) => element.preview(texts, media)));
}
