import http from 'http';
import { setTimeout as pause } from 'timers/promises';

import axios, { type AxiosInstance } from 'axios';
import { parse as parseFlatted } from 'flatted';
import type {
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowSettings,
	ResourceMapperFields,
} from 'n8n-workflow';

import { traitsOf } from './versions';

/** The owner account that test servers get. */
export const owner = {
	email: 'owner@example.com',
	password: 'Test-Server-1',
	firstName: 'Test',
	lastName: 'Owner',
};

const POLL_MS = 50;

/** n8n tries a failing activation five times, over 15 seconds, before it reports it. */
const PUBLICATION_TIMEOUT_MS = 30_000;

const FINISHED: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];
const UNENDED: ExecutionStatus[] = ['new', 'running', 'waiting'];

/** What a workflow is made of. Trigger nodes need a `webhookId`. */
export interface WorkflowDefinition {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface StoredWorkflow extends Required<WorkflowDefinition> {
	id: string;
	versionId: string;
	active: boolean;
	staticData: IDataObject | null;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	/** ISO 8601. */
	createdAt: string;
	/** ISO 8601; null while it waits for its turn. */
	startedAt: string | null;
	/** ISO 8601; absent while it runs. */
	stoppedAt?: string;
	/** ISO 8601; until when it waits. */
	waitTill?: string | null;
	retryOf?: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
	/** The workflow as it was when it ran. */
	workflowData: WorkflowDefinition;
}

/** A node as the editor describes it when it asks for the content of a list or of a mapper. */
export interface NodeInEditor {
	/** The node type's full name, e.g. `n8n-nodes-base.webhook`. */
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	/** By credential type: which credential the node uses. */
	credentials?: Record<string, { id: string; name: string }>;
}

/** An answer of n8n that is not a success. */
class N8nRequestError extends Error {
	constructor(
		request: string,
		readonly status: number,
		/** n8n's own message. */
		readonly reason: string,
		/** All that it answered. */
		readonly answer: unknown,
	) {
		super(`${request} was answered ${status}: ${reason}`);
		this.name = 'N8nRequestError';
	}
}

/** Drives an n8n server over HTTP, with the calls that its editor makes. */
export class N8nClient {
	private readonly http: AxiosInstance;

	private cookie = '';

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			// n8n ties the session to this header. Connections are not kept, as servers come and go.
			headers: { 'browser-id': 'test-client' },
			httpAgent: new http.Agent({ keepAlive: false }),
			proxy: false,
			validateStatus: () => true,
		});
	}

	/** A client that is logged in as owner; creates the owner on a fresh server. */
	static async connect(url: string): Promise<N8nClient> {
		const client = new N8nClient(url);
		const { userManagement } = await client.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await client.request('POST', '/rest/owner/setup', owner);
		} else {
			await client.logIn();
		}
		return client;
	}

	/** Logs in as owner and keeps the session. */
	async logIn(): Promise<void> {
		await this.request('POST', '/rest/login', {
			emailOrLdapLoginId: owner.email,
			// What older versions call it.
			email: owner.email,
			password: owner.password,
		});
	}

	/** One call of n8n's own API. Resolves to the `data` of the answer; throws N8nRequestError. */
	async request<T = unknown>(
		method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
		path: string,
		body?: object,
		params?: object,
		headers: Record<string, string> = this.cookie ? { cookie: this.cookie } : {},
	): Promise<T> {
		const response = await this.http.request({
			method,
			url: path,
			data: body,
			params,
			headers,
		});
		const session = response.headers['set-cookie']?.find((cookie) =>
			cookie.startsWith('n8n-auth='),
		);
		if (session) [this.cookie] = session.split(';');
		if (response.status >= 300) {
			const reason = response.data?.message ?? JSON.stringify(response.data);
			throw new N8nRequestError(
				`${method} ${path}`,
				response.status,
				String(reason),
				response.data,
			);
		}
		return response.data?.data === undefined ? response.data : response.data.data;
	}

	/** Every node type the server knows. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', '/types/nodes.json');
	}

	/** Stores a credential and returns its ID. */
	async createCredential(name: string, type: string, data: IDataObject): Promise<string> {
		const { id } = await this.request<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	/** What the editor shows when a stored credential is tested: whether it works, and why not. */
	async testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		// As the editor does: the data comes with its secrets blanked, and n8n puts them back.
		const stored = await this.request<{ name: string; type: string; data: IDataObject }>(
			'GET',
			`/rest/credentials/${id}`,
			undefined,
			{ includeData: true },
		);
		const { name, type, data } = stored;
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/** Stores a workflow, not active. `executionOrder` is `v1` unless the settings say otherwise. */
	async createWorkflow(definition: WorkflowDefinition): Promise<StoredWorkflow> {
		return await this.request('POST', '/rest/workflows', {
			...definition,
			settings: { executionOrder: 'v1', ...definition.settings },
			active: false,
		});
	}

	/** Saves changes of a workflow. An active one goes on as published until it is activated again. */
	async updateWorkflow(id: string, changes: Partial<WorkflowDefinition>): Promise<StoredWorkflow> {
		const { versionId } = await this.getWorkflow(id);
		return await this.request('PATCH', `/rest/workflows/${id}`, { ...changes, versionId });
	}

	/** A workflow as stored now, with its static data. */
	async getWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** A workflow's static data as stored now; empty when it has none. */
	async getStaticData(id: string): Promise<IDataObject> {
		return (await this.getWorkflow(id)).staticData ?? {};
	}

	/** A key for n8n's public API. */
	async createApiKey(label: string, scopes: string[]): Promise<string> {
		const { rawApiKey } = await this.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label,
			scopes,
			expiresAt: null,
		});
		return rawApiKey;
	}

	/** Has a workflow begin with static data; only the public API takes some. */
	async setStaticData(id: string, staticData: IDataObject): Promise<void> {
		const { name, nodes, connections, settings } = await this.getWorkflow(id);
		const key = await this.createApiKey(`Static data of ${id}`, ['workflow:update']);
		await this.request(
			'PUT',
			`/api/v1/workflows/${id}`,
			{ name, nodes, connections, settings, staticData },
			undefined,
			{ 'X-N8N-API-KEY': key },
		);
	}

	/**
	 * Activates a workflow as it is saved (publishes it), and waits until its triggers listen.
	 * Throws with what the trigger said when it cannot be activated, which n8n finds after 15 seconds.
	 */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.getWorkflow(id);
		const { publishes, tellsPublication } = traitsOf();
		if (publishes) {
			const publication = { versionId, name: 'Test', description: '' };
			await this.request('POST', `/rest/workflows/${id}/activate`, publication);
		} else {
			await this.request('PATCH', `/rest/workflows/${id}`, { versionId, active: true });
		}
		if (!tellsPublication) return;
		const { status, triggers } = await this.publicationStatus(
			id,
			(now) => now !== 'in_progress' && now !== 'not_published',
		);
		if (status === 'published') return;
		const messages = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`The workflow is not active (${status}): ${messages.join('; ')}`);
	}

	/** Deactivates a workflow and waits until its triggers no longer listen. */
	async deactivate(id: string): Promise<void> {
		const { publishes, tellsPublication } = traitsOf();
		if (publishes) {
			await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
		} else {
			const { versionId } = await this.getWorkflow(id);
			await this.request('PATCH', `/rest/workflows/${id}`, { versionId, active: false });
		}
		if (!tellsPublication) return;
		await this.publicationStatus(id, (now) => now === 'not_published');
	}

	/** Deactivates a workflow if need be, and deletes it. */
	async deleteWorkflow(id: string): Promise<void> {
		if ((await this.getWorkflow(id)).active) await this.deactivate(id);
		await this.request('POST', `/rest/workflows/${id}/archive`, {});
		await this.request('DELETE', `/rest/workflows/${id}`);
	}

	/**
	 * Starts a manual run, as the editor's button does. With a webhook trigger n8n answers that it
	 * waits: the next call of the trigger's test URL starts the run, and there is no ID yet.
	 */
	async runManually(workflowId: string, triggerName: string): Promise<string | undefined> {
		const { runsStored } = traitsOf();
		const { executionId } = await this.request<{ executionId?: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{
				triggerToStartFrom: { name: triggerName },
				...(!runsStored && { workflowData: await this.getWorkflow(workflowId) }),
			},
		);
		return executionId;
	}

	/**
	 * The executions of a workflow that have ended, oldest first. n8n sorts by start, and its cursor
	 * goes by ID: of executions that overlap it would leave some out.
	 */
	async listExecutions(workflowId: string): Promise<ExecutionSummary[]> {
		const found = new Map<string, ExecutionSummary>();
		let startedBefore: string | undefined;
		for (;;) {
			const page = await this.executionsPage({ workflowId, status: FINISHED, startedBefore });
			const known = found.size;
			for (const execution of page) found.set(execution.id, execution);
			if (found.size === known) return [...found.values()].reverse();
			// Those of the same millisecond come again.
			const { startedAt, createdAt } = page[page.length - 1];
			startedBefore = new Date(Date.parse(startedAt ?? createdAt) + 1).toISOString();
		}
	}

	/** The executions of a workflow that have not ended: 100 at most, the newest first. */
	async listUnended(workflowId: string): Promise<ExecutionSummary[]> {
		return await this.executionsPage({ workflowId, status: UNENDED });
	}

	private async executionsPage(filter: object): Promise<ExecutionSummary[]> {
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			'/rest/executions',
			undefined,
			{ filter: JSON.stringify(filter), limit: 100 },
		);
		return results;
	}

	/** Waits until a workflow has this many ended executions, and returns them, oldest first. */
	async waitForExecutions(
		workflowId: string,
		count: number,
		timeoutMs = 20_000,
	): Promise<ExecutionSummary[]> {
		return await waitFor(
			async () => await this.listExecutions(workflowId),
			(executions) => executions.length >= count,
			timeoutMs,
			(executions) => `Of ${count} executions ${executions.length} have ended`,
		);
	}

	/** One execution with all its data. */
	async getExecution(id: string): Promise<Execution> {
		const execution = await this.request<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...execution, data: parseFlatted(execution.data) as IRunExecutionData };
	}

	/**
	 * Runs a failed execution again, from the node that failed: with the workflow as it was then, or
	 * as it is saved now. Resolves when the new execution has ended.
	 */
	async retryExecution(id: string, workflow: 'original' | 'saved'): Promise<ExecutionSummary> {
		return await this.request('POST', `/rest/executions/${id}/retry`, {
			loadWorkflow: workflow === 'saved',
		});
	}

	/** The entries that the editor shows in a resource locator's list, page by page. */
	async searchList(
		node: NodeInEditor,
		path: string,
		methodName: string,
		search: { filter?: string; paginationToken?: string } = {},
	): Promise<INodeListSearchResult> {
		return await this.dynamicParameters('resource-locator-results', node, path, {
			methodName,
			...search,
		});
	}

	/** The fields that the editor shows in a resource mapper. */
	async mapperFields(
		node: NodeInEditor,
		path: string,
		methodName: string,
	): Promise<ResourceMapperFields> {
		return await this.dynamicParameters('resource-mapper-fields', node, path, { methodName });
	}

	/** The entries that the editor shows in a drop-down list that a node fills. */
	async loadOptions(
		node: NodeInEditor,
		path: string,
		methodName: string,
	): Promise<INodePropertyOptions[]> {
		return await this.dynamicParameters('options', node, path, { methodName });
	}

	/** The URL of a trigger's webhook, for active workflows or for manual runs. */
	webhookUrl(webhookId: string, path: string, mode: 'production' | 'test' = 'production'): string {
		return `${this.url}/${mode === 'test' ? 'webhook-test' : 'webhook'}/${webhookId}/${path}`;
	}

	private async dynamicParameters<T>(
		kind: string,
		node: NodeInEditor,
		path: string,
		request: object,
	): Promise<T> {
		return await this.request('POST', `/rest/dynamic-node-parameters/${kind}`, {
			path: `parameters.${path}`,
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
			...request,
		});
	}

	private async publicationStatus(
		workflowId: string,
		isFinal: (status: string) => boolean,
	): Promise<{ status: string; triggers: Array<{ errorMessage: string | null }> }> {
		return await waitFor(
			async () =>
				await this.request<{ status: string; triggers: Array<{ errorMessage: string | null }> }>(
					'GET',
					`/rest/workflows/${workflowId}/publication-status`,
				),
			({ status }) => isFinal(status),
			PUBLICATION_TIMEOUT_MS,
			({ status }) => `The workflow's publication is still '${status}'`,
		);
	}
}

/**
 * Asks again and again until the answer is the one awaited, and returns it. Throws after the given
 * time, with what the last answer was.
 */
export async function waitFor<T>(
	ask: () => Promise<T>,
	isAwaited: (answer: T) => boolean,
	timeoutMs: number,
	describe: (answer: T) => string,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (isAwaited(answer)) return answer;
		if (Date.now() > deadline) throw new Error(`${describe(answer)} after ${timeoutMs} ms.`);
		await pause(POLL_MS);
	}
}

/** The items a node put on one of its outputs, in one of its runs; empty when it put none there. */
export function itemsOf(
	execution: Execution,
	nodeName: string,
	output = 0,
	run = 0,
): INodeExecutionData[] {
	return execution.data.resultData.runData[nodeName]?.[run]?.data?.main?.[output] ?? [];
}
