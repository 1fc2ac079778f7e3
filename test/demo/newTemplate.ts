import type { INodeCredentialsDetails } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

import { to, webhookNode, whatsApp } from './desk';

/** Path of the webhook that has a template made. */
export const NEW_TEMPLATE_PATH = 'new-template';

/** Sends a template to Meta's review. */
export function newTemplateWorkflow(credential: INodeCredentialsDetails): WorkflowDefinition {
	const webhook = webhookNode('The Page Asks', NEW_TEMPLATE_PATH, [0, 0], 'lastNode');
	const create = whatsApp(
		'Create a Template',
		[260, 0],
		{
			resource: 'template',
			operation: 'create',
			templateName: '={{ $json.body.template }}',
			language: 'en_US',
			templateCategory: 'UTILITY',
			headerFormat: 'none',
			bodyText: 'Hello {{name}}, the {{product}} that you asked for is back. Shall we keep one?',
			bodyExamples: {
				example: [
					{ placeholder: 'name', value: 'Ada' },
					{ placeholder: 'product', value: 'blue lamp' },
				],
			},
			footerText: 'Example Shop',
			templateButtons: { button: [{ type: 'QUICK_REPLY', text: 'Yes, please' }] },
		},
		credential,
	);
	return {
		name: 'A New Template',
		nodes: [webhook, create],
		connections: { [webhook.name]: { main: [[to(create)]] } },
	};
}
