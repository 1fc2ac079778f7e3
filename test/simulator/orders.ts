import { contactNode, envelope, valueFor } from './payloads';
import type { Delivery, Json, SentMessage } from './types';
import type { World } from './world';

/** What became of a bill. */
export interface Order {
	/** The message with the bill. */
	messageId: string;
	bill: Json;
	/** As `order_status` messages told it last. */
	status: string;
	/** What they say beside it. */
	description?: string;
	/** `captured` when it is paid, by the gateway's word or the business's. */
	payment: string;
}

export interface Paying {
	/** The message with the bill. */
	messageId: string;
	/** Whether the try to pay succeeds; default true. */
	succeeds?: boolean;
	/** How it is paid; default `upi`. */
	method?: string;
}

/** Where an order may go from each status (Meta: Supported order status and transitions). */
const NEXT: Record<string, string[]> = {
	pending: ['pending', 'processing', 'partially_shipped', 'shipped', 'completed', 'canceled'],
	...Object.fromEntries(
		['processing', 'partially_shipped', 'shipped'].map((status) => [
			status,
			['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'],
		]),
	),
	completed: [],
	canceled: [],
};

/** The bills of all business numbers, by number and reference ID. */
export class Orders {
	private readonly byKey = new Map<string, Order>();

	of(message: Pick<SentMessage, 'businessNumberId' | 'body'>): Order | undefined {
		const reference = billIn(message.body)?.reference_id ?? updateIn(message.body)?.reference_id;
		return this.byKey.get(keyOf(message.businessNumberId, reference));
	}

	/** Why a message about an order will fail, as a code. What is no news of a known order never does. */
	refusal({ businessNumberId, body }: SentMessage): number | undefined {
		const update = updateIn(body);
		const order = update && this.byKey.get(keyOf(businessNumberId, update.reference_id));
		if (!order) return undefined;
		const { status } = update.order as { status: string };
		if (status === 'canceled' && order.payment === 'captured') return 2047;
		return NEXT[order.status].includes(status) ? undefined : 2046;
	}

	/** A bill, or news of one, has reached the contact. */
	note({ id, businessNumberId, body }: SentMessage): void {
		const bill = billIn(body);
		if (bill) {
			const order = { messageId: id, bill, status: 'pending', payment: 'pending' };
			this.byKey.set(keyOf(businessNumberId, bill.reference_id), order);
		}
		const update = updateIn(body);
		const order = update && this.byKey.get(keyOf(businessNumberId, update.reference_id));
		if (!order) return;
		Object.assign(order, update.order);
		const { status } = (update.payment ?? {}) as { status?: string };
		order.payment = status ?? order.payment;
	}

	clear(): void {
		this.byKey.clear();
	}
}

function keyOf(businessNumberId: string, reference: unknown): string {
	return `${businessNumberId} ${String(reference)}`;
}

/** The bill in a message, or in the button of a template. */
function billIn(body: Json): Json | undefined {
	return parametersOf(body, 'order_details') ?? billOfTemplate(body);
}

function billOfTemplate({ template }: Json): Json | undefined {
	const components = ((template as Json | undefined)?.components ?? []) as Json[];
	for (const { parameters = [] } of components as Array<{ parameters?: Json[] }>) {
		const action = parameters[0]?.action as Json | undefined;
		if (action?.order_details) return action.order_details as Json;
	}
	return undefined;
}

function updateIn(body: Json): Json | undefined {
	return parametersOf(body, 'order_status');
}

function parametersOf({ interactive }: Json, type: string): Json | undefined {
	const content = interactive as { type?: string; action?: { parameters?: Json } } | undefined;
	return content?.type === type ? content.action?.parameters : undefined;
}

/**
 * The contact tries to pay a bill. Meta tells of what is paid through a payment gateway, inside WhatsApp
 * (Meta: Receive payments via payment gateways on WhatsApp). Of a Pix, a boleto, a link or a UPI app it
 * knows nothing.
 *
 * @throws Error when WhatsApp would not let them
 */
export async function pay(world: World, paying: Paying): Promise<Delivery> {
	const { succeeds = true, method = 'upi' } = paying;
	const message = world.sentById.get(paying.messageId);
	const order = message && world.orders.of(message);
	if (!message || !order) throw new Error(`Message ${paying.messageId} is no bill`);
	if (order.payment === 'captured') throw new Error('This order is paid');
	if (order.status === 'canceled') throw new Error('This order was canceled');
	const [setting] = (order.bill.payment_settings ?? []) as Json[];
	const gateway = setting?.payment_gateway as { type: string } | undefined;
	if (!gateway) throw new Error('This bill is not paid inside WhatsApp');
	if (succeeds) order.payment = 'captured';

	const number = world.number(message.businessNumberId);
	const contact = world.contacts.find(message.to);
	const named = {
		phone: contact.hidesPhone ? undefined : contact.phone,
		userId: world.settings.userIds ? contact.userId : undefined,
	};
	const seconds = Math.floor(world.now() / 1000);
	const { total_amount: amount, currency, reference_id } = order.bill;
	const transaction = {
		id: `order_${message.id.slice(-8)}`,
		pg_transaction_id: `pay_${seconds}`,
		type: gateway.type,
		status: succeeds ? 'success' : 'failed',
		created_timestamp: seconds,
		updated_timestamp: seconds,
		method: { type: method },
		...(!succeeds && { error: { code: 'BAD_REQUEST_ERROR', reason: 'incorrect_pin' } }),
	};
	const status = {
		id: message.id,
		...(named.phone !== undefined && { recipient_id: named.phone }),
		...(named.userId !== undefined && { recipient_user_id: named.userId }),
		type: 'payment',
		// A failed try leaves the order to be paid.
		status: succeeds ? 'captured' : 'pending',
		payment: { reference_id, amount, currency, transaction },
		timestamp: String(seconds),
	};
	const { businessAccountId } = number;
	const event = world.event(
		'messages',
		[message.id],
		{ businessAccountId, businessNumberId: number.id },
		envelope(
			businessAccountId,
			'messages',
			valueFor(number, { contacts: [contactNode(contact, named)], statuses: [status] }),
		),
	);
	return await world.deliveries.track(world.deliveries.send(event));
}
