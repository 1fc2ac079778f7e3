import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { TemplateDefinition } from '../../core/templates/definition';
import { parseTemplateKey, templateKey, type TemplateKey } from '../../core/templates/templateKey';
import type { Session } from '../run/session';

import { findTemplate, forgetTemplate } from './definitions';

/** What a parameter that chooses a template names. @throws InputError */
export function templateKeyOf(
	context: IExecuteFunctions,
	i: number,
	parameter = 'template',
): TemplateKey {
	const chosen = context.getNodeParameter(parameter, i, '', { extractValue: true });
	return parseTemplateKey(String(chosen ?? ''));
}

/**
 * The template that the parameter 'Template' chooses, whatever its status, as Meta has it now.
 *
 * @throws InputError, ProviderRefusal
 */
export async function storedTemplate(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<TemplateDefinition> {
	const key = templateKeyOf(context, i);
	const api = await session.api();
	forgetTemplate(api, key.name);
	return await findTemplate(api, key, session.now() * 1000);
}

/** A template as items show it; `key` is what the fields 'Template' take. */
export function templateView(definition: TemplateDefinition): IDataObject {
	const { id, name, language, status, category, quality_score, rejected_reason } = definition;
	return {
		key: templateKey(definition),
		id,
		name,
		language,
		status,
		category,
		quality: quality_score?.score ?? '',
		rejectedReason: rejected_reason && rejected_reason !== 'NONE' ? rejected_reason : '',
		components: definition.components as unknown as IDataObject[],
	};
}
