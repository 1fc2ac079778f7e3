import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyOptions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { TABLE_CREDENTIAL } from '../core/credentials';
import { isObject } from '../core/isObject';
import { processState } from '../core/state/processState';
import { DataTableStore } from '../core/state/table/dataTableStore';
import { DataTableApi } from '../core/transport/dataTableApi';
import type { TableUse } from '../core/transport/dataTableRefusals';

import { sendPlainly } from './connection';
import { editorList } from './editorList';
import { keptCredential } from './keptCredential';

export const TABLE_CREDENTIAL_HINT =
	'Read and written with the credential for the n8n Data Table API, at the top of these parameters';

/** How long one request may take; the nodes behind ours wait for it. */
const TIMEOUT_MS = 10_000;

/**
 * The same where nothing is gained by giving up: n8n makes its public API ready when it is first asked,
 * which takes it seconds.
 */
export const PATIENT_TIMEOUT_MS = 30_000;

// n8n writes its own name so.
const MEMORY_NAME = "This n8n's Memory and Static Data";
const TABLE_NAME = 'n8n Data Table';

const STORES: INodePropertyOptions[] = [
	{
		name: MEMORY_NAME,
		value: 'memory',
		description: 'Nothing to set up; for n8n in one process, as most are',
	},
	{
		name: TABLE_NAME,
		value: 'dataTable',
		description:
			'One table for all nodes of this package, shared by all processes; needed in queue mode',
	},
];

/** Where conversation state is kept, alike in both nodes. */
export const stateStore: INodeProperties = {
	displayName: 'Conversation State',
	name: 'stateStore',
	type: 'options',
	noDataExpression: true,
	options: STORES,
	default: 'memory',
	description: 'Where it is remembered who wrote when, and who agreed to what',
};

/** The table, where {@link stateStore} is one. */
export const stateTable: INodeProperties = {
	displayName: 'State Table',
	name: 'stateTable',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	hint: TABLE_CREDENTIAL_HINT,
	description:
		"The data table that holds the state. The operation 'Create State Table' of the resource 'Conversation' makes one.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a table…',
			typeOptions: { searchListMethod: 'searchStateTables', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. vX2kTmQa8rLbN0Zc',
		},
	],
};

/**
 * n8n's data tables with the node's credential. It is read at once, and the key goes along by itself:
 * what several runs share goes on when the run has ended that has connected it, and n8n adds nothing to
 * the requests of a run that has ended (n8n 2.41: 'No bridge acquired for this context').
 *
 * @param timeoutMs how long one request may take, milliseconds
 * @param use what the table is for; that of the conversation state by default
 */
export function connectTables(
	context: IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions,
	timeoutMs = TIMEOUT_MS,
	use?: TableUse,
): DataTableApi {
	const credential = keptCredential(context, TABLE_CREDENTIAL);
	// What could not be read is told to whoever needs the table.
	credential.catch(() => {});
	const send = sendPlainly(context);
	const connect = async () => {
		const { baseUrl, apiKey } = await credential;
		const headers = { 'X-N8N-API-KEY': String(apiKey ?? '') };
		return {
			baseUrl: String(baseUrl ?? ''),
			send: async (options: IHttpRequestOptions) => await send({ ...options, headers }),
		};
	};
	return new DataTableApi(connect, timeoutMs, use);
}

/** One for each table, in use by all executions of this process. */
const stores = new Map<string, DataTableStore>();

/**
 * The conversation state in a data table.
 *
 * @param stateTable value of the parameter 'State Table'
 */
export function openTable(
	context: IExecuteFunctions | IWebhookFunctions,
	stateTable: unknown,
): DataTableStore {
	const tableId = tableIdOf(stateTable);
	const api = connectTables(context);
	const key = `${String(context.getNode().credentials?.[TABLE_CREDENTIAL]?.id)} ${tableId}`;
	const known = stores.get(key);
	if (known) {
		known.connect(api);
		return known;
	}
	const store = new DataTableStore(api, tableId, processState);
	stores.set(key, store);
	return store;
}

/** The ID in a value of the parameter 'State Table'. */
function tableIdOf(stateTable: unknown): string {
	return String((isObject(stateTable) ? stateTable.value : stateTable) ?? '').trim();
}

/** The data tables of this n8n, for the list 'State Table'. */
export const searchStateTables = editorList(async function (
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const tables = await connectTables(this, PATIENT_TIMEOUT_MS).listTables();
	const wanted = filter?.toLowerCase() ?? '';
	return {
		results: tables
			.map(({ id, name }) => ({ name, value: id }))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
	};
});
