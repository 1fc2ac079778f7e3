import { buildLine, updateLine } from './bubble.js';
import { button, el, fill, reconcile } from './dom.js';
import { day } from './time.js';

/** A business that showed its typing is shown as typing for this long (Meta: Typing indicators). */
const TYPING_MS = 25_000;

/** The phone: the head with the business, and the messages. */
export class Chat {
	constructor({ head, list, store, actFor }) {
		Object.assign(this, { head, list, store, actFor });
		this.thread = '';
		/** Whether the last message is in sight; then it stays in sight whatever comes or grows. */
		this.isAtEnd = true;
		list.addEventListener('scroll', () => {
			const { scrollTop, scrollHeight, clientHeight } = list;
			this.isAtEnd = scrollHeight - scrollTop - clientHeight < 60;
		});
		list.addEventListener('load', () => this.toEnd(), true);
		new ResizeObserver(() => this.toEnd()).observe(list);
	}

	show(thread, businessName) {
		const lines = this.store.inThread(thread, 'message', 'call', 'preference');
		const isTyping = this.isTyping(lines);
		const asked = this.store.inThread(thread, 'question');
		const questions = new Map(asked.map((question) => [question.messageId, question]));
		fill(this.head, [businessName, isTyping], () => [
			el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(businessName)),
			el(
				'span',
				{},
				el('b', {}, businessName),
				el('small', {}, isTyping ? 'typing …' : 'Business account'),
			),
		]);
		if (this.thread !== thread) {
			this.list.replaceChildren();
			this.isAtEnd = true;
		}
		this.thread = thread;
		reconcile(this.list, this.withDays(lines), {
			// A bill is shown anew when something becomes of its order.
			key: ({ kind, id, order }) => `${kind}:${id}:${order ? JSON.stringify(order) : ''}`,
			build: (entry) => this.build(entry),
			update: (node, entry) => {
				if (entry.kind === 'day') return;
				updateLine(node, entry, {
					reactions: reactionsTo(entry.id, lines),
					question: questions.get(entry.id),
				});
			},
		});
		this.toEnd();
	}

	build(entry) {
		if (entry.kind === 'day') return el('li', { class: 'aside' }, el('span', {}, entry.text));
		const quoted = entry.context?.id && this.store.get('message', entry.context.id);
		return buildLine(entry, { act: this.actFor(entry), quoted });
	}

	/** Reactions stand at the message they are about. */
	withDays(lines) {
		const shown = lines.filter(({ type }) => type !== 'reaction');
		let last = '';
		return shown.flatMap((entry) => {
			const text = day(entry.at, this.store.now());
			if (text === last) return [entry];
			last = text;
			return [{ kind: 'day', id: text, text }, entry];
		});
	}

	isTyping(lines) {
		const since = Math.max(0, ...lines.map(({ typingAt }) => typingAt ?? 0));
		const answered = lines.some(({ by, at }) => by === 'business' && at >= since);
		return since > 0 && !answered && this.store.now() < since + TYPING_MS;
	}

	toEnd() {
		if (this.isAtEnd) this.list.scrollTop = this.list.scrollHeight;
	}
}

/** The last reaction of each side; one taken back is none. */
function reactionsTo(id, lines) {
	const last = new Map();
	for (const { type, by, content } of lines) {
		if (type === 'reaction' && content?.message_id === id) last.set(by, content.emoji);
	}
	return [...last].flatMap(([by, emoji]) => (emoji ? [{ by, emoji }] : []));
}

export function initials(name = '?') {
	if (name.startsWith('+')) return name.slice(-2);
	return name
		.split(/\s+/)
		.map(([first]) => first)
		.slice(0, 2)
		.join('')
		.toUpperCase();
}

/** A short way to empty the quote above the message box. */
export function quoteBar(text, onDrop) {
	return [el('span', {}, text), button('×', onDrop, { 'aria-label': 'Do not quote' })];
}
