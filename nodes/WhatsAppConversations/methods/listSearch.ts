import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { templateKey } from '../../core/templates/templateKey';
import { connect } from '../../shared/connection';

/** The approved templates, for the list 'Template'; only they may be sent (rule R38). */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const api = await connect(this);
	const { entries, next } = await api.listTemplates({
		status: 'APPROVED',
		search: filter || undefined,
		after: paginationToken,
	});
	return {
		results: entries.map((definition) => ({
			name: `${definition.name} (${definition.language}) · ${definition.category.toLowerCase()}`,
			value: templateKey(definition),
		})),
		paginationToken: next,
	};
}
