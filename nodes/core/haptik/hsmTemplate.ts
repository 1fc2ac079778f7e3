import { InputError } from '../inputError';
import { bodyTextOf, type TemplateDefinition } from '../templates/definition';
import type { TemplateField } from '../templates/element';
import { CODE_FIELD } from '../templates/otp';
import type { ReadTemplate } from '../templates/readTemplate';

import type { Hsm, HsmValue } from './hsm';
import { PAYLOAD_FIELD, refuse } from './payload';

/** Whether two texts differ in nothing but white space (rule R37). */
function sameText(one: string, other: string): boolean {
	const oneSpace = (text: string) => text.replace(/\s+/g, ' ').trim();
	return oneSpace(one) === oneSpace(other);
}

/**
 * The template that has the text of an HSM, where the HSM names none (rule R36).
 *
 * @param definitions the approved templates, or some of them
 * @throws InputError('Text') unless exactly one has it
 */
export function templateWithText(
	definitions: TemplateDefinition[],
	{ text, language }: Hsm,
): TemplateDefinition {
	const found = definitions.filter(
		(definition) =>
			sameText(bodyTextOf(definition), text) && (!language || definition.language === language),
	);
	if (found.length === 1) return found[0];
	const keys = found.map((each) => `'${each.name}' (${each.language})`).join(', ');
	throw new InputError(
		PAYLOAD_FIELD,
		found.length === 0
			? `No approved template has the text of the HSM in '${PAYLOAD_FIELD}'.`
			: `Several approved templates have the text of the HSM in '${PAYLOAD_FIELD}': ${keys}.`,
		"Add the name of the template as 'element_name', and its 'language'.",
	);
}

/** The longest word of an HSM's text, by which lists of templates are searched. */
export function wordToSearch({ text }: Hsm): string {
	const words = text.replace(/\{\{.*?\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/**
 * What is known of a template of which the provider tells nothing: as much of it as the HSM fills.
 *
 * @param hasLanguages false where the provider knows each template in one language alone
 * @throws InputError for what such a template cannot be given
 */
export function definitionFrom(hsm: Hsm, hasLanguages: boolean): TemplateDefinition {
	if (hsm.name === '') {
		refuse(
			"'element_name' is empty, and the provider does not tell which templates there are.",
			'Give the name of the template.',
		);
	}
	if (hasLanguages && hsm.language === '') {
		refuse(
			"'language' is missing, and the provider does not tell which languages there are.",
			"Give the code of the template's language, such as en_US.",
		);
	}
	if (hsm.buttons.length > 0) {
		refuse(
			'it has values for buttons, and the provider does not tell which buttons the template has.',
			'Use a template without values for buttons.',
		);
	}
	const slots = (values: HsmValue[]) => values.map(({ name }, i) => `{{${name ?? i + 1}}}`);
	const text = hsm.text || [`[${hsm.name}]`, ...slots(hsm.body)].join(' · ');
	const format = hsm.file?.kind.toUpperCase() ?? (hsm.header.length > 0 ? 'TEXT' : undefined);
	const header = { type: 'HEADER', format, text: slots(hsm.header).join(' ') };
	return {
		id: '',
		name: hsm.name,
		language: hasLanguages ? hsm.language : '',
		status: 'APPROVED',
		category: '',
		components: [...(format ? [header] : []), { type: 'BODY', text }],
	};
}

/**
 * The values of an HSM by the IDs of the template's fields. What is missing shows when the template
 * is filled.
 *
 * @throws InputError for a value that the template has no place for
 */
export function valuesFor(template: ReadTemplate, hsm: Hsm): Record<string, unknown> {
	const { definition, fields, unsupported } = template;
	if (unsupported) throw unsupported;
	const texts = (place: string) =>
		fields.filter(({ id, media }) => id.startsWith(`${place}:`) && !media && id !== FILE_NAME);
	const code = fields.filter(({ id }) => id === CODE_FIELD.id);
	return {
		...filled(definition, 'header', texts('header'), hsm.header),
		...filled(definition, 'body', [...texts('body'), ...code], hsm.body),
		...fileValues(definition, fields, hsm),
		...buttonValues(definition, fields, hsm),
	};
}

const FILE_NAME = 'header:filename';

function filled(
	{ name: template }: TemplateDefinition,
	place: string,
	fields: TemplateField[],
	given: HsmValue[],
): Record<string, unknown> {
	if (given.length > fields.length) {
		refuse(
			`it has ${given.length} ${given.length === 1 ? 'value' : 'values'} for the ${place}, and template '${template}' takes ${fields.length}.`,
			'Give one value for each placeholder, in their order.',
		);
	}
	return Object.fromEntries(
		given.map(({ name, value }, index) => [
			name === undefined ? fields[index].id : `${place}:${name}`,
			value,
		]),
	);
}

function fileValues(
	{ name }: TemplateDefinition,
	fields: TemplateField[],
	{ file }: Hsm,
): Record<string, unknown> {
	if (!file) return {};
	const field = fields.find(({ media }) => media === file.kind);
	if (!field) {
		refuse(
			`it has a file of the kind '${file.kind}', for which template '${name}' has no place.`,
			'Look at the header of the template, and give what it takes.',
		);
	}
	return {
		[field.id]: file.reference,
		...(file.fileName !== undefined && { [FILE_NAME]: file.fileName }),
	};
}

function buttonValues(
	{ name }: TemplateDefinition,
	fields: TemplateField[],
	{ buttons }: Hsm,
): Record<string, unknown> {
	return Object.fromEntries(
		buttons.map(({ index, value }) => {
			// In an authentication template the code of the body is that of the button too.
			const field = fields.find(
				({ id }) => id.startsWith(`button:${index}:`) || id === CODE_FIELD.id,
			);
			if (field) return [field.id, value];
			return refuse(
				`it has a value for button ${index + 1}, and template '${name}' has no place for one there.`,
				"Count the buttons of the template from 0 in 'index'.",
			);
		}),
	);
}

/** A note for what an HSM says of itself and the template does not follow. */
export function notesOn(definition: TemplateDefinition, { text, language }: Hsm): string[] {
	const notes: string[] = [];
	if (text !== '' && !sameText(bodyTextOf(definition), text)) {
		notes.push(
			`'text' was left out: template '${definition.name}' has another text, which WhatsApp sends.`,
		);
	}
	if (language !== '' && definition.language === '') {
		notes.push("'language' was left out: the provider knows each template in one language.");
	}
	return notes;
}
