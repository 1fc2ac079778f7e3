import { button, el, fill } from './dom.js';
import { isAboutOwner } from './owner.js';

/** What may be made to go wrong with the next message of the business. */
const REFUSALS = [
	['late', 131047, 'The window is closed (later)'],
	['late', 131026, 'Blocked or not on WhatsApp (later)'],
	['late', 131049, 'Meta holds marketing back (later)'],
	['late', 131053, 'The file cannot be fetched (later)'],
	['now', 130429, 'Too many messages (at once)'],
	['now', 131056, 'Too many to this customer (at once)'],
	['now', 190, 'The access token is not valid (at once)'],
	['now', 131000, 'Something went wrong (at once)'],
];

/** The buttons beside the phone. What one throws is told. */
export function showTries(node, store, act) {
	const all = store.get('business', 'about')?.doings ?? [];
	const doings = all.filter((doing) => !isAboutOwner(doing));
	fill(node, doings, () => [
		group('As the customer', [
			one('Write STOP', () => act.say('STOP'), 'A word that businesses understand'),
			one('Write START', () => act.say('START'), 'Takes it back'),
			one('Stop offers in WhatsApp', () => act.prefer('stop'), "In WhatsApp's own menu"),
			one('Resume offers in WhatsApp', () => act.prefer('resume'), "In WhatsApp's own menu"),
			one('New customer, 25 hours later', act.latecomer, 'A message stamped 25 hours ago'),
		]),
		[...new Set(doings.map(groupOf))].map((title) =>
			group(
				title,
				doings.filter((doing) => groupOf(doing) === title).map((doing) => ofBusiness(doing, act)),
			),
		),
		group('As the network', [
			one('Deliver the last message again', act.again, 'As WhatsApp does now and then'),
			one('Forge a message', act.forge, 'Signed by a stranger, not by WhatsApp'),
		]),
		refusals(act),
	]);
}

function groupOf({ group: title = 'As the business' }) {
	return title;
}

function group(title, buttons) {
	return el('fieldset', {}, el('legend', {}, title), el('div', { class: 'buttons' }, buttons));
}

function one(label, onclick, title) {
	return button(label, onclick, { title });
}

function ofBusiness({ name, label, title, choices }, act) {
	if (!choices) return one(label, () => act.business(name), title);
	const choice = el(
		'select',
		{ 'aria-label': `${label}: what` },
		choices.map(({ value, label: words }) => el('option', { value }, words)),
	);
	return el(
		'div',
		{ class: 'pair' },
		choice,
		one(label, () => act.business(name, choice.value), title),
	);
}

function refusals(act) {
	const choice = el(
		'select',
		{ 'aria-label': 'What WhatsApp answers' },
		REFUSALS.map(([, code, words], index) => el('option', { value: index }, `${code} · ${words}`)),
	);
	return el(
		'fieldset',
		{},
		el('legend', {}, 'The next message of the business'),
		el(
			'div',
			{ class: 'buttons' },
			choice,
			one('Let it fail', () => {
				const [when, code, words] = REFUSALS[Number(choice.value)];
				return act.refuse(when, code, words);
			}),
		),
	);
}
