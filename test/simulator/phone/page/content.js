import { HERE, MY_CARD } from './attach.js';
import { button, el, unseen } from './dom.js';
import { icon } from './icons.js';
import { marked } from './markup.js';
import { billOf, payButton, statusName } from './order.js';
import { size } from './time.js';

/**
 * What stands in a bubble.
 *
 * @param message an entry of kind 'message'
 * @param act what a tap does: `tap(choice)`, `open(url)`, `copy(text)`, `answer(message)`,
 * `pay()`
 */
export function contentOf(message, act) {
	const content = message.content ?? {};
	const show = Object.hasOwn(TYPES, message.type) ? TYPES[message.type] : other;
	try {
		return show(content, { ...message, act });
	} catch {
		// Not of the form that its type should have.
		return other(content, message);
	}
}

/** One line for lists, quotes and those who listen. */
export function summaryOf({ type, content = {} }) {
	const texts = {
		text: content.body,
		template: content.body ?? content.cards?.[0]?.body,
		button: content.text,
		interactive:
			content.button_reply?.title ??
			content.list_reply?.title ??
			content.body?.text ??
			content.nfm_reply?.body,
		reaction: content.emoji ? `Reacted ${content.emoji}` : 'Took a reaction back',
		document: content.filename,
		location: content.name,
		contacts: content[0]?.name?.formatted_name,
	};
	return String(texts[type] ?? content.caption ?? `[${type}]`);
}

const TYPES = {
	text: ({ body }) => text(body),
	image: (content, message) => [picture(content, message), caption(content)],
	sticker: (content, message) => picture(content, message, 'sticker'),
	video: (content, message) => [film(content, message), caption(content)],
	audio: (content, message) => sound(content, message),
	document: (content, message) => [file(content, message), caption(content)],
	location: (content) => place(content),
	contacts: (cards) => [...cards].map(person),
	button: ({ text: chosen }) => text(chosen),
	template: (content, message) => parts(content, message),
	interactive: (content, message) => (INTERACTIVE[content.type] ?? other)(content, message),
	order: ({ product_items: items = [], text: words }) => [
		tile('cart', 'Order', `${items.length} ${items.length === 1 ? 'product' : 'products'}`),
		words && text(words),
	],
};

/** By the type of an interactive message: what stands below its body. */
const INTERACTIVE = {
	button: withAction(({ buttons = [] }, { act }) =>
		buttons.map(({ reply }) => choice('reply', reply.title, () => act.tap(reply.id))),
	),
	list: withAction((action, { act }) => rows(action, act)),
	cta_url: withAction(({ parameters: { display_text: label, url } = {} }, { act }) =>
		choice('link', label, () => act.open(url)),
	),
	flow: withAction(({ parameters = {} }, { act, id }) =>
		choice('form', parameters.flow_cta, () => act.answer(completedFlow(parameters, id))),
	),
	location_request_message: withAction((_action, { act, id }) =>
		choice('place', 'Send location', () => act.answer({ ...HERE, context: { id } })),
	),
	request_contact_info: withAction((_action, { act, id }) =>
		choice('person', 'Share contact info', () => act.answer({ ...MY_CARD, context: { id } })),
	),
	address_message: withAction(() => choice('form', 'Provide address')),
	catalog_message: withAction(() => choice('cart', 'View catalog')),
	call_permission_request: withAction(() => tile('call', 'May the business call you?', '')),
	voice_call: withAction(({ parameters }) =>
		choice('call', parameters?.display_text ?? 'Call now'),
	),
	product: withAction(({ product_retailer_id: id, catalog_id: catalog }) =>
		tile('cart', `Product ${id}`, `Catalog ${catalog}`),
	),
	product_list: withAction(({ sections = [] }) =>
		sections.map(({ title, product_items: items = [] }) => [
			title && el('p', { class: 'section' }, title),
			items.map(({ product_retailer_id: id }) => tile('cart', `Product ${id}`, '')),
		]),
	),
	carousel: withAction(({ cards = [] }, message) =>
		el(
			'ul',
			{ class: 'cards', tabindex: 0, 'aria-label': 'Cards' },
			cards.map((card) =>
				el('li', {}, INTERACTIVE[card.type === 'button' ? 'button' : 'cta_url'](card, message)),
			),
		),
	),
	order_details: withAction(({ parameters: bill }, message) => [
		billOf(bill, message.order),
		payChoice(bill, message),
	]),
	order_status: withAction(({ parameters: { order, reference_id: id } = {} }) =>
		tile('cart', statusName(order?.status), order?.description ?? `Order ${id}`),
	),
	payment_method: ({ payment_method: { last_four_digits: digits } }) =>
		tile('cart', 'Payment sent', `Card •••• ${digits}`),
	button_reply: ({ button_reply: { title } }) => text(title),
	list_reply: ({ list_reply: { title, description } }) => [
		text(title),
		description && el('p', { class: 'foot' }, description),
	],
	nfm_reply: ({ nfm_reply: { body } }) => tile('form', body ?? 'Form', 'Filled in'),
};

function completedFlow({ flow_token: token = 'unused' }, id) {
	const response = JSON.stringify({ flow_token: token });
	return {
		type: 'interactive',
		interactive: {
			type: 'nfm_reply',
			nfm_reply: { name: 'flow', body: 'Sent', response_json: response },
		},
		context: { id },
	};
}

/** Header, body, action and footer of an interactive message. */
function withAction(show) {
	return ({ header, body, footer, action = {} }, message) => [
		header && head(header, message),
		body && text(body.text),
		footer && el('p', { class: 'foot' }, footer.text),
		el('div', { class: 'choices' }, show(action, message)),
	];
}

/** A template as its reader sees it. */
function parts({ header, body, footer, buttons = [], cards }, message) {
	return [
		header && head(header, message),
		body && text(body),
		footer && el('p', { class: 'foot' }, footer),
		el(
			'div',
			{ class: 'choices' },
			buttons.map((one) => templateButton(one, message)),
		),
		cards &&
			el(
				'ul',
				{ class: 'cards', tabindex: 0, 'aria-label': 'Cards' },
				cards.map((card) => el('li', {}, parts(card, message))),
			),
	];
}

function templateButton({ type, text: label, url, phone, code, bill }, message) {
	const { act } = message;
	switch (type) {
		case 'ORDER_DETAILS':
			return bill ? [billOf(bill, message.order), payChoice(bill, message)] : choice('cart', label);
		case 'QUICK_REPLY':
			return choice('reply', label, () => act.tap(label));
		case 'URL':
			return choice('link', label, () => act.open(url));
		case 'COPY_CODE':
		case 'OTP':
			return choice('copy', label, () => act.copy(code ?? label));
		case 'PHONE_NUMBER':
			return choice('call', label, () => act.open(`tel:${phone}`));
		default:
			return choice(type === 'FLOW' ? 'form' : 'cart', label);
	}
}

function payChoice(bill, message) {
	const { icon: name, label, pay } = payButton(bill, message);
	return choice(name, label, pay);
}

function head(header, message) {
	if (header.type === 'text') return el('p', { class: 'head' }, header.text);
	const show = TYPES[header.type];
	return show ? show(header[header.type] ?? {}, message) : tile('cart', header.type, '');
}

function text(words) {
	return el('p', { class: 'text' }, marked(words ?? ''));
}

function caption({ caption: words }) {
	return words && text(words);
}

/** @param onTap left out: nothing happens here when it is tapped */
function choice(name, label, onTap) {
	return button([icon(name), label ?? ''], onTap, { class: 'choice', disabled: !onTap });
}

function rows({ button: label, sections = [] }, act) {
	return el(
		'details',
		{ class: 'list' },
		el('summary', { class: 'choice' }, icon('list'), label),
		sections.map(({ title, rows: list = [] }) => [
			title && el('p', { class: 'section' }, title),
			list.map((row) =>
				button(
					[el('span', {}, row.title), row.description && el('small', {}, row.description)],
					() => act.tap(row.id),
					{ class: 'row' },
				),
			),
		]),
	);
}

function tile(name, title, more, props = {}) {
	const tag = props.href ? 'a' : 'div';
	return el(
		tag,
		{ class: 'tile', ...props },
		icon(name),
		el('span', {}, el('b', {}, title), more && el('small', {}, more)),
	);
}

/** Where a stored file is had; files elsewhere are never fetched. */
function stored({ id }, { files }) {
	return files?.[id] && { ...files[id], url: `media/${encodeURIComponent(id)}` };
}

function elsewhere(name, title, { link, id }) {
	return tile(name, title, link ?? (id ? 'No longer kept' : ''));
}

function picture(content, message, kind = 'picture') {
	const found = stored(content, message);
	if (!found) return elsewhere('picture', 'Picture', content);
	const words = content.caption || (kind === 'sticker' ? 'Sticker' : 'Picture without words');
	return el('img', { class: kind, src: found.url, alt: words, loading: 'lazy' });
}

function film(content, message) {
	const found = stored(content, message);
	if (!found) return elsewhere('film', 'Video', content);
	return el('video', { class: 'picture', src: found.url, controls: true, preload: 'metadata' });
}

function sound(content, message) {
	const found = stored(content, message);
	if (!found) return elsewhere('sound', content.voice ? 'Voice message' : 'Audio', content);
	return el('audio', { src: found.url, controls: true, preload: 'metadata' });
}

function file(content, message) {
	const found = stored(content, message);
	const name = content.filename ?? found?.name ?? 'Document';
	if (!found) return elsewhere('file', name, content);
	const kind = found.type.split('/').pop().split('.').pop().toUpperCase();
	return tile('file', name, `${kind} · ${size(found.bytes)}`, {
		href: found.url,
		target: '_blank',
		rel: 'noopener',
	});
}

function place({ latitude, longitude, name, address }) {
	const at = `${Number(latitude).toFixed(4)}, ${Number(longitude).toFixed(4)}`;
	return [
		el('div', { class: 'map', role: 'img', 'aria-label': `Map: ${name ?? at}` }, icon('place')),
		el('p', { class: 'text' }, el('b', {}, name ?? 'Location')),
		el('p', { class: 'foot' }, address ?? at),
	];
}

function person({ name, phones = [], emails = [] }) {
	const ways = [...phones.map(({ phone }) => phone), ...emails.map(({ email }) => email)];
	return tile('person', name?.formatted_name ?? 'Contact', ways.filter(Boolean).join(' · '));
}

function other(content, { type }) {
	return [tile('unknown', String(content.type ?? type), 'Not shown here'), unseen('Message')];
}
