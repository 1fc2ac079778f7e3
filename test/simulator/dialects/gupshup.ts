import { randomUUID } from 'crypto';

import { passBack, startProvider, type Behind, type Provider } from './provider';

/** Gupshup for partners, version 3: Meta's JSON with IDs, statuses and refusals of its own. */
export interface Gupshup extends Provider {
	/** Its own codes for the next requests that send, as it refuses them. */
	refusals: Array<{ code: number; reason: string }>;
}

type Json = Record<string, unknown>;

export async function startGupshup(behind: Behind, appId: string): Promise<Gupshup> {
	const { apiKey, businessNumberId } = behind;
	const root = `/partner/app/${appId}`;
	const refusals: Gupshup['refusals'] = [];
	/** Its own IDs by Meta's. */
	const ids = new Map<string, string>();
	const withOwnId = (entry: Json): Json => {
		const id = ids.get(String(entry.id));
		return id ? { ...entry, gs_id: id } : entry;
	};
	const statusIn = ({ errors, ...status }: Json): Json => {
		const [error] = (errors ?? []) as Json[];
		return withOwnId({ ...status, ...(error && { code: error.code, reason: error.title }) });
	};
	const passOn = (payload: object): object => {
		const { entry, ...rest } = payload as { entry: Array<{ changes: Array<{ value: Json }> }> };
		const changed = entry.map((each) => ({
			...each,
			changes: each.changes.map((change) => {
				const { metadata, statuses, ...value } = change.value;
				if (!Array.isArray(statuses)) return change;
				const failed = (statuses as Json[]).some(({ status }) => status === 'failed');
				const told = (statuses as Json[]).map(statusIn);
				// What failed does not name the number.
				return { ...change, value: { ...value, ...(!failed && { metadata }), statuses: told } };
			}),
		}));
		return { gs_app_id: appId, ...rest, entry: changed };
	};
	const provider = await startProvider(behind, {
		passOn,
		isAllowed: ({ headers }) => headers.authorization === apiKey,
		refusal: { status: 401, body: { status: 'error', message: 'Unauthorised' } },
		routes: (app, ask) => {
			app.post(`${root}/v3/message`, async (req, res) => {
				const refusal = refusals.shift();
				if (refusal) {
					res.status(400).json({ status: 'error', ...refusal });
					return;
				}
				const data = req.body as unknown;
				const path = `/v26.0/${businessNumberId}/messages`;
				const answer = await ask('POST', path, { data });
				const { messages } = answer.data as { messages?: Array<{ id: string }> };
				for (const message of messages ?? []) {
					const id = randomUUID();
					ids.set(message.id, id);
					message.id = id;
				}
				passBack(res, answer);
			});
			app.post(`${root}/media`, async (req, res) => {
				const type = String(req.headers['content-type']);
				const form = await new Response(new Uint8Array(req.body as Buffer), {
					headers: { 'content-type': type },
				}).formData();
				const data = new FormData();
				data.set('messaging_product', 'whatsapp');
				data.set('type', String(form.get('file_type')));
				data.set('file', form.get('file') as Blob);
				const sent = await ask('POST', `/v26.0/${businessNumberId}/media`, { data });
				const { id } = sent.data as { id?: string };
				if (id) res.json({ mediaId: id, status: 'success' });
				else passBack(res, sent);
			});
			app.get(`${root}/subscription`, (_req, res) => {
				res.json({ status: 'success', subscriptions: [] });
			});
		},
	});
	return { ...provider, refusals };
}
