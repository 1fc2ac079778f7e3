import { parseDelivery } from '../../../nodes/core/events/parse';
import type { WebhookEvent } from '../../../nodes/core/events/types';

import {
	AT,
	CONTACT_NAME,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	contact,
	delivery,
	message,
	status,
	textMessage,
	type Json,
} from './payloads';

const PHONE_B = '447700900123';
const USER_B = 'GB.77aa88bb99cc';
const PARENT = 'US.ENT.11815799212886844830';

type Identified = Exclude<WebhookEvent, { kind: 'account' }>;

function people(value: Json): Array<Pick<Identified, 'contact' | 'name' | 'username'>> {
	return (parseDelivery(delivery(value), AT) as Identified[]).map((event) => ({
		contact: event.contact,
		name: event.name,
		username: event.username,
	}));
}

function person(contacts: Json[], entry: Json) {
	return people({ contacts, messages: [entry] })[0];
}

describe('the contact of a message', () => {
	it.each<[string, Json[], Json, { phone?: string; userId?: string }, string]>([
		[
			'by both IDs',
			[contact()],
			textMessage(),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'by the phone number alone, as before 2026',
			[contact({ userId: undefined })],
			textMessage({ userId: undefined }),
			{ phone: CONTACT_PHONE },
			CONTACT_NAME,
		],
		[
			'by the user ID alone',
			[contact({ waId: undefined })],
			textMessage({ from: undefined }),
			{ userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'by the user ID when the phone number is empty (rule E39)',
			[contact({ waId: '' })],
			textMessage({ from: '' }),
			{ userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'by the user ID, taking the phone number from the list',
			[contact()],
			textMessage({ from: undefined }),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'by the phone number, taking the user ID from the list',
			[contact()],
			textMessage({ userId: undefined }),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'by a phone number that has one digit more in the list (rule D13)',
			[contact({ waId: '5511992345678', userId: undefined })],
			textMessage({ from: '551192345678', userId: undefined }),
			{ phone: '5511992345678' },
			CONTACT_NAME,
		],
		[
			'by the parent user ID',
			[{ ...contact(), parent_user_id: PARENT }],
			textMessage({ from: undefined, userId: PARENT }),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'as the only one in the list, which has no IDs',
			[contact({ waId: undefined, userId: undefined })],
			textMessage(),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'as the only one in the list, when the message has no IDs',
			[contact({ waId: '' })],
			textMessage({ from: '', userId: undefined }),
			{ userId: CONTACT_USER_ID },
			CONTACT_NAME,
		],
		[
			'not as the only one in the list when the IDs differ',
			[contact({ waId: PHONE_B, userId: USER_B })],
			textMessage(),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			'',
		],
		[
			'not out of two without IDs',
			[contact({ waId: '', userId: '' }), contact({ waId: '', userId: '', name: 'Other' })],
			textMessage(),
			{ phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
			'',
		],
		['without a list', [], textMessage(), { phone: CONTACT_PHONE, userId: CONTACT_USER_ID }, ''],
		[
			'not at all, and the message is still given',
			[],
			message('text', { body: 'Hi' }, { from: undefined, userId: undefined }),
			{},
			'',
		],
		[
			'by a user ID that stands in the phone field',
			[],
			textMessage({ from: CONTACT_USER_ID, userId: undefined }),
			{ userId: CONTACT_USER_ID },
			'',
		],
		[
			'by a phone number that is a number',
			[],
			textMessage({ from: 16505551234, userId: undefined }),
			{ phone: CONTACT_PHONE },
			'',
		],
		[
			'without IDs of no known form',
			[],
			textMessage({ from: 'somebody', userId: 'uUS.13491208655302741918' }),
			{},
			'',
		],
	])('is known %s', (_, contacts, entry, expected, name) => {
		const found = person(contacts, entry);
		expect(found.contact).toEqual(expected);
		expect(found.name).toBe(name);
	});

	it('has its user name', () => {
		const listed = contact({ name: undefined, username: 'sheena' });
		expect(person([listed], textMessage())).toMatchObject({ name: '', username: 'sheena' });
	});

	it('is found among several, whatever their order', () => {
		const contacts = [
			contact({ waId: PHONE_B, userId: undefined, name: 'By phone' }),
			contact({ waId: undefined, userId: USER_B, name: 'By user ID' }),
			contact(),
		];
		const messages = [
			textMessage(),
			textMessage({ from: undefined, userId: USER_B }),
			textMessage({ from: PHONE_B, userId: undefined }),
		];
		expect(people({ contacts, messages }).map(({ name }) => name)).toEqual([
			CONTACT_NAME,
			'By user ID',
			'By phone',
		]);
	});

	it('is found in one list of contacts only, that of its own change', () => {
		const first = delivery({ contacts: [contact()], messages: [textMessage()] });
		const second = delivery({ messages: [textMessage()] });
		first.entry[0].changes.push(...second.entry[0].changes);
		const names = (parseDelivery(first, AT) as Identified[]).map(({ name }) => name);
		expect(names).toEqual([CONTACT_NAME, '']);
	});
});

it('names the contact of a status from the list', () => {
	const [found] = people({
		contacts: [contact()],
		statuses: [status({ recipient: undefined, recipientUserId: CONTACT_USER_ID })],
	});
	expect(found).toMatchObject({
		contact: { phone: CONTACT_PHONE, userId: CONTACT_USER_ID },
		name: CONTACT_NAME,
	});
});
