import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { TemplateDefinition } from '../../core/templates/definition';
import { templateKey } from '../../core/templates/templateKey';
import type { TemplateQuery } from '../../core/transport/transport';
import { connect } from '../../shared/provider';

/** The approved templates, for the list 'Template'; only they may be sent (rule R38). */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await templateList(this, { status: 'APPROVED', search: filter, after: paginationToken });
}

/** The templates in every state, to look at, change or delete. */
export async function searchAllTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await templateList(this, { search: filter, after: paginationToken });
}

async function templateList(
	context: ILoadOptionsFunctions,
	query: TemplateQuery,
): Promise<INodeListSearchResult> {
	const api = await connect(context);
	const { entries, next } = await api.listTemplates({
		...query,
		search: query.search || undefined,
	});
	return {
		results: entries.map((definition) => ({
			name: titleOf(definition, query.status),
			value: templateKey(definition),
		})),
		paginationToken: next,
	};
}

/** @param status what all of the list have, and what is therefore not said */
function titleOf(definition: TemplateDefinition, status?: string) {
	const { name, language, category, quality_score: quality } = definition;
	// Only a bad quality says something: WhatsApp may pause the template soon.
	const warning = /YELLOW|RED/.test(quality?.score ?? '') ? `quality ${quality?.score}` : '';
	const state = definition.status === status ? '' : definition.status;
	const parts = [`${name} (${language})`, category, warning, state];
	const [title, ...details] = parts.filter(Boolean);
	return [title, ...details.map((detail) => detail.toLowerCase())].join(' · ');
}
