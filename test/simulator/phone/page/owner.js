import { button, fill } from './dom.js';
import { moment } from './time.js';

/** Why a person has a conversation, in n8n's words and in plain ones. */
const WHY = {
	handOver: 'because it was handed over',
	handOverUntil: 'because it was handed over until then',
	message: 'because a person wrote last',
	messageFromApp: 'because a colleague answered in the WhatsApp Business app',
};

/**
 * Who has the conversation with a contact, as n8n says, and who may get it next.
 *
 * @param act `business(name)`, and `responder(what)` for the second responder of the number
 */
export function showOwner({ words, buttons }, store, thread, act) {
	const owner = ownerOf(store, thread);
	const doings = (store.get('business', 'about')?.doings ?? []).filter(isAboutOwner);
	const text = wordsFor(owner, store.now());
	fill(words, text, () => text);
	fill(buttons, [owner.who ?? '', doings], () => [
		doings
			.filter(({ forOwner }) => !owner.who || forOwner === owner.who)
			.map(({ name, label, title }) => button(label, () => act.business(name), { title })),
		owner.who === 'otherResponder'
			? button('The other responder passes it back', () => act.responder('passes'))
			: button('Another responder takes it', () => act.responder('takes'), {
					title: 'A helpdesk, or another bot, on the same number',
				}),
	]);
}

/** What the business can do about who has a conversation stands beside that, and not elsewhere. */
export function isAboutOwner({ forOwner }) {
	return forOwner !== undefined;
}

/** n8n is asked anew only now and then: what ends meanwhile is over. */
function ownerOf(store, { id }) {
	const owner = store.get('known', id)?.owner ?? {};
	const isOver = owner.until && Date.parse(owner.until) <= store.now();
	return isOver ? { who: 'automation' } : owner;
}

function wordsFor({ who, until, why }, now) {
	const end = until ? ` until ${moment(Date.parse(until), now)}` : '';
	if (who === 'automation') return 'The automation has it, and answers.';
	if (who === 'person') {
		return `A person has it${end}, ${WHY[why] ?? 'for a reason that n8n does not name'}. Automatic messages are held back; templates go out.`;
	}
	if (who === 'otherResponder') {
		return `Another responder of the number has it${end}, unless it passes it back before. Free-form messages are held back; templates go out.`;
	}
	return 'n8n has not said who has it.';
}
