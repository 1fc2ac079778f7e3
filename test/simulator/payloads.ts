import type { BusinessNumber } from './accounts';
import type { Contact } from './contacts';
import type { Json, Writer } from './types';

/** A whole webhook body with one change. */
export function envelope(businessAccountId: string, field: string, value: Json): Json {
	return {
		object: 'whatsapp_business_account',
		entry: [{ id: businessAccountId, changes: [{ value, field }] }],
	};
}

/** What every value about a business number begins with. */
export function valueFor(number: BusinessNumber, rest: Json): Json {
	return {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: number.phone, phone_number_id: number.id },
		...rest,
	};
}

/** As {@link valueFor}; what another responder handles stands one level deeper (Meta: Standby webhooks). */
export function valueOf(field: string, number: BusinessNumber, rest: Json): Json {
	return valueFor(number, field === 'standby' ? { standby: rest } : rest);
}

/** The fields by which a webhook names a writer; those that are hidden are absent or empty. */
export function namesOf(
	writer: Writer,
	contact: Contact,
	userIds: boolean,
): { phone?: string; userId?: string } {
	const { hides } = writer;
	const phone = hides === 'phone' ? undefined : writer.phone && contact.phone;
	return {
		phone: hides === 'phoneLeavingEmpty' ? '' : phone,
		userId: userIds && hides !== 'userId' ? contact.userId : undefined,
	};
}

/** An entry of `contacts`. */
export function contactNode(
	contact: Contact,
	{ phone, userId }: { phone?: string; userId?: string },
): Json {
	return {
		profile: {
			name: contact.name ?? `Customer ${(contact.phone ?? contact.userId ?? '').slice(-4)}`,
			...(contact.username && { username: contact.username }),
		},
		...(phone !== undefined && { wa_id: phone }),
		...(userId !== undefined && { user_id: userId }),
	};
}

type Change = { field: string; value: Json };
type Entry = { id: string; changes: Change[] };

/**
 * Several webhook bodies in one, as Meta batches them, in the given order. 'messages' also joins the
 * lists inside changes of the same field and number; 'changes' joins entries of the same account;
 * 'entries' leaves each entry as it is.
 */
export function batch(payloads: Json[], grouping: 'messages' | 'changes' | 'entries'): Json {
	const entries: Entry[] = [];
	for (const entry of payloads.flatMap(
		(payload) => JSON.parse(JSON.stringify(payload.entry)) as Entry[],
	)) {
		const same = entries.find(({ id }) => id === entry.id);
		if (grouping === 'entries' || !same) entries.push(entry);
		else same.changes.push(...entry.changes);
	}
	if (grouping === 'messages')
		for (const entry of entries) entry.changes = joinChanges(entry.changes);
	return { object: 'whatsapp_business_account', entry: entries };
}

function joinChanges(changes: Change[]): Change[] {
	const joined: Change[] = [];
	for (const change of changes) {
		const same = joined.find(
			({ field, value }) =>
				field === change.field &&
				JSON.stringify(value.metadata) === JSON.stringify(change.value.metadata),
		);
		if (!same || !change.value.metadata) {
			joined.push(change);
			continue;
		}
		for (const [name, list] of Object.entries(change.value)) {
			if (!Array.isArray(list)) continue;
			const known = (same.value[name] ?? []) as unknown[];
			const texts = new Set(known.map((item) => JSON.stringify(item)));
			const added = list.filter((item) => name !== 'contacts' || !texts.has(JSON.stringify(item)));
			same.value[name] = [...known, ...added];
		}
	}
	return joined;
}
