import { createHmac } from 'crypto';

import {
	isAtMeta,
	lookaside,
	passBack,
	sendFile,
	startProvider,
	type Behind,
	type Provider,
} from './provider';

/** A provider that nobody knows: Meta's paths below a version of its own, signed as Meta signs. */
export interface Custom extends Provider {
	/** The base URL of the credential. */
	base: string;
	/** Where it says that files lie. */
	files: { at: 'own' | 'meta' };
}

const BASE = '/api/v1';

export async function startCustom(behind: Behind, webhookSecret: string): Promise<Custom> {
	const { simulator, apiKey, businessNumberId } = behind;
	const files: Custom['files'] = { at: 'own' };
	const provider: Provider = await startProvider(behind, {
		isAllowed: ({ headers }) => headers['x-access'] === `Key ${apiKey}`,
		refusal: { status: 403, body: { message: 'Forbidden' } },
		proof: (body) => ({
			'X-Proof': `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`,
		}),
		routes: (app, ask) => {
			app.get(`${BASE}/status`, (_req, res) => {
				res.json({ ok: true });
			});
			app.post(`${BASE}/${businessNumberId}/messages`, async (req, res) => {
				const data = req.body as unknown;
				passBack(res, await ask('POST', `/v26.0/${businessNumberId}/messages`, { data }));
			});
			app.post(`${BASE}/${businessNumberId}/media`, async (req, res) => {
				const headers = { 'content-type': req.headers['content-type'] };
				const data = req.body as Buffer;
				passBack(res, await ask('POST', `/v26.0/${businessNumberId}/media`, { data, headers }));
			});
			app.get([`${BASE}/files`, `${BASE}/whatsapp_business/attachments/`], async (req, res) => {
				const query = new URLSearchParams(req.query as Record<string, string>).toString();
				await sendFile(res, ask, query);
			});
			app.get(`${BASE}/:id`, async (req, res) => {
				const { status, data } = await ask('GET', `/v26.0/${req.params.id}`);
				const { url } = data as { url?: string };
				if (!isAtMeta(url, simulator)) {
					res.status(status).json(data);
					return;
				}
				const own = `${provider.url}${BASE}/files${new URL(url).search}`;
				res.json({ ...(data as object), url: files.at === 'own' ? own : lookaside(url) });
			});
		},
	});
	return { ...provider, base: `${provider.url}${BASE}`, files };
}
