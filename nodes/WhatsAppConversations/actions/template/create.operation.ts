import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { templateToCreate } from '../../../core/templates/create';
import { adviceFor } from '../../../core/templates/create/advice';
import { languageProperties } from '../../descriptions/languages';
import { CATEGORIES, templateContentProperties } from '../../descriptions/templateContent';
import type { Item } from '../../run/item';
import { forgetTemplate } from '../../templates/definitions';
import { templateContentOf } from '../../templates/draft';
import { withSamples } from '../../templates/samples';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'templateName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. order_ready',
		description: 'Lower-case letters, digits and underscores. It cannot be changed later.',
	},
	...languageProperties({
		displayName: 'Language',
		name: 'language',
		description: 'Of the texts below. To translate a template, create it again with the same name.',
	}),
	{
		displayName: 'Category',
		name: 'templateCategory',
		type: 'options',
		options: CATEGORIES,
		default: 'UTILITY',
		description: 'What the template is for. Meta may file it under another category.',
	},
	...templateContentProperties,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['create'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const category = item.parameter('templateCategory') as string;
	const draft = {
		...templateContentOf(item, category),
		name: item.parameter('templateName') as string,
		language: item.parameter('language') as string,
		category,
	};
	// All that can be known is checked before a sample is uploaded.
	templateToCreate(draft);
	const api = await item.session.meta('the creation of templates');
	const body = templateToCreate(await withSamples(item, draft));
	const created = await api.createTemplate(body);
	forgetTemplate(api, body.name);
	const { name, language } = body;
	return { json: { ...created, name, language, advice: adviceFor(draft) } };
}
