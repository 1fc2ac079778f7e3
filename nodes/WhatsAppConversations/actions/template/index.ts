import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as deleteTemplate from './delete.operation';
import * as edit from './edit.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as preview from './preview.operation';

export const operations = { create, delete: deleteTemplate, edit, get, getMany, preview };

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['template'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			displayOptions: { show: { provider: ['metaCloud'] } },
			description: 'Register a template with Meta, which reviews it before it can be sent',
			action: 'Create template',
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
			name: 'Get Many',
			value: 'getMany',
			description: 'Get many templates of the business account, whether approved or not',
			action: 'Get many templates',
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
