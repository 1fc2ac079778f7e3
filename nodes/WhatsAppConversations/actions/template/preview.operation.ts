import { updateDisplayOptions, type IDataObject } from 'n8n-workflow';

import { InputError } from '../../../core/inputError';
import type { ResolvedMedia } from '../../../core/templates/element';
import type { FilledTemplate } from '../../../core/templates/readTemplate';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { categoryOf } from '../../templates/category';
import { chosenTemplate, type ChosenTemplate } from '../../templates/chosen';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['preview'] } },
	chosenTemplateProperties,
);

/** Shows what would be sent, and what is still missing; sends and uploads nothing. */
export async function execute(item: Item): Promise<Result> {
	const chosen = await chosenTemplate(item, chosenTemplateNames);
	const { template, values } = chosen;
	const { name, language, status } = template.definition;
	return {
		json: {
			template: { name, language, status, category: categoryOf(template.definition, {}) },
			preview: { ...template.preview(values) },
			...(await payloadView(chosen)),
		},
	};
}

/** The body of the request without the recipient, or why there is none yet. */
async function payloadView({ template, values }: ChosenTemplate): Promise<IDataObject> {
	const message = async () => {
		if (template.obstacle) throw template.obstacle;
		return messageOf(template.fill(values));
	};
	return await message().then(
		(payload) => ({ ready: true, payload: { ...payload } }),
		(error: unknown) => {
			if (!(error instanceof InputError)) throw error;
			const { field, message: explanation, hint } = error;
			return { ready: false, payload: null, missing: { field, explanation, hint } };
		},
	);
}

/** With a note in place of the ID of a file that would be uploaded. */
function messageOf({ media, message }: FilledTemplate) {
	const uploaded: ResolvedMedia = {};
	for (const { id, reference } of media) {
		if (reference.kind === 'binary') uploaded[id] = { id: `(uploaded from '${reference.field}')` };
	}
	return message(uploaded);
}
