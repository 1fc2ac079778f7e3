import { ask, numbers } from './api.js';
import { Chat, quoteBar } from './chat.js';
import { HERE, MY_CARD, summaryOf } from './content.js';
import { button, el, fill } from './dom.js';
import { icon } from './icons.js';
import { showLog } from './log.js';
import { nameOf, newcomer, showPeople } from './people.js';
import { base64Of, lampPhoto } from './pictures.js';
import { showAbout, showStanding } from './standing.js';
import { Store } from './store.js';
import { showTries } from './tries.js';

const WHEN = [
	[0, 'now'],
	[600, '10 min ago'],
	[12 * 3600, '12 h ago'],
	[24 * 3600 - 300, '23 h 55 min ago'],
	[25 * 3600, '25 h ago'],
	[72 * 3600, '3 days ago'],
];

const KINDS = { image: 'image', audio: 'audio', video: 'video' };

/** A customer who looks at a message reads it after this time. */
const READING_MS = 1500;

const byId = (id) => document.getElementById(id);

const store = new Store();
const drafts = new Map();
const reading = new Set();

let chosen = '';
/** Until a person picks somebody, the phone is that of whoever said something last. */
let isFollowing = true;
let quote = null;

const chat = new Chat({
	head: byId('phone-head'),
	list: byId('chat'),
	store,
	actFor: (entry) => ({
		tap: (choice) => safely(() => ask('taps', { messageId: entry.id, choice, ...when() })),
		react: (emoji) => safely(() => ask('reacts', { ...who(), messageId: entry.id, emoji })),
		answer: (message) => write({ message }),
		open: (url) => tell(`The customer's phone would open ${url}. Nothing leaves this machine.`),
		copy: (code) => tell(`Copied on the customer's phone: ${code}`),
		quote: () => setQuote(entry),
	}),
});

const tries = {
	prefer: (value) => safely(() => ask('setsPreference', { ...who(), value })),
	latecomer: () => {
		const draft = welcome();
		return write({ text: 'Do you have the blue lamp?', agoSeconds: 25 * 3600 }, draft);
	},
	business: (name, choice) =>
		safely(() => {
			const { contact, businessNumberId } = thread();
			const asked = store
				.inThread(chosen, 'message')
				.filter(({ by }) => by === 'customer')
				.at(-1);
			const question = asked && summaryOf(asked);
			return ask(`business/${name}`, { ...contact, businessNumberId, question, choice });
		}),
	again: () =>
		safely(async () => {
			const last = store
				.inThread(chosen, 'message')
				.filter(({ by }) => by === 'customer')
				.at(-1);
			if (!last) throw new Error('This customer has not written yet.');
			await ask('redeliver', { messageId: last.id });
			tell('Delivered again. The log says what the business made of it.');
		}),
	forge: () =>
		safely(async () => {
			const { contact, businessNumberId: to } = thread();
			const text = 'Please send my parcel to another address.';
			const { status, problem } = await ask('forges', { phone: contact.phone, to, text });
			tell(
				`A forged message in the name of ${nameOf(thread())}: the business answered ${status ?? problem}.`,
			);
		}),
	refuse: (when, code, words) =>
		safely(async () => {
			const { phone, userId } = thread().contact;
			if (when === 'now') await ask('failNext', { code, path: '/messages', method: 'POST' });
			else await ask('failLater', { code, to: phone ?? userId });
			tell(`Ready. The next message of the business gets ${code}: ${words}.`);
		}),
};

/** All chats, with those in which nothing has happened yet; the latest first. */
function threads() {
	for (const { id } of store.of('thread')) drafts.delete(id);
	const last = new Map();
	for (const kind of ['message', 'call', 'preference', 'delivery', 'decision']) {
		for (const { thread: id, at } of store.of(kind)) last.set(id, Math.max(last.get(id) ?? 0, at));
	}
	const at = ({ id }) => last.get(id) ?? Infinity;
	return [...store.of('thread'), ...drafts.values()].sort((a, b) => at(b) - at(a));
}

function thread() {
	const found = store.get('thread', chosen) ?? drafts.get(chosen);
	if (!found) throw new Error('Choose a customer first.');
	return found;
}

/** Who does something, and with which business number. */
function who({ contact: { phone, userId, name }, businessNumberId } = thread()) {
	return { from: { phone, userId, name }, to: businessNumberId };
}

function when() {
	return { agoSeconds: Number(byId('when').value) };
}

async function write(writing, of = thread()) {
	await safely(async () => {
		const context = quote ? { context: { id: quote.id } } : {};
		setQuote(null);
		const { message, text, ...rest } = writing;
		const content = message ?? { type: 'text', text: { body: text } };
		const { delivery } = await ask('writes', {
			...who(of),
			...when(),
			...rest,
			message: { ...context, ...content },
		});
		if (delivery?.status !== 200) {
			tell(`Not taken by the business: ${delivery?.problem ?? `it answered ${delivery?.status}`}.`);
		}
	});
}

function welcome() {
	const [number] = businessNumbers;
	const draft = newcomer(number, threads().map(nameOf));
	drafts.set(draft.id, draft);
	choose(draft.id);
	return draft;
}

function choose(id) {
	chosen = id;
	isFollowing = false;
	setQuote(null);
	render();
}

function setQuote(entry) {
	quote = entry;
	byId('quoted').hidden = !entry;
	fill(byId('quoted'), entry?.id ?? null, () =>
		entry ? quoteBar(summaryOf(entry), () => setQuote(null)) : [],
	);
	if (entry) byId('words').focus();
}

async function safely(work) {
	try {
		await work();
	} catch (error) {
		tell(error.message);
	}
}

let noticeTimer;

function tell(text) {
	const notice = byId('notice');
	notice.textContent = text;
	notice.hidden = false;
	clearTimeout(noticeTimer);
	noticeTimer = setTimeout(() => (notice.hidden = true), 7000);
}

function render() {
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
	showTries(byId('tries'), store, tries);
	showLog(byId('log'), store, chosen);
	showAbout(byId('about'), store);
	readWhatIsSeen();
}

/** Looking at a chat reads its messages, as on any phone. */
function readWhatIsSeen() {
	if (document.visibilityState !== 'visible') return;
	for (const { id, by, statuses } of store.inThread(chosen, 'message')) {
		if (by !== 'business' || statuses.at(-1)?.status !== 'delivered' || reading.has(id)) continue;
		reading.add(id);
		setTimeout(() => {
			const now = store.get('message', id)?.statuses.at(-1)?.status;
			if (now === 'delivered') void ask('reads', { messageId: id }).catch(() => reading.delete(id));
		}, READING_MS);
	}
}

/** Says new messages of the chosen chat to those who listen. */
function announce(changed, isFirst) {
	if (isFirst) return;
	for (const entry of changed) {
		if (entry.kind !== 'message' || entry.thread !== chosen || entry.by !== 'business') continue;
		const failed = entry.statuses.at(-1)?.status === 'failed';
		if (failed) byId('news').textContent = `Not delivered: ${summaryOf(entry)}`;
		else if (!announced.has(entry.id))
			byId('news').textContent = `The business: ${summaryOf(entry)}`;
		announced.add(entry.id);
	}
}

const announced = new Set();

const ATTACH = [
	['picture', 'Photo', sendPhoto],
	['file', 'File', () => chooser.click()],
	['place', 'Location', () => write({ message: HERE })],
	['person', 'Contact', () => write({ message: MY_CARD })],
	['call', 'Call', () => safely(() => ask('calls', { ...who(), ...when() }))],
	[
		'ad',
		'From an ad',
		() =>
			write({
				message: {
					type: 'text',
					text: { body: 'Hello! Can I get more info on this?' },
					referral: {
						source_type: 'ad',
						source_id: '120208000000000001',
						source_url: 'https://fb.me/example',
						headline: 'Blue lamps are back',
						body: 'Light for long evenings.',
						media_type: 'image',
						ctwa_clid: 'example-click',
					},
				},
			}),
	],
];

async function sendPhoto() {
	await sendFile(lampPhoto(), 'image/png', 'lamp.png', 'Is this the one?');
}

async function sendFile(bytes, mimeType, fileName, caption) {
	await safely(async () => {
		const node = await ask('media', { bytes, mimeType, fileName });
		const type = KINDS[mimeType.split('/')[0]] ?? 'document';
		await write({ message: { type, [type]: { ...node, ...(caption && { caption }) } } });
	});
}

const chooser = el('input', {
	type: 'file',
	hidden: true,
	onchange: () =>
		safely(async () => {
			const [file] = chooser.files;
			chooser.value = '';
			if (file)
				await sendFile(await base64Of(file), file.type || 'application/octet-stream', file.name);
		}),
});

function setUp() {
	byId('when').append(...WHEN.map(([seconds, words]) => el('option', { value: seconds }, words)));
	byId('attach').append(
		...ATTACH.map(([name, label, onclick]) => button([icon(name), label], onclick)),
		chooser,
	);
	byId('composer').querySelector('.send').append(icon('send'));
	byId('composer').addEventListener('submit', (event) => {
		event.preventDefault();
		const words = byId('words');
		const text = words.value.trim();
		if (!text) return;
		words.value = '';
		void write({ text });
	});
	byId('newcomer').addEventListener('click', () => {
		welcome();
		byId('words').focus();
	});
	document.addEventListener('visibilitychange', readWhatIsSeen);
}

let businessNumbers = [];

setUp();
businessNumbers = await numbers();
store.onChange((changed, isFirst) => {
	announce(changed, isFirst);
	render();
});
store.connect((state) => {
	byId('connection').dataset.state = state;
	byId('connection').textContent = state === 'live' ? 'Live' : 'The demo has ended';
});
setInterval(render, 1000);
