import { createHmac, randomUUID } from 'crypto';

import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { N8nClient, NodeInEditor, WorkflowDefinition } from '../n8n/client';
import type { N8nQueue } from '../n8n/queue';
import type { N8nServer } from '../n8n/server';
import { Simulator } from '../simulator/simulator';
import type { SentMessage } from '../simulator/types';

import {
	nodeOf,
	startTestServer,
	type TestServer,
	type TestServerOptions,
	workflowOf,
} from './harness';

export const PACKAGE = 'n8n-nodes-whatsapp-conversations';
export const TRIGGER_TYPE = `${PACKAGE}.whatsAppConversationsTrigger`;
export const NODE_TYPE = `${PACKAGE}.whatsAppConversations`;
export const CREDENTIAL_TYPE = 'whatsAppCloudApi';
const TABLE_CREDENTIAL_TYPE = 'n8nDataTableApi';

/** The business that all tests play. */
export const ACCOUNT = '900800700600500';
export const APP = '700700700700700';
export const TOKEN = 'token-of-the-shop';
export const SECRET = 'secret-of-the-shop';

export const HOUR = 3_600;

const API_VERSION = 'v26.0';

/** What a callback or an API answered. */
export interface Answer {
	status: number;
	data: unknown;
}

/** A message as the hand-made deliveries of {@link deliveryOf} carry it. */
export interface InboundText {
	id: string;
	/** Digits. */
	from: string;
	text: string;
	/** Epoch seconds; default now. */
	at?: number;
}

/** Asks in a workflow without a trigger of ours what is known of contacts. */
export type Asking = (businessNumberId: string, contacts: string[]) => Promise<IDataObject[]>;

/**
 * A shop on WhatsApp: a simulated Meta, an n8n server with this package, and a credential that
 * connects the two. Every test takes a business number of its own, so that none sees the contacts
 * of another.
 */
export class Scenario {
	private constructor(
		readonly sim: Simulator,
		readonly server: N8nServer,
		readonly client: N8nClient,
		/** All processes of n8n's queue mode, where that was asked for. */
		readonly queue?: N8nQueue,
	) {}

	private credentials: INode['credentials'];

	/** Parameters that say where the nodes keep conversation state; none by default. */
	private stateStore: INodeParameters = {};

	/** @param options see {@link startTestServer} */
	static async start(name: string, options: TestServerOptions = {}): Promise<Scenario> {
		const sim = await Simulator.start({
			businessAccountId: ACCOUNT,
			appId: APP,
			appSecret: SECRET,
			accessToken: TOKEN,
			deliveryTimeoutMs: 60_000,
		});
		let started: TestServer | undefined;
		try {
			started = await startTestServer(name, options);
			const scenario = new Scenario(sim, started.server, started.client, started.queue);
			scenario.credentials = await scenario.addCredential();
			return scenario;
		} catch (error) {
			await (started?.queue ?? started?.server)?.stop();
			await sim.stop();
			throw error;
		}
	}

	async stop(): Promise<void> {
		await (this.queue ?? this.server).stop();
		await this.sim.stop();
	}

	/** Stores a credential for the simulated Meta, right in all but the given values. */
	async addCredential(values: IDataObject = {}): Promise<Required<INode>['credentials']> {
		const name = `WhatsApp ${randomUUID()}`;
		const id = await this.client.createCredential(name, CREDENTIAL_TYPE, {
			accessToken: TOKEN,
			businessAccountId: ACCOUNT,
			appId: APP,
			appSecret: SECRET,
			verifyToken: '',
			apiVersion: API_VERSION,
			baseUrl: this.sim.url,
			...values,
		});
		return { [CREDENTIAL_TYPE]: { id, name } };
	}

	/** Stores a credential for n8n's data tables, and returns its ID. */
	async addTableCredential(): Promise<string> {
		const apiKey = await this.client.createApiKey(`Tables ${randomUUID()}`, [
			'dataTable:list',
			'dataTable:read',
			'dataTable:create',
			'dataTableRow:read',
			'dataTableRow:create',
			'dataTableRow:update',
			'dataTableRow:delete',
		]);
		return await this.client.createCredential('State', TABLE_CREDENTIAL_TYPE, {
			baseUrl: this.server.url,
			apiKey,
		});
	}

	/**
	 * From now on all nodes keep the conversation state in a data table, which is made the way a user
	 * makes it: with an API key of n8n, and the operation for it.
	 */
	async keepStateInTable(): Promise<void> {
		const id = await this.addTableCredential();
		this.credentials = { ...this.credentials, [TABLE_CREDENTIAL_TYPE]: { id, name: 'State' } };
		this.stateStore = { stateStore: 'dataTable' };

		const webhook = orderWebhook();
		const create = { resource: 'conversation', operation: 'createTable', tableName: 'State' };
		await this.activate(workflowOf('Create', webhook, this.whatsApp('Create', '', create)));
		const { status, data } = await this.call(webhook, {});
		if (status !== 200) throw new Error(`Creating was answered ${status}: ${JSON.stringify(data)}`);
		const [table] = data as IDataObject[];
		this.stateStore = { stateStore: 'dataTable', stateTable: byId(String(table.id)) };
	}

	/** A new business number's ID. */
	addNumber(): string {
		return this.sim.addBusinessNumber({ name: 'Corner Shop' }).id;
	}

	/** Our trigger, for one business number. */
	trigger(
		businessNumberId: string,
		parameters: INodeParameters = {},
		node: Partial<INode> = {},
	): INode {
		return nodeOf('Trigger', TRIGGER_TYPE, {
			credentials: this.credentials,
			...node,
			parameters: {
				businessNumber: byId(businessNumberId),
				events: ['message'],
				registration: 'automatic',
				...this.stateStore,
				...parameters,
			},
		});
	}

	/** Our other node. */
	whatsApp(
		name: string,
		businessNumberId: string,
		parameters: INodeParameters,
		node: Partial<INode> = {},
	): INode {
		return nodeOf(name, NODE_TYPE, {
			credentials: this.credentials,
			...node,
			parameters: { businessNumber: byId(businessNumberId), ...this.stateStore, ...parameters },
		});
	}

	/** `message:send` of a text, by default as an answer to the trigger's item. */
	send(
		businessNumberId: string,
		parameters: INodeParameters = {},
		node: Partial<INode> = {},
	): INode {
		const answer = {
			resource: 'message',
			operation: 'send',
			to: '={{ $json.contact }}',
			messageType: 'text',
			text: '=You wrote: {{ $json.text }}',
		};
		return this.whatsApp('Send', businessNumberId, { ...answer, ...parameters }, node);
	}

	/** What the editor tells n8n about our node when it asks for a list's content. */
	inEditor(parameters: INodeParameters, type = NODE_TYPE): NodeInEditor {
		const credentials = this.credentials as NodeInEditor['credentials'];
		return { type, typeVersion: 1, parameters, credentials };
	}

	/** Stores a workflow, activates it, and returns its ID. */
	async activate(workflow: WorkflowDefinition): Promise<string> {
		const { id } = await this.client.createWorkflow(workflow);
		await this.client.activate(id);
		return id;
	}

	/** Calls n8n's own Webhook node, see {@link orderWebhook}; waits for the workflow's end. */
	async call(webhook: INode, body: object, patienceMs?: number): Promise<Answer> {
		const url = `${this.server.url}/webhook/${String(webhook.parameters.path)}`;
		return await post(url, body, {}, patienceMs);
	}

	/** The callback that Meta has for a business number. */
	async callbackOf(businessNumberId: string): Promise<string> {
		const { data } = await this.graph(`${businessNumberId}?fields=webhook_configuration`);
		const { webhook_configuration: configuration } = data as IDataObject;
		return String((configuration as IDataObject).phone_number ?? '');
	}

	/** The apps that receive the business account's events, as Meta tells. */
	async subscribedApps(): Promise<unknown> {
		const { data } = await this.graph(`${ACCOUNT}/subscribed_apps`);
		return (data as IDataObject).data;
	}

	/** Posts bytes to the callback of a business number, signed as Meta signs or as told. */
	async deliver(
		businessNumberId: string,
		payload: object,
		signature?: string | null,
	): Promise<Answer> {
		const url = await this.callbackOf(businessNumberId);
		return await deliverTo(url, payload, signature);
	}

	/** What the business sent from one of its numbers. */
	sentFrom(businessNumberId: string): SentMessage[] {
		return this.sim.sent.filter((message) => message.businessNumberId === businessNumberId);
	}

	/**
	 * A workflow that asks `conversation:get` about many contacts in one run. It has no trigger of
	 * ours, and knows no business number until it is asked.
	 */
	async addAsker(): Promise<Asking> {
		const webhook = orderWebhook();
		await this.activate(
			workflowOf(
				'Ask',
				webhook,
				splitOut('body.questions'),
				this.whatsApp('Get', '={{ $json.businessNumberId }}', {
					resource: 'conversation',
					operation: 'get',
					contact: '={{ $json.contact }}',
				}),
			),
		);
		return async (businessNumberId, contacts) => {
			const questions = contacts.map((contact) => ({ businessNumberId, contact }));
			const { status, data } = await this.call(webhook, { questions });
			if (status !== 200) throw new Error(`Asking was answered ${status}: ${String(data)}`);
			return data as IDataObject[];
		};
	}

	private async graph(path: string): Promise<Answer> {
		return await axios.get(`${this.sim.url}/${API_VERSION}/${path}`, {
			headers: { Authorization: `Bearer ${TOKEN}` },
			proxy: false,
		});
	}
}

/** The value of a parameter that chooses a business number, or a table. */
export function byId(businessNumberId: string): INodeParameters {
	return { __rl: true, mode: 'id', value: businessNumberId } as unknown as INodeParameters;
}

/** The value of a parameter that chooses a template. */
export function byName(name: string, language = 'en_US'): INodeParameters {
	const value = `${name}|${language}`;
	return { __rl: true, mode: 'name', value } as unknown as INodeParameters;
}

/** The value of a parameter that holds a template's fields. */
export function fields(value: Record<string, string>): INodeParameters {
	return { mappingMode: 'defineBelow', value };
}

/** n8n's own Webhook node; it answers with the items of the last node. */
export function orderWebhook(name = 'Webhook'): INode {
	return nodeOf(name, 'n8n-nodes-base.webhook', {
		typeVersion: 2,
		parameters: {
			httpMethod: 'POST',
			path: randomUUID(),
			responseMode: 'lastNode',
			responseData: 'allEntries',
		},
	});
}

/** n8n's own node that makes one item of each entry of a list. */
export function splitOut(field: string): INode {
	return nodeOf('Split', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: field } });
}

/** n8n's own Code node. */
export function code(name: string, jsCode: string): INode {
	return nodeOf(name, 'n8n-nodes-base.code', { typeVersion: 2, parameters: { jsCode } });
}

/** The webhook with which Meta delivers text messages, written by hand. */
export function deliveryOf(businessNumberId: string, messages: InboundText[]): object {
	const now = Math.floor(Date.now() / 1000);
	return {
		object: 'whatsapp_business_account',
		entry: [
			{
				id: ACCOUNT,
				changes: [
					{
						field: 'messages',
						value: {
							messaging_product: 'whatsapp',
							metadata: {
								display_phone_number: '15550000000',
								phone_number_id: businessNumberId,
							},
							contacts: messages.map(({ from }) => ({
								profile: { name: `Contact ${from}` },
								wa_id: from,
							})),
							messages: messages.map(({ id, from, text, at = now }) => ({
								from,
								id,
								timestamp: String(at),
								type: 'text',
								text: { body: text },
							})),
						},
					},
				],
			},
		],
	};
}

/** Posts a delivery; `null` leaves the signature out. */
export async function deliverTo(
	url: string,
	payload: object,
	signature: string | null = signatureOf(payload),
	patienceMs?: number,
): Promise<Answer> {
	const headers = signature === null ? {} : { 'X-Hub-Signature-256': signature };
	return await post(url, payload, headers, patienceMs);
}

/** How Meta signs (Meta: Validating payloads). */
export function signatureOf(payload: object, secret = SECRET): string {
	return `sha256=${createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex')}`;
}

/** Different phone numbers of contacts. */
export function contactNumbers(count: number, first = 4_915_100_000_000): string[] {
	return Array.from({ length: count }, (_, index) => String(first + index));
}

async function post(
	url: string,
	body: object,
	headers: object = {},
	patienceMs = 120_000,
): Promise<Answer> {
	const { status, data } = await axios.post(url, JSON.stringify(body), {
		headers: { 'Content-Type': 'application/json', ...headers },
		proxy: false,
		timeout: patienceMs,
		validateStatus: () => true,
	});
	return { status, data };
}
