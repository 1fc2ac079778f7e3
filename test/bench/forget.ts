import { performance } from 'perf_hooks';

import type { IDataObject } from 'n8n-workflow';

import { StaticDataStore } from '../../nodes/core/state/staticDataStore';

import { activeContacts, BUSINESS_NUMBER, NOW, storeOf, withUserIds } from './activeContacts';
import { median } from './compare';

const CONTACTS = 200_000;
const FORGOTTEN = 51;

/** How long n8n stands still while one contact of 200,000 is forgotten, in milliseconds. */
export function forgetMs200k(): number {
	const contacts = withUserIds(activeContacts(CONTACTS));
	const replica = storeOf(contacts).store.replica(BUSINESS_NUMBER);
	return median(
		contacts.slice(0, FORGOTTEN).map(({ phone }) => {
			const start = performance.now();
			replica.forget(replica.erasuresFor({ phone }, NOW));
			return performance.now() - start;
		}),
	);
}

/** How many times as long a row of 200,000 contacts is read after one was forgotten. */
export function loadAfterForgetRatio200k(): number {
	const contacts = withUserIds(activeContacts(CONTACTS));
	const before = storeOf(contacts);
	const after = storeOf(contacts);
	const replica = after.store.replica(BUSINESS_NUMBER);
	replica.forget(replica.erasuresFor({ phone: contacts[0].phone }, NOW));
	return median([0, 1, 2, 3, 4].map(() => loadMs(after.staticData) / loadMs(before.staticData)));
}

function loadMs(staticData: IDataObject): number {
	const text = JSON.stringify(staticData);
	const store = new StaticDataStore('f5e4d3c2b1a0');
	const start = performance.now();
	store.open(JSON.parse(text) as IDataObject, 'workflow', NOW);
	return performance.now() - start;
}
