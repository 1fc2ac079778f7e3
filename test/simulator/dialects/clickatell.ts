import axios from 'axios';

import { listen, type Dialect, type Seen } from './server';

/** A message as Clickatell takes it. */
export interface ClickatellMessage {
	channel?: string;
	to?: string;
	content?: string;
	contentType?: string;
	caption?: string;
	clientMessageId?: string;
	relatedMessageId?: string;
	template?: Record<string, unknown>;
	hsm?: Record<string, unknown>;
}

/** Clickatell's One API, with one number and books of its own about the window. */
export interface Clickatell extends Dialect {
	seen: Seen[];
	/** What would go out by WhatsApp, and what as an SMS. */
	sent: Array<ClickatellMessage & { apiMessageId: string }>;
	sms: ClickatellMessage[];
	/** Where it calls back; query and all. */
	callback: { url: string; headers: Record<string, string> };
	/** A contact writes. */
	writes(from: string, text: string, more?: object): Promise<number>;
	/** Calls back with what the portal's other event would hold. */
	tells(event: object): Promise<number>;
	/** What becomes of a message that was accepted. */
	settles(apiMessageId: string): Promise<string>;
}

interface Options {
	apiKey: string;
	/** Digits of the business number. */
	number: string;
	/** Epoch milliseconds. */
	now: () => number;
}

const DAY_MS = 24 * 60 * 60_000;

export async function startClickatell({ apiKey, number, now }: Options): Promise<Clickatell> {
	const callback = { url: '', headers: {} as Record<string, string> };
	const sent: Clickatell['sent'] = [];
	const sms: ClickatellMessage[] = [];
	const lastInbound = new Map<string, number>();
	const files = new Map<string, { content: Buffer; type: string }>();
	let count = 0;
	const nextId = () => `ck${String(++count).padStart(30, '0')}`;

	const dialect = await listen((app) => {
		app.use((req, res, next) => {
			if (req.headers.authorization === apiKey) next();
			else res.status(401).json({ error: { code: 1, description: 'Invalid authentication.' } });
		});
		app.post('/v1/message', (req, res) => {
			const { messages } = req.body as { messages?: ClickatellMessage[] };
			if (!messages?.length || messages.length > 200 || messages.some((one) => flaw(one))) {
				res.status(400).json({ error: { code: 21, description: 'Payload data is malformed.' } });
				return;
			}
			const answers = messages.map((message) => {
				const { to, clientMessageId } = message;
				const apiMessageId = nextId();
				if (message.channel === 'whatsapp') sent.push({ ...message, apiMessageId });
				else sms.push(message);
				return { apiMessageId, accepted: true, to, clientMessageId, error: null };
			});
			res.status(202).json({ messages: answers, error: null });
		});
		app.post('/v1/media', (req, res) => {
			const fileId = nextId();
			const type = String(req.headers['content-type']);
			files.set(fileId, { content: req.body as Buffer, type });
			res.json({ fileId });
		});
		app.get('/v1/media', (req, res) => {
			const file = files.get(String(req.query.fileId));
			if (file) res.type(file.type).send(file.content);
			else res.status(404).json({ error: { code: 80, description: 'Media not found.' } });
		});
		app.get('/v1/balance', (_req, res) => {
			res.json({ balance: 10, currency: 'EUR' });
		});
	});

	const tells = async (event: object): Promise<number> => {
		const body = { integrationId: 'one', integrationName: 'shop', event };
		const { status } = await axios.post(callback.url, body, {
			headers: callback.headers,
			validateStatus: () => true,
			proxy: false,
		});
		return status;
	};

	return {
		...dialect,
		sent,
		sms,
		callback,
		tells,
		writes: async (from, content, more = {}) => {
			lastInbound.set(from, now());
			const message = { messageId: nextId(), from, to: number, timestamp: now() };
			// The space at the end of the channel is the real one's.
			return await tells({ moText: [{ channel: 'whatsapp ', ...message, content, ...more }] });
		},
		settles: async (apiMessageId) => {
			const message = sent.find((one) => one.apiMessageId === apiMessageId);
			const { to = '', clientMessageId, template, hsm } = message ?? {};
			const isOpen = now() - (lastInbound.get(to) ?? -Infinity) < DAY_MS;
			const [statusCode, status] =
				isOpen || template || hsm ? [5, 'DEVICE_ACK'] : [131, 'WHATSAPP_RE_ENGAGEMENT_REQUIRED'];
			const update = { channel: 'whatsapp', messageId: apiMessageId, clientMessageId };
			await tells({
				messageStatusUpdate: [{ ...update, timestamp: now(), statusCode, status }],
			});
			return String(status);
		},
	};
}

/** Whether the real one would call it malformed. */
function flaw({ to, content, template, hsm }: ClickatellMessage): boolean {
	return !/^\d+$/.test(to ?? '') || [content, template, hsm].filter(Boolean).length !== 1;
}
