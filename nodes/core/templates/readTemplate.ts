import { InputError } from '../inputError';
import type { TemplateMessage } from '../messages/types';

import type { TemplateDefinition } from './definition';
import type {
	Element,
	FillOptions,
	HeaderMediaKind,
	ResolvedMedia,
	TemplateComponent,
	TemplateField,
	TemplatePreview,
	Values,
} from './element';
import { readElements } from './elements';
import { mediaReferenceOf, type FileReference } from './mediaReference';
import { assemblePreview } from './previewParts';
import { notApproved } from './usability';
import { checkValues, visibleValues } from './values';

/** A template as it was read: what it asks for, whether it can be sent, and how it is filled. */
export interface ReadTemplate {
	readonly definition: TemplateDefinition;
	/** The values that it asks for, in reading order (rule R36); empty for a static template. */
	readonly fields: TemplateField[];
	/** Set when it has an element that this version cannot fill. */
	readonly unsupported?: InputError;
	/** Why it cannot be sent: it is not approved, or it has such an element. */
	readonly obstacle?: InputError;
	/**
	 * Checks the values, so that nothing wrong is sent (rules R43 and T31).
	 *
	 * @param values by field ID, as the editor stores them
	 * @throws InputError when a value does not fit, or the template has an element that this version
	 * cannot fill
	 */
	fill(values: Record<string, unknown>): FilledTemplate;
	/**
	 * The template as the contact will read it (rule R37), with values that may lack or be wrong: a
	 * missing one stays visible as its placeholder, and an element that cannot be filled is left out.
	 */
	preview(values: Record<string, unknown>): TemplatePreview;
}

/** A template with values that fit. What Meta needs of files is known when they are uploaded. */
export interface FilledTemplate {
	/** The values as texts by field ID, without the absent ones. */
	readonly values: Values;
	/** The files that the values name. Those in binary fields must be uploaded before the send. */
	readonly media: TemplateMedia[];
	/**
	 * What Meta needs (rule R43, Meta: Template components); static elements need nothing.
	 *
	 * @param uploaded what the files became, by field ID. A link or a media ID needs no entry, the
	 * name of a binary field does.
	 * @throws InputError when a file is not uploaded yet, or the parts do not go together
	 */
	components(uploaded?: ResolvedMedia): TemplateComponent[];
	/** The whole message around {@link components}. */
	message(uploaded?: ResolvedMedia): TemplateMessage;
	/** The template as the contact will read it, with the names of its files. */
	preview(uploaded?: ResolvedMedia): TemplatePreview;
}

/** A file that a template needs. */
export interface TemplateMedia {
	/** ID of the field, the key for `ResolvedMedia`. */
	id: string;
	label: string;
	kind: HeaderMediaKind;
	reference: FileReference;
}

/** Reads a template once, for all that is asked of it. */
export function readTemplate(
	definition: TemplateDefinition,
	options: FillOptions = {},
): ReadTemplate {
	const elements = readElements(definition, options);
	const fields = elements.flatMap((element) => element.fields);
	const unsupported = unsupportedIn(definition, elements);
	return {
		definition,
		fields,
		unsupported,
		obstacle: notApproved(definition) ?? unsupported,
		fill(given) {
			if (unsupported) throw unsupported;
			const values = checkValues(definition.name, elements, given, options);
			return filled(definition, elements, values, mediaIn(fields, values, options));
		},
		preview: (given) => previewOf(elements, visibleValues(fields, given, options)),
	};
}

function unsupportedIn({ name }: TemplateDefinition, elements: Element[]): InputError | undefined {
	const what = elements.find((element) => element.unsupported)?.unsupported;
	if (!what) return undefined;
	return new InputError(
		'Template',
		`Template '${name}' has ${what}.`,
		'Choose a template without it.',
	);
}

function mediaIn(fields: TemplateField[], values: Values, { files }: FillOptions): TemplateMedia[] {
	return fields.flatMap(({ id, label, media: kind }) =>
		kind ? [{ id, label, kind, reference: mediaReferenceOf(values[id], label, files) }] : [],
	);
}

function filled(
	{ name, language }: TemplateDefinition,
	elements: Element[],
	values: Values,
	media: TemplateMedia[],
): FilledTemplate {
	const components = (uploaded: ResolvedMedia = {}) =>
		elements.flatMap((element) => element.components(values, uploaded));
	return {
		values,
		media,
		components,
		message(uploaded) {
			const parts = components(uploaded);
			return {
				type: 'template',
				template: {
					name,
					language: { code: language },
					...(parts.length > 0 && { components: parts }),
				},
			};
		},
		preview: (uploaded) => previewOf(elements, values, uploaded),
	};
}

function previewOf(
	elements: Element[],
	values: Values,
	uploaded: ResolvedMedia = {},
): TemplatePreview {
	return assemblePreview(elements.map((element) => element.preview(values, uploaded)));
}
