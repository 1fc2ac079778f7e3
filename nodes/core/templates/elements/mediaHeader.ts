import { InputError } from '../../inputError';
import type { ComponentDefinition } from '../definition';
import type {
	Element,
	ElementContext,
	HeaderMediaKind,
	MediaFile,
	TemplateField,
} from '../element';
import { fileNameIn, mediaReferenceOf, type KnownFiles } from '../mediaReference';

const TITLES: Record<HeaderMediaKind, string> = {
	image: 'Image',
	video: 'Video',
	document: 'Document',
};

/**
 * A header with an image, a video or a document (rule D9). Meta always wants the file, even though
 * the template was created with a sample.
 */
export function mediaHeader(component: ComponentDefinition, context: ElementContext): Element {
	const kind = component.format?.toLowerCase() as HeaderMediaKind;
	const title = context.labelPrefix + TITLES[kind];
	const file: TemplateField = {
		id: `${context.idPrefix}header:media`,
		label: title,
		title: `${title}: file field, link or media ID`,
		required: true,
		type: 'string',
		// Each card has a file of its own.
		defaultValue:
			context.idPrefix === '' ? 'data' : `data_${Number(/\d+/.exec(context.idPrefix)) + 1}`,
		hint: "The name of the binary field that holds the file, a public https link, or a file's media ID",
		media: kind,
	};
	const name: TemplateField = {
		id: `${context.idPrefix}header:filename`,
		label: `${title} File Name`,
		required: false,
		type: 'string',
		example: 'ticket.pdf',
		hint: 'The name that the contact sees; its ending decides about the icon',
	};
	const hasName = kind === 'document';

	return {
		fields: hasName ? [file, name] : [file],
		check(values) {
			mediaReferenceOf(values[file.id], file.label, context.files);
		},
		components(values, media) {
			const { filename, ...source } =
				media[file.id] ?? sourceOf(values[file.id], file.label, context.files);
			const shownName =
				values[name.id] ?? filename ?? ('link' in source && fileNameIn(source.link));
			return [
				{
					type: 'header',
					parameters: [
						{
							type: kind,
							[kind]: { ...source, ...(hasName && shownName && { filename: shownName }) },
						},
					],
				},
			];
		},
		preview(values, media) {
			const value = values[file.id];
			const shownName =
				values[name.id] ?? media[file.id]?.filename ?? (value && (fileNameIn(value) ?? value));
			return { header: `[${TITLES[kind]}${shownName ? `: ${shownName}` : ''}]` };
		},
	};
}

function sourceOf(value: string, label: string, files?: KnownFiles): MediaFile {
	const reference = mediaReferenceOf(value, label, files);
	if (reference.kind === 'link') return { link: reference.link };
	if (reference.kind === 'id') return { id: reference.id };
	throw new InputError(
		label,
		`The file of '${label}' in the binary field '${reference.field}' is not uploaded yet.`,
		'Upload the file first and give its media ID.',
	);
}
