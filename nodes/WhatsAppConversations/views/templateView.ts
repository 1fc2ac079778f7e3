import type { IDataObject } from 'n8n-workflow';

import type { TemplateDefinition } from '../../core/templates/definition';
import { templateKey } from '../../core/templates/templateKey';

/** Which template it is and how it stands; `key` is what the fields 'Template' take. */
export function templateSummary(definition: TemplateDefinition): IDataObject {
	const { name, language, status, category, quality_score } = definition;
	return {
		key: templateKey(definition),
		name,
		language,
		status,
		category,
		quality: quality_score?.score ?? '',
	};
}

/** A template as items show it. */
export function templateView(definition: TemplateDefinition): IDataObject {
	const { id, rejected_reason } = definition;
	const { key, ...summary } = templateSummary(definition);
	return {
		key,
		id,
		...summary,
		rejectedReason: rejected_reason && rejected_reason !== 'NONE' ? rejected_reason : '',
		components: definition.components as unknown as IDataObject[],
	};
}
