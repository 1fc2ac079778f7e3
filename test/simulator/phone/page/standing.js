import { button, el, fill, unseen } from './dom.js';
import { nameOf } from './people.js';
import { duration, moment } from './time.js';

const DAY_MS = 86_400_000;

const KINDS = [
	['freeForm', 'Free-form message'],
	['utilityTemplate', 'Utility template'],
	['marketingTemplate', 'Marketing template'],
];

const CONSENT = {
	in: 'Opted in',
	out: 'Opted out',
	stopped: 'Stopped in WhatsApp',
	none: 'Not asked',
};

/** What the business knows of a contact: as n8n says where it runs, else by WhatsApp's books. */
export function showStanding(card, store, thread) {
	const known = store.get('known', thread.id);
	const hasBusiness = store.get('business', 'about') !== undefined;
	const now = store.now();
	const window = known ? fromNode(known, now) : fromBooks(thread, now);
	const state = [thread, known && { ...known, window: undefined }, window.state, hasBusiness];
	fill(card, state, () => [
		el(
			'header',
			{ class: 'who' },
			el('h2', {}, nameOf(thread)),
			thread.contact.name && el('span', {}, addressOf(thread)),
		),
		el(
			'div',
			{ class: `window is-${window.state}` },
			el('p', { class: 'label' }, 'Customer service window'),
			el('p', { class: 'left', id: 'left' }),
			el('p', { class: 'until' }, untilText(window, now)),
			el('progress', { id: 'bar', max: DAY_MS, 'aria-label': 'Time left of 24 hours' }),
		),
		el(
			'dl',
			{ class: 'facts' },
			fact('Consent, marketing', known ? consentText(known, 'marketing') : '–'),
			fact('Consent, utility', known ? consentText(known, 'utility') : '–'),
			fact('Free entry point', freeEntryText(thread, known, now)),
			fact("WhatsApp's books", booksText(thread, now)),
		),
		known?.maySend && permissions(known.maySend),
		el(
			'p',
			{ class: 'source' },
			known
				? "As n8n's node says: Conversation → Get. It takes the window as closed a minute early."
				: hasBusiness
					? 'n8n has not said anything about this customer yet.'
					: "By WhatsApp's books; no business runs here.",
		),
	]);
	tick(card, window, now);
}

function addressOf({ contact: { phone, userId } }) {
	return phone ? `+${phone}` : userId;
}

/** What moves with the clock alone. */
function tick(card, window, now) {
	const left = card.querySelector('#left');
	const ms = window.state === 'open' ? window.until - now : 0;
	left.textContent =
		window.state === 'open' ? duration(ms) : { closed: 'Closed', unknown: 'Unknown' }[window.state];
	card.querySelector('#bar').value = Math.max(0, ms);
	card
		.querySelector('.window')
		.classList.toggle('is-short', window.state === 'open' && ms < 3_600_000);
}

function fromNode({ window: { state, expiresAt } }, now) {
	const until = expiresAt ? Date.parse(expiresAt) : undefined;
	return { state: state === 'open' && until <= now ? 'closed' : state, until };
}

function fromBooks({ window: { expiresAtMs: until } }, now) {
	return { state: until > now ? 'open' : 'closed', until };
}

function untilText({ state, until }, now) {
	if (state === 'unknown')
		return 'No message on record, and the number has not been watched for a day.';
	if (!until) return 'No message of the customer in the last 24 hours.';
	if (state === 'open') return `until ${moment(until, now)}`;
	return until > now
		? 'WhatsApp refused a free-form message: its word counts.'
		: `since ${moment(until, now)}`;
}

function consentText({ consent }, scope) {
	return CONSENT[consent?.[scope]] ?? String(consent?.[scope] ?? '–');
}

function freeEntryText(thread, known, now) {
	const until = known
		? Date.parse(known.freeEntryPoint?.until ?? '')
		: thread.freeEntryPointUntilMs;
	return until > now ? `until ${moment(until, now)}` : 'None';
}

function booksText({ window: { expiresAtMs: until } }, now) {
	if (!until) return 'Never wrote';
	return until > now ? `Open until ${moment(until, now)}` : `Closed since ${moment(until, now)}`;
}

function fact(name, value) {
	return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

function permissions(maySend) {
	return el(
		'ul',
		{ class: 'may', 'aria-label': 'What may be sent now' },
		KINDS.map(([kind, label]) => {
			const { allowed, explanation = '', hint = '' } = maySend[kind] ?? {};
			return el(
				'li',
				{ class: allowed ? 'yes' : 'no' },
				el(
					'details',
					{},
					el(
						'summary',
						{},
						el(
							'span',
							{},
							el('b', {}, label),
							' ',
							el('span', {}, allowed ? 'may go out' : 'held back'),
						),
					),
					el('p', {}, explanation, hint && ` ${hint}`),
				),
			);
		}),
	);
}

/** Where the business is run, at the top of the page. */
export function showAbout(node, store) {
	const about = store.get('business', 'about');
	fill(
		node,
		about ?? null,
		() =>
			about && [
				el('a', { href: about.url, target: '_blank', rel: 'noopener' }, 'Open the workflow in n8n'),
				el('span', {}, about.email),
				el('span', {}, unseen('Password '), about.password),
				button('Copy password', () => navigator.clipboard?.writeText(about.password), {
					class: 'quiet',
				}),
			],
	);
}
