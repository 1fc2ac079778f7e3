import type { Server } from 'http';
import type { AddressInfo } from 'net';

import express from 'express';
import type { INode } from 'n8n-workflow';

import { nodeOf } from './harness';
import type { InboundText } from './scenario';

/** How many messages a contact sends in a row. */
export const PARTS = 3;

/** How many contacts are in the middle of a row at the same time: more, and a slow machine tears them apart. */
const AT_ONCE = 10;

/** The trigger's option that joins them. */
export const JOIN = { joinMessages: true };

/** What the node behind the trigger was given, in order, and how often each message came. */
export class Shop {
	readonly given: string[][] = [];
	private server?: Server;

	async start(): Promise<void> {
		const app = express();
		app.use(express.json());
		app.post('/', (req, res) => {
			this.given.push((req.body as { ids: string[] }).ids);
			res.json({});
		});
		this.server = await new Promise<Server>((resolve) => {
			const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
		});
	}

	async stop(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
	}

	/** The node that tells it. */
	node(): INode {
		const { port } = this.server!.address() as AddressInfo;
		return nodeOf('Tell', 'n8n-nodes-base.httpRequest', {
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: `http://127.0.0.1:${port}/`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ { ids: ($json.messages ?? [$json]).map((one) => one.messageId) } }}',
			},
		});
	}

	counts(): Map<string, number> {
		const counts = new Map<string, number>();
		for (const id of this.given.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
		return counts;
	}
}

/** One message of a row. */
export const part = (from: string, n: number): InboundText => ({
	id: `wamid.${from}.${n}`,
	from,
	text: `part ${n}`,
});

/** Does one thing after the other, some at the same time. */
export async function inRows(
	contacts: string[],
	work: (contact: string, index: number) => Promise<unknown>,
): Promise<void> {
	const left = contacts.entries();
	const takeTurns = async () => {
		for (const [index, contact] of left) await work(contact, index);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
}
