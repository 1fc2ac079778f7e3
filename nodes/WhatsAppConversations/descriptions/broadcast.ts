import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { stateStore, stateTable, TABLE_CREDENTIAL_HINT } from '../../shared/stateTable';

/** By which all runs of a broadcast know each other. */
export const broadcastNameProperty: INodeProperties = {
	displayName: 'Broadcast Name',
	name: 'broadcastName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Price change, December 2026',
	description:
		'Whoever got the message of a broadcast is not sent it again by any later run of the same name',
	hint: TABLE_CREDENTIAL_HINT,
};

/** The choice of one that was begun. */
export const begunBroadcastProperty: INodeProperties = {
	displayName: 'Broadcast Name',
	name: 'broadcastName',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'One of the broadcasts that were begun, the latest first',
	hint: TABLE_CREDENTIAL_HINT,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a broadcast…',
			typeOptions: { searchListMethod: 'searchBroadcasts', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Price change, December 2026',
		},
	],
};

/**
 * Where state is kept, in the resource 'Broadcast'. Not `stateStore`: the credential for data tables,
 * which a broadcast always needs, is hidden where that means the memory.
 */
export const BROADCAST_STORE = 'conversationState';

export const broadcastStateProperties: INodeProperties[] = [
	{ ...stateStore, name: BROADCAST_STORE },
	...updateDisplayOptions({ show: { [BROADCAST_STORE]: ['dataTable'] } }, [stateTable]),
];
