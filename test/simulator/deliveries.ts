import { createHmac } from 'crypto';
import { setMaxListeners } from 'events';
import { Agent } from 'http';
import { setTimeout as sleep } from 'timers/promises';

import axios from 'axios';

import type { Delivery, Json, Settings } from './types';

/** Something a webhook tells. */
export interface WebhookEvent {
	field: string;
	/** IDs of the messages, calls and templates it speaks of. */
	ids: string[];
	businessAccountId: string;
	businessNumberId?: string;
	payload: Json;
	/** Whether a callback answered 200. */
	acknowledged: boolean;
}

export interface DeliverOptions {
	/** Default 'valid'. 'forged' signs with another secret. */
	signature?: 'valid' | 'forged' | 'missing';
	/** The whole signature header, instead of a made one. */
	header?: string;
	/** Default: the effective callback of the business number that the payload names. */
	url?: string;
	/** How many times the same bytes are posted, all at once. */
	copies?: number;
}

const RETRY_DELAYS_MS = [20, 50, 100];

/** The body as Meta sends it: JSON, with characters outside ASCII as `\uXXXX`. */
export function bytesOf(payload: Json, escapeNonAscii: boolean): Buffer {
	const text = JSON.stringify(payload);
	if (!escapeNonAscii) return Buffer.from(text);
	const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return Buffer.from(text.replace(/[\u0080-\uffff]/g, escape));
}

/** The value of X-Hub-Signature-256 for these bytes. */
export function signatureOf(bytes: Buffer, secret: string): string {
	return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}

/** Posts webhooks. What goes wrong is written down, never thrown. */
export class Deliveries {
	log: Delivery[] = [];

	events: WebhookEvent[] = [];

	private readonly underWay = new Set<Promise<unknown>>();

	private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

	private readonly stopped = new AbortController();

	constructor(
		private readonly settings: Settings,
		private readonly secret: string,
		private readonly callbackOf: (event: WebhookEvent) => string | undefined,
		private readonly now: () => number,
	) {
		setMaxListeners(0, this.stopped.signal);
	}

	/** Posts an event to its callback, and again if it is not acknowledged and `retry` is set. */
	async send(event: WebhookEvent): Promise<Delivery> {
		const url = this.callbackOf(event);
		let delivery = await this.post(event.payload, { url });
		event.acknowledged ||= delivery.status === 200;
		for (const delayMs of this.settings.retry && url ? RETRY_DELAYS_MS : []) {
			if (event.acknowledged || this.stopped.signal.aborted) break;
			await sleep(delayMs);
			delivery = await this.post(event.payload, { url });
			event.acknowledged ||= delivery.status === 200;
		}
		return delivery;
	}

	/** One POST of a payload. */
	async post(payload: Json, options: DeliverOptions): Promise<Delivery> {
		const at = this.now();
		const { url, signature = 'valid' } = options;
		if (!url) return { at, payload, problem: 'no published workflow hears this number' };
		const bytes = bytesOf(payload, this.settings.escapeNonAscii);
		const secret = signature === 'forged' ? `not ${this.secret}` : this.secret;
		const header =
			options.header ?? (signature === 'missing' ? undefined : signatureOf(bytes, secret));
		const delivery: Delivery = { url, at, payload, signature: header };
		this.log.push(delivery);
		await this.track(this.request(delivery, bytes));
		return delivery;
	}

	/** Keeps `settled` waiting until the work is done. */
	async track<T>(work: Promise<T>): Promise<T> {
		this.underWay.add(work);
		try {
			return await work;
		} finally {
			this.underWay.delete(work);
		}
	}

	/** @throws Error when something is still under way after `timeoutMs` */
	async settled(timeoutMs: number): Promise<void> {
		const deadline = performance.now() + timeoutMs;
		while (this.underWay.size) {
			const left = deadline - performance.now();
			if (left <= 0) {
				throw new Error(`${this.underWay.size} deliveries are still under way`);
			}
			const timer = new AbortController();
			await Promise.race([
				Promise.allSettled([...this.underWay]),
				sleep(left, undefined, { signal: timer.signal }).catch(() => undefined),
			]);
			timer.abort();
		}
	}

	stop(): void {
		this.stopped.abort();
		this.agent.destroy();
	}

	private async request(delivery: Delivery, bytes: Buffer): Promise<void> {
		try {
			const answer = await axios.post<string>(String(delivery.url), bytes, {
				headers: {
					'Content-Type': 'application/json',
					'User-Agent': 'facebookexternalua',
					...(delivery.signature !== undefined && {
						'X-Hub-Signature-256': delivery.signature,
					}),
				},
				httpAgent: this.agent,
				maxRedirects: 0,
				proxy: false,
				responseType: 'text',
				signal: this.stopped.signal,
				timeout: this.settings.deliveryTimeoutMs,
				transformResponse: (text: string) => text,
				validateStatus: () => true,
			});
			delivery.status = answer.status;
			delivery.body = answer.data;
		} catch (error) {
			delivery.problem = error instanceof Error ? error.message : String(error);
		}
	}
}
