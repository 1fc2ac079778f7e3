import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { TemplateDefinition } from '../../../core/templates/definition';
import { statusText } from '../../../core/templates/status';
import type { Transport } from '../../../core/transport/transport';
import { listProperties } from '../../descriptions/list';
import { CATEGORIES } from '../../descriptions/templateContent';
import { limitOf, untilEnough } from '../../input/list';
import type { Item } from '../../run/item';
import { templateView } from '../../views/templateView';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	...listProperties,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Category',
				name: 'category',
				type: 'options',
				options: CATEGORIES,
				default: 'UTILITY',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				placeholder: 'e.g. en_US',
				description: "The exact code; 'en' is another language than 'en_US'",
			},
			{
				displayName: 'Name Contains',
				name: 'nameContains',
				type: 'string',
				default: '',
				placeholder: 'e.g. order',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Approved', value: 'APPROVED', description: 'Can be sent' },
					{ name: 'Disabled', value: 'DISABLED', description: 'Was paused too often' },
					{ name: 'In Appeal', value: 'IN_APPEAL' },
					{ name: 'Paused', value: 'PAUSED', description: 'Cannot be sent for now' },
					{ name: 'Pending', value: 'PENDING', description: 'Waits for the review' },
					{ name: 'Rejected', value: 'REJECTED' },
				],
				default: 'APPROVED',
			},
		],
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['getMany'] } },
	properties,
);

interface Filters {
	category?: string;
	language?: string;
	nameContains?: string;
	status?: string;
}

export async function execute(item: Item): Promise<Result[]> {
	const filters = item.parameter('filters', {}) as Filters;
	const found = await templatesAt(await item.session.api(), filters, limitOf(item));
	return found.map((definition) => ({
		json: { ...templateView(definition), statusText: statusText(definition.status) },
	}));
}

/** Reads page by page until there are enough. */
async function templatesAt(
	api: Transport,
	{ category, language, nameContains, status }: Filters,
	limit: number,
): Promise<TemplateDefinition[]> {
	const part = nameContains?.trim().toLowerCase() ?? '';
	const query = {
		category: category || undefined,
		language: language?.trim().replace('-', '_') || undefined,
		status: status || undefined,
		// Meta looks into the texts too.
		search: part || undefined,
	};
	return await untilEnough(async (after) => {
		const page = await api.listTemplates({ ...query, after });
		return { ...page, entries: page.entries.filter(({ name }) => name.includes(part)) };
	}, limit);
}
