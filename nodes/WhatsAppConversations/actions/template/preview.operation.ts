import { updateDisplayOptions, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { InputError } from '../../../core/inputError';
import { buildTemplate } from '../../../core/templates/components';
import type { TemplateDefinition } from '../../../core/templates/definition';
import type { ResolvedMedia } from '../../../core/templates/element';
import { mediaOf } from '../../../core/templates/media';
import { previewOf } from '../../../core/templates/preview';
import { refusalOf } from '../../../core/templates/usability';
import { chosenTemplateNames, chosenTemplateProperties } from '../../descriptions/template';
import type { Session } from '../../session';
import { categoryOf, chosenTemplate } from '../../templateMessage';
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
	const { definition, values } = await chosenTemplate(context, i, session, chosenTemplateNames);
	const { name, language, status } = definition;
	return {
		json: {
			template: { name, language, status, category: categoryOf(definition, {}) },
			preview: { ...previewOf(definition, values) },
			...payloadOf(definition, values),
		},
	};
}

/** The body of the request without the recipient, or why there is none yet. */
function payloadOf(definition: TemplateDefinition, values: Record<string, unknown>): IDataObject {
	const refusal = refusalOf(definition);
	if (refusal) return notReady('Template', refusal.message, refusal.hint);
	const media: ResolvedMedia = {};
	try {
		for (const { id, reference } of mediaOf(definition, values)) {
			if (reference.kind === 'binary') media[id] = { id: `(uploaded from '${reference.field}')` };
		}
	} catch (error) {
		const { field, message, hint } = error as InputError;
		return notReady(field, message, hint);
	}
	return { ready: true, payload: { ...buildTemplate(definition, values, media) } };
}

function notReady(field: string, explanation: string, hint: string): IDataObject {
	return { ready: false, payload: null, missing: { field, explanation, hint } };
}
