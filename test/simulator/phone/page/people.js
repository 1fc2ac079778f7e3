import { initials } from './chat.js';
import { summaryOf } from './content.js';
import { button, el, fill, reconcile, unseen } from './dom.js';
import { clock } from './time.js';

const NAMES = 'Dana Emil Frida Gus Hana Ivo Jana Karl Lea Max Nora Otto Pia Rui Sara Tom'.split(
	' ',
);

/** A new customer, with a number of an area code that no telephone has. */
export function newcomer(number, taken) {
	const name = NAMES.find((one) => !taken.includes(one)) ?? `Customer ${taken.length + 1}`;
	const phone = `1555${2_000_000 + Math.floor(Math.random() * 7_999_999)}`;
	return {
		id: `${number.id}/${phone}`,
		businessNumberId: number.id,
		businessName: number.fields.verified_name,
		contact: { phone, name },
		window: { open: false },
	};
}

export function nameOf({ contact: { name, phone, userId } }) {
	return name ?? (phone ? `+${phone}` : userId);
}

/** The list of chats; the last to have said something comes first. */
export function showPeople(list, store, threads, chosen, choose) {
	reconcile(list, threads, {
		key: ({ id }) => id,
		build: ({ id }) =>
			el(
				'li',
				{},
				button('', () => choose(id), { class: 'one' }),
			),
		update: (node, thread) => {
			const last = store.inThread(thread.id, 'message').at(-1);
			const one = node.firstChild;
			one.setAttribute('aria-current', String(thread.id === chosen));
			const name = nameOf(thread);
			const open = thread.window?.expiresAtMs > store.now();
			fill(one, [name, last?.id, open, thread.window], () => [
				el(
					'span',
					{ class: 'avatar', 'data-tone': tone(name), 'aria-hidden': 'true' },
					initials(name),
				),
				el(
					'span',
					{ class: 'who' },
					el('b', {}, name),
					el('small', {}, last ? summaryOf(last) : 'New'),
				),
				el(
					'span',
					{ class: 'since' },
					last && el('time', {}, clock(last.at)),
					el('i', {
						class: open ? 'dot open' : 'dot',
						title: open ? 'Window open' : 'Window closed',
					}),
					unseen(open ? 'Window open' : 'Window closed'),
				),
			]);
		},
	});
}

/** Six colours, always the same one for a name. */
function tone(name) {
	return [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
}
