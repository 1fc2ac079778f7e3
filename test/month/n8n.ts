import { EventEmitter } from 'events';

import {
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWebhookFunctions,
} from 'n8n-workflow';

/** Both nodes, with module state of their own: the memory of one n8n process. */
export interface NodeClasses {
	trigger: INodeType;
	sender: INodeType;
}

/** Where the webhooks of the world's n8n are. */
const ORIGIN = 'https://n8n.example';

const CREDENTIALS = { whatsAppCloudApi: { id: '1', name: 'WhatsApp' } };

const TRIGGER: INode = nodeOf('Trigger', 'whatsAppConversationsTrigger');
const SENDER: INode = nodeOf('WhatsApp', 'whatsAppConversations');

const NO_NODES = { getByNameAndVersion: () => undefined } as unknown as INodeTypes;

/** See {@link N8n.save}. */
const WRITE_EVERY_MS = 7_200_000;
export const CLOSE_TO_END_MS = 360_000;

interface Row {
	/** What its text says, never given away but as a copy. */
	content: IDataObject;
	/** The process that wrote it, and when. */
	process: number;
	atMs: number;
}

/** One execution, with its own copy of static data. */
export interface Execution {
	id: string;
	workflow: Workflow;
	/** What the trigger gave; undefined where no trigger of ours began it. */
	items?: INodeExecutionData[];
}

export interface N8nOptions {
	/** Loads the package anew, as a process does when it starts. */
	loadNodes: () => NodeClasses;
	credential: IDataObject;
	/** Parameters of the trigger of each workflow that has one; all others only send. */
	triggers: { [workflowId: string]: IDataObject };
	/** Answers the requests of the nodes. */
	request: (options: IHttpRequestOptions) => Promise<unknown>;
	/** Epoch milliseconds. */
	now: () => number;
	/** Whether rows can be written: a database may be locked, of which n8n only logs. */
	canWrite: () => boolean;
	/** Whether n8n can be reached at its own address. */
	canWake: () => boolean;
	/** The row of a workflow with a trigger was read. */
	onRead: (workflowId: string) => void;
}

/** The address of a workflow's trigger. */
export function addressOf(workflowId: string): string {
	return `${ORIGIN}/webhook/${workflowId}/webhook`;
}

/**
 * n8n around the node classes, in n8n's order (see the engine tests, which run its real engine): a
 * copy of the row for each webhook and each execution, which is written back as a whole when it was
 * marked as changed; what webhook() wrote is not, when it starts an execution.
 */
export class N8n {
	private readonly rows = new Map<string, Row>();

	private nodes!: NodeClasses;

	/** The latest static data of workflows that was not written. */
	private readonly leftOut = new Map<string, IDataObject>();

	private process = 0;

	/** How many executions there were. */
	private begun = 0;

	/** When this process will end, so that {@link save} can tell what matters. */
	private endsAtMs = Infinity;

	constructor(private readonly options: N8nOptions) {}

	/** A process starts: nothing is left but the rows. */
	start(endsAtMs: number): void {
		this.nodes = this.options.loadNodes();
		this.process++;
		this.leftOut.clear();
		this.endsAtMs = endsAtMs;
	}

	/** A POST to the trigger of a workflow. Whoever gets an execution runs it. */
	async deliver(
		workflowId: string,
		rawBody: Buffer,
		signature: string,
	): Promise<{ status: number; execution?: Execution }> {
		const headers = { 'x-hub-signature-256': signature };
		const { response, items } = await this.webhook(workflowId, rawBody, headers);
		if (!items) {
			response.finish();
			return { status: response.statusCode };
		}

		const execution = this.begin(workflowId);
		const run = this.nodes.trigger.execute!.call(
			this.executeContext(execution, TRIGGER, this.options.triggers[workflowId], items),
		);
		response.finish();
		const [output] = (await run) as INodeExecutionData[][];
		return { status: response.statusCode, execution: { ...execution, items: output } };
	}

	/**
	 * A request to a trigger's address that one of the nodes sends: n8n reads the workflow's row for
	 * it, as for all that come from outside.
	 *
	 * @throws when nobody answers there
	 */
	private async wake({ url, headers = {}, body }: IHttpRequestOptions): Promise<IDataObject> {
		const known = Object.keys(this.options.triggers).find((id) => addressOf(id) === url);
		if (!this.options.canWake()) throw new Error(`connect ECONNREFUSED ${url}`);
		if (known === undefined) {
			const message = `The requested webhook "POST ${url}" is not registered.`;
			return { statusCode: 404, body: { code: 404, message }, headers: {} };
		}
		const rawBody = Buffer.from(JSON.stringify(body ?? {}));
		const { response, items } = await this.webhook(known, rawBody, headers as IDataObject);
		if (items) throw new Error('A request of our own started a workflow');
		response.finish();
		return { statusCode: response.statusCode, body: '', headers: {} };
	}

	/** The part of a webhook that n8n waits for, with the row as it is now. */
	private async webhook(workflowId: string, rawBody: Buffer, headers: IDataObject) {
		const workflow = this.open(workflowId);
		const response = new Answer();
		const parameters = this.options.triggers[workflowId];
		const context = {
			...this.context(workflow, TRIGGER, parameters),
			getNodeParameter: reader(parameters),
			getWebhookName: () => 'default',
			getNodeWebhookUrl: () => addressOf(workflowId),
			getHeaderData: () => headers,
			getQueryData: () => ({}),
			getBodyData: () => JSON.parse(rawBody.toString()) as IDataObject,
			getRequestObject: () => ({ rawBody, headers, originalUrl: addressOf(workflowId) }),
			getResponseObject: () => response,
			helpers: this.helpers(),
		} as unknown as IWebhookFunctions;
		const result = await this.nodes.trigger.webhook!.call(context);
		const items = result.workflowData?.[0];
		if (!items) this.save(workflow);
		return { response, items };
	}

	/** An execution that something else began, or that goes on after a Wait node. */
	begin(workflowId: string, items?: INodeExecutionData[]): Execution {
		return { id: String(++this.begun), workflow: this.open(workflowId), items };
	}

	/** Runs our sending node on one item. @returns what it gave, at whichever output */
	async send(execution: Execution, parameters: IDataObject): Promise<IDataObject> {
		const input = [{ json: {} }];
		const outputs = (await this.nodes.sender.execute!.call(
			this.executeContext(execution, SENDER, parameters, input),
		)) as INodeExecutionData[][];
		return outputs.flat()[0].json;
	}

	end({ workflow }: Execution): void {
		this.save(workflow);
	}

	private open(workflowId: string): Workflow {
		if (this.options.triggers[workflowId]) this.options.onRead(workflowId);
		const row = this.rows.get(workflowId);
		return new Workflow({
			id: workflowId,
			nodes: [],
			connections: {},
			active: true,
			nodeTypes: NO_NODES,
			staticData: row && (copyOf(row.content) as IDataObject),
		});
	}

	/**
	 * Writes changed static data into the row. A row is made of the whole state, and is read for what
	 * it says by another process alone. So of the writes far from the beginning and the end of a
	 * process all but one in two hours are left out; what a crash leaves behind is not changed.
	 */
	private save({ id, staticData }: Workflow): void {
		if (!staticData.__dataChanged) return;
		if (!this.options.canWrite()) {
			// It is made into a text, which goes nowhere.
			JSON.stringify(staticData);
			return;
		}
		staticData.__dataChanged = false;
		const row = this.rows.get(id);
		const atMs = this.options.now();
		const isLeftOut =
			row?.process === this.process &&
			atMs < row.atMs + WRITE_EVERY_MS &&
			atMs < this.endsAtMs - CLOSE_TO_END_MS;
		if (isLeftOut) this.leftOut.set(id, staticData);
		else this.write(id, staticData);
	}

	/** To be called {@link CLOSE_TO_END_MS} before the end. */
	writeWhatWasLeftOut(): void {
		for (const [id, staticData] of this.leftOut) this.write(id, staticData);
	}

	private write(id: string, staticData: IDataObject): void {
		const content = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		this.rows.set(id, { content, process: this.process, atMs: this.options.now() });
		this.leftOut.delete(id);
	}

	private executeContext(
		{ id, workflow, items = [] }: Execution,
		node: INode,
		parameters: IDataObject,
		input: INodeExecutionData[],
	): IExecuteFunctions {
		const read = reader(parameters);
		const parents = node === SENDER && items.length > 0 ? [TRIGGER] : [];
		return {
			...this.context(workflow, node, parameters),
			getNodeParameter: (name: string, _item: number, fallback?: unknown, more?: Extract) =>
				read(name, fallback, more),
			getInputData: () => input,
			getExecutionId: () => id,
			getParentNodes: () => parents,
			getWorkflowDataProxy: () => ({
				$: () => ({ all: () => items }),
				$execution: { id, mode: 'production', resumeUrl: `${ORIGIN}/webhook-waiting/1` },
			}),
			getNodeOutputs: () => (node === TRIGGER ? [{}] : [{}, {}]),
			getExecutionCancelSignal: () => undefined,
			continueOnFail: () => true,
			getTimezone: () => 'UTC',
			helpers: this.helpers(),
			addExecutionHints: () => undefined,
		} as unknown as IExecuteFunctions;
	}

	/** With a credential the nodes speak to Meta, and without one to n8n itself. */
	private helpers() {
		return {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await this.options.request(options),
			httpRequest: async (options: IHttpRequestOptions) => await this.wake(options),
		};
	}

	/** What webhooks and executions are given alike. */
	private context(workflow: Workflow, node: INode, parameters: IDataObject) {
		return {
			workflow,
			getNode: () => ({ ...node, parameters }),
			getMode: () => 'webhook',
			getWorkflow: () => ({ id: workflow.id, active: true }),
			getWorkflowStaticData: () => workflow.getStaticData('global'),
			getCredentials: async () => this.options.credential,
			logger: { debug() {}, info() {}, warn() {}, error() {} },
		};
	}
}

interface Extract {
	extractValue?: boolean;
}

/** Parameters by their paths, as the contexts of n8n give them. */
function reader(parameters: IDataObject) {
	return (path: string, fallback?: unknown, { extractValue }: Extract = {}): unknown => {
		const found = path
			.split('.')
			.reduce<unknown>((part, name) => (part as IDataObject | undefined)?.[name], parameters);
		const value = found ?? fallback;
		return extractValue ? ((value as IDataObject | undefined)?.value ?? value) : value;
	};
}

/** The parts of an express response that the trigger uses. */
class Answer extends EventEmitter {
	statusCode = 200;

	writableEnded = false;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	end(): void {}

	finish(): void {
		this.writableEnded = true;
		this.emit('finish');
		this.emit('close');
	}
}

function nodeOf(name: string, type: string): INode {
	return {
		id: `id of ${name}`,
		name,
		type: `n8n-nodes-whatsapp-conversations.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: CREDENTIALS,
	};
}

/** As good as parsing the text again, without doing so for texts that do not change. */
function copyOf(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(copyOf);
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]));
}
