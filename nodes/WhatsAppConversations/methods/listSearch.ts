import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { bodyTextOf, type TemplateDefinition } from '../../core/templates/definition';
import { templateKey } from '../../core/templates/templateKey';
import type { CloudApi, Listed } from '../../core/transport/cloudApi';
import { LibraryApi } from '../../core/transport/libraryApi';
import { NumberApi } from '../../core/transport/numberApi';
import type { TemplateQuery } from '../../core/transport/transport';
import { connectMeta, connectPart } from '../../shared/connection';
import { onlyNumber } from '../../shared/onlyNumber';
import { connect, isMeta } from '../../shared/provider';
import { begunBroadcasts } from '../broadcast/books';

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

/** What Meta has written, for the list 'Library Template'. */
export async function searchLibraryTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (!isMeta(this)) return { results: [] };
	const api = await connectPart(this, LibraryApi);
	const { entries, next } = await api.list({ search: filter || undefined, after: paginationToken });
	return {
		results: entries.map((template) => ({
			name: `${template.name} (${template.language}) · ${oneLine(template.body)}`,
			value: templateKey(template),
		})),
		paginationToken: next,
	};
}

/** The account's Flows, for the list 'Flow'. */
export async function searchFlows(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, async (api) => await api.listFlows(), filter);
}

/** The catalogs that are connected with the account, for the list 'Catalog'. */
export async function searchCatalogs(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, async (api) => await api.listCatalogs(), filter);
}

/** The ways to be paid in India that are set up at Meta, for the list 'Payment Configuration'. */
export async function searchPaymentConfigurations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, async (api) => await api.listPaymentConfigurations(), filter);
}

/** The links of the chosen business number, for the list 'Message Link'. */
export async function searchMessageLinks(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (!isMeta(this)) return { results: [] };
	const chosen = this.getNodeParameter('businessNumber', '', { extractValue: true });
	const number = chosen || (await onlyNumber(this)).id;
	const api = await connectPart(this, NumberApi);
	const { entries, next } = await api.links(String(number), { after: paginationToken });
	const wanted = filter.toLowerCase();
	return {
		results: entries
			.map(({ text, code, url }) => ({ name: `${text} · ${code}`, value: code, url }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
		paginationToken: next,
	};
}

/** The broadcasts that were begun, for the list 'Broadcast Name'. */
export async function searchBroadcasts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.toLowerCase();
	const names = await begunBroadcasts(this);
	return {
		results: names
			.filter((name) => name.toLowerCase().includes(wanted))
			.map((name) => ({ name, value: name })),
	};
}

/** Other providers than Meta list neither: there the ID is typed in. */
async function listOf(
	context: ILoadOptionsFunctions,
	list: (api: CloudApi) => Promise<Listed[]>,
	filter = '',
): Promise<INodeListSearchResult> {
	if (!isMeta(context)) return { results: [] };
	const wanted = filter.toLowerCase();
	const listed = await list(await connectMeta(context));
	return {
		results: listed
			.map(({ id, name, status }) => ({
				name: [name, status === 'PUBLISHED' ? '' : status.toLowerCase()]
					.filter(Boolean)
					.join(' · '),
				value: id,
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
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
	const details = [category, warning, state].map((detail) => detail.toLowerCase());
	return [`${name} (${language})`, ...details, oneLine(bodyTextOf(definition))]
		.filter(Boolean)
		.join(' · ');
}

/** For the end of a line, where the editor cuts what is too long. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
