import type { TemplateMessage } from '../../../nodes/core/messages/types';
import type { TemplateDefinition } from '../../../nodes/core/templates/definition';
import type {
	FillOptions,
	ResolvedMedia,
	TemplateComponent,
	TemplateField,
	TemplatePreview,
	Values,
} from '../../../nodes/core/templates/element';
import { readTemplate, type TemplateMedia } from '../../../nodes/core/templates/readTemplate';

/** Single answers of a template that is read anew for each. */

type Given = Record<string, unknown>;

export function fieldsOf(definition: TemplateDefinition): TemplateField[] {
	const { fields, unsupported } = readTemplate(definition);
	if (unsupported) throw unsupported;
	return fields;
}

export function checkValues(
	definition: TemplateDefinition,
	values: Given,
	options?: FillOptions,
): Values {
	return readTemplate(definition, options).fill(values).values;
}

export function mediaOf(
	definition: TemplateDefinition,
	values: Given,
	options?: FillOptions,
): TemplateMedia[] {
	return readTemplate(definition, options).fill(values).media;
}

export function componentsOf(
	definition: TemplateDefinition,
	values: Given,
	media?: ResolvedMedia,
	options?: FillOptions,
): TemplateComponent[] {
	return readTemplate(definition, options).fill(values).components(media);
}

export function buildTemplate(
	definition: TemplateDefinition,
	values: Given,
	media?: ResolvedMedia,
	options?: FillOptions,
): TemplateMessage {
	return readTemplate(definition, options).fill(values).message(media);
}

/** @param media of a template whose values fit; {} for one whose values need not */
export function previewOf(
	definition: TemplateDefinition,
	values: Given,
	media?: ResolvedMedia,
	options?: FillOptions,
): TemplatePreview {
	const template = readTemplate(definition, options);
	const isFilled = media && Object.keys(media).length > 0;
	return isFilled ? template.fill(values).preview(media) : template.preview(values);
}
