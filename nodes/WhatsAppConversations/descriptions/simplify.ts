import type { INodeProperties } from 'n8n-workflow';

import { SINCE_1_1 } from '../version';

/** In n8n's words. Nodes of version 1 show everything. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	displayOptions: { show: SINCE_1_1 },
	description: 'Whether to return a simplified version of the response instead of the raw data',
};
