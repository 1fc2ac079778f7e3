import { updateDisplayOptions, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { anyTemplateProperty } from '../../descriptions/template';
import type { Session } from '../../run/session';
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

export async function execute(
	context: IExecuteFunctions,
	i: number,
	session: Session,
): Promise<Result> {
	const allLanguages = context.getNodeParameter('allLanguages', i, false) as boolean;
	const api = await session.meta('the deletion of templates');
	const { name, id } = allLanguages
		? { ...templateKeyOf(context, i), id: undefined }
		: await storedTemplate(context, i, session);
	await api.deleteTemplate(name, id);
	forgetTemplate(api, name);
	return { json: { deleted: true } };
}
