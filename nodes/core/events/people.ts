import { canonicalPhone, identityOf, type ContactIdentity } from '../conversation/contact';

import { asId, asObject, asObjects, asText } from './reading';

/** A contact and how they call themselves. */
export interface Person {
	contact: ContactIdentity;
	/** Profile name; '' when the delivery does not say. */
	name: string;
	username: string;
}

/** The contacts that Meta lists beside the events of one change. */
export interface People {
	/** By every ID under which an event may refer to them. */
	byId: ReadonlyMap<string, Person>;
	/** The person of a list of one. */
	only?: Person;
}

/** @param contacts `contacts[]` of a change: `{ profile: { name, username }, wa_id, user_id, … }` */
export function peopleIn(contacts: unknown): People {
	const byId = new Map<string, Person>();
	const people = asObjects(contacts).map((entry) => {
		const profile = asObject(entry.profile);
		const person: Person = {
			contact: identityOf(asId(entry.wa_id), entry.user_id),
			name: asText(profile.name),
			username: asText(profile.username),
		};
		const ids = [...idsOf(person.contact), ...idsOf(identityOf('', entry.parent_user_id))];
		for (const id of ids) byId.set(id, person);
		return person;
	});
	return { byId, only: people.length === 1 ? people[0] : undefined };
}

/**
 * The person whom an event is about: found in the list by either ID, or because the list has but
 * one entry and either side gives no ID to compare. Their IDs are those of both sides (rule D12).
 */
export function personOf(people: People, phone: unknown, userId: unknown): Person {
	const own = identityOf(asId(phone), userId);
	const listed = listedAs(own, people);
	return {
		contact: { ...own, ...listed?.contact },
		name: listed?.name ?? '',
		username: listed?.username ?? '',
	};
}

function listedAs(own: ContactIdentity, { byId, only }: People): Person | undefined {
	const ids = idsOf(own);
	const match = ids.find((id) => byId.has(id));
	if (match !== undefined) {
		const person = byId.get(match);
		// The number of one may have come to another, and both may be told of in one delivery.
		const isOther = own.userId !== undefined && match !== own.userId && person?.contact.userId;
		return isOther ? undefined : person;
	}
	return only && (ids.length === 0 || idsOf(only.contact).length === 0) ? only : undefined;
}

function idsOf({ userId, phone }: ContactIdentity): string[] {
	return [userId ?? '', canonicalPhone(phone ?? '')].filter((id) => id !== '');
}
