import { freeEntryPointUntil, windowOf } from '../books';
import type { Contact } from '../contacts';
import type { WebhookEvent } from '../deliveries';
import type { Delivery, InboundMessage, Json, Person, SentMessage } from '../types';
import type { World } from '../world';

import { filesIn } from './files';
import { isObject, listsIn, valueOf } from './posted';
import { renderTemplate } from './rendering';
import { reviews } from './reviews';

/** One thing that the page shows. Kind and ID together are its name; times are epoch milliseconds. */
export interface Entry extends Json {
	kind: string;
	id: string;
}

/** All that the simulator knows of conversations, one entry for each thing. */
export function entriesOf(world: World): Entry[] {
	const { events, log } = world.deliveries;
	const posted = new Map<Json, number>();
	for (const { payload, at } of log) if (!posted.has(payload)) posted.set(payload, at);
	const told = new Map<string, number | undefined>();
	for (const { ids, payload } of events) for (const id of ids) told.set(id, posted.get(payload));
	return [
		...threads(world),
		...world.inbound.map((message) => ofCustomer(world, message, told.get(message.id))),
		...world.sent.map((message) => ofBusiness(world, message)),
		...events.flatMap((event, index) => aside(world, event, index, posted.get(event.payload))),
		...events.flatMap((event) => echoes(world, event, posted.get(event.payload))),
		...deliveries(world),
		...reviews(world),
	];
}

/**
 * The place in a chat. Meta counts in whole seconds; what was told at once stands where it was told,
 * so that an answer within the same second comes after the question.
 */
function placeOf(at: number, toldAt = Infinity): number {
	return toldAt - at < 2000 ? toldAt : at;
}

/** One contact and one business number: a chat. */
function threads(world: World): Entry[] {
	const now = world.now();
	return world.contacts.all().flatMap((contact) =>
		[...contact.ledgers].map(([numberId, ledger]) => ({
			kind: 'thread',
			id: `${numberId}/${nameOf(contact)}`,
			businessNumberId: numberId,
			businessName: world.accounts.numbers.get(numberId)?.fields.verified_name,
			contact: { phone: contact.phone, userId: contact.userId, name: contact.name },
			window: windowOf(ledger, now),
			freeEntryPointUntilMs: freeEntryPointUntil(ledger, now),
			marketingStopped: ledger.marketingStopped ?? false,
		})),
	);
}

function ofCustomer(world: World, inbound: InboundMessage, toldAt?: number): Entry {
	const { id, at, businessNumberId, from, message, readAt, typingAt } = inbound;
	const type = String(message.type);
	return {
		kind: 'message',
		id,
		thread: threadOf(world, businessNumberId, from),
		by: 'customer',
		at,
		place: placeOf(at, toldAt),
		type,
		content: message[type],
		context: message.context,
		referral: message.referral,
		files: filesIn(world, message[type]),
		readAt,
		typingAt,
	};
}

function ofBusiness(world: World, sent: SentMessage): Entry {
	const { id, at, businessNumberId, to, type, body, statuses, windowWasOpen } = sent;
	const template = type === 'template' ? templateOf(world, sent) : undefined;
	return {
		kind: 'message',
		id,
		thread: threadOf(world, businessNumberId, to),
		by: 'business',
		at,
		place: at,
		type,
		content: template ?? body[type],
		context: body.context && { id: (body.context as Json).message_id },
		files: filesIn(world, template ?? body[type]),
		statuses,
		windowWasOpen,
		...orderOf(world, sent),
	};
}

/** What became of the order whose bill a message is. */
function orderOf(world: World, sent: SentMessage): Json {
	const order = world.orders.of(sent);
	if (order?.messageId !== sent.id) return {};
	const { status, description, payment } = order;
	return { order: { status, description, payment } };
}

function templateOf(world: World, { businessNumberId, body }: SentMessage): Json | undefined {
	const { name, language, components } = body.template as {
		name: string;
		language: { code: string };
		components?: Json[];
	};
	const { businessAccountId } = world.number(businessNumberId);
	const template = world.templates.find(businessAccountId, name, language.code);
	return template && { name, category: template.category, ...renderTemplate(template, components) };
}

/** Calls, and the choice to stop offers or to have them again: in a chat, but no messages. */
function aside(
	world: World,
	{ field, payload }: WebhookEvent,
	index: number,
	toldAt?: number,
): Entry[] {
	if (field !== 'calls' && field !== 'user_preferences') return [];
	const value = valueOf(payload);
	const told = listsIn(value, 'calls', 'statuses', 'user_preferences');
	return told.map((one) => {
		const at = Number(one.timestamp) * 1000;
		return {
			kind: field === 'calls' ? 'call' : 'preference',
			id: String(index),
			thread: threadOf(world, numberOf(value), personIn(value)),
			at,
			place: placeOf(at, toldAt),
			what: one.value ?? one.event ?? one.status,
		};
	});
}

/** What a contact was written beside the API: by a colleague with the app, or by another responder. */
function echoes(world: World, { field, payload }: WebhookEvent, toldAt?: number): Entry[] {
	const value = valueOf(payload);
	return listsIn(value, 'message_echoes').map((echo) => {
		const at = Number(echo.timestamp) * 1000;
		// Of another responder the request is told that it made.
		const message = isObject(echo.message) ? echo.message : echo;
		const { to, to_user_id: toUserId, recipient = toUserId } = message;
		const person = {
			...(to !== undefined && { phone: String(to) }),
			...(recipient !== undefined && { userId: String(recipient) }),
		};
		const type = String(message.type);
		return {
			kind: 'message',
			id: String(echo.id),
			thread: threadOf(world, numberOf(value), person),
			by: 'business',
			via: field === 'standby' ? 'responder' : 'app',
			at,
			place: placeOf(at, toldAt),
			type,
			content: message[type],
			files: filesIn(world, message[type]),
			statuses: [],
		};
	});
}

/** What was posted to the business about a contact's doings, and what it answered. */
function deliveries(world: World): Entry[] {
	const told = new Set<string>();
	return world.deliveries.log.flatMap((delivery, index) => {
		const value = valueOf(delivery.payload);
		if (!listsIn(value, 'messages', 'calls', 'user_preferences').length) return [];
		const about = idsIn(delivery, value);
		const repeated = about.length > 0 && about.every((id) => told.has(id));
		for (const id of about) told.add(id);
		return [
			{
				kind: 'delivery',
				id: String(index),
				thread: threadOf(world, numberOf(value), personIn(value)),
				at: delivery.at,
				about,
				repeated,
				status: delivery.status,
				trouble: delivery.problem,
			},
		];
	});
}

function idsIn({ status }: Delivery, value: Json): string[] {
	// What was refused was never told.
	if (status !== undefined && status >= 400) return [];
	return listsIn(value, 'messages', 'calls').map(({ id }) => String(id));
}

function numberOf(value: Json): string {
	return String((value.metadata as Json | undefined)?.phone_number_id);
}

/** Of whom a webhook speaks; empty when it names nobody. */
function personIn(value: Json): Person {
	const [contact] = listsIn(value, 'contacts');
	const [status] = listsIn(value, 'statuses');
	const phone = contact?.wa_id || status?.recipient_id;
	const userId = contact?.user_id ?? status?.recipient_user_id;
	return {
		...(phone !== undefined && { phone: String(phone) }),
		...(userId !== undefined && { userId: String(userId) }),
	};
}

function threadOf(world: World, businessNumberId: string, person: Person): string {
	return `${businessNumberId}/${nameOf(world.contacts.peek(person) ?? person)}`;
}

function nameOf({ phone, userId }: Person | Contact): string {
	return String(phone ?? userId);
}
