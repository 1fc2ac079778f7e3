import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { templateFromLibrary } from '../../../core/templates/library';
import { LibraryApi } from '../../../core/transport/libraryApi';
import { libraryTemplateProperty } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { forgetTemplate } from '../../templates/definitions';
import { libraryTemplate } from '../../templates/library';
import type { Result } from '../operation';

const WHAT = "Meta's template library";

const properties: INodeProperties[] = [
	libraryTemplateProperty,
	{
		displayName: 'Name',
		name: 'templateName',
		type: 'string',
		default: '',
		placeholder: 'e.g. order_shipped',
		description:
			'Its name in your account; the one that it has in the library when empty. Lower-case letters, digits and underscores.',
	},
	{
		displayName: 'Links',
		name: 'links',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Link',
		default: {},
		description: 'One for each button of the template that opens a website, in their order',
		options: [
			{
				displayName: 'Link',
				name: 'link',
				values: [
					{
						displayName: 'Link',
						name: 'url',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/orders/{{1}}',
						description: 'May end in one placeholder',
						hint: 'Leave this field on Fixed: in an expression n8n fills {{ }} in itself',
					},
					{
						displayName: 'Example',
						name: 'example',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/orders/4711',
						description: 'The link with a sample value, if it has a placeholder',
					},
				],
			},
		],
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15550051310',
		description: 'For a template with a button that calls you',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['createFromLibrary'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const { session } = item;
	const api = await session.meta(WHAT);
	const chosen = await libraryTemplate(item, await session.part(LibraryApi, WHAT));
	const body = templateFromLibrary(chosen, {
		name: String(item.parameter('templateName', '') ?? ''),
		links: (item.parameter('links.link', []) as IDataObject[]).map(({ url, example }) => ({
			url: String(url ?? ''),
			example: String(example ?? ''),
		})),
		phoneNumber: String(item.parameter('phoneNumber', '') ?? ''),
	});
	const created = await api.createTemplate(body);
	forgetTemplate(api, body.name);
	const { name, language } = body;
	return { json: { ...created, name, language, libraryTemplate: chosen.name } };
}
