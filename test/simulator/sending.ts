import { setImmediate as nextTurn, setTimeout as sleep } from 'timers/promises';

import type { BusinessNumber } from './accounts';
import { isOthers, noteAnswer, noteGiven, windowOf } from './books';
import { digitsOf, type Contact } from './contacts';
import { GraphError, invalidParameter, statusError } from './errors';
import { looksLikeUserId, messageId } from './ids';
import { suits } from './media';
import { atMost, checkFreeForm } from './messageRules';
import { contactNode, envelope, valueFor } from './payloads';
import { checkTemplate, needsPhoneNumber } from './templateRules';
import type { Json, SentMessage, StatusError, Template } from './types';
import type { World } from './world';

const DAY_MS = 24 * 3_600_000;

interface Recipient {
	/** As it stood in the request. */
	input: string;
	contact: Contact;
	/** Which of the two names the request used; the statuses use the same. */
	by: 'phone' | 'userId';
	/** A user ID in `to`: Meta accepts the message and drops it without a word. */
	lost: boolean;
}

/** The edge of the number by which a message goes out. */
type Way = SentMessage['way'];

/** What the answer to a send needs, and the statuses that will follow it. */
export interface Accepted {
	reply: Json;
	statuses: Promise<void>;
}

/**
 * `POST /{phone number ID}/messages` with a message: checks, decides by the books, answers, and lets
 * the statuses follow.
 * @throws GraphError
 */
export function acceptMessage(
	world: World,
	number: BusinessNumber,
	body: Json,
	way: Way = 'messages',
): Accepted {
	checkEnvelope(body);
	if (way === 'marketing_messages') checkForMarketing(body);
	const recipient = recipientOf(world, number, body);
	const type = typeof body.type === 'string' ? body.type : 'text';
	const template = type === 'template' ? templateOf(world, number, body, recipient) : undefined;
	if (template) checkWay(world, template, way);
	if (!template) {
		checkFreeForm(type, body, (id) => world.media.get(id, number.id) !== undefined);
	}
	const pair = recipient.contact.userId ?? recipient.input;
	world.limits.check(number.id, pair, world.settings, world.now());

	const ledger = world.ledger(number, recipient.contact);
	const message: SentMessage = {
		id: messageId(recipient.contact.phone),
		at: world.now(),
		businessNumberId: number.id,
		to: { phone: recipient.contact.phone, userId: recipient.contact.userId },
		type,
		body,
		way,
		windowWasOpen: windowOf(ledger, world.now()).open,
		wasOthers: isOthers(ledger, world.now()),
		dropped: recipient.lost,
		statuses: [],
	};
	const failure = recipient.lost ? undefined : fateOf(world, number, message, recipient, template);
	if (failure?.code === 131047) world.outsideWindow.push(message);
	const refusal = failure?.code === 131047 ? world.settings.windowRefusal : 'later';
	if (refusal !== 'atOnce') world.sentById.set(message.id, message);
	const statuses =
		recipient.lost || refusal === 'atOnce'
			? Promise.resolve()
			: world.deliveries.track(tellStatuses(world, number, message, recipient, failure, template));
	if (refusal !== 'later') throw new GraphError(131047);

	if (!template && !failure) noteGiven(ledger);
	if (!recipient.lost && !failure) world.orders.note(message);
	world.sent.push(message);
	for (const listener of world.onSent) listener();
	return { reply: replyTo(message, recipient, template), statuses };
}

/** `POST /{phone number ID}/messages` with `status: 'read'`, typing indicator or not. */
export function markRead(world: World, number: BusinessNumber, body: Json): Json {
	if (body.status !== 'read') throw invalidParameter('Param status must be one of {read}');
	const message = world.inboundById.get(String(body.message_id));
	const now = world.now();
	if (!message || message.businessNumberId !== number.id || now - message.at > 30 * DAY_MS) {
		throw new GraphError(131009, { details: 'Message ID is not valid' });
	}
	const typing = body.typing_indicator as Json | undefined;
	if (typing !== undefined && typing?.type !== 'text') {
		throw invalidParameter("Param typing_indicator['type'] must be one of {text}");
	}
	message.readAt ??= now;
	if (typing) message.typingAt = now;
	return { success: true };
}

/** Tells one status of a message that was sent; for what only a test can know, e.g. 'read'. */
export async function tellStatus(world: World, id: string, status: string): Promise<void> {
	const message = world.sentById.get(id);
	if (!message) throw new Error(`No message ${id} was sent`);
	const number = world.number(message.businessNumberId);
	const contact = world.contacts.find(message.to);
	const by = message.body.to ? 'phone' : 'userId';
	await world.deliveries.track(
		postStatus(world, number, message, { input: '', contact, by, lost: false }, { status }),
	);
}

function checkEnvelope(body: Json): void {
	if (body.messaging_product !== 'whatsapp') {
		throw invalidParameter('The parameter messaging_product is required.');
	}
	const recipientType = body.recipient_type ?? 'individual';
	if (recipientType !== 'individual') {
		throw invalidParameter('Param recipient_type must be one of {individual}');
	}
	atMost('biz_opaque_callback_data', body.biz_opaque_callback_data, 512);
}

/** `to` goes before `recipient`. */
function recipientOf(world: World, number: BusinessNumber, body: Json): Recipient {
	const { to, recipient } = body;
	if (to !== undefined && to !== '') {
		const input = String(to);
		const lost = looksLikeUserId(input);
		const digits = digitsOf(input);
		if (!lost && (!/^\+?[\d\s().-]+$/.test(input) || digits.length < 5 || digits.length > 15)) {
			throw new GraphError(131009, { details: 'Recipient phone number is not valid' });
		}
		const prefix = world.settings.prependCountryCode && !input.startsWith('+');
		const phone = prefix && !lost ? countryCodeOf(number.phone) + digits : digits;
		if (phone === number.phone) throw new GraphError(131021);
		const contact = world.contacts.find(lost ? { userId: input } : { phone });
		return { input, contact, by: 'phone', lost };
	}
	if (typeof recipient !== 'string' || !recipient) {
		throw invalidParameter('The parameter to is required.');
	}
	if (!looksLikeUserId(recipient)) {
		throw new GraphError(131009, { details: 'Recipient user ID is not valid' });
	}
	const contact = world.contacts.find({ userId: recipient });
	return { input: recipient, contact, by: 'userId', lost: false };
}

/** Good enough for test numbers: one digit in North America and Russia, two elsewhere. */
function countryCodeOf(phone: string): string {
	return /^[17]/.test(phone) ? phone[0] : phone.slice(0, 2);
}

/** The template a message names, once it is known to be sendable and well filled. */
function templateOf(
	world: World,
	number: BusinessNumber,
	body: Json,
	recipient: Recipient,
): Template {
	const sent = body.template as
		| { name?: unknown; language?: Json; components?: unknown }
		| undefined;
	if (typeof sent?.name !== 'string' || !sent.name) {
		throw invalidParameter("The parameter template['name'] is required.");
	}
	const language = sent.language?.code;
	if (typeof language !== 'string' || !language) {
		throw invalidParameter("The parameter template['language'] is required.");
	}
	const template = world.templates.find(number.businessAccountId, sent.name, language);
	if (template?.status === 'PAUSED') throw new GraphError(132015);
	if (template?.status === 'DISABLED') throw new GraphError(132016);
	if (template?.status !== 'APPROVED') {
		throw new GraphError(132001, {
			details: `template name (${sent.name}) does not exist in ${language}`,
		});
	}
	if (recipient.by === 'userId' && needsPhoneNumber(template)) throw new GraphError(131062);
	checkTemplate(template, sent.components, (id) => world.media.get(id, number.id) !== undefined);
	return template;
}

/** Meta: Marketing Messages API, Sending messages. */
function checkForMarketing(body: Json): void {
	if (body.type !== 'template') throw new GraphError(131055);
	const { product_policy: policy = 'CLOUD_API_FALLBACK', message_activity_sharing: shares } = body;
	if (!['CLOUD_API_FALLBACK', 'STRICT'].includes(String(policy))) {
		throw invalidParameter('Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}');
	}
	if (shares !== undefined && typeof shares !== 'boolean') {
		throw invalidParameter('Param message_activity_sharing must be a boolean');
	}
}

function checkWay(world: World, template: Template, way: Way): void {
	const isMarketing = template.category.toUpperCase() === 'MARKETING';
	if (way === 'marketing_messages' && !isMarketing) throw new GraphError(131055);
	if (way === 'messages' && isMarketing && !world.setup.marketingOnCloudApi) {
		throw new GraphError(131063);
	}
}

function priceCategory({ way }: SentMessage, template: Template | undefined): string {
	if (way === 'marketing_messages') return 'marketing_lite';
	return template?.category.toLowerCase() ?? 'service';
}

/** Why an accepted message will fail, if it will. */
function fateOf(
	world: World,
	number: BusinessNumber,
	message: SentMessage,
	{ contact }: Recipient,
	template: Template | undefined,
): StatusError | undefined {
	const fault = world.faults.forMessage(contact, world.contacts);
	if (fault) return statusError(fault.code, fault.details);
	if (!world.contacts.isOnWhatsApp(contact)) return statusError(131026);
	if (world.ledger(number, contact).isBlocked) return statusError(130403);
	if (template) {
		const marketing = template.category.toUpperCase() === 'MARKETING';
		const stopped = world.ledger(number, contact).marketingStopped;
		return marketing && stopped ? statusError(131050) : undefined;
	}
	if (!message.windowWasOpen) return statusError(131047);
	const wrongStatus = world.orders.refusal(message);
	if (wrongStatus) return statusError(wrongStatus);
	const content = message.body[message.type] as Json;
	if (message.type === 'reaction' && !mayReactTo(world, String(content.message_id))) {
		return statusError(131009, 'Message to react to was not found');
	}
	const media = world.media.get(String(content.id));
	if (media && !suits(message.type, media.mimeType)) {
		return statusError(131053, `A file of type ${media.mimeType} is no ${message.type}`);
	}
	return undefined;
}

/** The target exists, is no reaction itself, and is not older than 30 days. */
function mayReactTo(world: World, id: string): boolean {
	const inbound = world.inboundById.get(id);
	const target = inbound ?? world.sentById.get(id);
	const type = inbound ? inbound.message.type : world.sentById.get(id)?.type;
	return target !== undefined && type !== 'reaction' && world.now() - target.at <= 30 * DAY_MS;
}

function replyTo(message: SentMessage, recipient: Recipient, template?: Template): Json {
	const { input, contact, by, lost } = recipient;
	const name =
		by === 'userId' ? { user_id: input } : { wa_id: lost ? digitsOf(input) : contact.phone };
	return {
		messaging_product: 'whatsapp',
		contacts: [{ input, ...name }],
		messages: [{ id: message.id, ...(template && { message_status: 'accepted' }) }],
	};
}

async function tellStatuses(
	world: World,
	number: BusinessNumber,
	message: SentMessage,
	recipient: Recipient,
	failure: StatusError | undefined,
	template: Template | undefined,
): Promise<void> {
	if (!world.settings.statusesBeforeReply) await nextTurn();
	if (failure) {
		await postStatus(world, number, message, recipient, { status: 'failed', errors: [failure] });
		return;
	}
	const ledger = world.ledger(number, recipient.contact);
	noteAnswer(ledger, world.now());
	const price = world.pricing.price(
		ledger,
		number.id,
		priceCategory(message, template),
		world.settings.freeServiceMessages,
		world.now(),
	);
	message.pricing = price.pricing;
	await postStatus(world, number, message, recipient, { status: 'sent', ...price });
	if (message.type !== 'reaction') {
		await postStatus(world, number, message, recipient, { status: 'delivered', ...price });
	}
}

async function postStatus(
	world: World,
	number: BusinessNumber,
	message: SentMessage,
	{ contact, by }: Recipient,
	told: Json & { status: string; errors?: StatusError[] },
): Promise<void> {
	if (world.settings.statusDelayMs) await sleep(world.settings.statusDelayMs);
	const { status, errors, ...price } = told;
	const at = world.now();
	const failed = status === 'failed';
	const phone = by === 'phone' || !contact.hidesPhone ? contact.phone : undefined;
	// A failed status names the recipient only as the request did.
	const named = {
		phone: failed && by === 'userId' ? undefined : phone,
		userId: !world.settings.userIds || (failed && by === 'phone') ? undefined : contact.userId,
	};
	const node: Json = {
		id: message.id,
		status,
		timestamp: String(Math.floor(at / 1000)),
		...(named.phone !== undefined && { recipient_id: named.phone }),
		...(named.userId !== undefined && { recipient_user_id: named.userId }),
		...price,
		...(message.body.biz_opaque_callback_data !== undefined && {
			biz_opaque_callback_data: message.body.biz_opaque_callback_data,
		}),
		...(errors && { errors }),
	};
	message.statuses.push({ status, at, ...(errors && { errors }) });
	const event = world.event(
		'messages',
		[message.id],
		{ businessAccountId: number.businessAccountId, businessNumberId: number.id },
		envelope(
			number.businessAccountId,
			'messages',
			valueFor(number, {
				...(!failed && { contacts: [contactNode(contact, named)] }),
				statuses: [node],
			}),
		),
	);
	if (world.settings.statuses === 'auto') await world.deliveries.send(event);
}
