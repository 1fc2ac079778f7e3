import { updateDisplayOptions, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../../core/inputError';
import type { TemplateDefinition } from '../../../core/templates/definition';
import type { TemplateField } from '../../../core/templates/element';
import { elementsOf, readElements } from '../../../core/templates/elements';
import { previewOf } from '../../../core/templates/preview';
import { refusalOf } from '../../../core/templates/usability';
import { anyTemplateProperty } from '../../descriptions/template';
import type { Session } from '../../run/session';
import { storedTemplate, templateView } from '../../templates/stored';
import type { Result } from '../operation';

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['get'] } },
	[anyTemplateProperty],
);

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const definition = await storedTemplate(context, i, session);
	const fields = readElements(definition).flatMap((element) => element.fields);
	const examples = Object.fromEntries(fields.map(({ id, example }) => [id, example]));
	const obstacle = obstacleTo(definition);
	return {
		json: {
			...templateView(definition),
			sendable: obstacle === '',
			explanation: obstacle || 'The template is approved and can be sent.',
			fields: fields.map(fieldView),
			preview: { ...previewOf(definition, examples) },
		},
	};
}

/** Why the template cannot be sent; '' when it can. */
function obstacleTo(definition: TemplateDefinition): string {
	const refusal = refusalOf(definition);
	if (refusal) return refusal.message;
	try {
		elementsOf(definition);
		return '';
	} catch (error) {
		return (error as InputError).message;
	}
}

function fieldView({ id, label, type, required, example, media }: TemplateField): IDataObject {
	return { id, label, type, required, example: example ?? '', ...(media && { media }) };
}
