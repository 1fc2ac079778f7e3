import { updateDisplayOptions, type IDataObject } from 'n8n-workflow';

import type { TemplateField } from '../../../core/templates/element';
import { readTemplate } from '../../../core/templates/readTemplate';
import { simplifyProperty } from '../../descriptions/simplify';
import { anyTemplateProperty } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { storedTemplate } from '../../templates/stored';
import { templateView } from '../../views/templateView';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['get'] } },
	[anyTemplateProperty, simplifyProperty],
);

export async function execute(item: Item): Promise<Result> {
	const definition = await storedTemplate(item);
	const { fields, obstacle, preview } = readTemplate(definition);
	const examples = Object.fromEntries(fields.map(({ id, example }) => [id, example]));
	const all = {
		...templateView(definition),
		sendable: !obstacle,
		explanation: obstacle?.message ?? 'The template is approved and can be sent.',
		fields: fields.map(fieldView),
		preview: { ...preview(examples) },
	};
	return { json: item.parameter('simplify', false) ? simplified(all) : all };
}

/** What people look for, without Meta's own data; n8n asks for at most ten fields. */
function simplified(all: IDataObject): IDataObject {
	const { key, name, language, status, category, sendable, explanation, fields, preview } = all;
	return { key, name, language, status, category, sendable, explanation, preview, fields };
}

function fieldView({
	id,
	label,
	title = label,
	type,
	required,
	example,
	media,
}: TemplateField): IDataObject {
	return { id, label: title, type, required, example: example ?? '', ...(media && { media }) };
}
