import type { FieldType, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import type { TemplateField } from '../../core/templates/element';
import { readTemplate } from '../../core/templates/readTemplate';
import { parseTemplateKey } from '../../core/templates/templateKey';
import { connect } from '../../shared/provider';
import { chosenTemplateNames, fallbackTemplateNames } from '../descriptions/template';
import { findTemplate, forgetTemplate } from '../templates/definitions';
import { wholeTextField } from '../templates/wholeText';
import { showsWhatMattersFirst } from '../version';

/** One labelled field for each value that the chosen template needs. */
export async function getTemplateFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await fieldsOfChosen(this, chosenTemplateNames.template);
}

/** As {@link getTemplateFields}, for the template that goes out when the window is closed. */
export async function getFallbackTemplateFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return await fieldsOfChosen(this, fallbackTemplateNames.template);
}

async function fieldsOfChosen(
	context: ILoadOptionsFunctions,
	parameter: string,
): Promise<ResourceMapperFields> {
	const chosen = context.getNodeParameter(parameter, '', { extractValue: true });
	if (!chosen) return { fields: [], emptyFieldsNotice: 'Choose a template first.' };

	const api = await connect(context);
	const key = parseTemplateKey(String(chosen));
	// In the editor the fields are read anew, so that a change at Meta shows at once.
	forgetTemplate(api, key.name);
	const definition = await findTemplate(api, key, Date.now());
	const template = readTemplate(definition);
	const { fields, unsupported, preview } = template;
	if (unsupported) throw unsupported;
	const isShown = fields.length > 0 && showsWhatMattersFirst(context.getNode());
	return {
		fields: [...(isShown ? [wholeTextField(template)] : []), ...fields.map(mapperFieldOf)],
		emptyFieldsNotice: `This template has no placeholders: it is sent as it is.<br><br>${asHtml(preview({}).text)}`,
	};
}

/** n8n shows notices as HTML, of which it leaves only what is harmless. */
function asHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/\n/g, '<br>');
}

function mapperFieldOf(field: TemplateField) {
	const { id, label, title = label, required, type, choices, defaultValue } = field;
	return {
		id,
		displayName: title,
		required,
		type: type as FieldType,
		...(choices && { options: choices }),
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		...(defaultValue === undefined ? {} : { defaultValue }),
		// An optional field appears when the user adds it.
		...(required ? {} : { removed: true }),
	};
}
