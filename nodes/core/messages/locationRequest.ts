import { interactive, partsOf } from './interactive';
import type { LocationRequestMessage } from './types';

/**
 * A text with a button by which the contact sends a location; the answer is a message of type
 * location (Meta: Location request messages).
 *
 * @throws InputError('Body')
 */
export function locationRequestMessage(body: unknown): LocationRequestMessage {
	return interactive('location_request_message', partsOf({ body }), { name: 'send_location' });
}
