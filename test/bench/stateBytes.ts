import { activeContacts, COUNT, storeOf } from './activeContacts';

/**
 * Bytes of static data per contact, as n8n writes them into the workflow's row: JSON of everything
 * that our node keeps there of 100,000 active contacts known by phone number, each with one message
 * that has started the workflow.
 */
export function stateBytesPerContact(): number {
	const { staticData } = storeOf(activeContacts(COUNT));
	return Buffer.byteLength(JSON.stringify(staticData)) / COUNT;
}
