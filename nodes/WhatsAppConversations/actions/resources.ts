import type { INodeProperties } from 'n8n-workflow';

import * as account from './account';
import * as broadcast from './broadcast';
import * as conversation from './conversation';
import * as media from './media';
import * as message from './message';
import type { Operation } from './operation';
import * as template from './template';

/** A resource: the choice of its operations, and the operations. */
export interface Resource {
	operation: INodeProperties;
	operations: Record<string, Operation>;
}

/** Every resource, by the value of the parameter 'Resource'. */
export const RESOURCES: Record<string, Resource> = {
	account,
	broadcast,
	conversation,
	media,
	message,
	template,
};
