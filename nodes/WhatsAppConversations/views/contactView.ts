import type { IDataObject } from 'n8n-workflow';

import { addressOf, type ContactIdentity } from '../../core/conversation/contact';
import { isoTime } from '../../core/events/time';
import type { ContactNote } from '../../core/state/conversations';

/** A contact as items show it. */
export function contactView(contact: ContactIdentity): IDataObject {
	return {
		contact: addressOf(contact),
		phone: contact.phone ? `+${contact.phone}` : '',
		userId: contact.userId ?? '',
	};
}

/** What is noted of a contact, as items show it. */
export function noteView({ name, writtenToAt }: ContactNote): IDataObject {
	return { name, lastSentAt: isoTime(writtenToAt || undefined) || null };
}
