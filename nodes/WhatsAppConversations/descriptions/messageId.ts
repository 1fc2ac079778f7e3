import type { INodeProperties } from 'n8n-workflow';

/** A message of the contact; after the trigger, the one that started the workflow. */
export const messageIdProperty: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '={{ $json.messageId }}',
	required: true,
	placeholder: 'e.g. wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQz…',
	description: 'A message that you received in the last 30 days',
};
