import type { TemplateDefinition } from './definition';
import type { FillOptions, HeaderMediaKind } from './element';
import { fieldsOf } from './fields';
import { mediaReferenceOf } from './mediaReference';
import type { FileReference } from './mediaReference';
import { checkValues } from './values';

/** A file that a template needs. */
export interface TemplateMedia {
	/** ID of the field, the key for `ResolvedMedia`. */
	id: string;
	label: string;
	kind: HeaderMediaKind;
	reference: FileReference;
}

/**
 * The files that the values name. Those in binary fields must be uploaded before the template can
 * be built.
 * @throws InputError when the values do not fit the template
 */
export function mediaOf(
	definition: TemplateDefinition,
	values: Record<string, unknown>,
	options: FillOptions = {},
): TemplateMedia[] {
	const checked = checkValues(definition, values, options);
	return fieldsOf(definition).flatMap(({ id, label, media: kind }) =>
		kind
			? [{ id, label, kind, reference: mediaReferenceOf(checked[id], label, options.files) }]
			: [],
	);
}
