import type { INodeProperties } from 'n8n-workflow';

import * as compare from './compare.operation';
import * as create from './create.operation';
import * as createFromLibrary from './createFromLibrary.operation';
import * as deleteTemplate from './delete.operation';
import * as edit from './edit.operation';
import * as get from './get.operation';
import * as getAnalytics from './getAnalytics.operation';
import * as getMany from './getMany.operation';
import * as getManyFromLibrary from './getManyFromLibrary.operation';
import * as preview from './preview.operation';

export const operations = {
	compare,
	create,
	createFromLibrary,
	delete: deleteTemplate,
	edit,
	get,
	getAnalytics,
	getMany,
	getManyFromLibrary,
	preview,
};

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['template'] } },
	options: [
		{
			name: 'Compare',
			value: 'compare',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'See which of two templates is blocked less often, and why people block',
			action: 'Compare two templates',
		},
		{
			name: 'Create',
			value: 'create',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Register a template with Meta, which reviews it before it can be sent',
			action: 'Create template',
		},
		{
			name: 'Create From Library',
			value: 'createFromLibrary',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Take over a template that Meta has written; as a rule it can be sent at once',
			action: 'Create template from library',
		},
		{
			name: 'Delete',
			value: 'delete',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Delete a template in one or all of its languages',
			action: 'Delete template',
		},
		{
			name: 'Edit',
			value: 'edit',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Replace the content of a template, which Meta then reviews again',
			action: 'Edit template',
		},
		{
			name: 'Get',
			value: 'get',
			description: 'Get a template with its fields, and a preview with its example values',
			action: 'Get template',
		},
		{
			name: 'Get Analytics',
			value: 'getAnalytics',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Get how often a template was sent, delivered, read and tapped, and its quality',
			action: 'Get analytics of template',
		},
		{
			name: 'Get Many',
			value: 'getMany',
			description: 'Get many templates of the business account, whether approved or not',
			action: 'Get many templates',
		},
		{
			name: 'Get Many From Library',
			value: 'getManyFromLibrary',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: "Search Meta's library of templates, which can be taken over",
			action: 'Get many templates from library',
		},
		{
			name: 'Preview',
			value: 'preview',
			description: 'See a template with its values filled in; sends nothing',
			action: 'Preview template',
		},
	],
	default: 'preview',
};
