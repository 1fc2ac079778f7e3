import { updateDisplayOptions, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { InputError } from '../../../core/inputError';
import { buildTemplate } from '../../../core/templates/components';
import type { ResolvedMedia } from '../../../core/templates/element';
import { mediaOf } from '../../../core/templates/media';
import { previewOf } from '../../../core/templates/preview';
import { refusalOf } from '../../../core/templates/usability';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import type { Session } from '../../run/session';
import { categoryOf, chosenTemplate, type ChosenTemplate } from '../../templates/ready';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['preview'] } },
	chosenTemplateProperties,
);

/** Shows what would be sent, and what is still missing; sends and uploads nothing. */
export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const chosen = await chosenTemplate(context, i, session, chosenTemplateNames);
	const { definition, values, fill } = chosen;
	const { name, language, status } = definition;
	return {
		json: {
			template: { name, language, status, category: categoryOf(definition, {}) },
			preview: { ...previewOf(definition, values, {}, fill) },
			...payloadOf(chosen),
		},
	};
}

/** The body of the request without the recipient, or why there is none yet. */
function payloadOf({ definition, values, fill }: ChosenTemplate): IDataObject {
	const refusal = refusalOf(definition);
	if (refusal) return notReady('Template', refusal.message, refusal.hint);
	const media: ResolvedMedia = {};
	try {
		for (const { id, reference } of mediaOf(definition, values, fill)) {
			if (reference.kind === 'binary') media[id] = { id: `(uploaded from '${reference.field}')` };
		}
	} catch (error) {
		const { field, message, hint } = error as InputError;
		return notReady(field, message, hint);
	}
	return { ready: true, payload: { ...buildTemplate(definition, values, media, fill) } };
}

function notReady(field: string, explanation: string, hint: string): IDataObject {
	return { ready: false, payload: null, missing: { field, explanation, hint } };
}
