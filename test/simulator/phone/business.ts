import type { Json } from '../types';

import type { Entry } from './entries';

/**
 * The business behind the numbers, as far as it tells. Whoever runs it puts it on the simulator, so
 * that the page of the phone can show both sides.
 */
export interface Business {
	/** What the business says, e.g. why it sent a message. Asked often while somebody looks. */
	entries(): Entry[];
	/** What a button of the page may ask of the business, by name. What it answers or throws is shown. */
	doings: Record<string, (input: Json) => Promise<unknown>>;
}
