import { createServer, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';

import axios, { type AxiosInstance } from 'axios';

import { Simulator } from '../../simulator/simulator';
import type { Json, SimulatorOptions } from '../../simulator/types';

export const NUMBER = '100200300400500';
export const BUSINESS_PHONE = '15550001111';
export const ACCOUNT = '900800700600500';
export const APP = '700700700700700';
export const SECRET = 'app-secret-for-tests';
export const TOKEN = 'token-for-tests';
export const CUSTOMER = '15551230001';

/** A request that reached the callback. */
export interface Received {
	headers: IncomingMessage['headers'];
	bytes: Buffer;
	body: Json;
	at: number;
}

/** A server that takes webhooks and answers the handshake. */
export interface Callback {
	url: string;
	received: Received[];
	/** The values of `metadata`-bearing changes, in order of arrival. */
	values(): Json[];
	/** What it answers to a POST; default 200. */
	status: (received: Received) => number | Promise<number>;
	/** What it answers to the handshake; default the challenge if the token is 'verify'. */
	handshake: (query: URLSearchParams) => { status: number; body: string };
	stop(): Promise<void>;
}

export async function startCallback(): Promise<Callback> {
	const server: Server = createServer((req, res) => {
		const url = new URL(String(req.url), 'http://callback');
		if (req.method === 'GET') {
			const { status, body } = callback.handshake(url.searchParams);
			res.writeHead(status).end(body);
			return;
		}
		const chunks: Buffer[] = [];
		req.on('data', (chunk: Buffer) => chunks.push(chunk));
		req.on('end', async () => {
			const bytes = Buffer.concat(chunks);
			const body = JSON.parse(bytes.toString()) as Json;
			const received = { headers: req.headers, bytes, body, at: callback.received.length };
			callback.received.push(received);
			res.writeHead(await callback.status(received)).end('seen');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const callback: Callback = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?workflow=1`,
		received: [],
		values: () => callback.received.flatMap(({ body }) => valuesOf(body)),
		status: () => 200,
		handshake: (query) =>
			query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === 'verify'
				? { status: 200, body: String(query.get('hub.challenge')) }
				: { status: 403, body: 'no' },
		stop: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
	return callback;
}

/** The value of every change in a webhook body. */
export function valuesOf(body: Json): Json[] {
	const entries = body.entry as Array<{ changes: Array<{ value: Json }> }>;
	return entries.flatMap(({ changes }) => changes.map(({ value }) => value));
}

/** A clock that stands still until it is moved. */
export class Clock {
	ms = Date.UTC(2026, 10, 20, 12, 0, 0);

	readonly now = () => this.ms;

	forward(seconds: number): void {
		this.ms += seconds * 1000;
	}
}

export interface Scene {
	sim: Simulator;
	api: AxiosInstance;
	callback: Callback;
	clock: Clock;
	/** Sends a message; `to` defaults to the customer. */
	send(message: Json): Promise<{ status: number; data: Json; id: string; code?: number }>;
	stop(): Promise<void>;
}

/** A simulator with one number, a callback for everything, and a client that has the token. */
export async function startScene(options: SimulatorOptions = {}): Promise<Scene> {
	const clock = new Clock();
	const callback = await startCallback();
	const sim = await Simulator.start({
		appId: APP,
		appSecret: SECRET,
		accessToken: TOKEN,
		businessAccountId: ACCOUNT,
		now: clock.now,
		...options,
	});
	sim.addBusinessNumber({ id: NUMBER, phone: BUSINESS_PHONE, name: 'Corner Shop' });
	sim.setCallback(callback.url);
	const api = axios.create({
		baseURL: `${sim.url}/v26.0`,
		headers: { Authorization: `Bearer ${TOKEN}` },
		proxy: false,
		validateStatus: () => true,
	});
	return {
		sim,
		api,
		callback,
		clock,
		send: async (message) => {
			const body = { messaging_product: 'whatsapp', to: `+${CUSTOMER}`, ...message };
			const { status, data } = await api.post(`/${NUMBER}/messages`, body);
			return { status, data, id: data.messages?.[0]?.id, code: data.error?.code };
		},
		stop: async () => {
			await sim.stop();
			await callback.stop();
		},
	};
}

export const TEXT = { type: 'text', text: { body: 'Hello' } };
