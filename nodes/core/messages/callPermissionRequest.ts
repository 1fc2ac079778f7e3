import { interactive, optionalPartsOf } from './interactive';
import type { CallPermissionRequestMessage } from './types';

/**
 * Asks the contact whether the business may call. One may be sent to a contact in 24 hours and two
 * in 7 days (Meta: Obtain user call permissions).
 *
 * @param body why one wants to call; may be empty
 * @throws InputError('Body')
 */
export function callPermissionRequestMessage(body?: unknown): CallPermissionRequestMessage {
	return interactive('call_permission_request', optionalPartsOf({ body }), {
		name: 'call_permission_request',
	});
}
