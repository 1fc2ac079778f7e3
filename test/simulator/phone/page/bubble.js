import { contentOf, summaryOf } from './content.js';
import { button, el, fill, unseen } from './dom.js';
import { icon } from './icons.js';
import { failureOf } from './log.js';
import { clock } from './time.js';

const EMOJI = ['👍', '❤️', '😂', '😮', '🙏'];

const CALLS = {
	connect: 'Called the business',
	terminate: 'Ended the call',
	ACCEPTED: 'Took a call of the business',
	REJECTED: 'Declined a call of the business',
};

/** How far a message of the business has come, by its last status. */
const TICKS = {
	sent: ['tick', 'Sent'],
	delivered: ['ticks', 'Delivered'],
	read: ['ticks', 'Read'],
	played: ['ticks', 'Played'],
	failed: ['failed', 'Not delivered'],
};

/** Who wrote for the business beside its API. */
const VIA = { app: 'A colleague, in the app', responder: 'Another responder' };

/** A line in the chat: a message, or a note about a call or a choice. */
export function buildLine(entry, { act, quoted }) {
	if (entry.kind !== 'message') {
		return el('li', { class: 'aside' }, el('span', {}, noteOf(entry), ` · ${clock(entry.at)}`));
	}
	const own = entry.by === 'customer';
	const line = el('li', { class: `line ${own ? 'own' : 'theirs'}` });
	const bubble = el(
		'article',
		{ class: `bubble of-${entry.type}`, 'aria-label': own ? 'You' : 'The business' },
		entry.referral &&
			el(
				'p',
				{ class: 'referral' },
				icon('ad'),
				el('span', {}, el('b', {}, entry.referral.headline ?? 'An ad'), entry.referral.body ?? ''),
			),
		quoted && el('blockquote', {}, el('p', {}, summaryOf(quoted))),
		...[contentOf(entry, act)].flat(Infinity),
		el('p', { class: 'asks', hidden: true }),
		el('footer', { class: 'meta' }),
		el('p', { class: 'failure', hidden: true }),
	);
	const reactions = el('p', { class: 'reactions', hidden: true });
	line.append(bubble, reactions);
	if (!own) line.append(tools(entry, act));
	return line;
}

/**
 * Time, ticks, the reason of a failure, reactions, and what became of a question; they change after
 * the message was shown.
 */
export function updateLine(line, entry, { reactions, question }) {
	if (entry.kind !== 'message') return;
	const ticks = entry.by === 'customer' ? ownTicks(entry) : businessTicks(entry);
	fill(line.querySelector('.meta'), [entry.at, ticks], () => [
		el('time', { datetime: new Date(entry.at).toISOString() }, clock(entry.at)),
		entry.via && el('span', {}, VIA[entry.via]),
		ticks &&
			el('span', { class: `ticks is-${ticks.state}` }, icon(ticks.icon), unseen(ticks.words)),
	]);
	const error = entry.statuses?.find(({ errors }) => errors)?.errors[0];
	const failure = line.querySelector('.failure');
	failure.hidden = !error;
	fill(failure, error ?? null, () => error && failureOf(error));
	const asks = line.querySelector('.asks');
	asks.hidden = !question;
	asks.dataset.state = question?.state ?? '';
	fill(asks, question ? [question.state, question.answer] : null, () =>
		question
			? [
					icon(question.state === 'answered' ? 'tick' : 'waiting'),
					el('span', {}, standOf(question)),
				]
			: [],
	);
	const given = line.querySelector('.reactions');
	given.hidden = reactions.length === 0;
	fill(given, reactions, () =>
		reactions.map(({ emoji, by }) =>
			el('span', {}, emoji, unseen(by === 'customer' ? ' your reaction' : ' from the business')),
		),
	);
}

/** How a question stands. */
function standOf({ state, answer }) {
	if (state === 'waits') return 'The business waits for your answer';
	return state === 'answered' ? `Answered: ${answer || 'not in words'}` : 'No longer waited for';
}

function businessTicks({ statuses = [], via }) {
	if (via) return null;
	const state = statuses.at(-1)?.status ?? 'accepted';
	const [name, words] = TICKS[state] ?? ['waiting', 'Accepted'];
	return { state, icon: name, words };
}

function ownTicks({ readAt }) {
	return readAt
		? { state: 'read', icon: 'ticks', words: 'Read by the business' }
		: { state: 'delivered', icon: 'ticks', words: 'Not read by the business yet' };
}

/** Beside a message of the business: react, quote. */
function tools(entry, act) {
	const given = el(
		'div',
		{ class: 'emoji', role: 'group', 'aria-label': 'Reactions', hidden: true },
		[...EMOJI, ''].map((emoji) =>
			button(
				emoji || '×',
				() => {
					given.hidden = true;
					opener.setAttribute('aria-expanded', 'false');
					opener.focus();
					act.react(emoji);
				},
				{ 'aria-label': emoji ? `React ${emoji}` : 'Take the reaction back' },
			),
		),
	);
	const opener = button(
		icon('face'),
		() => {
			given.hidden = !given.hidden;
			opener.setAttribute('aria-expanded', String(!given.hidden));
			if (!given.hidden) given.querySelector('button').focus();
		},
		{ 'aria-label': 'React', title: 'React', 'aria-expanded': 'false' },
	);
	return el(
		'div',
		{ class: 'tools' },
		opener,
		button(icon('reply'), () => act.quote(entry), { 'aria-label': 'Quote', title: 'Quote' }),
		given,
	);
}

function noteOf({ kind, what }) {
	if (kind === 'call') return CALLS[what] ?? 'A call';
	return what === 'stop' ? 'Stopped offers from this business' : 'Wants offers from this business';
}
