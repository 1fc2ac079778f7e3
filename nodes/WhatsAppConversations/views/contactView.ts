import type { IDataObject } from 'n8n-workflow';

import { addressOf, type ContactIdentity } from '../../core/conversation/contact';

/** A contact as items show it. */
export function contactView(contact: ContactIdentity): IDataObject {
	return {
		contact: addressOf(contact),
		phone: contact.phone ? `+${contact.phone}` : '',
		userId: contact.userId ?? '',
	};
}
