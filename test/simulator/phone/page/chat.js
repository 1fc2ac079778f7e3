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
	}

	show(thread, businessName) {
		const lines = this.store.inThread(thread, 'message', 'call', 'preference');
		const isTyping = this.isTyping(lines);
		fill(this.head, [businessName, isTyping], () => [
			el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(businessName)),
			el(
				'span',
				{},
				el('b', {}, businessName),
				el('small', {}, isTyping ? 'typing …' : 'Business account'),
			),
		]);
		const atEnd = this.thread !== thread || this.isAtEnd();
		if (this.thread !== thread) this.list.replaceChildren();
		this.thread = thread;
		const before = this.list.childElementCount;
		reconcile(this.list, this.withDays(lines), {
			key: ({ kind, id }) => `${kind}:${id}`,
			build: (entry) => this.build(entry),
			update: (node, entry) => {
				if (entry.kind !== 'day') updateLine(node, entry, reactionsTo(entry.id, lines));
			},
		});
		if (atEnd || before === 0) this.list.scrollTop = this.list.scrollHeight;
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

	isAtEnd() {
		const { scrollTop, scrollHeight, clientHeight } = this.list;
		return scrollHeight - scrollTop - clientHeight < 80;
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
