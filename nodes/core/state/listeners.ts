import { isObject } from '../isObject';
import { parseUrl } from '../parseUrl';

/** Where a trigger of this n8n receives deliveries. */
export interface Listener {
	/** Since when that is known, epoch milliseconds; the latest counts. */
	at: number;
	/** Its public address; '' when it no longer listens. */
	url: string;
	/** The same on this machine, where n8n is not to be had at its public address from inside. */
	localUrl?: string;
	/** The name of its workflow when it was published, for errors. */
	workflow?: string;
}

/** Listeners by trigger (the trigger's `watcherOf()` names it), by business number. */
export type ListenersRecord = Record<string, Record<string, Listener>>;

/**
 * Which triggers listen to which business numbers, as far as this process knows. Every row carries
 * the whole list, so that a workflow which only sends knows whose rows hold what contacts said (E55).
 * What is over stays on the list as such: joins are commutative and idempotent.
 */
export class Listeners {
	/** Counts changes, so that savers know whether there is something new. */
	revision = 0;

	private readonly numbers = new Map<string, Map<string, Listener>>();

	/**
	 * A trigger listens to a business number.
	 *
	 * @param now epoch milliseconds
	 * @param isPublished whether it has just been published
	 */
	listen(
		businessNumberId: string,
		trigger: string,
		{ url, localUrl, workflow }: Omit<Listener, 'at'>,
		now: number,
		isPublished = false,
	): void {
		const known = this.numbers.get(businessNumberId)?.get(trigger);
		const isKnown =
			known?.url === url &&
			(!localUrl || known.localUrl === localUrl) &&
			(!workflow || known.workflow === workflow);
		if (isKnown && !isPublished) return;
		this.put(businessNumberId, trigger, {
			at: Math.max(now, (known?.at ?? 0) + 1),
			url,
			...(localUrl ? { localUrl } : {}),
			...(workflow ? { workflow } : {}),
		});
	}

	/**
	 * A trigger listens no more, to any number.
	 *
	 * @param now epoch milliseconds
	 */
	end(trigger: string, now: number): void {
		for (const [businessNumberId, triggers] of this.numbers) {
			const known = triggers.get(trigger);
			if (!known?.url) continue;
			this.put(businessNumberId, trigger, { at: Math.max(now, known.at + 1), url: '' });
		}
	}

	/** The triggers that listen to a business number. */
	of(businessNumberId: string): Map<string, Listener> {
		const triggers = this.numbers.get(businessNumberId) ?? new Map<string, Listener>();
		return new Map([...triggers].filter(([, { url }]) => url !== ''));
	}

	/** Whether a trigger is known to listen to a business number. */
	has(businessNumberId: string, trigger: string): boolean {
		return Boolean(this.numbers.get(businessNumberId)?.get(trigger)?.url);
	}

	/** The triggers that listen to any business number, each once. */
	all(): Map<string, Listener> {
		return new Map([...this.numbers.keys()].flatMap((id) => [...this.of(id)]));
	}

	/** As {@link join} takes it. */
	record(): ListenersRecord {
		return Object.fromEntries(
			Array.from(this.numbers, ([id, triggers]) => [id, Object.fromEntries(triggers)]),
		);
	}

	/** Joins what {@link record} gave elsewhere, however old or damaged it is. */
	join(record: unknown): void {
		for (const [businessNumberId, triggers] of entriesOf(record)) {
			for (const [trigger, listener] of entriesOf(triggers)) {
				if (!isListener(listener)) continue;
				const known = this.numbers.get(businessNumberId)?.get(trigger);
				if (!known || isLater(listener, known)) {
					this.put(businessNumberId, trigger, { ...listener });
				}
			}
		}
	}

	private put(businessNumberId: string, trigger: string, listener: Listener): void {
		const triggers = this.numbers.get(businessNumberId) ?? new Map<string, Listener>();
		triggers.set(trigger, listener);
		this.numbers.set(businessNumberId, triggers);
		this.revision++;
	}
}

/** Of two that were told at the same time, one that listens goes before one that does not. */
function isLater(a: Listener, b: Listener): boolean {
	if (a.at !== b.at) return a.at > b.at;
	return textOf(a) > textOf(b);
}

function textOf({ url, localUrl = '', workflow = '' }: Listener): string {
	return `${url} ${localUrl} ${workflow}`;
}

function isListener(value: unknown): value is Listener {
	return (
		isObject(value) &&
		typeof value.at === 'number' &&
		isUrl(value.url, ['']) &&
		isUrl(value.localUrl, [undefined]) &&
		(value.workflow === undefined || typeof value.workflow === 'string')
	);
}

function isUrl(value: unknown, others: unknown[]): boolean {
	return others.includes(value) || (typeof value === 'string' && parseUrl(value) !== undefined);
}

function entriesOf(value: unknown): Array<[string, unknown]> {
	return isObject(value) ? Object.entries(value) : [];
}
