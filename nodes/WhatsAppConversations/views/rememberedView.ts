import type { IDataObject } from 'n8n-workflow';

import type { ContactIdentity } from '../../core/conversation/contact';
import { valuesOf } from '../../core/conversation/remembered';
import type { Item } from '../run/item';

import { contactView } from './contactView';

/** What is remembered of a contact, by key. */
export function rememberedView(
	{ session }: Item,
	businessNumberId: string,
	contact: ContactIdentity,
): IDataObject {
	const { remembered } = session.conversations.factsOf(businessNumberId, contact);
	return {
		facts: valuesOf(remembered, session.now()) as IDataObject,
		...contactView(session.conversations.identify(businessNumberId, contact)),
		businessNumberId,
	};
}
