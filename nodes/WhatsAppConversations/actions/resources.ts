import type { INodeProperties } from 'n8n-workflow';

import * as account from './account';
import * as broadcast from './broadcast';
import * as contact from './contact';
import * as conversation from './conversation';
import * as media from './media';
import * as message from './message';
import * as messageLink from './messageLink';
import type { Operation } from './operation';
import * as profile from './profile';
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
	contact,
	conversation,
	media,
	message,
	messageLink,
	profile,
	template,
};
