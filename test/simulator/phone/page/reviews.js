import { button, el, fill, reconcile } from './dom.js';
import { marked } from './markup.js';

/** Why Meta rejects a template (the field rejected_reason), and what that means. */
const REASONS = [
	['INVALID_FORMAT', 'Placeholders or form are wrong'],
	['TAG_CONTENT_MISMATCH', 'The text is in another language'],
	['INCORRECT_CATEGORY', 'The category does not fit'],
	['PROMOTIONAL', 'It advertises'],
	['ABUSIVE_CONTENT', 'The content is abusive'],
	['SCAM', 'It looks like a scam'],
];

const STATUSES = { PENDING: 'In review', APPROVED: 'Approved', REJECTED: 'Rejected' };

/**
 * The templates that were sent to Meta's review, the latest first, with Meta's judgement to give.
 *
 * @param act `review(id, status, reason)`
 */
export function showReviews(card, store, act) {
	const reviews = store.of('review').sort((a, b) => b.place - a.place);
	card.hidden = reviews.length === 0;
	reconcile(card.querySelector('ul'), reviews, {
		key: ({ id }) => id,
		build: () => el('li', {}),
		update: (node, review) => fill(node, review, () => contentOf(review, act)),
	});
}

function contentOf(review, act) {
	const { id, name, language, category, status, reason, content, told } = review;
	const isPending = status === 'PENDING';
	return [
		el(
			'p',
			{ class: 'line' },
			el('b', { class: `badge is-${status.toLowerCase()}` }, STATUSES[status] ?? status),
			el('b', {}, name),
			el('span', {}, `${language}, ${category.toLowerCase()}`),
		),
		content.body && el('p', { class: 'said' }, marked(content.body)),
		status === 'REJECTED' && el('p', { class: 'failure' }, reasonText(reason)),
		isPending ? judgement(id, name, act) : el('p', { class: 'small' }, toldText(told)),
	];
}

function judgement(id, name, act) {
	const choice = el(
		'select',
		{ 'aria-label': `Why Meta rejects ${name}` },
		REASONS.map(([value, words]) => el('option', { value }, words)),
	);
	return el(
		'div',
		{ class: 'buttons' },
		button('Approve', () => act.review(id, 'APPROVED'), { 'aria-label': `Approve ${name}` }),
		button('Reject', () => act.review(id, 'REJECTED', choice.value), {
			'aria-label': `Reject ${name}`,
		}),
		choice,
	);
}

function reasonText(reason) {
	const [, words] = REASONS.find(([code]) => code === reason) ?? [];
	return [el('b', {}, `${reason}.`), words ? ` ${words}.` : ''];
}

/** Whether the business heard of the judgement. */
function toldText({ status, trouble } = {}) {
	if (status === 200) return 'The business was told.';
	return `The business was not told: ${trouble ?? (status ? `it answered ${status}` : 'no published workflow hears of it')}.`;
}
