import type { INodeProperties } from 'n8n-workflow';

/** Which file at Meta. */
export const mediaIdProperty: INodeProperties = {
	displayName: 'Media ID',
	name: 'mediaId',
	type: 'string',
	default: '={{ $json.media.id }}',
	required: true,
	placeholder: 'e.g. 1013859600285441',
	description:
		'The ID of a file that a contact sent, as the trigger gives it, valid for 7 days, or of one that you uploaded, valid for 30 days',
};
