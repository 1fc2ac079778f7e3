import type { IDataObject } from 'n8n-workflow';

import { StaticDataStore } from '../../nodes/core/state/staticDataStore';

import { activeContacts, COUNT, NOW, plainStateOf, storeOf } from './activeContacts';
import { speedup } from './compare';

/**
 * How many times as fast the state of 100,000 contacts is saved as plain JSON of the same facts.
 *
 * - Ours: `JSON.stringify` of static data, as n8n does when it saves. Each round has a store of its
 *   own that has just been loaded and has packed nothing yet, so all is packed anew, and pruned.
 * - Plain: `JSON.stringify` of an object of contacts and an object of seen messages, just parsed.
 */
export function stateSaveSpeedup(): number {
	const contacts = activeContacts(COUNT);
	const ourText = JSON.stringify(storeOf(contacts).staticData);
	const plainText = JSON.stringify(plainStateOf(contacts));
	return speedup(
		{
			prepare: () => {
				const staticData = JSON.parse(ourText) as IDataObject;
				new StaticDataStore('f5e4d3c2b1a0').open(staticData, 'workflow', NOW);
				return staticData;
			},
			work: (staticData) => JSON.stringify(staticData),
		},
		{ prepare: () => JSON.parse(plainText) as object, work: (state) => JSON.stringify(state) },
	);
}
