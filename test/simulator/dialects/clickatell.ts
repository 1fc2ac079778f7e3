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
	sent: Accepted[];
	sms: ClickatellMessage[];
	/** Free-form messages that met a closed window, whether accepted first or not. */
	outsideWindow: ClickatellMessage[];
	/** The files that were uploaded, by their IDs. */
	files: Map<string, { content: Buffer; type: string }>;
	/** How it behaves; change it at will. */
	settings: {
		/** When a free-form message outside the window is refused; default 'later', by a status. */
		windowRefusal: 'later' | 'atOnce';
		/** Whether statuses follow by themselves. */
		statuses: 'auto' | 'held';
	};
	/** Where it calls back; query and all. */
	callback: { url: string; headers: Record<string, string> };
	/** A contact writes. @param more what the callback has beside; its `timestamp` counts */
	writes(from: string, text: string, more?: Record<string, unknown>): Promise<number>;
	/** Calls back with what the portal's other event would hold. */
	tells(event: object): Promise<number>;
	/** What becomes of a message that was accepted. */
	settles(apiMessageId: string): Promise<string>;
	/** Waits until every status is told. */
	settled(): Promise<void>;
}

/** A message that goes out by WhatsApp. */
export type Accepted = ClickatellMessage & {
	apiMessageId: string;
	/** By the books kept here, at the moment of the send. */
	windowWasOpen: boolean;
};

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
	const outsideWindow: ClickatellMessage[] = [];
	const settings: Clickatell['settings'] = { windowRefusal: 'later', statuses: 'held' };
	const underWay = new Set<Promise<unknown>>();
	const lastInbound = new Map<string, number>();
	const files: Clickatell['files'] = new Map();
	let count = 0;
	const nextId = () => `ck${String(++count).padStart(30, '0')}`;
	const isOpen = (contact = '') => now() - (lastInbound.get(contact) ?? -Infinity) < DAY_MS;

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
				const windowWasOpen = isOpen(to);
				if (message.channel !== 'whatsapp') {
					sms.push(message);
				} else {
					const isRefused = !windowWasOpen && !isTemplate(message);
					if (isRefused) outsideWindow.push(message);
					if (isRefused && settings.windowRefusal === 'atOnce') {
						const error = { code: 131, description: 'Re-engagement required.' };
						return { accepted: false, to, clientMessageId, error };
					}
					sent.push({ ...message, apiMessageId, windowWasOpen });
					if (settings.statuses === 'auto') res.once('finish', () => follow(apiMessageId));
				}
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

	const settles = async (apiMessageId: string): Promise<string> => {
		const message = sent.find((one) => one.apiMessageId === apiMessageId) as Accepted;
		const [statusCode, status] =
			message.windowWasOpen || isTemplate(message)
				? [5, 'DEVICE_ACK']
				: [131, 'WHATSAPP_RE_ENGAGEMENT_REQUIRED'];
		const { clientMessageId } = message;
		const update = { channel: 'whatsapp', messageId: apiMessageId, clientMessageId };
		await tells({
			messageStatusUpdate: [{ ...update, timestamp: now(), statusCode, status }],
		});
		return String(status);
	};

	const follow = (apiMessageId: string): void => {
		const work = settles(apiMessageId).finally(() => underWay.delete(work));
		underWay.add(work);
	};

	return {
		...dialect,
		sent,
		sms,
		outsideWindow,
		files,
		settings,
		callback,
		tells,
		settles,
		settled: async () => {
			while (underWay.size > 0) await Promise.all(underWay);
		},
		writes: async (from, content, more = {}) => {
			const at = Number(more.timestamp ?? now());
			lastInbound.set(from, Math.max(at, lastInbound.get(from) ?? -Infinity));
			const message = { messageId: nextId(), from, to: number, timestamp: at };
			// The space at the end of the channel is the real one's.
			return await tells({ moText: [{ channel: 'whatsapp ', ...message, content, ...more }] });
		},
	};
}

function isTemplate({ template, hsm }: ClickatellMessage): boolean {
	return Boolean(template ?? hsm);
}

/** Whether the real one would call it malformed. */
function flaw({ to, content, template, hsm }: ClickatellMessage): boolean {
	return !/^\d+$/.test(to ?? '') || [content, template, hsm].filter(Boolean).length !== 1;
}
