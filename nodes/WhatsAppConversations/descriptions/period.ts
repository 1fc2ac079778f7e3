import type { INodeProperties } from 'n8n-workflow';

/** For which time Meta's figures are wanted. */
export const periodProperties: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'The beginning of the current month when empty',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		description: 'Now when empty. Meta counts whole days.',
	},
];
