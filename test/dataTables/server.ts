import type { Server } from 'http';
import type { AddressInfo } from 'net';

import express, { type Request, type Response } from 'express';

import { FakeDataTables } from './fakeDataTables';

/** n8n's public API for data tables on loopback, see {@link FakeDataTables}. */
export class DataTableServer {
	readonly tables = new FakeDataTables();

	/** Answers in place of the API, e.g. with a redirect; `hang` never answers. */
	instead?: 'hang' | ((req: Request, res: Response) => void);

	url = '';

	private constructor(private readonly server: Server) {}

	static async start(): Promise<DataTableServer> {
		const app = express();
		const started: { it?: DataTableServer } = {};
		app.use(express.json({ limit: '16mb' }));
		app.all('/api/v1/data-tables{/*path}', async (req, res) => {
			await (started.it as DataTableServer).handle(req, res);
		});
		// Everywhere else n8n shows its editor.
		app.use((_req, res) => void res.type('html').send('<!DOCTYPE html><title>n8n</title>'));
		const server = await new Promise<Server>((resolve) => {
			const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
		});
		started.it = new DataTableServer(server);
		started.it.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return started.it;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async handle(req: Request, res: Response): Promise<void> {
		if (this.instead === 'hang') return;
		if (this.instead) return this.instead(req, res);
		const { status, body } = await this.tables.handle({
			method: req.method,
			path: req.path.replace('/api/v1/data-tables', ''),
			query: req.query,
			body: req.body as unknown,
			key: req.get('x-n8n-api-key'),
		});
		res.status(status).json(body);
	}
}
