import axios from 'axios';
import type { Express, Request, Response } from 'express';

import type { Simulator } from '../simulator';

import { listen, type Dialect, type Seen } from './server';

/** A provider who speaks Meta's JSON, with the simulator behind it as Meta. */
export interface Provider extends Dialect {
	seen: Seen[];
	/** Where it delivers, and with which headers. */
	webhook: { url: string; headers: Record<string, string> };
	/** Where Meta delivers to the provider, who passes it on. */
	fromMeta: string;
	/**
	 * Delivers a payload, with the provider's proof unless other headers are given.
	 *
	 * @returns the HTTP status
	 */
	forward(payload: unknown, headers?: Record<string, string>): Promise<number>;
}

/** What a provider knows of the business at Meta. */
export interface Behind {
	simulator: Simulator;
	apiKey: string;
	businessNumberId: string;
	businessAccountId: string;
	accessToken: string;
}

/** Asks Meta with the provider's own token. */
export type AskMeta = (
	method: string,
	path: string,
	rest?: object,
) => Promise<{ status: number; data: unknown; headers: Record<string, unknown> }>;

interface Ways {
	isAllowed: (req: Request) => boolean;
	/** What a request with a wrong key gets. */
	refusal: { status: number; body: object };
	routes: (app: Express, ask: AskMeta) => void;
	/** How deliveries show where they come from, beside the headers of the webhook. */
	proof?: (body: string) => Record<string, string>;
	/** What the provider makes of Meta's delivery. */
	passOn?: (payload: object) => object;
}

const NO_PROOF = () => ({});

export async function startProvider(
	{ simulator, accessToken }: Behind,
	{ isAllowed, refusal, routes, proof = NO_PROOF, passOn = (payload) => payload }: Ways,
): Promise<Provider> {
	const webhook: Provider['webhook'] = { url: '', headers: {} };
	const ask: AskMeta = async (method, path, rest = {}) => {
		const { headers } = rest as { headers?: object };
		const answer = await axios.request<unknown>({
			url: `${simulator.url}${path}`,
			method,
			validateStatus: () => true,
			proxy: false,
			...rest,
			headers: { authorization: `Bearer ${accessToken}`, ...headers },
		});
		return { status: answer.status, data: answer.data, headers: { ...answer.headers } };
	};
	const forward: Provider['forward'] = async (payload, headers) => {
		const body = JSON.stringify(payload);
		const { status } = await axios.post(webhook.url, body, {
			headers: {
				'content-type': 'application/json',
				...(headers ?? { ...webhook.headers, ...proof(body) }),
			},
			validateStatus: () => true,
			proxy: false,
		});
		return status;
	};
	const dialect = await listen((app) => {
		app.post('/from-meta', async (req, res) => {
			res.status(await forward(passOn(req.body as object))).end();
		});
		app.use((req, res, next) => {
			if (isAllowed(req)) next();
			else res.status(refusal.status).json(refusal.body);
		});
		routes(app, ask);
		app.use((_req, res) => {
			res.status(404).json({ error: 'Not found' });
		});
	});
	return { ...dialect, webhook, forward, fromMeta: `${dialect.url}/from-meta` };
}

/** Answers what Meta answered. */
export function passBack(res: Response, { status, data }: { status: number; data: unknown }): void {
	res.status(status).json(data);
}

/** The bytes behind the query of one of Meta's addresses. */
export async function sendFile(res: Response, ask: AskMeta, query: string): Promise<void> {
	const path = `/whatsapp_business/attachments?${query}`;
	const { status, data, headers } = await ask('GET', path, { responseType: 'arraybuffer' });
	res.status(status).type(String(headers['content-type'])).send(data);
}

/** Whether Meta itself keeps a file; a test may have it lie anywhere. */
export function isAtMeta(address: unknown, simulator: Simulator): address is string {
	return typeof address === 'string' && address.startsWith(simulator.url);
}

/** One of Meta's addresses as it is in truth: on a host from which no other key gets anything. */
export function lookaside(address: string): string {
	return `https://lookaside.fbsbx.com/whatsapp_business/attachments/${new URL(address).search}`;
}
