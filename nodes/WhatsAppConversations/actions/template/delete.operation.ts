import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { anyTemplateProperty } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { forgetTemplate } from '../../templates/definitions';
import { storedTemplate, templateKeyOf } from '../../templates/stored';
import type { Result } from '../operation';

const properties: INodeProperties[] = [
	{
		...anyTemplateProperty,
		description:
			'The template to delete. The name of an approved one cannot be used again for 30 days.',
	},
	{
		displayName: 'In All Languages',
		name: 'allLanguages',
		type: 'boolean',
		default: false,
		description: 'Whether to delete the template in all its languages instead of the chosen one',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['delete'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const allLanguages = item.parameter('allLanguages', false) as boolean;
	const api = await item.session.meta('the deletion of templates');
	const { name, id } = allLanguages
		? { ...templateKeyOf(item), id: undefined }
		: await storedTemplate(item);
	await api.deleteTemplate(name, id);
	forgetTemplate(api, name);
	return { json: { deleted: true } };
}
