import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../core/inputError';
import { templateToEdit } from '../../../core/templates/create';
import { adviceFor } from '../../../core/templates/create/advice';
import { anyTemplateProperty } from '../../descriptions/template';
import { CATEGORIES, templateContentProperties } from '../../descriptions/templateContent';
import type { Item } from '../../run/item';
import { forgetTemplate } from '../../templates/definitions';
import { templateContentOf } from '../../templates/draft';
import { withSamples } from '../../templates/samples';
import { storedTemplate } from '../../templates/stored';
import type { Result } from '../operation';

const KEEP = 'keep';

const properties: INodeProperties[] = [
	anyTemplateProperty,
	{
		displayName:
			'What you enter replaces the whole content of the template, and Meta reviews it again. Meta takes one edit of an approved template a day, and ten in 30 days.',
		name: 'editNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Category',
		name: 'templateCategory',
		type: 'options',
		options: [
			...CATEGORIES,
			{ name: 'Keep', value: KEEP, description: 'The category that the template has' },
		],
		default: KEEP,
		description:
			"What the template is for; fixed once Meta has approved it. Choose 'Authentication' to edit a template of that category.",
	},
	...templateContentProperties,
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['edit'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const definition = await storedTemplate(item);
	const { id, name, language } = definition;
	const chosen = item.parameter('templateCategory') as string;
	if (chosen === KEEP && definition.category.toUpperCase() === 'AUTHENTICATION') {
		throw new InputError(
			'Category',
			`Template '${name}' is an authentication template, of which 'Category' does not show the fields.`,
			"Choose 'Authentication'.",
		);
	}
	const draft = {
		...templateContentOf(item, chosen),
		category: chosen === KEEP ? undefined : chosen,
	};
	// All that can be known is checked before a sample is uploaded.
	templateToEdit(definition, draft);
	const api = await item.session.meta('the change of templates');
	const body = templateToEdit(definition, await withSamples(item, draft));
	await api.editTemplate(id, body);
	forgetTemplate(api, name);
	// The edit is done, and must not be repeated only because it cannot be looked at.
	const edited = await api.templateById(id).catch(() => undefined);
	return {
		json: {
			id,
			status: edited?.status ?? 'PENDING',
			category: edited?.category ?? body.category ?? definition.category,
			name,
			language,
			advice: adviceFor(draft),
		},
	};
}
