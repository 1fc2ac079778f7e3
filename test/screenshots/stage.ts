import type { INode } from 'n8n-workflow';

import { addShop, shopInList } from '../demo/cast';
import { nodeOf, startTestServer, workflowOf } from '../e2e/harness';
import type { N8nClient } from '../n8n/client';
import type { N8nServer } from '../n8n/server';
import { Simulator } from '../simulator/simulator';

const PACKAGE = 'n8n-nodes-whatsapp-conversations';
export const NODE_TYPE = `${PACKAGE}.whatsAppConversations`;
export const TRIGGER_TYPE = `${PACKAGE}.whatsAppConversationsTrigger`;

/** Ann has just written. */
export const ANN = { phone: '+15550100201', name: 'Ann' };

/** Ben has written a day and an hour ago. */
export const BEN = { phone: '+15550100202', name: 'Ben' };

/** Where nobody listens: of the other providers the pictures show forms alone. */
const NOBODY = 'http://127.0.0.1:9';

/** The chosen business number, as the editor stores it. */
export const businessNumber = {
	__rl: true,
	mode: 'list',
	value: shopInList.id,
	cachedResultName: shopInList.name,
};

/** A chosen template of the shop, as the editor stores it. */
export function templateChoice(name: string, category: string): object {
	return {
		__rl: true,
		mode: 'list',
		value: `${name}|en_US`,
		cachedResultName: `${name} (en_US) · ${category}`,
	};
}

/** What the pictures show: a shop on WhatsApp, two customers who wrote, and an n8n that knows it. */
export class Stage {
	private constructor(
		readonly simulator: Simulator,
		readonly server: N8nServer,
		readonly client: N8nClient,
		/** By credential type: how nodes name the stored one. */
		readonly credentials: Required<INode>['credentials'],
	) {}

	static async set(): Promise<Stage> {
		const simulator = await Simulator.start();
		addShop(simulator);
		let server: N8nServer | undefined;
		try {
			const started = await startTestServer('screenshots');
			({ server } = started);
			const credentials = await storeCredentials(started.client, simulator, server.url);
			const stage = new Stage(simulator, server, started.client, credentials);
			await stage.letCustomersWrite();
			return stage;
		} catch (error) {
			await server?.stop();
			await simulator.stop();
			throw error;
		}
	}

	/** Ends everything that runs. */
	async strike(): Promise<void> {
		await this.server.stop();
		await this.simulator.stop();
	}

	private async letCustomersWrite(): Promise<void> {
		const trigger = nodeOf('WhatsApp Conversations Trigger', TRIGGER_TYPE, {
			credentials: this.credentials,
			parameters: { businessNumber, events: ['message'], registration: 'automatic' } as never,
		});
		const { id } = await this.client.createWorkflow(workflowOf('Inbox', trigger));
		await this.client.activate(id);
		await this.simulator.writes({ from: BEN, text: 'Where is my order?', agoSeconds: 25 * 3_600 });
		await this.simulator.writes({ from: ANN, text: 'Do you have the lamp in blue?' });
		await this.client.waitForExecutions(id, 2);
	}
}

async function storeCredentials(
	client: N8nClient,
	{ url, world }: Simulator,
	n8nUrl: string,
): Promise<Required<INode>['credentials']> {
	const { accessToken, businessAccountId, appId, appSecret } = world.identity;
	const { rawApiKey: apiKey } = await client.request<{ rawApiKey: string }>(
		'POST',
		'/rest/api-keys',
		{
			label: 'Conversation state',
			scopes: ['list', 'read', 'create']
				.map((right) => `dataTable:${right}`)
				.concat(['read', 'create', 'update', 'delete'].map((right) => `dataTableRow:${right}`)),
			expiresAt: null,
		},
	);
	const values = {
		whatsAppCloudApi: {
			accessToken,
			businessAccountId,
			appId,
			appSecret,
			verifyToken: '',
			apiVersion: 'v26.0',
			baseUrl: url,
		},
		n8nDataTableApi: { baseUrl: n8nUrl, apiKey },
		whatsAppCompatibleApi: {
			preset: 'custom',
			apiKey: 'none',
			baseUrl: NOBODY,
			webhookProof: 'header',
			webhookSecret: 'none',
		},
		clickatellApi: { apiKey: 'none', baseUrl: NOBODY, webhookToken: 'none' },
	};
	const names = {
		whatsAppCloudApi: 'WhatsApp Cloud API',
		n8nDataTableApi: 'n8n Data Table API',
		whatsAppCompatibleApi: 'WhatsApp Compatible Provider API',
		clickatellApi: 'Clickatell One API',
	};
	const stored: Required<INode>['credentials'] = {};
	for (const [type, data] of Object.entries(values)) {
		const name = names[type as keyof typeof names];
		stored[type] = { id: await client.createCredential(name, type, data), name };
	}
	return stored;
}
