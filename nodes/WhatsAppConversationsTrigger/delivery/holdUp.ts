import { BoundedMap } from '../../core/boundedMap';

/**
 * For how long whatever came with an answer waits for it. A run is saved, and n8n starts, within seconds;
 * what takes longer is a fault that somebody has to mend.
 */
const PATIENCE_MS = 5 * 60_000;

const MOST_KEPT = 1_000;

/** When an answer could first not be handed over, in milliseconds of a clock that nobody sets. */
const firstFailures = new BoundedMap<string, number>(MOST_KEPT);

/**
 * Whether the rest of a delivery waits for an answer in it that could not be handed over now. What n8n
 * answers with an error comes again; so if a run were started beside that answer and n8n were killed,
 * nobody would know at the repetition that it had been started.
 *
 * @param key what tells the answer from all others
 */
export function holdsUp(key: string): boolean {
	const nowMs = performance.now();
	const firstMs = firstFailures.get(key) ?? nowMs;
	firstFailures.set(key, firstMs);
	return nowMs - firstMs < PATIENCE_MS;
}
