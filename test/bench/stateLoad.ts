import type { IDataObject } from 'n8n-workflow';

import { StaticDataStore } from '../../nodes/core/state/staticDataStore';

import { activeContacts, COUNT, NOW, plainStateOf, storeOf } from './activeContacts';
import { speedup } from './compare';

/**
 * How many times as fast the state of 100,000 contacts is loaded as plain JSON of the same facts.
 *
 * - Ours: `JSON.parse` of the row's text, as n8n does, and `open` by a store that knows nothing yet:
 *   it unpacks every contact and every seen message into its maps, as after a restart.
 * - Plain: `JSON.parse` of an object of contacts and an object of seen messages. What n8n adds, a
 *   proxy around each object, is left out, which favours this side.
 */
export function stateLoadSpeedup(): number {
	const contacts = activeContacts(COUNT);
	const ourText = JSON.stringify(storeOf(contacts).staticData);
	const plainText = JSON.stringify(plainStateOf(contacts));
	return speedup(
		{
			prepare: () => new StaticDataStore('f5e4d3c2b1a0'),
			work: (store) => store.open(JSON.parse(ourText) as IDataObject, 'workflow', NOW),
		},
		{ prepare: () => undefined, work: () => JSON.parse(plainText) },
	);
}
