import { button, el, fill } from './dom.js';

const STATES = {
	notBegun: 'Not begun',
	unfinished: 'Running',
	ended: 'Ended',
	paused: 'Paused',
	stopped: 'Stopped',
};

/** What may be asked of a broadcast in each state. */
const STEPS = {
	unfinished: [
		['pause', 'Pause'],
		['stop', 'Stop'],
	],
	paused: [
		['resume', 'Resume'],
		['stop', 'Stop'],
	],
};

/** The broadcast that was begun last: what its report says, and what has reached the phones. */
export function showBroadcast(card, store, act) {
	const broadcast = store.of('broadcast').at(-1);
	card.hidden = !broadcast;
	fill(card, broadcast ?? null, () => broadcast && contentOf(broadcast, act));
}

function contentOf(broadcast, act) {
	const { id, state, stateReason, planned, left, accepted, skipped, refused, uncertain } =
		broadcast;
	const { phones, reasons = {}, url } = broadcast;
	return [
		el('h2', {}, `Broadcast: ${id}`),
		el(
			'p',
			{ class: 'line' },
			el('b', { class: `badge is-${state}` }, STATES[state] ?? state),
			stateReason && el('span', {}, stateReason),
		),
		el('progress', {
			max: Math.max(1, planned),
			value: planned - left,
			'aria-label': 'Dealt with of those planned',
		}),
		el(
			'dl',
			{ class: 'facts counts', 'aria-label': 'What the report says' },
			[
				['Planned', planned],
				['Sent', accepted],
				['Skipped', skipped],
				['Failed', refused + phones.failed],
				['Uncertain', uncertain],
				['Left', left],
			].map(([name, count]) => el('div', {}, el('dt', {}, name), el('dd', {}, count))),
		),
		el('p', { class: 'small' }, phonesText(phones)),
		Object.keys(reasons).length > 0 && el('p', { class: 'small' }, reasonsText(reasons)),
		el(
			'div',
			{ class: 'buttons' },
			(STEPS[state] ?? []).map(([step, label]) =>
				button(label, () => act.business('steerBroadcast', step)),
			),
		),
		el(
			'p',
			{ class: 'small' },
			el('a', { href: url, target: '_blank', rel: 'noopener' }, 'Open its workflow in n8n'),
		),
	];
}

/** 'Sent' is what WhatsApp took; only the phones know what arrived. */
function phonesText({ reached, read, failed }) {
	return `On the phones: ${reached} delivered, ${read} of them read; ${failed} not delivered by WhatsApp.`;
}

function reasonsText(reasons) {
	const counts = Object.entries(reasons).map(([reason, count]) => `${reason} (${count})`);
	return `Not sent because of: ${counts.join(', ')}.`;
}
