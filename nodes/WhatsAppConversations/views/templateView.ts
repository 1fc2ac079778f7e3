import type { IDataObject } from 'n8n-workflow';

import type { TemplateDefinition } from '../../core/templates/definition';
import { templateKey } from '../../core/templates/templateKey';

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
