import type { BusinessNumber } from './accounts';
import { isOthers, noteGiven, noteInbound, opensWindow } from './books';
import { digitsOf, personOf, type Contact } from './contacts';
import type { WebhookEvent } from './deliveries';
import { callId, messageId } from './ids';
import { contactNode, envelope, namesOf, valueOf } from './payloads';
import type { Delivery, InboundMessage, Json, Person, Writer } from './types';
import type { World } from './world';

interface Doing {
	/** A phone number, a user ID, or more about the person. */
	from: string | Writer;
	/** The business number; default the first one. */
	to?: string;
	/** How long ago it happened; the webhook goes out now. Negative: ahead of the clock. */
	agoSeconds?: number;
	/** false: it happened, but the webhook waits for `redeliver` or `deliverBatch`. */
	deliver?: boolean;
}

export interface Writing extends Doing {
	text?: string;
	/** Any message content of Meta's, e.g. `{ type: 'image', image: {…} }`; joined with `text`. */
	message?: Json;
	/** The message ID; made up if left out. */
	id?: string;
}

export interface Calling extends Doing {
	/** Who called whom; default 'user'. */
	direction?: 'user' | 'business';
	/** Of a call by the business: whether the contact took it; default true. */
	accepted?: boolean;
	/** Of a call by the contact; default 'connect'. */
	event?: 'connect' | 'terminate';
	id?: string;
}

export interface Tapping extends Omit<Doing, 'from' | 'to'> {
	/** The message of the business with the button or list. */
	messageId: string;
	/** The title, text, payload or ID of the button or row, or its position from 0. */
	choice: string | number;
	/** Default: the contact who got the message. */
	from?: string | Writer;
	id?: string;
}

export interface Reacting extends Doing {
	messageId: string;
	/** Left out or '': the reaction is taken back. */
	emoji?: string;
	id?: string;
}

export interface Preferring extends Doing {
	value: 'stop' | 'resume';
}

export interface Done {
	messageId: string;
	/** Absent when `deliver` is false. */
	delivery?: Delivery;
}

/** Somebody writes to the business. */
export async function write(world: World, writing: Writing): Promise<Done> {
	const { number, contact, named, atMs } = scene(world, writing);
	const content: Json = {
		...(writing.text !== undefined && { type: 'text', text: { body: writing.text } }),
		...writing.message,
	};
	if (typeof content.type !== 'string') throw new Error('A message needs text or a type');
	const id = writing.id ?? messageId(contact.phone);
	const message: Json = {
		...(named.phone !== undefined && { from: named.phone }),
		...(named.userId !== undefined && { from_user_id: named.userId }),
		id,
		timestamp: String(atMs / 1000),
		...content,
	};

	const ledger = world.ledger(number, contact);
	// The business hears nothing of whom it has blocked.
	if (ledger.isBlocked) return { messageId: id };
	// What a second responder handles comes to the app as a copy (Meta: Standby webhooks).
	const field = isOthers(ledger, atMs) ? 'standby' : 'messages';
	if (field === 'messages') noteGiven(ledger);
	if (opensWindow(content.type)) noteInbound(ledger, atMs);
	if (content.referral) ledger.adAtMs = atMs;
	const { type, wa_id: phone, user_id: userId } = (content.system ?? {}) as Record<string, string>;
	if (type === 'user_changed_number' || type === 'user_changed_user_id') {
		world.contacts.change(contact, { phone, userId });
	}
	const inbound: InboundMessage = {
		id,
		at: atMs,
		businessNumberId: number.id,
		from: { phone: contact.phone, userId: contact.userId },
		message,
	};
	world.inbound.push(inbound);
	world.inboundById.set(id, inbound);

	const contacts = content.type === 'system' ? {} : { contacts: [contactNode(contact, named)] };
	const event = tell(world, number, field, id, { ...contacts, messages: [message] });
	return done(world, id, event, writing.deliver);
}

/** Somebody calls the business, or is called by it. Only the `calls` field tells of it. */
export async function call(world: World, calling: Calling): Promise<Done> {
	const { number, contact, named, atMs } = scene(world, calling);
	const id = calling.id ?? callId();
	const timestamp = String(atMs / 1000);
	const ledger = world.ledger(number, contact);
	let value: Json;
	if (calling.direction === 'business') {
		const accepted = calling.accepted ?? true;
		if (accepted) noteInbound(ledger, atMs);
		value = {
			statuses: [
				{
					id,
					type: 'call',
					status: accepted ? 'ACCEPTED' : 'REJECTED',
					timestamp,
					...(named.phone !== undefined && { recipient_id: named.phone }),
					...(named.userId !== undefined && { recipient_user_id: named.userId }),
				},
			],
		};
	} else {
		noteInbound(ledger, atMs);
		const ended = calling.event === 'terminate';
		value = {
			contacts: [contactNode(contact, named)],
			calls: [
				{
					id,
					to: number.phone,
					...(named.phone !== undefined && { from: named.phone }),
					...(named.userId !== undefined && { from_user_id: named.userId }),
					event: calling.event ?? 'connect',
					timestamp,
					direction: 'USER_INITIATED',
					...(ended ? { status: 'FAILED' } : { session: { sdp_type: 'offer', sdp: 'v=0' } }),
				},
			],
		};
	}
	return done(world, id, tell(world, number, 'calls', id, value), calling.deliver);
}

/** Somebody taps a button or chooses a row in a message that the business sent. */
export async function tap(world: World, tapping: Tapping): Promise<Done> {
	const message = world.sentById.get(tapping.messageId);
	if (!message) throw new Error(`No message ${tapping.messageId} was sent`);
	const number = world.number(message.businessNumberId);
	const options =
		message.type === 'template'
			? quickReplies(world, number.businessAccountId, message.body)
			: replies(message.body);
	const chosen =
		typeof tapping.choice === 'number'
			? options[tapping.choice]
			: options.find(({ names }) => names.includes(String(tapping.choice)));
	if (!chosen) throw new Error(`Message ${message.id} has nothing to tap named ${tapping.choice}`);
	return await write(world, {
		...tapping,
		from: tapping.from ?? visible(world.contacts.find(message.to)),
		to: number.id,
		message: { context: { from: number.phone, id: message.id }, ...chosen.message },
	});
}

/** The names of a contact that a business gets to see. */
function visible({ phone, userId, hidesPhone }: Contact): Person {
	return hidesPhone ? { userId } : { phone, userId };
}

/** Somebody reacts to a message, or takes the reaction back. */
export async function react(world: World, reacting: Reacting): Promise<Done> {
	const { messageId: target, emoji } = reacting;
	const reaction = { message_id: target, ...(emoji && { emoji }) };
	return await write(world, { ...reacting, message: { type: 'reaction', reaction } });
}

/** Somebody stops or resumes marketing messages in WhatsApp. */
export async function prefer(world: World, preferring: Preferring): Promise<Delivery | undefined> {
	const { number, contact, named, atMs } = scene(world, preferring);
	world.ledger(number, contact).marketingStopped = preferring.value === 'stop';
	const verb = preferring.value === 'stop' ? 'stop' : 'resume';
	const event = tell(world, number, 'user_preferences', '', {
		contacts: [contactNode(contact, named)],
		user_preferences: [
			{
				...(named.phone !== undefined && { wa_id: named.phone }),
				...(named.userId !== undefined && { user_id: named.userId }),
				detail: `User requested to ${verb} marketing messages`,
				category: 'marketing_messages',
				value: preferring.value,
				timestamp: atMs / 1000,
			},
		],
	});
	return preferring.deliver === false ? undefined : await world.deliveries.send(event);
}

/** Who, with whom, and when, in whole seconds as Meta counts. */
function scene(world: World, { from, to, agoSeconds = 0 }: Doing) {
	const writer: Writer = personOf(from);
	const number = world.number(to);
	const person: Person = { phone: writer.phone, userId: writer.userId };
	const contact: Contact = world.contacts.find(person);
	if (writer.name !== undefined) contact.name = writer.name;
	if (writer.username !== undefined) contact.username = writer.username;
	contact.hidesPhone = writer.phone === undefined || writer.hides?.startsWith('phone') === true;
	// What WhatsApp itself says goes before what a business dialled.
	if (writer.phone) contact.phone = digitsOf(writer.phone);
	const named = namesOf(writer, contact, world.settings.userIds);
	const atMs = (Math.floor(world.now() / 1000) - agoSeconds) * 1000;
	return { number, contact, named, atMs };
}

function tell(
	world: World,
	number: BusinessNumber,
	field: string,
	id: string,
	value: Json,
): WebhookEvent {
	const { businessAccountId } = number;
	return world.event(
		field,
		[id],
		{ businessAccountId, businessNumberId: number.id },
		envelope(businessAccountId, field, valueOf(field, number, value)),
	);
}

async function done(
	world: World,
	id: string,
	event: WebhookEvent,
	deliver: boolean | undefined,
): Promise<Done> {
	if (deliver === false) return { messageId: id };
	return { messageId: id, delivery: await world.deliveries.track(world.deliveries.send(event)) };
}

/** Something that can be tapped: the words it goes by, and the message a tap makes. */
interface Option {
	names: string[];
	message: Json;
}

/** The reply buttons or list rows of an interactive message. */
function replies(body: Json): Option[] {
	const action = (body.interactive as Json | undefined)?.action as Json | undefined;
	const buttons = (action?.buttons ?? []) as Array<{ reply: { id: string; title: string } }>;
	const sections = (action?.sections ?? []) as Array<{
		rows?: Array<{ id: string; title: string; description?: string }>;
	}>;
	const option = (type: string, reply: { id: string; title: string }): Option => ({
		names: [reply.id, reply.title],
		message: { type: 'interactive', interactive: { type, [type]: reply } },
	});
	return [
		...buttons.map(({ reply }) => option('button_reply', reply)),
		...sections.flatMap(({ rows = [] }) => rows.map((row) => option('list_reply', row))),
	];
}

/** The quick-reply buttons of a template message. Without a payload the text stands in for it. */
function quickReplies(world: World, businessAccountId: string, body: Json): Option[] {
	const sent = body.template as { name: string; language: { code: string }; components?: Json[] };
	const template = world.templates.find(businessAccountId, sent.name, sent.language.code);
	const defined = template?.components.find(({ type }) => String(type).toUpperCase() === 'BUTTONS');
	const buttons = (defined?.buttons ?? []) as Array<{ type: string; text: string }>;
	return buttons.flatMap(({ type, text }, index) => {
		if (type.toUpperCase() !== 'QUICK_REPLY') return [];
		const filled = sent.components?.find(
			(part) => String(part.type).toLowerCase() === 'button' && Number(part.index) === index,
		)?.parameters as Array<{ payload?: string }> | undefined;
		const payload = filled?.[0]?.payload ?? text;
		return [{ names: [text, payload], message: { type: 'button', button: { payload, text } } }];
	});
}
