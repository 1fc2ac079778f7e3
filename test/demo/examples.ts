import fs from 'fs';
import path from 'path';

import type { INodeCredentialsDetails } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

export type ExampleName =
	| 'consent-by-keyword'
	| 'order-ticket'
	| 'status-retry-other-channel'
	| 'support-conversation';

/**
 * An example workflow as a person would set it up after the import: with the business number chosen
 * in each of our nodes, and the credential. Anything else is as in the file.
 */
export function exampleWorkflow(
	name: ExampleName,
	businessNumber: { id: string; name: string },
	credential: INodeCredentialsDetails,
): WorkflowDefinition {
	const file = path.join(__dirname, '..', '..', 'examples', `${name}.json`);
	const { nodes, ...rest } = JSON.parse(fs.readFileSync(file, 'utf8')) as WorkflowDefinition;
	return {
		name: rest.name,
		connections: rest.connections,
		settings: rest.settings,
		nodes: nodes.map((node) =>
			node.credentials?.whatsAppCloudApi
				? {
						...node,
						credentials: { whatsAppCloudApi: credential },
						parameters: {
							...node.parameters,
							businessNumber: {
								__rl: true,
								mode: 'list',
								value: businessNumber.id,
								cachedResultName: businessNumber.name,
							},
						},
					}
				: node,
		),
	};
}
