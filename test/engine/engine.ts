import { createHmac } from 'crypto';
import type { Server } from 'http';
import type { AddressInfo } from 'net';
import { setImmediate as nextTurn, setTimeout as pause } from 'timers/promises';

import { Container } from '@n8n/di';
import axios from 'axios';
import express, { type Request, type Response } from 'express';
import cloneDeep from 'lodash.clonedeep';
import {
	ExecutionLifecycleHooks,
	HookContext,
	InstanceSettings,
	LoadOptionsContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IDataObject,
	type IHttpRequestMethods,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWebhookData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type ResourceMapperFields,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { credentialsHelper } from './credentialsHelper';
import { useIsolates } from './isolates';
import { NodeProcess } from './nodeProcess';

/** A workflow as people build it. */
export interface WorkflowDefinition {
	id: string;
	name: string;
	nodes: INode[];
	connections: IConnections;
}

export interface Execution {
	workflowId: string;
	mode: WorkflowExecuteMode;
	run: Promise<IRun>;
}

export interface Delivery {
	method?: IHttpRequestMethods;
	query?: Record<string, string>;
	headers?: Record<string, string>;
	body?: Buffer | string;
	/** Whether it goes to the address that is valid while the editor listens for a test. */
	test?: boolean;
	/** When the sender hangs up; `deliver()` then throws. */
	signal?: AbortSignal;
}

export interface Answer {
	status: number;
	body: string;
	headers: Record<string, unknown>;
}

export interface RunOptions {
	/** Default: the first node. */
	startNode?: string;
	items?: INodeExecutionData[];
	mode?: WorkflowExecuteMode;
	/**
	 * What the execution gets of the row. Default: 'none' in a worker of the queue mode, else 'row'.
	 * A worker gets the row when it resumes an execution that waited; no process gets it when n8n
	 * repeats a failed execution with its original workflow.
	 */
	staticData?: 'row' | 'none';
	/** The ID of one that n8n begins anew. Default: a new one. */
	executionId?: string;
}

interface Row {
	definition: WorkflowDefinition;
	/** JSON, as the database holds it. */
	staticData: string | null;
	/** How often n8n has written the static data. */
	writes: number;
}

/** An execution that waits. */
export interface Waiting {
	workflowId: string;
	run: IRun;
}

interface Route {
	workflowId: string;
	webhook: IWebhookData;
	/** Static data of a test registration, which are no row's. */
	testStaticData?: Workflow['staticData'];
}

/**
 * n8n around its real engine: what n8n 2.41.1 does with a webhook, an activation, an execution and
 * the static data of a workflow, in its order. Rows outlive a process; what the nodes keep in memory
 * does not. Class and method names in comments are n8n's own.
 */
export class Engine {
	/** Every execution that was begun, in order. */
	readonly executions: Execution[] = [];

	/** Tests in the editor that have got their data. */
	private readonly endings: Array<Promise<void>> = [];

	/** The worker that runs production executions in queue mode; without it the main process does. */
	worker?: NodeProcess;

	/** Whether the database refuses to write static data; n8n logs that, and goes on. */
	refusesSaves = false;

	/** Stores an execution before it begins. A test may let it take its time, or fail. */
	storeExecution: () => Promise<void> = async () => {};

	/** How many executions n8n has stored; each has its number for an ID. */
	private stored = 0;

	private main = new NodeProcess();

	private readonly rows = new Map<string, Row>();

	/** Addresses that n8n answers at: `POST <path>`. */
	private readonly routes = new Map<string, Route>();
	private readonly testRoutes = new Map<string, Route>();

	private baseUrl = '';

	/** What was asked of the webhook addresses: `POST <path>`, in order. */
	readonly requests: string[] = [];

	/** Workflows whose addresses are gone though nobody unpublished them: see {@link loseAddress}. */
	private readonly lost = new Set<string>();

	private constructor(
		private readonly server: Server,
		/** Values of the one credential that all nodes have; may be changed at any time. */
		readonly credential: ICredentialDataDecryptedObject,
	) {}

	static async start(credential: IDataObject): Promise<Engine> {
		const app = express();
		const started: { engine?: Engine } = {};
		app.disable('x-powered-by');
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.all(['/webhook/*path', '/webhook-test/*path'], async (req, res) => {
			await started.engine?.handle(req, res);
		});
		app.get('/healthz/readiness', (_req, res) => {
			res.status(started.engine?.isStarting ? 503 : 200).json({});
		});
		app.post('/webhook-waiting/:execution/:node', async (req, res) => {
			await started.engine?.resume(req, res);
		});
		const server = await new Promise<Server>((resolve) => {
			const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
		});
		useIsolates();
		const engine = new Engine(server, credential as ICredentialDataDecryptedObject);
		engine.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		started.engine = engine;
		return engine;
	}

	async stop(): Promise<void> {
		await this.settled();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** The process ends and another begins. No hook is called, and active workflows stay active. */
	restart(): void {
		this.main = new NodeProcess();
		if (this.worker) this.worker = new NodeProcess();
	}

	add(definition: WorkflowDefinition): void {
		this.rows.set(definition.id, { definition, staticData: null, writes: 0 });
	}

	/** The row's static data; null before the first save. */
	staticData(workflowId: string): IDataObject | null {
		return JSON.parse(this.rowOf(workflowId).staticData ?? 'null') as IDataObject | null;
	}

	/** How often n8n has written a workflow's static data. */
	writes(workflowId: string): number {
		return this.rowOf(workflowId).writes;
	}

	setStaticData(workflowId: string, staticData: IDataObject): void {
		this.rowOf(workflowId).staticData = JSON.stringify(staticData);
	}

	/** The public base address, where it is another than the one that is listened at. */
	setPublicUrl(url: string): void {
		this.publicUrl = url;
	}

	private publicUrl?: string;

	webhookUrl(workflowId: string, test = false): string {
		const { nodes } = this.rowOf(workflowId).definition;
		const { webhookId } = nodes.find((node) => node.webhookId) as INode;
		return `${this.publicUrl ?? this.baseUrl}/webhook${test ? '-test' : ''}/${webhookId}/webhook`;
	}

	/**
	 * Publishes a workflow (WorkflowTriggerActivator, WebhookTriggerRegistrar).
	 *
	 * @param attempts n8n tries five times, with pauses
	 * @param activation `init` is that of n8n's start, where versions before 2.41 ask the trigger
	 */
	async activate(
		workflowId: string,
		attempts = 1,
		activation: WorkflowActivateMode = 'activate',
	): Promise<void> {
		const workflow = await this.loadWorkflow(this.main, workflowId);
		try {
			for (const webhook of this.webhooksOf(this.main, workflow)) {
				await this.repeated(
					attempts,
					async () => await this.register(workflow, webhook, activation),
				);
			}
		} finally {
			await this.save(workflow);
		}
	}

	private async repeated(attempts: number, action: () => Promise<void>): Promise<void> {
		for (let left = attempts - 1; ; left--) {
			try {
				await action();
				return;
			} catch (error) {
				if (left === 0) throw error;
			}
		}
	}

	private async register(
		workflow: Workflow,
		webhook: IWebhookData,
		activation: WorkflowActivateMode,
	): Promise<void> {
		this.routes.set(keyOf(webhook), { workflowId: workflow.id, webhook });
		try {
			await this.createIfNotExists(workflow, webhook, 'trigger', activation);
		} catch (error) {
			await this.hook('delete', workflow, webhook, 'internal', 'update').catch(() => undefined);
			for (const [key, route] of this.routes) {
				if (route.webhook.node === webhook.node && route.workflowId === workflow.id) {
					this.routes.delete(key);
				}
			}
			throw error;
		}
	}

	/** Unpublishes a workflow; n8n gives up on hooks that fail. */
	async deactivate(workflowId: string): Promise<void> {
		const workflow = await this.loadWorkflow(this.main, workflowId);
		const webhooks = this.webhooksOf(this.main, workflow);
		for (const webhook of webhooks) this.routes.delete(keyOf(webhook));
		const done = await Promise.allSettled(
			webhooks.map(
				async (webhook) => await this.hook('delete', workflow, webhook, 'internal', 'update'),
			),
		);
		await this.save(workflow);
		for (const result of done) if (result.status === 'rejected') throw result.reason;
	}

	/** A workflow is gone without a hook: deleted in the database, or put away with its instance. */
	loseAddress(workflowId: string): void {
		this.lost.add(workflowId);
	}

	findAddress(workflowId: string): void {
		this.lost.delete(workflowId);
	}

	/** The editor begins to listen for a test (TestWebhooks.needsWebhook). */
	async listenForTest(workflowId: string): Promise<void> {
		const workflow = this.workflowOf(this.main, workflowId, {});
		for (const webhook of this.webhooksOf(this.main, workflow)) {
			const route: Route = { workflowId, webhook: { ...webhook, isTest: true } };
			this.testRoutes.set(keyOf(webhook), route);
			try {
				await this.createIfNotExists(workflow, route.webhook, 'manual', 'manual');
			} catch (error) {
				await this.endTest(workflowId);
				throw error;
			}
			// The registration lies in a cache, which clones what it gets and what it gives.
			route.testStaticData = cloneDeep(workflow.staticData);
		}
	}

	/** The editor stops to listen, or the test has got its data. */
	async endTest(workflowId: string): Promise<void> {
		for (const [key, { webhook, testStaticData }] of this.testRoutes) {
			if (webhook.workflowId !== workflowId) continue;
			const workflow = this.workflowOf(this.main, workflowId, {});
			if (testStaticData) workflow.staticData = cloneDeep(testStaticData);
			await this.hook('delete', workflow, webhook, 'internal', 'update');
			this.testRoutes.delete(key);
		}
	}

	private async createIfNotExists(
		workflow: Workflow,
		webhook: IWebhookData,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<void> {
		const exists = await this.hook('checkExists', workflow, webhook, mode, activation);
		if (!exists) await this.hook('create', workflow, webhook, mode, activation);
	}

	private async hook(
		method: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		webhook: IWebhookData,
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
	): Promise<boolean | undefined> {
		const node = workflow.getNode(webhook.node) as INode;
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const hooks = type.webhookMethods?.[webhook.webhookDescription.name];
		const context = new HookContext(
			workflow,
			node,
			this.additionalData(this.main),
			mode,
			activation,
			webhook,
		);
		return await workflow.expression.withIsolate(async () => await hooks?.[method].call(context));
	}

	/** Posts to the workflow's webhook, as Meta does. */
	async deliver(workflowId: string, delivery: Delivery): Promise<Answer> {
		const { method = 'POST', query, headers, body, test, signal } = delivery;
		const {
			status,
			data,
			headers: answered,
		} = await axios.request<string>({
			url: this.webhookUrl(workflowId, test),
			method,
			params: query,
			data: body === undefined ? undefined : Buffer.from(body),
			headers: { 'content-type': 'application/json', ...headers },
			proxy: false,
			signal,
			responseType: 'text',
			transformResponse: (text: string) => text,
			validateStatus: () => true,
		});
		return { status, body: data, headers: { ...answered } };
	}

	/** WebhookRequestHandler. */
	private async handle(req: Request, res: Response): Promise<void> {
		const [, kind, ...path] = req.path.split('/');
		const routes = kind === 'webhook' ? this.routes : this.testRoutes;
		const address = `${req.method} ${path.join('/')}`;
		this.requests.push(address);
		const route = routes.get(address);
		if (!route || this.lost.has(route.workflowId)) {
			res.status(404).json({
				code: 404,
				message: `The requested webhook "${address}" is not registered.`,
			});
			return;
		}
		try {
			parseBody(req);
			await this.executeWebhook(route, req, res);
		} catch (error) {
			if (!res.headersSent) {
				const { message, status = 500 } = error as Error & { status?: number };
				res.status(status).json({ code: 0, message });
			}
		}
	}

	/** LiveWebhooks or TestWebhooks, and WebhookHelpers.executeWebhook. */
	private async executeWebhook(route: Route, req: Request, res: Response): Promise<void> {
		const { webhook, workflowId } = route;
		const isTest = webhook.isTest === true;
		const mode = isTest ? 'manual' : 'webhook';
		// The object that was read from the row, which the reset of the dirty flag below needs again.
		const loaded = isTest ? {} : await this.load(workflowId);
		const workflow = this.workflowOf(this.main, workflowId, loaded);
		if (route.testStaticData) workflow.setTestStaticData(cloneDeep(route.testStaticData));
		const node = workflow.getNode(webhook.node) as INode;
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const context = new WebhookContext(
			workflow,
			node,
			{ ...this.additionalData(this.main), httpRequest: req, httpResponse: res },
			mode,
			webhook,
			[],
			null,
		);
		const answer = async (send: () => void) => {
			if (!isTest) await this.save(workflow);
			send();
		};

		let result;
		try {
			result = await workflow.expression.withIsolate(async () => await type.webhook!.call(context));
		} catch {
			throw new Error('Workflow Webhook Error: Workflow could not be started!');
		}
		let answered: Promise<void> | undefined;
		if (result.noWebhookResponse) answered = answer(() => undefined);
		if (result.workflowData === undefined) {
			answered ??= answer(() =>
				send(res, result.webhookResponse ?? { message: 'Webhook call received' }),
			);
			await answered;
			return;
		}

		const stack = [{ node, data: { main: result.workflowData }, source: null }];
		const execution = await this.begin(workflowId, mode, stack, loaded);
		const { responseData = 'firstEntryJson' } = webhook.webhookDescription;
		answered ??= answer(() =>
			send(
				res,
				(responseData || undefined) ??
					result.webhookResponse ?? { message: 'Workflow was started' },
			),
		);
		await answered;
		if (isTest) {
			const end = async () => {
				await execution.run;
				await this.endTest(workflowId);
			};
			const ending = end();
			this.endings.push(ending);
			await ending;
		}
	}

	/** Runs a workflow that no webhook of ours starts. */
	async run(workflowId: string, options: RunOptions = {}): Promise<IRun> {
		const { definition } = this.rowOf(workflowId);
		const { startNode = definition.nodes[0].name, items = [{ json: {} }] } = options;
		const node = definition.nodes.find(({ name }) => name === startNode) as INode;
		const stack = [{ node, data: { main: [items] }, source: null }];
		const { mode = 'trigger', staticData, executionId } = options;
		return await (
			await this.begin(workflowId, mode, stack, null, staticData, executionId)
		).run;
	}

	/**
	 * WorkflowRunner.run: returns when the execution is stored.
	 *
	 * @param loaded what the webhook's copy of the workflow was made of
	 */
	private async begin(
		workflowId: string,
		mode: WorkflowExecuteMode,
		nodeExecutionStack: unknown[],
		loaded: IDataObject | null,
		staticData?: 'row' | 'none',
		storedAs?: string,
		resumed?: IRun['data'],
	): Promise<Execution> {
		// WorkflowRunner.establishContextForPersistence: a third workflow around the same object, whose
		// making clears the dirty flag that webhook() may have set.
		if (loaded) this.workflowOf(this.main, workflowId, loaded);

		const process = mode === 'manual' ? this.main : (this.worker ?? this.main);
		const gets = staticData ?? (process === this.worker ? 'none' : 'row');
		const workflow =
			gets === 'row'
				? await this.loadWorkflow(process, workflowId)
				: this.workflowOf(process, workflowId, null);
		await this.storeExecution();
		const data =
			resumed ??
			createRunExecutionData({ executionData: { nodeExecutionStack } } as Parameters<
				typeof createRunExecutionData
			>[0]);
		const id = storedAs ?? String(++this.stored);
		const { definition } = this.rowOf(workflowId);
		const hooks = new ExecutionLifecycleHooks(mode, id, definition as unknown as IWorkflowBase);
		hooks.addHandler('workflowExecuteAfter', async (_run, newStaticData) => {
			if (mode !== 'manual' && newStaticData) await this.write(workflowId, newStaticData);
		});
		const additionalData = { ...this.additionalData(process), hooks, executionId: id };
		const run = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
		const noted = (async () => {
			const ended = (await run) as IRun;
			if (ended.waitTill) this.waiting.set(id, { workflowId, run: ended });
			return ended;
		})();
		const execution = { workflowId, mode, run: noted };
		this.executions.push(execution);
		return execution;
	}

	/** The executions that wait, by ID: as n8n has them in its database. */
	readonly waiting = new Map<string, Waiting>();

	/** Whether n8n answers webhooks, but has not begun its work yet. */
	isStarting = false;

	/** How many executions were taken up at the same time, at most. */
	mostResuming = 0;
	private resuming = 0;
	/** Milliseconds that each of them takes. */
	resumesTake = 0;

	private async resume(req: Request, res: Response): Promise<void> {
		this.mostResuming = Math.max(this.mostResuming, ++this.resuming);
		await pause(this.resumesTake);
		await this.takeUp(req, res).finally(() => this.resuming--);
	}

	/** WaitingWebhooks: somebody answers what an execution waits for. */
	private async takeUp(req: Request, res: Response): Promise<void> {
		const { execution: id, node: nodeId } = req.params as Record<string, string>;
		this.requests.push(`POST webhook-waiting/${id}`);
		const url = new URL(req.originalUrl, this.baseUrl);
		const signature = url.searchParams.get('signature') ?? '';
		const query = Object.fromEntries(url.searchParams);
		url.searchParams.delete('signature');
		const secret = Container.get(InstanceSettings).hmacSignatureSecret;
		const signed = createHmac('sha256', secret)
			.update(`${url.pathname}${url.search}`)
			.digest('hex');
		// For other operations than 'sendAndWait' n8n wants the token of the run.
		const waits = this.waiting.get(id);
		const asking = waits && this.rowOf(waits.workflowId).definition.nodes;
		const operation = asking?.find((one) => one.id === nodeId)?.parameters.operation;
		const isByToken = operation !== undefined && operation !== 'sendAndWait';
		if (signature !== (isByToken ? waits?.run.data.resumeToken : signed)) {
			res.status(401).send('<title>Invalid Form Link</title>');
			return;
		}
		if (this.running.has(id) || this.resumesLater > 0) {
			this.resumesLater = Math.max(0, this.resumesLater - 1);
			res.status(409).json({ message: `The execution "${id}" is running already.` });
			return;
		}
		const waiting = this.waiting.get(id);
		if (!waiting) {
			res.send('<title>No action required</title>');
			return;
		}
		const { workflowId, run } = waiting;
		const data = JSON.parse(JSON.stringify(run.data)) as IRun['data'];
		const workflow = await this.loadWorkflow(this.main, workflowId);
		const node = Object.values(workflow.nodes).find((one) => one.id === nodeId) as INode;
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		parseBody(req);
		Object.defineProperty(req, 'query', { value: query });
		const context = new WebhookContext(
			workflow,
			node,
			{
				...this.additionalData(this.main),
				executionId: id,
				httpRequest: req,
				httpResponse: res,
			},
			run.mode,
			{ webhookDescription: { name: 'default' } } as IWebhookData,
			[],
			data,
		);
		const { workflowData, webhookResponse } = await workflow.expression.withIsolate(
			async () => await type.webhook!.call(context),
		);
		if (workflowData) {
			this.waiting.delete(id);
			await this.goOn(id, waiting, data, workflowData);
		}
		if (this.resumesUnheard) {
			this.running.add(id);
			res.destroy();
			return;
		}
		send(res, webhookResponse);
	}

	/** WaitTracker: the time of an execution that waits has come. */
	async timeOut(id: string): Promise<IRun> {
		const waiting = this.waiting.get(id) as Waiting;
		this.waiting.delete(id);
		const data = JSON.parse(JSON.stringify(waiting.run.data)) as IRun['data'];
		return await (
			await this.goOn(id, waiting, data)
		).run;
	}

	/** How many of the next answers come while n8n still saves the execution. */
	resumesLater = 0;

	/** Whether n8n goes on with an answer, and its own answer gets lost. */
	resumesUnheard = false;

	/** Executions of which n8n says for now that they are running, whoever answers. */
	readonly running = new Set<string>();

	/** @param answer what the node's webhook gave, if it was called */
	private async goOn(
		id: string,
		{ workflowId, run: { mode } }: Waiting,
		data: IRun['data'],
		answer?: INodeExecutionData[][],
	): Promise<Execution> {
		const [entry] = data.executionData!.nodeExecutionStack;
		entry.node.disabled = true;
		data.waitTill = undefined;
		data.resultData.runData[data.resultData.lastNodeExecuted!].pop();
		if (answer) entry.data = { main: answer };
		return await this.begin(workflowId, mode, [], null, undefined, id, data);
	}

	/** Waits until every execution is over; gives their results. */
	async settled(): Promise<IRun[]> {
		await Promise.all(this.endings);
		return await Promise.all(this.executions.map(async ({ run }) => await run));
	}

	/** DynamicNodeParametersService: a list of the editor. */
	async listSearch(
		type: string,
		method: string,
		{
			parameters = {},
			filter,
			paginationToken,
			credentials,
			typeVersion,
		}: {
			typeVersion?: number;
			parameters?: INodeParameters;
			filter?: string;
			paginationToken?: string;
			credentials?: INode['credentials'];
		} = {},
	): Promise<INodeListSearchResult> {
		const { context, nodeType, workflow } = this.editorContext(
			type,
			parameters,
			credentials,
			typeVersion,
		);
		return await workflow.expression.withIsolate(
			async () =>
				await nodeType.methods!.listSearch![method].call(context, filter, paginationToken),
		);
	}

	/** DynamicNodeParametersService: the fields of a resource mapper. */
	async resourceMapping(
		type: string,
		method: string,
		parameters: INodeParameters,
		typeVersion?: number,
	): Promise<ResourceMapperFields> {
		const { context, nodeType, workflow } = this.editorContext(
			type,
			parameters,
			undefined,
			typeVersion,
		);
		return await workflow.expression.withIsolate(
			async () => await nodeType.methods!.resourceMapping![method].call(context),
		);
	}

	private editorContext(
		type: string,
		parameters: INodeParameters,
		credentials: INode['credentials'] = CREDENTIALS,
		typeVersion = 1,
	) {
		const node: INode = {
			parameters,
			id: 'uuid-1234',
			name: 'Temp-Node',
			type,
			typeVersion,
			position: [0, 0],
			credentials,
		};
		const { nodeTypes } = this.main;
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const additionalData = {
			...this.additionalData(this.main),
			currentNodeParameters: parameters,
		};
		return {
			context: new LoadOptionsContext(workflow, workflow.nodes[node.name], additionalData, ''),
			nodeType: nodeTypes.getByNameAndVersion(type, typeVersion) as INodeType,
			workflow,
		};
	}

	private rowOf(workflowId: string): Row {
		const row = this.rows.get(workflowId);
		if (!row) throw new Error(`There is no workflow ${workflowId}`);
		return row;
	}

	private async loadWorkflow(process: NodeProcess, workflowId: string): Promise<Workflow> {
		return this.workflowOf(process, workflowId, await this.load(workflowId));
	}

	private workflowOf(
		{ nodeTypes }: NodeProcess,
		workflowId: string,
		staticData: IDataObject | null,
	): Workflow {
		const { definition } = this.rowOf(workflowId);
		const workflow = new Workflow({
			...structuredClone(definition),
			nodes: [],
			active: true,
			nodeTypes,
			staticData: staticData ?? undefined,
			settings: { executionOrder: 'v1', timezone: 'UTC' },
		});
		workflow.setNodes(withDefaults(definition.nodes, nodeTypes));
		return workflow;
	}

	/** NodeHelpers and WebhookService.getNodeWebhooks, for descriptions without expressions. */
	private webhooksOf(process: NodeProcess, workflow: Workflow): IWebhookData[] {
		return Object.values(workflow.nodes).flatMap((node) => {
			const { webhooks = [] } = workflow.nodeTypes.getByNameAndVersion(
				node.type,
				node.typeVersion,
			).description;
			// What resumes an execution is not registered.
			const own = webhooks.filter(({ restartWebhook }) => restartWebhook !== true);
			return own.map((webhookDescription) => ({
				httpMethod: webhookDescription.httpMethod as IHttpRequestMethods,
				node: node.name,
				path: NodeHelpers.getNodeWebhookPath(workflow.id, node, webhookDescription.path),
				webhookDescription,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: this.additionalData(process),
			}));
		});
	}

	private async load(workflowId: string): Promise<IDataObject | null> {
		await nextTurn();
		return this.staticData(workflowId);
	}

	/** WorkflowStaticDataService.saveStaticData. */
	private async save({ id, staticData }: Workflow): Promise<void> {
		if (!staticData.__dataChanged) return;
		await this.write(id, staticData);
		staticData.__dataChanged = false;
	}

	/** The whole column, whatever it holds by now. A refused write leaves its mark in the log alone. */
	private async write(workflowId: string, staticData: IDataObject): Promise<void> {
		await nextTurn();
		const text = JSON.stringify(staticData);
		await nextTurn();
		if (this.refusesSaves) return;
		const row = this.rowOf(workflowId);
		row.staticData = text;
		row.writes++;
	}

	private additionalData(process: NodeProcess): IWorkflowExecuteAdditionalData {
		const url = this.publicUrl ?? this.baseUrl;
		return {
			credentialsHelper: credentialsHelper(process, this.credential) as ICredentialsHelper,
			currentNodeExecutionIndex: 0,
			executionId: undefined,
			restApiUrl: `${url}/rest`,
			instanceBaseUrl: `${url}/`,
			formBaseUrl: `${url}/form`,
			formTestBaseUrl: `${url}/form-test`,
			formWaitingBaseUrl: `${url}/form-waiting`,
			webhookBaseUrl: `${url}/webhook`,
			webhookTestBaseUrl: `${url}/webhook-test`,
			webhookWaitingBaseUrl: `${url}/webhook-waiting`,
			mcpBaseUrl: `${url}/mcp`,
			mcpTestBaseUrl: `${url}/mcp-test`,
			variables: {},
			setExecutionStatus: () => undefined,
			logAiEvent: () => undefined,
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

export const CREDENTIALS = { whatsAppCloudApi: { id: '1', name: 'WhatsApp' } };

/** Nodes as n8n's `Workflow` completes them, by what they were; that takes longer than most of a test. */
const completed = new Map<string, string>();

function withDefaults(nodes: INode[], nodeTypes: INodeTypes): INode[] {
	const key = JSON.stringify(nodes);
	if (!completed.has(key)) {
		const workflow = new Workflow({
			nodes: structuredClone(nodes),
			connections: {},
			active: false,
			nodeTypes,
		});
		completed.set(key, JSON.stringify(Object.values(workflow.nodes)));
	}
	return JSON.parse(completed.get(key)!) as INode[];
}

function keyOf({ httpMethod, path }: IWebhookData): string {
	return `${httpMethod} ${path}`;
}

/** Static and legacy answers alike: texts as they are, everything else as JSON. */
function send(res: Response, data: unknown): void {
	if (typeof data === 'string') res.send(data);
	else res.json(data);
}

/** n8n's body parser: it reads JSON before any node sees it, and keeps no raw body of forms. */
function parseBody(req: Request): void {
	const raw: unknown = req.body;
	if (req.is('multipart/form-data')) {
		req.body = { data: {}, files: {} };
		return;
	}
	const rawBody = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
	Object.assign(req, { rawBody, body: {} });
	if (rawBody.length === 0 || !req.is('application/json')) return;
	try {
		req.body = JSON.parse(rawBody.toString());
	} catch {
		throw Object.assign(new Error('Failed to parse request body'), { status: 422 });
	}
}

/** The items that a node gave at an output; [] when it did not run. */
export function itemsOf(run: IRun, node: string, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.[0]?.data?.main[output] ?? [];
}
