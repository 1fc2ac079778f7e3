import { interactive, partsOf } from './interactive';
import type { ContactInfoRequestMessage } from './types';

/**
 * A text with a button by which a contact who is known by user ID only shares the phone number; the
 * answer is a message of type contacts (Meta: Business-scoped user IDs). WhatsApp words the button.
 *
 * @throws InputError('Body')
 */
export function contactInfoRequestMessage(body: unknown): ContactInfoRequestMessage {
	return interactive('request_contact_info', partsOf({ body }), { name: 'request_contact_info' });
}
