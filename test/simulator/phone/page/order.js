import { el } from './dom.js';

/** What WhatsApp writes on the button, by the way to pay. */
const WAYS = {
	payment_gateway: { icon: 'cart', label: 'Review and pay', pay: (_, { act }) => act.pay() },
	upi_intent_link: {
		icon: 'link',
		label: 'Pay with UPI',
		pay: ({ link }, { act }) => act.open(link),
	},
	payment_link: {
		icon: 'link',
		label: 'Open payment link',
		pay: ({ uri }, { act }) => act.open(uri),
	},
	pix_dynamic_code: {
		icon: 'copy',
		label: 'Copy Pix code',
		pay: ({ code }, { act }) => act.copy(code),
	},
	boleto: {
		icon: 'copy',
		label: 'Copy boleto code',
		pay: ({ digitable_line: line }, { act }) => act.copy(line),
	},
	offsite_card_pay: { icon: 'cart', label: 'Send payment', pay: agree },
};

/** The older way, by a UPI handle at Meta: an app of the phone opens. */
const UPI = {
	icon: 'link',
	label: 'Pay with UPI',
	pay: (_, { act }) => act.open('upi://pay'),
};

const STATUSES = {
	pending: 'Pending',
	processing: 'Processing',
	partially_shipped: 'Partially shipped',
	shipped: 'Shipped',
	completed: 'Completed',
	canceled: 'Order canceled',
};

/** The words of a status. */
export function statusName(status) {
	return STATUSES[status] ?? status;
}

/**
 * A bill: what was ordered, what it comes to, and what became of it.
 *
 * @param bill Meta's object
 * @param order what became of it: `{ status, description, payment }`
 */
export function billOf(bill, order = {}) {
	const { currency, total_amount: total, order: { items = [], ...sums } = {} } = bill;
	const money = ({ value, offset }) => formatted(value / offset, currency);
	const line = (label, amount, name) =>
		el('li', name ? { class: name } : {}, el('span', {}, label), el('span', {}, money(amount)));
	const { status = 'pending', description, payment } = order;
	const news = [status !== 'pending' && statusName(status), payment === 'captured' && 'Paid ✓'];
	const told = [...news, description].filter(Boolean).join(' · ');
	return [
		el(
			'ul',
			{ class: 'bill', 'aria-label': `Order ${bill.reference_id}` },
			items.map(({ name, quantity, amount, sale_amount: sale = amount }) =>
				line(`${quantity} × ${name}`, { ...sale, value: sale.value * quantity }),
			),
			sums.tax?.value ? line('Tax', sums.tax) : [],
			sums.shipping ? line('Shipping', sums.shipping) : [],
			sums.discount ? line('Discount', { ...sums.discount, value: -sums.discount.value }) : [],
			line('Total', total, 'sum'),
		),
		told && el('p', { class: 'foot order-news' }, told),
	];
}

/**
 * The button to pay: `{ icon, label, pay }`, `pay` left out when there is nothing to pay any more.
 *
 * @param message with `act`, what a tap does
 */
export function payButton(bill, { order = {}, ...message }) {
	const [setting] = bill.payment_settings ?? [];
	const { icon, label, pay } = (setting && WAYS[setting.type]) ?? UPI;
	const isDone = order.payment === 'captured' || order.status === 'canceled';
	if (isDone) return { icon, label: 'View order' };
	const content = setting?.[setting.type] ?? {};
	return { icon, label, pay: () => pay(content, { ...message, bill }) };
}

/** The contact agrees that a card is charged, which the business keeps (Meta: One-click payments). */
function agree({ last_four_digits: digits, credential_id: id }, { act, bill, id: messageId }) {
	act.answer({
		type: 'interactive',
		interactive: {
			type: 'payment_method',
			payment_method: {
				payment_method: 'offsite_card_pay',
				payment_timestamp: Math.floor(Date.now() / 1000),
				reference_id: bill.reference_id,
				last_four_digits: digits,
				credential_id: id,
			},
		},
		context: { id: messageId },
	});
}

function formatted(amount, currency) {
	const locale = currency === 'BRL' ? 'pt-BR' : 'en-IN';
	return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
}
