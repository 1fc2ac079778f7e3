import axios from 'axios';

import type { Simulator } from '../simulator';

import { listen, type Dialect, type Seen } from './server';

/** 360dialog in front of the simulator: one key, one number, no number in any path. */
export interface Dialog360 extends Dialect {
	seen: Seen[];
	/** Where it delivers, and with which headers. */
	webhook: { url: string; headers: Record<string, string> };
	/** Passes a delivery of Meta's on. */
	forward(payload: unknown): Promise<number>;
}

interface Options {
	simulator: Simulator;
	apiKey: string;
	businessNumberId: string;
	businessAccountId: string;
	accessToken: string;
}

export async function startDialog360(options: Options): Promise<Dialog360> {
	const { simulator, apiKey, businessNumberId, businessAccountId, accessToken } = options;
	const webhook = { url: '', headers: {} as Record<string, string> };
	const meta = async (method: string, path: string, rest: object = {}) =>
		await axios.request<unknown>({
			url: `${simulator.url}${path}`,
			method,
			validateStatus: () => true,
			proxy: false,
			...rest,
			headers: {
				authorization: `Bearer ${accessToken}`,
				...(rest as { headers?: object }).headers,
			},
		});

	const dialect = await listen((app) => {
		app.use((req, res, next) => {
			// The body's 'error' is a text here, not Meta's object.
			if (req.headers['d360-api-key'] === apiKey && !req.headers.authorization) next();
			else res.status(401).json({ error: 'Invalid api_key' });
		});
		app.post('/messages', async (req, res) => {
			const path = `/v26.0/${businessNumberId}/messages`;
			const { status, data } = await meta('POST', path, { data: req.body as unknown });
			res.status(status).json(data);
		});
		app.post('/media', async (req, res) => {
			const { status, data } = await meta('POST', `/v26.0/${businessNumberId}/media`, {
				data: req.body as Buffer,
				headers: { 'content-type': req.headers['content-type'] },
			});
			res.status(status).json(data);
		});
		app.get('/health_status', (_req, res) => {
			res.json({
				health_status: {
					can_send_message: 'AVAILABLE',
					entities: [
						{ entity_type: 'PHONE_NUMBER', id: businessNumberId, can_send_message: 'AVAILABLE' },
						{ entity_type: 'WABA', id: businessAccountId, can_send_message: 'AVAILABLE' },
					],
				},
			});
		});
		app.get('/v1/configs/templates', async (_req, res) => {
			const { data } = await meta('GET', `/v26.0/${businessAccountId}/message_templates`);
			const { data: templates } = data as { data: Array<{ status: string }> };
			res.json({
				waba_templates: templates.map((one) => ({ ...one, status: one.status.toLowerCase() })),
			});
		});
		app.get('/v1/configs/webhook', (_req, res) => {
			res.json(webhook);
		});
		app.post('/v1/configs/webhook', (req, res) => {
			const { url, headers } = req.body as typeof webhook;
			Object.assign(webhook, { url, headers: headers ?? {} });
			res.json({ url });
		});
		app.get('/whatsapp_business/attachments/', async (req, res) => {
			const query = new URLSearchParams(req.query as Record<string, string>).toString();
			const { status, data, headers } = await meta(
				'GET',
				`/whatsapp_business/attachments?${query}`,
				{
					responseType: 'arraybuffer',
				},
			);
			res.status(status).type(String(headers['content-type'])).send(data);
		});
		app.get('/:mediaId', async (req, res) => {
			const { status, data } = await meta('GET', `/v26.0/${req.params.mediaId}`);
			const file = data as { url?: string };
			// The real one answers with Meta's host, from which the key gets nothing.
			const query = file.url ? new URL(file.url).search : '';
			const url = `https://lookaside.fbsbx.com/whatsapp_business/attachments/${query}`;
			res.status(status).json(file.url ? { ...file, url } : data);
		});
		app.use((_req, res) => {
			res.status(404).json({ error: 'Not found' });
		});
	});

	return {
		...dialect,
		webhook,
		forward: async (payload) => {
			const { status } = await axios.post(webhook.url, payload, {
				headers: webhook.headers,
				validateStatus: () => true,
				proxy: false,
			});
			return status;
		},
	};
}
