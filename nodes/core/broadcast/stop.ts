import type { GraphError } from '../transport/errors';

type Refusal = Pick<GraphError, 'kind' | 'code'>;

/**
 * Limits that WhatsApp sets because of quality: for spam (131048), and for templates in a wrong
 * category (131064). Sending on makes them worse (Meta: Cloud API error codes).
 */
const QUALITY_CODES = [131048, 131064];

/** These concern one contact: the country, and the list of a test number. */
const OF_ONE_CONTACT = [130497, 131030];

/**
 * Whether a refusal stops a broadcast until somebody resumes it: quality limits, and templates that
 * WhatsApp has paused or disabled (132015, 132016) or that break its policy.
 */
export function stopsBroadcast({ kind, code }: Refusal): boolean {
	return kind === 'templatePaused' || QUALITY_CODES.includes(code);
}

/** Whether a refusal would meet every contact, so that a run had better end: the token, the bill. */
export function endsRun({ kind, code }: Refusal): boolean {
	if (OF_ONE_CONTACT.includes(code)) return false;
	return kind === 'auth' || kind === 'billing' || kind === 'permission';
}
