import { summaryOf } from './content.js';
import { el, fill, reconcile } from './dom.js';
import { marked } from './markup.js';
import { moment } from './time.js';

/** What came in and what was decided in a chat, the newest first. */
export function showLog(list, store, thread) {
	const entries = store.inThread(thread, 'decision', 'delivery', 'question').reverse();
	const shown = entries.length ? entries : [{ kind: 'none', id: '' }];
	reconcile(list, shown, {
		key: ({ kind, id }) => `${kind}:${id}`,
		build: ({ kind }) => el('li', { class: kind }),
		update: (node, entry) => (SHOW[entry.kind] ?? SHOW.none)(node, entry, store),
	});
}

const SHOW = {
	decision: (node, entry, store) => {
		const message = store.get('message', entry.messageId);
		const status = message?.statuses?.at(-1);
		fill(node, [entry, message?.id, status ?? null], () => [
			el(
				'p',
				{ class: 'line' },
				el('b', { class: `badge is-${outcomeOf(entry)}` }, OUTCOMES[outcomeOf(entry)]),
				el('code', {}, entry.decision?.reason ?? entry.kindOfError ?? ''),
				el('time', {}, moment(entry.at, store.now())),
			),
			message && el('p', { class: 'said' }, marked(summaryOf(message))),
			el('p', { class: 'why' }, reasonOf(entry)),
			status?.errors && el('p', { class: 'failure' }, failureOf(status.errors[0])),
			whereOf(entry, status && `WhatsApp: ${status.status} · `),
		]);
	},
	question: (node, entry, store) => {
		const message = store.get('message', entry.messageId);
		fill(node, [entry, message?.id], () => [
			el(
				'p',
				{ class: 'line' },
				el('b', { class: `badge is-${entry.state}` }, QUESTION[entry.state]),
				el('span', {}, standOf(entry, store.now())),
				el('time', {}, moment(entry.at, store.now())),
			),
			message && el('p', { class: 'said' }, marked(summaryOf(message))),
			whereOf(entry),
		]);
	},
	delivery: (node, entry, store) => {
		const about = store.get('message', entry.about[0]);
		fill(node, [entry, about?.id], () =>
			el(
				'p',
				{ class: 'line' },
				el(
					'b',
					{ class: `badge is-${entry.status === 200 ? 'in' : 'no'}` },
					entry.status ?? 'none',
				),
				el('span', {}, wordsFor(entry, about)),
				el('time', {}, moment(entry.at, store.now())),
			),
		);
	},
	none: (node) => {
		fill(node, 0, () => el('p', { class: 'small' }, 'Nothing yet. Write as this customer.'));
	},
};

/** Why the business sent a message so, or did not send it. */
export function reasonOf({ decision, error }) {
	const { explanation, hint } = decision ?? {};
	return [explanation ?? error, hint].filter(Boolean).join(' ');
}

/** Why WhatsApp did not deliver: its code, what it means, and more where it says more. */
export function failureOf({ code, title, error_data: data }) {
	const more = data?.details && data.details !== title ? ` ${data.details}` : '';
	return [el('b', {}, `${code} ${title}.`), more];
}

const OUTCOMES = {
	freeForm: 'Free-form',
	template: 'Template',
	instead: 'Template instead',
	no: 'Not sent',
};

const QUESTION = { waits: 'Waits', answered: 'Goes on', over: 'No answer' };

/** n8n keeps a run without a limit until the year 3000. */
const ENDLESS_MS = 50 * 365 * 86_400_000;

function standOf({ state, answer, until }, now) {
	if (state === 'answered') return `Answered: ${answer || 'not in words'}`;
	if (state === 'over') return 'The time was over';
	return until > now + ENDLESS_MS ? 'For as long as it takes' : `Until ${moment(until, now)}`;
}

/** In which execution of which node. */
function whereOf({ workflow, node, url, execution }, before) {
	const link = el('a', { href: url, target: '_blank', rel: 'noopener' }, `execution ${execution}`);
	return el('p', { class: 'small' }, before, `${workflow} → ${node} · `, link);
}

function outcomeOf({ sentAs, decision }) {
	if (decision?.reason === 'sentTemplateInstead') return 'instead';
	return sentAs ?? 'no';
}

function wordsFor({ status, trouble, repeated }, about) {
	if (status === undefined) return `Not delivered to the business: ${trouble ?? 'still under way'}`;
	if (status === 401) return 'Refused: not signed by WhatsApp. No workflow ran.';
	if (status !== 200) return `The business answered ${status}`;
	const what = about ? `“${summaryOf(about)}”` : 'Webhook';
	return repeated ? `${what} delivered again` : `${what} delivered`;
}
