import { ask, numbers } from './api.js';
import { attachments } from './attach.js';
import { showBroadcast } from './broadcasts.js';
import { Chat, quoteBar } from './chat.js';
import { summaryOf } from './content.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { showLog } from './log.js';
import { announce } from './news.js';
import { safely, tell } from './notice.js';
import { showOwner } from './owner.js';
import { nameOf, newcomer, showPeople } from './people.js';
import { readWhatIsSeen } from './reading.js';
import { showReviews } from './reviews.js';
import { showAbout, showStanding } from './standing.js';
import { Store } from './store.js';
import { showTabs, turnTo } from './tabs.js';
import { showTries } from './tries.js';

/** When a message was written, seconds ago; it is delivered now. */
const WHEN = [
	[0, 'now'],
	[10 * 60, '10 min ago'],
	[12 * 3600, '12 h ago'],
	[24 * 3600 - 300, '23 h 55 min ago'],
	[25 * 3600, '25 h ago'],
	[72 * 3600, '3 days ago'],
];

const byId = (id) => document.getElementById(id);

const store = new Store();

/** Customers who have not done anything yet. */
const drafts = new Map();

let businessNumbers = [];

/** The chat that the phone shows. */
let chosen = '';

/** Until a person picks a customer, the phone is that of the one who did something last. */
let isFollowing = true;

/** The message that the next one answers. */
let quote = null;

const chat = new Chat({
	head: byId('phone-head'),
	list: byId('chat'),
	store,
	actFor: (entry) => ({
		tap: (choice) => safely(() => ask('taps', { messageId: entry.id, choice, ...when() })),
		pay: () => safely(() => ask('pays', { messageId: entry.id })),
		react: (emoji) => safely(() => ask('reacts', { ...who(), messageId: entry.id, emoji })),
		answer: (message) => write(message),
		open: (url) => tell(`The customer's phone would open ${url}. Nothing leaves this machine.`),
		copy: (code) => tell(`Copied on the customer's phone: ${code}`),
		quote: () => setQuote(entry),
	}),
});

const tries = {
	say: (text) => {
		turnTo('phone');
		return write(words(text));
	},
	prefer: (value) => {
		turnTo('phone');
		return safely(() => ask('setsPreference', { ...who(), value }));
	},
	latecomer: () => {
		welcome();
		byId('when').value = String(25 * 3600);
		return write(words('Do you have the blue lamp?'));
	},
	business: (name, choice) =>
		safely(async () => {
			// Whom it writes to beside this customer does not take the phone away.
			isFollowing = false;
			const { contact, businessNumberId } = thread();
			const asked = lastOfCustomer();
			const question = asked && summaryOf(asked);
			const told = await ask(`business/${name}`, {
				...contact,
				businessNumberId,
				question,
				choice,
			});
			if (typeof told === 'string') tell(told);
		}),
	again: () =>
		safely(async () => {
			const last = lastOfCustomer();
			if (!last) throw new Error('This customer has not written yet.');
			const [{ status, problem }] = await ask('redeliver', { messageId: last.id });
			tell(`Delivered again; the business answered ${status ?? problem}.`);
		}),
	forge: () =>
		safely(async () => {
			const { contact, businessNumberId: to } = thread();
			const text = 'Please send my parcel to another address.';
			const { status, problem } = await ask('forges', { phone: contact.phone, to, text });
			const name = nameOf(thread());
			tell(`Forged in the name of ${name}: the business answered ${status ?? problem}.`);
		}),
	responder: (what) =>
		safely(async () => {
			const asked = what === 'takes' ? 'otherResponderTakes' : 'otherResponderPasses';
			tellUnlessTaken(await ask(asked, beside()));
		}),
	review: (id, status, reason) => safely(() => ask('templateStatus', { id, status, reason })),
	refuse: (moment, code, reason) =>
		safely(async () => {
			const { phone, userId } = thread().contact;
			if (moment === 'now') await ask('failNext', { code, path: '/messages', method: 'POST' });
			else await ask('failLater', { code, to: phone ?? userId });
			tell(`Ready. The next message of the business gets ${code}: ${reason}.`);
		}),
};

/** All chats, with those in which nothing has happened yet; the latest first. */
function threads() {
	for (const { id } of store.of('thread')) drafts.delete(id);
	const last = new Map();
	for (const kind of ['message', 'call', 'preference', 'delivery', 'decision']) {
		for (const { thread: id, place, at } of store.of(kind)) {
			last.set(id, Math.max(last.get(id) ?? 0, place ?? at));
		}
	}
	const at = ({ id }) => last.get(id) ?? Infinity;
	return [...store.of('thread'), ...drafts.values()].sort((a, b) => at(b) - at(a));
}

function thread() {
	const found = store.get('thread', chosen) ?? drafts.get(chosen);
	if (!found) throw new Error('Choose a customer first.');
	return found;
}

function lastOfCustomer() {
	const messages = store.inThread(chosen, 'message');
	return messages.filter(({ by }) => by === 'customer').at(-1);
}

/** Who does something, and with which business number. */
function who() {
	const { contact, businessNumberId } = thread();
	const { phone, userId, name } = contact;
	return { from: { phone, userId, name }, to: businessNumberId };
}

/** With whom somebody deals beside the API. */
function beside() {
	const { from, to } = who();
	return { with: from, number: to };
}

function tellUnlessTaken({ status, problem }) {
	if (status === 200) return;
	tell(`Not taken by the business: ${problem ?? `it answered ${status}`}.`);
}

/** When it is done; the next time is now again. */
function when() {
	const agoSeconds = Number(byId('when').value);
	byId('when').value = '0';
	return { agoSeconds };
}

function words(text) {
	return { type: 'text', text: { body: text } };
}

async function write(content) {
	await safely(async () => {
		const message = { ...(quote && { context: { id: quote.id } }), ...content };
		setQuote(null);
		const { delivery } = await ask('writes', { ...who(), ...when(), message });
		tellUnlessTaken(delivery);
	});
}

/** A new customer takes the phone. */
function welcome() {
	const draft = newcomer(businessNumbers[0], threads().map(nameOf));
	drafts.set(draft.id, draft);
	choose(draft.id);
}

function choose(id) {
	chosen = id;
	isFollowing = false;
	setQuote(null);
	turnTo('phone');
	render();
	// A new customer stands at the top of the list, wherever that was scrolled to.
	document.querySelector('#people [aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
}

function setQuote(entry) {
	quote = entry;
	byId('quoted').hidden = !entry;
	fill(byId('quoted'), entry?.id ?? null, () =>
		entry ? quoteBar(summaryOf(entry), () => setQuote(null)) : [],
	);
	if (entry) byId('words').focus();
}

function render() {
	// A customer made for an empty page gives way to those who have done something.
	if (isFollowing && store.of('thread').length) drafts.clear();
	const all = threads();
	if (!all.length && businessNumbers.length) {
		const draft = newcomer(businessNumbers[0], []);
		drafts.set(draft.id, draft);
		all.push(draft);
	}
	if (isFollowing || !all.some(({ id }) => id === chosen)) chosen = all[0]?.id ?? '';
	if (!chosen) return;
	const current = thread();
	showPeople(byId('people'), store, all, chosen, choose);
	chat.show(chosen, current.businessName ?? 'Business');
	showStanding(byId('standing'), store, current);
	showOwner({ words: byId('owner-words'), buttons: byId('owner-buttons') }, store, current, tries);
	showBroadcast(byId('broadcast'), store, tries);
	showReviews(byId('reviews'), store, tries);
	showTries(byId('tries'), store, tries);
	showLog(byId('log'), store, chosen);
	showAbout(byId('about'), store);
	readWhatIsSeen(store, chosen);
}

function setUp() {
	showTabs(byId('tabs'));
	byId('when').append(...WHEN.map(([seconds, label]) => el('option', { value: seconds }, label)));
	const call = () => safely(() => ask('calls', { ...who(), ...when() }));
	byId('attach').append(...attachments({ write, call }));
	byId('composer').querySelector('.send').append(icon('send'));
	byId('composer').addEventListener('submit', (event) => {
		event.preventDefault();
		const input = byId('words');
		const text = input.value.trim();
		input.value = '';
		if (text) void write(words(text));
	});
	byId('colleague').addEventListener('submit', (event) => {
		event.preventDefault();
		const input = byId('colleague-words');
		const text = input.value.trim();
		input.value = '';
		if (!text) return;
		void safely(async () => tellUnlessTaken(await ask('colleagueWrites', { ...beside(), text })));
	});
	byId('newcomer').addEventListener('click', () => {
		welcome();
		byId('words').focus();
	});
	document.addEventListener('visibilitychange', () => readWhatIsSeen(store, chosen));
}

setUp();
businessNumbers = await numbers();
store.onChange((changed, isFirst) => {
	const hidden = [byId('broadcast'), byId('reviews')].filter((card) => card.hidden);
	render();
	if (isFirst) return;
	// What has just come may stand below the edge of what is seen.
	for (const card of hidden) if (!card.hidden) card.scrollIntoView({ block: 'nearest' });
	if (chosen) announce(changed, chosen, nameOf(thread()));
});
store.connect((state) => {
	byId('connection').dataset.state = state;
	byId('connection').textContent = state === 'live' ? 'Live' : 'The simulator does not answer';
});
setInterval(render, 1000);
