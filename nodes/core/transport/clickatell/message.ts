import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../isObject';
import { readSendNote } from '../../sendNote';
import { UnsupportedByProvider } from '../../unsupported';
import { asList } from '../answers';
import { FILE_TO_COME } from '../transport';

import { writeReference } from './reference';

/** As people know it. */
export const CLICKATELL = 'Clickatell';

/** Which of its two forms a template goes in: the current one, or that of 2019. */
export type TemplateForm = 'template' | 'hsm';

/** A file that goes inside the message. */
export interface InlineFile {
	/** In base64. */
	content: string;
	mimeType: string;
	/** Its own name, which the contact does not see. */
	fileName: string;
}

/** What a message needs to know beside Meta's JSON. */
export interface MessageContext {
	templateForm: TemplateForm;
	/** The file behind an ID; undefined for one that this connection did not take in. */
	fileOf: (id: string) => InlineFile | undefined;
}

function refuse(field: string, what: string, hint?: string): never {
	throw new UnsupportedByProvider(CLICKATELL, field, what, hint);
}

/**
 * A message of Meta's as Clickatell takes it (Clickatell: One API). `channel` always stands in it,
 * because without one Clickatell would send an SMS.
 *
 * @param body from `requestBody()`; its kind is known to be one that Clickatell carries
 * @throws UnsupportedByProvider for each field that has no place
 */
export function clickatellMessage(body: IDataObject, context: MessageContext): IDataObject {
	if (body.recipient_identity_key_hash !== undefined) {
		refuse('Identity Key Hash', 'the identity change check');
	}
	const tracking = String(body.biz_opaque_callback_data ?? '');
	const note = readSendNote(tracking);
	const reference = note ? writeReference(note) : tracking;
	const quoted = isObject(body.context) ? String(body.context.message_id ?? '') : '';
	return {
		channel: 'whatsapp',
		to: String(body.to).replace('+', ''),
		...contentOf(body, context),
		...(quoted && { relatedMessageId: quoted }),
		...(reference && { clientMessageId: reference }),
	};
}

function contentOf(body: IDataObject, context: MessageContext): IDataObject {
	const type = String(body.type);
	const content = body[type] as IDataObject;
	if (type === 'text') {
		const preview = content.preview_url === true;
		return { content: content.body, ...(preview && { previewFirstUrl: true }) };
	}
	return type === 'template' ? templateOf(content, context) : fileOf(content, context);
}

function fileOf(content: IDataObject, context: MessageContext): IDataObject {
	if (content.link !== undefined) {
		refuse('File', 'files by link', "Set 'File' to 'From a Previous Node'.");
	}
	if (content.voice) refuse('Voice Message', 'voice messages', 'Send the file as audio.');
	const file = fileBehind(String(content.id), context);
	const { filename, caption } = content;
	// A name that nobody typed in is the file's own.
	if (filename !== undefined && file.fileName !== '' && filename !== file.fileName) {
		refuse('File Name', 'another name for a file', "Leave 'File Name' empty.");
	}
	return {
		content: file.content,
		contentType: file.mimeType,
		...(caption !== undefined && { caption }),
	};
}

function fileBehind(id: string, { fileOf: find }: MessageContext): InlineFile {
	if (id === FILE_TO_COME) return { content: '…', mimeType: '…', fileName: '' };
	return (
		find(id) ??
		refuse(
			'Media ID',
			'files by media ID outside of templates',
			"Set 'File' to 'From a Previous Node'.",
		)
	);
}

function templateOf(template: IDataObject, { templateForm }: MessageContext): IDataObject {
	const { code } = template.language as { code: string };
	if (code) {
		refuse('Language', 'a choice of the language', 'Each template has its one language there.');
	}
	const components = asList(template.components);
	for (const { type } of components) {
		if (!['header', 'body'].includes(String(type))) {
			refuse('Template', `values for the ${String(type)} of a template`);
		}
	}
	const [header] = asList(componentOf(components, 'header')?.parameters);
	const parameters = bodyValues(asList(componentOf(components, 'body')?.parameters));
	if (templateForm === 'hsm') {
		if (header) refuse('Header', "a header in the template form 'hsm'");
		return { hsm: { template: template.name, parameters } };
	}
	return {
		template: {
			templateName: template.name,
			...(header && { header: headerOf(header) }),
			body: { parameters },
		},
	};
}

function componentOf(components: IDataObject[], type: string): IDataObject | undefined {
	return components.find((component) => component.type === type);
}

function bodyValues(parameters: IDataObject[]): IDataObject {
	return Object.fromEntries(
		parameters.map(({ type, text, parameter_name: name }, index) => {
			if (name !== undefined) refuse('Template', 'values by name');
			if (type !== 'text') refuse('Template', `values of the kind '${String(type)}'`);
			return [String(index + 1), text];
		}),
	);
}

function headerOf(parameter: IDataObject): IDataObject {
	const { type, text } = parameter;
	if (type === 'text') return { type: 'text', text };
	const file = parameter[String(type)];
	if (!['image', 'video', 'document'].includes(String(type)) || !isObject(file)) {
		refuse('Header', `headers of the kind '${String(type)}'`);
	}
	if (file.id === undefined) {
		refuse('Header', 'files by link', 'Name a binary field of the incoming item instead.');
	}
	return { type: 'media', media: { fileId: file.id } };
}
