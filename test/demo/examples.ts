import fs from 'fs';
import path from 'path';

import type { INodeCredentialsDetails } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

export type ExampleName =
	| 'abandoned-cart'
	| 'agent-approval'
	| 'ai-agent'
	| 'appointment-by-list'
	| 'appointment-reminder'
	| 'before-the-window-closes'
	| 'bill-and-reminder'
	| 'broadcast-to-list'
	| 'cash-on-delivery-confirmation'
	| 'consent-by-keyword'
	| 'costs-by-status'
	| 'create-state-table'
	| 'create-templates'
	| 'held-answer'
	| 'helpdesk-beside-bot'
	| 'import-contacts'
	| 'menu-without-model'
	| 'migrate-workflow'
	| 'order-ticket'
	| 'privacy-request'
	| 'rating-after-delivery'
	| 'review-request'
	| 'shopify-order'
	| 'shopify-shipping-update'
	| 'status-retry-other-channel'
	| 'stripe-invoice'
	| 'support-conversation'
	| 'voice-and-photo'
	| 'webhook-order'
	| 'woocommerce-order';

/**
 * An example workflow as a person would set it up after the import: with the business number chosen
 * in each of our nodes, and the credentials. Anything else is as in the file.
 *
 * @param others credentials of other types than ours for WhatsApp, by type
 */
export function exampleWorkflow(
	name: ExampleName,
	businessNumber: { id: string; name: string },
	credential: INodeCredentialsDetails,
	others: Record<string, INodeCredentialsDetails> = {},
): WorkflowDefinition {
	const file = path.join(__dirname, '..', '..', 'examples', `${name}.json`);
	const { nodes, ...rest } = JSON.parse(fs.readFileSync(file, 'utf8')) as WorkflowDefinition;
	const credentials = { whatsAppCloudApi: credential, ...others };
	return {
		name: rest.name,
		connections: rest.connections,
		settings: rest.settings,
		nodes: nodes.map((node) => ({
			...node,
			...(node.credentials && {
				credentials: Object.fromEntries(
					Object.entries(credentials).filter(([type]) => node.credentials?.[type]),
				),
			}),
			parameters: {
				...node.parameters,
				...(node.parameters.businessNumber && {
					businessNumber: {
						__rl: true,
						mode: 'list',
						value: businessNumber.id,
						cachedResultName: businessNumber.name,
					},
				}),
			},
		})),
	};
}
