import { createHmac, randomUUID } from 'crypto';

import axios from 'axios';

import {
	isAtMeta,
	lookaside,
	passBack,
	sendFile,
	startProvider,
	type Behind,
	type Provider,
} from './provider';

/** Kapso: Meta's paths below an address of its own, and webhooks of two kinds. */
export interface Kapso extends Provider {
	/** The base URL of the credential. */
	base: string;
	/** Digits of contacts who stopped marketing there. */
	stopped: Set<string>;
	/** Delivers in the form of the kind 'kapso'. */
	tells(event: string, payload: object): Promise<{ status: number; body: string }>;
}

const BASE = '/meta/whatsapp/v24.0';

export async function startKapso(behind: Behind, webhookSecret: string): Promise<Kapso> {
	const { simulator, apiKey, businessNumberId, businessAccountId } = behind;
	const stopped = new Set<string>();
	const addresses = new Map<string, string>();
	const proof = (body: string) => ({
		'X-Webhook-Signature': createHmac('sha256', webhookSecret).update(body).digest('hex'),
		'X-Idempotency-Key': randomUUID(),
	});
	const provider: Provider = await startProvider(behind, {
		proof,
		// The address of a file has a token of its own.
		isAllowed: ({ headers, path }) =>
			headers['x-api-key'] === apiKey || path.endsWith('/media_download'),
		refusal: { status: 401, body: { error: 'Invalid API key' } },
		routes: (app, ask) => {
			app.post(`${BASE}/${businessNumberId}/messages`, async (req, res) => {
				const data = req.body as { to?: string };
				if (stopped.has(String(data.to).replace(/\D/g, ''))) {
					res.status(422).json({ code: 'marketing_preference_stopped' });
					return;
				}
				passBack(res, await ask('POST', `/v24.0/${businessNumberId}/messages`, { data }));
			});
			app.post(`${BASE}/${businessNumberId}/media`, async (req, res) => {
				const headers = { 'content-type': req.headers['content-type'] };
				const data = req.body as Buffer;
				passBack(res, await ask('POST', `/v24.0/${businessNumberId}/media`, { data, headers }));
			});
			app.get(`${BASE}/${businessAccountId}/message_templates`, async (req, res) => {
				const query = new URLSearchParams(req.query as Record<string, string>).toString();
				passBack(res, await ask('GET', `/v24.0/${businessAccountId}/message_templates?${query}`));
			});
			app.get('/meta/whatsapp/media_download', async (req, res) => {
				const address = addresses.get(String(req.query.token));
				if (address) await sendFile(res, ask, new URL(address).search.slice(1));
				else res.status(404).json({ error: 'Not found' });
			});
			app.get(`${BASE}/:id`, async (req, res) => {
				const { id } = req.params;
				const { status, data } = await ask('GET', `/v24.0/${id}`);
				const { url } = data as { url?: string };
				if (!url) {
					res.status(status).json(data);
					return;
				}
				if (req.query.phone_number_id !== businessNumberId) {
					res.status(404).json({ error: 'Media not found' });
					return;
				}
				const token = randomUUID();
				addresses.set(token, url);
				res.json({
					...(data as object),
					url: isAtMeta(url, simulator) ? lookaside(url) : url,
					download_url: isAtMeta(url, simulator)
						? `${provider.url}/meta/whatsapp/media_download?token=${token}`
						: url,
				});
			});
		},
	});
	return {
		...provider,
		base: `${provider.url}${BASE}`,
		stopped,
		tells: async (event, payload) => {
			const body = JSON.stringify(payload);
			const { status, data } = await axios.post<unknown>(provider.webhook.url, body, {
				headers: {
					'content-type': 'application/json',
					'X-Webhook-Event': event,
					...proof(body),
				},
				validateStatus: () => true,
				proxy: false,
			});
			return { status, body: String(data) };
		},
	};
}
