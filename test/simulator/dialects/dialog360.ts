import {
	isAtMeta,
	lookaside,
	passBack,
	sendFile,
	startProvider,
	type Behind,
	type Provider,
} from './provider';

/** 360dialog: one key, one number, no number in any path. */
export type Dialog360 = Provider;

export async function startDialog360(behind: Behind): Promise<Dialog360> {
	const { simulator, apiKey, businessNumberId, businessAccountId } = behind;
	const provider: Provider = await startProvider(behind, {
		isAllowed: ({ headers }) => headers['d360-api-key'] === apiKey && !headers.authorization,
		// The body's 'error' is a text here, not Meta's object.
		refusal: { status: 401, body: { error: 'Invalid api_key' } },
		routes: (app, ask) => {
			app.post('/messages', async (req, res) => {
				const data = req.body as unknown;
				passBack(res, await ask('POST', `/v26.0/${businessNumberId}/messages`, { data }));
			});
			app.post('/media', async (req, res) => {
				const headers = { 'content-type': req.headers['content-type'] };
				const data = req.body as Buffer;
				passBack(res, await ask('POST', `/v26.0/${businessNumberId}/media`, { data, headers }));
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
				const { data } = await ask('GET', `/v26.0/${businessAccountId}/message_templates`);
				const { data: templates } = data as { data: Array<{ status: string }> };
				res.json({
					waba_templates: templates.map((one) => ({ ...one, status: one.status.toLowerCase() })),
				});
			});
			app.get('/v1/configs/webhook', (_req, res) => {
				res.json(provider.webhook);
			});
			app.post('/v1/configs/webhook', (req, res) => {
				const { url, headers } = req.body as Provider['webhook'];
				Object.assign(provider.webhook, { url, headers: headers ?? {} });
				res.json({ url });
			});
			app.get('/whatsapp_business/attachments/', async (req, res) => {
				const query = new URLSearchParams(req.query as Record<string, string>).toString();
				await sendFile(res, ask, query);
			});
			app.get('/:mediaId', async (req, res) => {
				const { status, data } = await ask('GET', `/v26.0/${req.params.mediaId}`);
				const { url } = data as { url?: string };
				const told = isAtMeta(url, simulator) ? { ...(data as object), url: lookaside(url) } : data;
				res.status(status).json(told);
			});
		},
	});
	return provider;
}
