import type { Server } from 'http';
import type { AddressInfo } from 'net';

import express, { type Express } from 'express';

/** What a provider, or a gateway in front of it, answers in the place of what would come otherwise. */
export interface OtherAnswer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

/** An API of another provider than Meta, on loopback. */
export interface Dialect {
	url: string;
	/** Answers to the next messages that are to be sent, none of which goes out. */
	answers: OtherAnswer[];
	stop(): Promise<void>;
}

/** A request as the provider saw it. */
export interface Seen {
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: unknown;
}

/** Starts a server that notes every request; files arrive as bytes. */
export async function listen(routes: (app: Express) => void): Promise<Dialect & { seen: Seen[] }> {
	const app = express();
	const seen: Seen[] = [];
	app.disable('x-powered-by');
	app.use(express.json({ limit: '5mb' }), express.raw({ type: () => true, limit: '40mb' }));
	app.use((req, _res, next) => {
		const { method, path, headers } = req;
		seen.push({ method, path, query: { ...req.query }, headers, body: req.body as unknown });
		next();
	});
	const answers: OtherAnswer[] = [];
	app.post(/\/messages?$/, (_req, res, next) => {
		const other = answers.shift();
		if (other)
			res
				.status(other.status)
				.set(other.headers ?? {})
				.send(other.body);
		else next();
	});
	routes(app);
	const server = await new Promise<Server>((resolve) => {
		const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
	});
	return {
		seen,
		answers,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
