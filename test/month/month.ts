import { setImmediate as nextTurn } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { call, prefer, react, write } from '../simulator/customers';
import type { Json, Writer } from '../simulator/types';

import { Agenda } from './agenda';
import type { Holder } from './directory';
import { Judge, type Question, type Tally, type Verdict } from './judge';
import type { Category, News, Word } from './knowledge';
import { IDENTITY, Meta, NUMBERS, type Post, type Request, type Tidings } from './meta';
import { addressOf, CLOSE_TO_END_MS, N8n, type Execution, type NodeClasses } from './n8n';
import type { Other } from './owners';
import { eraAt, namesShown, peopleOf, writerOf, type NameKind, type Person } from './people';
import { Random } from './random';
import { skipWaits } from './waits';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 1 November 2026. */
const START_MS = Date.UTC(2026, 10, 1);

/** The workflow of each business number that our trigger starts. */
const INBOXES = ['inbox1', 'inbox2'];

/** The workflows that send or record without a trigger of ours. */
const ORDERS = 'orders';
const CAMPAIGN = 'campaign';
const WEBSITE = 'website';

/** Two sends are never nearer, so that none has to wait for its turn under Meta's limits. */
const SEND_GAP_MS = 20;

/** For so long a colleague who writes in the app has the conversation. */
const APP_PAUSE_HOURS = 6;

/** For so long a locked database refuses to write. */
const LOCK_MS = 70 * SECOND;

export interface MonthOptions {
	days: number;
	contacts: number;
	seed: number;
	loadNodes: () => NodeClasses;
}

export interface MonthReport {
	tally: Tally;
	/** What people did, and what was delivered. */
	events: number;
	deliveries: number;
	restarts: number;
	crashes: number;
}

/**
 * The life of two business numbers, with our trigger and our sending node in n8n: people write, call,
 * react, come through ads, stop and start, and change their numbers, which others get later;
 * deliveries come late, twice and in another order; n8n restarts and crashes, and its database is
 * locked now and then; and every decision is judged by books that know people and none of our rules.
 * The clock is the story's own.
 */
export async function liveThrough(options: MonthOptions): Promise<MonthReport> {
	const { now } = Date;
	const ran = performance.now;
	const month = new Month(options);
	// What the nodes take for the time: that of their machine, a few seconds off.
	Date.now = () => month.localMs;
	performance.now = () => month.trueMs;
	const waitAgain = skipWaits(month);
	try {
		return await month.run();
	} finally {
		waitAgain();
		Date.now = now;
		performance.now = ran;
	}
}

/** With the time at which it left. */
type DatedRequest = Request & { atMs: number };

/** An address that the business writes down, meaning somebody. */
interface Address {
	meant: Person;
	to: string;
	number: string;
}

class Month {
	/** The time at Meta, epoch milliseconds. */
	trueMs = START_MS;

	/** How far the business's clock is ahead. */
	private skewMs = 0;

	private readonly endMs: number;

	private readonly random: Random;

	private readonly agenda = new Agenda();

	private readonly judge: Judge;

	private readonly meta: Meta;

	private readonly n8n: N8n;

	private readonly people: Person[];

	private isUp = false;

	private canWake = true;

	/** When the database was locked last, epoch milliseconds. */
	private lockedFromMs = -Infinity;

	/** What the node that runs just now has handed to Meta. */
	private requests: DatedRequest[] = [];

	/** Executions of this process that have not ended, and what they have still to do. */
	private readonly running = new Map<Execution, () => Promise<void>>();

	/** Who has said no of late. */
	private readonly refusers: Array<{ person: Person; number: string }> = [];

	private readonly report: MonthReport;

	constructor(private readonly options: MonthOptions) {
		const { days, contacts, seed, loadNodes } = options;
		this.endMs = START_MS + days * DAY;
		this.random = new Random(seed);
		const now = () => this.trueMs;
		this.meta = new Meta({
			agenda: this.agenda,
			random: this.random,
			now,
			post: async (post) => await this.receive(post),
			onRequest: (request) => this.requests.push({ ...request, atMs: this.trueMs }),
			callbackOf: (number) => addressOf(inboxOf(number)),
		});
		this.judge = new Judge(this.meta.directory);
		this.report = { tally: this.judge.tally, events: 0, deliveries: 0, restarts: 0, crashes: 0 };
		const trigger = (number: string) => ({
			businessNumber: chosen(number),
			events: ['message', 'call'],
			options: { pauseForAppHours: APP_PAUSE_HOURS },
		});
		this.n8n = new N8n({
			loadNodes,
			credential: { ...IDENTITY, baseUrl: 'https://graph.example', apiVersion: 'v26.0' },
			triggers: Object.fromEntries(NUMBERS.map((id) => [inboxOf(id), trigger(id)])),
			request: async (request) => await this.meta.answer(request),
			now,
			canWrite: () => this.canWrite,
			canWake: () => this.canWake,
			onRead: (inbox) => this.judge.rowRead(NUMBERS[INBOXES.indexOf(inbox)]),
		});
		this.people = peopleOf(contacts, this.random, START_MS, days);
	}

	get localMs(): number {
		return Math.floor(this.trueMs + this.skewMs);
	}

	private get canWrite(): boolean {
		return this.trueMs >= this.lockedFromMs + LOCK_MS;
	}

	async run(): Promise<MonthReport> {
		this.addTemplates();
		for (const person of this.people) this.planNames(person);
		this.planProcesses();
		for (const person of this.people) this.planPerson(person);
		this.planCampaigns();
		for (let day = 1; day < this.options.days; day++) {
			this.agenda.at(START_MS + day * DAY, () => this.meta.forget());
		}
		let done = 0;
		for (let entry = this.agenda.next(); entry; entry = this.agenda.next()) {
			if (entry.atMs > this.endMs) break;
			this.trueMs = Math.max(this.trueMs, entry.atMs);
			await entry.action();
			// A turn for the signals that may want to end all this.
			if (++done % 1_000 === 0) await nextTurn();
		}
		return this.report;
	}

	private addTemplates(): void {
		const { businessAccountId } = IDENTITY;
		const news = [{ type: 'BODY', text: 'News from the corner shop.' }];
		const code = [
			{ type: 'BODY', text: '*{{1}}* is your verification code.' },
			{ type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
		];
		for (const category of ['UTILITY', 'MARKETING', 'AUTHENTICATION']) {
			const name = category.toLowerCase();
			const components = name === 'authentication' ? code : news;
			this.meta.world.templates.add({ name, category, components, businessAccountId });
		}
	}

	// ---- n8n ----

	/** Restarts and crashes at any time of the month. */
	private planProcesses(): void {
		const { days } = this.options;
		const count = Math.max(3, Math.round(days * 1.5));
		const ends = Array.from({ length: count }, () =>
			this.random.between(START_MS + HOUR, this.endMs),
		).sort((a, b) => a - b);
		const start = (index: number) => {
			const endsAtMs = ends[index] ?? this.endMs;
			this.skewMs = this.random.between(-5, 5) * SECOND;
			this.n8n.start(endsAtMs);
			this.canWake = this.random.chance(0.9);
			this.judge.processStarted(this.trueMs, this.canWake);
			this.isUp = true;
			this.planRunsAtStart();
			this.agenda.at(endsAtMs - CLOSE_TO_END_MS, () => this.n8n.writeWhatWasLeftOut());
			if (index >= ends.length) return;
			if (this.random.chance(0.5)) this.planLock(endsAtMs);
			this.agenda.at(endsAtMs, async () => {
				const crashes = this.random.chance(0.6);
				this.report[crashes ? 'crashes' : 'restarts']++;
				// A stop waits for the executions that run; a crash does not.
				if (!crashes) for (const finish of [...this.running.values()]) await finish();
				this.running.clear();
				this.judge.processEnded();
				this.isUp = false;
				const next = this.trueMs + this.random.between(5, 90) * SECOND;
				this.agenda.at(next, () => start(index + 1));
			});
		};
		start(0);
	}

	/** Workflows that only send are the first to run after a start: those who said no are on their list. */
	private planRunsAtStart(): void {
		const { random } = this;
		if (!random.chance(0.75)) return;
		const others = Array.from({ length: 4 }, () => random.pick(this.people));
		const list = [
			...this.refusers.slice(-8),
			...others.map((person) => ({ person, number: NUMBERS[person.favourite] })),
		];
		this.whenUp(this.trueMs + random.between(10, 2_000), async () => {
			for (const { person, number } of list) {
				const address = this.addressOf(person, number);
				if (!address) continue;
				await this.sendTemplate(address, random.chance(0.6) ? 'marketing' : 'utility');
			}
		});
	}

	/** The database is locked shortly before the process ends, and people say no just then. */
	private planLock(endsAtMs: number): void {
		const { random, agenda } = this;
		const fromMs = endsAtMs - random.between(80, 200) * SECOND;
		agenda.at(fromMs, () => {
			this.lockedFromMs = this.trueMs;
		});
		for (let left = 3; left > 0; left--) {
			agenda.at(fromMs + random.between(1, 30) * SECOND, async () => {
				const person = random.pick(this.people);
				if (this.eraOf(person) !== undefined) await this.says(person, 'STOP', SECOND);
			});
		}
		// A run of another workflow of the number ends when the database can be written again.
		if (!random.chance(0.7)) return;
		for (const number of NUMBERS) {
			this.whenUp(fromMs + LOCK_MS + random.between(0, 5) * SECOND, async () => {
				const address = this.addressOf(random.pick(this.people), number);
				if (address) await this.sendTemplate(address, 'utility');
			});
		}
	}

	/** @returns whether n8n took the delivery */
	private async receive({ number, body, signature, tidings }: Post): Promise<boolean> {
		if (!this.isUp) return false;
		this.report.deliveries++;
		const { status, execution } = await this.n8n.deliver(inboxOf(number), body, signature);
		if (status !== 200) return false;
		const items = execution?.items ?? [];
		const started = new Set(items.map(({ json }) => json.messageId ?? json.callId));
		for (const { messageId, ...told } of tidings) {
			this.judge.learn(told);
			if (messageId !== undefined) this.judge.messageTaken(messageId, started.has(messageId));
		}
		if (execution) this.goOn(execution, number, tidings);
		else this.noteEnd(number, tidings);
		return true;
	}

	/** What the builder put behind the trigger: words about consent are recorded, others answered. */
	private goOn(execution: Execution, number: string, tidings: Tidings[]): void {
		const { random } = this;
		const works = (execution.items ?? []).map(({ json }) => {
			const about = tidings.find(({ messageId }) => messageId === (json.messageId ?? json.callId));
			return { json, person: about!.person };
		});
		let isDone = false;
		const finish = async () => {
			if (isDone) return;
			isDone = true;
			for (const { json, person } of works) await this.handle(execution, json, person);
			this.end(execution, number, tidings);
			this.running.delete(execution);
		};
		this.running.set(execution, finish);
		const delayMs = random.chance(0.3) ? 100 : random.between(1, 45) * SECOND;
		this.agenda.at(this.trueMs + delayMs, async () => {
			if (this.running.has(execution)) await finish();
		});
	}

	/** A run ends; n8n saves what it was asked to, if it can. */
	private end(
		execution: Execution,
		number: string,
		about: Array<{ person: Person; messageId?: string }>,
	): void {
		this.n8n.end(execution);
		this.noteEnd(number, about);
	}

	private noteEnd(number: string, about: Array<{ person: Person; messageId?: string }>): void {
		for (const { person, messageId } of about) {
			this.judge.keep(person, number, this.canWrite, messageId);
		}
		if (this.canWrite) this.judge.chanceToSave(number);
	}

	private async handle(execution: Execution, json: IDataObject, person: Person): Promise<void> {
		const { random } = this;
		// Nobody answers WhatsApp itself.
		if (json.type === 'system') return;
		const number = String(json.businessNumberId);
		const to = String(json.contact);
		const address = { meant: person, to, number };
		if (this.holderOf(to).person !== person) {
			this.judge.tally.add('item of a wrong person', { to, eras: person.eras } as never);
		}
		if (json.text === 'STOP' || json.text === 'START') {
			const isForAll = random.chance(0.25);
			await this.record(execution, address, isForAll, {
				scope: 'all',
				says: json.text === 'STOP' ? 'no' : 'yes',
				source: 'keyword',
				at: Date.parse(String(json.timestamp)) / SECOND,
			});
		}
		if (random.chance(0.03)) await this.handsOver(execution, address);
		if (random.chance(0.7)) await this.send(execution, address);
		if (!random.chance(0.03)) return;
		// A Wait node: n8n puts the execution away, and goes on with a new copy of the row.
		const { items } = execution;
		this.whenUp(this.trueMs + random.between(1, 30) * HOUR, async () => {
			const resumed = this.n8n.begin(inboxOf(number), items);
			await this.send(resumed, address);
			this.end(resumed, number, [{ person }]);
		});
	}

	/** The workflow calls a person, who gives the conversation back, or does not. */
	private async handsOver(execution: Execution, address: Address): Promise<void> {
		const { random } = this;
		const hours = random.between(1, 30);
		const at = Math.floor(this.localMs / SECOND);
		const handOver = { at, until: at + hours * 3_600 };
		await this.setsOwner(execution, address, { handOver }, { operation: 'handOver', hours });
		if (!random.chance(0.6)) return;
		this.whenUp(this.trueMs + random.between(MINUTE, 20 * HOUR), async () => {
			const other = this.n8n.begin(ORDERS);
			const resumedAt = Math.floor(this.localMs / SECOND);
			await this.setsOwner(other, address, { resumedAt }, { operation: 'resume' });
			this.end(other, address.number, [{ person: this.holderOf(address.to).person }]);
		});
	}

	private async setsOwner(
		execution: Execution,
		{ to, number }: Address,
		news: News,
		parameters: IDataObject,
	): Promise<void> {
		const { error } = await this.n8n.send(execution, {
			resource: 'conversation',
			businessNumber: chosen(number),
			contact: to,
			howLong: 'hours',
			...parameters,
		});
		if (error !== undefined) throw new Error(String(error));
		this.judge.note(this.holderOf(to), number, news);
	}

	/** At this time, or as soon as n8n runs again. */
	private whenUp(atMs: number, action: () => Promise<void>): void {
		this.agenda.at(atMs, async () => {
			if (this.isUp) await action();
			else this.whenUp(this.trueMs + this.random.between(0.5, 3) * SECOND, action);
		});
	}

	private async record(
		execution: Execution,
		{ to, number }: Address,
		isForAll: boolean,
		word: Word,
	): Promise<void> {
		const { scope, says, source, at } = word;
		const { error } = await this.n8n.send(execution, {
			resource: 'conversation',
			operation: 'recordConsent',
			businessNumber: chosen(number),
			contact: to,
			state: says === 'yes' ? 'opted_in' : 'opted_out',
			scope,
			for: isForAll ? 'allNumbers' : 'thisNumber',
			evidence: source === 'keyword' ? 'the message' : 'the form on the website',
			options: { source, at: new Date(at * SECOND).toISOString() },
		});
		if (error !== undefined) throw new Error(String(error));
		this.judge.note(this.holderOf(to), number, { word }, isForAll);
	}

	private async send(execution: Execution, address: Address): Promise<void> {
		this.trueMs += SEND_GAP_MS;
		const { random, judge } = this;
		const { to, number } = address;
		const whenWindowClosed = random.weighted([
			[60, 'output'],
			[20, 'stop'],
			[19, 'template'],
			[1, 'sendAnyway'],
		]);
		const whenWindowUnknown = random.chance(0.1) ? 'try' : 'treatAsClosed';
		const question = this.questionAbout(address);
		const books = this.booksOf(question);
		const { json, requests } = await this.hand(execution, {
			resource: 'message',
			operation: 'send',
			businessNumber: chosen(number),
			to,
			messageType: 'text',
			text: 'We are open until eight.',
			whenWindowClosed,
			whenWindowUnknown,
			fallbackTemplate: chosen('utility|en_US'),
			fallbackTemplateFields: { value: null },
			options: {},
		});
		const heldFor = HELD_FOR[verdictOf(json).reason];
		if (heldFor) {
			judge.heldFor(heldFor, this.asOfNow(question), verdictOf(json));
			if (requests.length > 0) judge.tally.add('sent although it was held', { to });
			return;
		}
		const isWished = whenWindowClosed === 'sendAnyway' || whenWindowUnknown === 'try';
		const verdict = verdictOf(json);
		const [freeForm] = requests.filter(({ template }) => template === undefined);
		if (freeForm?.code !== undefined) {
			// The node may have thought better of it after Meta's answer; it was let through all the same.
			judge.tally.add('free-form decisions');
			const what = isWished ? 'sent because the user wished so' : 'sent outside';
			judge.tally.add(what, isWished ? undefined : { refused: json });
		} else if (freeForm) {
			const judged = this.judgedOf(address, freeForm, question);
			if (judged) judge.freeForm(judged, books, { ...verdict, allowed: true });
			if (judged) judge.sentByAutomation(judged, verdict);
		} else judge.freeForm(this.asOfNow(question), books, { ...verdict, allowed: false });
		for (const request of requests.filter(({ template }) => template !== undefined)) {
			const judged = this.judgedOf(address, request, question);
			if (judged) judge.template(judged, books, 'utility', { ...verdict, allowed: true });
			if (judged) judge.sentByAutomation(judged, verdict);
		}
		this.noteRefusals(number, requests);
	}

	private async sendTemplate(address: Address, category: Category): Promise<void> {
		this.trueMs += SEND_GAP_MS;
		const { to, number } = address;
		const execution = this.n8n.begin(category === 'marketing' ? CAMPAIGN : ORDERS);
		const question = this.questionAbout(address);
		const books = this.booksOf(question);
		const { json, requests } = await this.hand(execution, {
			resource: 'message',
			operation: 'sendTemplate',
			businessNumber: chosen(number),
			to,
			template: chosen(`${category}|en_US`),
			templateFields: { value: category === 'authentication' ? { code: '123456' } : null },
			options: {},
		});
		this.end(execution, number, []);
		this.judgeTemplate(address, category, question, books, json, requests);
		this.noteRefusals(number, requests);
	}

	private judgeTemplate(
		address: Address,
		category: Category,
		question: Question,
		books: ReturnType<Month['booksOf']>,
		json: IDataObject,
		[request]: DatedRequest[],
	): void {
		const { judge } = this;
		const verdict = verdictOf(json);
		if (request) {
			const judged = this.judgedOf(address, request, question);
			if (judged) judge.template(judged, books, category, { ...verdict, allowed: true });
			return;
		}
		// A code goes to a number alone, and none is known.
		const isWithoutNumber = category === 'authentication' && question.holder.kind === 'userId';
		if (!decisionOf(json) && isWithoutNumber) judge.tally.add('codes without a number');
		else judge.template(this.asOfNow(question), books, category, { ...verdict, allowed: false });
	}

	/** Runs our sending node. @returns what it gave, and what it handed to Meta */
	private async hand(execution: Execution, parameters: IDataObject) {
		const requests: DatedRequest[] = [];
		this.requests = requests;
		const json = await this.n8n.send(execution, parameters);
		if (!decisionOf(json) && requests.length === 0 && !String(json.error).includes('user ID')) {
			throw new Error(`There is no decision: ${JSON.stringify(json)}`);
		}
		return { json, requests };
	}

	/** About whom to judge a message that went out; undefined when that is done. */
	private judgedOf(
		{ meant, to }: Address,
		request: DatedRequest,
		question: Question,
	): Question | undefined {
		if (!this.judge.reached(meant, to, request, question) || !request.reached) return undefined;
		const isSame = request.reached.person === question.holder.person;
		const then = { ...question, trueMs: request.atMs, localMs: request.atMs + this.skewMs };
		return isSame ? then : { ...then, holder: request.reached, isHeld: true };
	}

	/** What Meta's API said at once: the next send has to know. */
	private noteRefusals(number: string, requests: Request[]): void {
		const at = Math.floor(this.localMs / SECOND);
		for (const { name, code } of requests) {
			const news = newsOfRefusal(code, at);
			if (news) this.judge.note(this.holderOf(name), number, news);
		}
	}

	private holderOf(name: string): Holder {
		const holder = this.meta.directory.lastHolderOf(name);
		if (!holder) throw new Error(`Nobody ever was ${name}`);
		return holder;
	}

	private questionAbout({ to, number }: Address): Question {
		const { trueMs, localMs } = this;
		const isHeld = this.meta.directory.holderOf(to) !== undefined;
		return { holder: this.holderOf(to), isHeld, number, trueMs, localMs };
	}

	/** The node may have waited, and thought again. */
	private asOfNow(question: Question): Question {
		return { ...question, trueMs: this.trueMs, localMs: this.localMs };
	}

	private booksOf({ holder, number }: Question) {
		return { ...this.meta.ledgerOf(holder, number) };
	}

	// ---- the people, and the business's own plans ----

	/** Which names are whose, and what WhatsApp tells the business of it. */
	private planNames(person: Person): void {
		const { agenda, meta } = this;
		person.eras.forEach(({ fromMs }, era) => {
			agenda.at(fromMs, () => {
				if (era > 0 && person.report !== 'never') this.reports(person, era);
				meta.begin(person, era);
			});
		});
	}

	/** WhatsApp's message about a changed number goes to the business numbers that know the old one. */
	private reports(person: Person, era: number): void {
		const { random, meta, judge } = this;
		const shown = namesShown(person, this.trueMs);
		const knows = (number: string) =>
			(['phone', 'userId'] as const).some((kind) =>
				judge.hasHeardOf(person, era - 1, kind, number),
			);
		for (const number of NUMBERS.filter(knows)) {
			const messageId = `wamid.${number}.${person.eras[era].userId}`;
			const timestamp = String(Math.floor(this.trueMs / SECOND));
			const told = changeMessage(person, era, shown, random.chance(0.3));
			const tidings = { number, person, era: era - 1, names: shown, news: {}, isChange: true };
			const lag = person.report === 'late' ? random.between(2 * HOUR, this.days(0.3)) : undefined;
			this.report.events++;
			const message = { id: messageId, timestamp, type: 'system', ...told };
			meta.tellOfChange(message, { ...tidings, messageId }, lag);
		}
	}

	/** A share of the whole story, milliseconds. */
	private days(share: number): number {
		return share * this.options.days * DAY;
	}

	private planPerson(person: Person): void {
		const { random, agenda } = this;
		const [{ fromMs }] = person.eras;
		const any = () => random.between(fromMs, this.endMs);
		agenda.at(fromMs + random.exponential(person.everyMs), async () => {
			await this.converse(person, 1 + Math.floor(random.exponential(2.5)), true);
		});
		const months = this.options.days / 30;
		if (random.chance(0.04 * Math.max(1, months))) {
			agenda.at(any(), async () => await this.prefers(person, this.numberFor(person)));
		}
		for (let left = random.exponential(2.5 * months); left > 1; left--) {
			this.planTemplate(person, any(), 'utility');
		}
		// Somebody who may never have written.
		if (random.chance(0.1)) this.plansToWrite(person, any());
		if (random.chance(0.5)) {
			this.whenUp(fromMs + random.between(0, HOUR), async () => {
				await this.fillsInForm(person, 'yes', 'marketing');
			});
		}
		if (random.chance(person.isSpecial ? 0.2 : 0.03)) {
			const scope = random.chance(0.5) ? 'all' : 'marketing';
			this.whenUp(any(), async () => await this.fillsInForm(person, 'no', scope));
		}
		if (person.isSpecial) this.planCare(person);
	}

	/** What is most delicate, and to whom. */
	private planCare(person: Person): void {
		const { random } = this;
		const { fromMs } = person.eras[person.eras.length - 1];
		for (let left = 8; left > 0; left--) {
			const category = random.weighted<Category>([
				[4, 'authentication'],
				[2, 'utility'],
				[2, 'marketing'],
			]);
			this.planTemplate(person, random.between(fromMs, this.endMs), category);
		}
		for (let left = 2; left > 0; left--) {
			this.plansToWrite(person, random.between(fromMs, this.endMs));
		}
	}

	private planTemplate(person: Person, atMs: number, category: Category): void {
		this.whenUp(atMs, async () => {
			const address = this.addressOf(person);
			if (address) await this.sendTemplate(address, category);
		});
	}

	private planCampaigns(): void {
		const { days } = this.options;
		const pause = Math.max(1, Math.floor(days / 4));
		for (let day = pause - 0.6; day < days; day += pause) {
			for (const person of this.people) {
				if (!this.random.chance(0.6)) continue;
				const atMs = START_MS + (day + this.random.between(0, 0.1)) * DAY;
				this.planTemplate(person, atMs, 'marketing');
			}
		}
	}

	/** A form on the website, or the link to unsubscribe. */
	private async fillsInForm(
		person: Person,
		says: 'yes' | 'no',
		scope: 'all' | 'marketing',
	): Promise<void> {
		const address = this.addressOf(person);
		if (!address) return;
		const execution = this.n8n.begin(WEBSITE);
		const at = Math.floor(this.localMs / SECOND);
		const word = { scope, says, at, source: 'web_form' };
		await this.record(execution, address, this.random.chance(0.3), word);
		this.end(execution, address.number, [{ person: this.holderOf(address.to).person }]);
		if (says === 'no') this.refusers.push({ person, number: address.number });
	}

	/** One message of a conversation, and then the next. */
	private async converse(person: Person, left: number, isFirst: boolean): Promise<void> {
		const { random, agenda } = this;
		await this.does(person, isFirst);
		const pause = random.chance(0.85)
			? random.between(5 * SECOND, 20 * MINUTE)
			: random.between(HOUR, 20 * HOUR);
		if (left > 1) {
			agenda.at(this.trueMs + pause, async () => await this.converse(person, left - 1, false));
			return;
		}
		agenda.at(this.trueMs + pause + random.exponential(person.everyMs), async () => {
			await this.converse(person, 1 + Math.floor(random.exponential(2.5)), true);
		});
	}

	private eraOf(person: Person): number | undefined {
		return this.meta.directory.eraOf(person);
	}

	private writer(person: Person): Writer {
		return writerOf(person, this.eraOf(person)!, this.random, this.trueMs);
	}

	/** The business number that somebody writes to just now. */
	private numberFor({ favourite }: Person): string {
		return NUMBERS[this.random.chance(0.85) ? favourite : 1 - favourite];
	}

	/** Writes, calls, reacts, …, now. */
	private async does(person: Person, isFirst: boolean): Promise<void> {
		const { random, meta } = this;
		const { world } = meta;
		const to = this.numberFor(person);
		const doing = { from: this.writer(person), to, deliver: false };
		const content = async (message: Json) => (await write(world, { ...doing, message })).messageId;
		const text = async (body: string, more: Json = {}) =>
			await content({ type: 'text', text: { body }, ...more });
		const referral = isFirst && random.chance(0.06) ? { referral: AD } : {};
		const action = random.weighted<() => Promise<string | undefined>>([
			[770, async () => await text('Are you open?', referral)],
			[
				60,
				async () => await content({ type: 'image', image: { id: '1', mime_type: 'image/png' } }),
			],
			[40, async () => await content({ type: 'button', button: { payload: 'A', text: 'Yes' } })],
			[50, async () => await this.reacts(person, to)],
			[10, async () => await content({ type: 'unsupported', errors: [{ code: 131051 }] })],
			[10, async () => await content({ type: 'edit', edit: { original_message_id: 'wamid.1' } })],
			[25, async () => (await call(world, doing)).messageId],
			[10, async () => await this.isCalled(person, to)],
			[18, async () => void (await this.says(person, 'STOP', undefined, to))],
			[12, async () => void (await this.says(person, 'START', undefined, to))],
		]);
		const ledger = () => meta.ledgerOf({ person, era: this.eraOf(person)! }, to);
		const before = ledger().lastInboundAtMs;
		const messageId = await action();
		const after = ledger().lastInboundAtMs;
		const news = after === before ? {} : { inboundAt: Math.floor(after! / SECOND) };
		if (messageId !== undefined) this.tells(person, to, news, messageId);
		if (random.chance(0.4)) this.plansToWrite(person, this.trueMs + this.lead(), to);
		if (random.chance(0.03)) this.colleagueAnswers(person, to);
		if (random.chance(0.04)) meta.take(this.tidingsOf(person, to, {}));
	}

	/** Somebody at the business answers from the app. */
	private colleagueAnswers(person: Person, number: string): void {
		this.agenda.at(this.trueMs + this.random.between(SECOND, HOUR), () => {
			const at = Math.floor(this.trueMs / SECOND);
			const handOver = { at, until: at + APP_PAUSE_HOURS * 3_600 };
			const id = `wamid.app.${number}.${this.report.events++}`;
			this.meta.tellEcho(this.tidingsOf(person, number, { handOver }), id);
		});
	}

	private tidingsOf(person: Person, number: string, news: News): Tidings {
		const names = namesShown(person, this.trueMs);
		return { number, person, era: this.eraOf(person)!, names, news };
	}

	/** Writes a word about consent. @param lagMs until it is delivered */
	private async says(
		person: Person,
		text: 'STOP' | 'START',
		lagMs?: number,
		to = this.numberFor(person),
	): Promise<void> {
		const { meta } = this;
		const writing = { from: this.writer(person), to, text, deliver: false };
		const { messageId } = await write(meta.world, writing);
		const at = Math.floor(this.trueMs / SECOND);
		const says = text === 'STOP' ? 'no' : 'lift';
		const word = { scope: 'all', says, at, source: 'keyword' } as const;
		this.tells(person, to, { inboundAt: at, word }, messageId, lagMs);
		if (says === 'lift') return;
		this.refusers.push({ person, number: to });
		// Who has just signed up by the form, by another clock, and thinks better of it.
		if (!this.random.chance(0.15)) return;
		this.whenUp(this.trueMs + this.random.between(0, 100) * SECOND, async () => {
			await this.fillsInForm(person, 'yes', 'marketing');
		});
	}

	private async reacts(person: Person, to: string): Promise<string> {
		const reaction = { from: this.writer(person), to, messageId: 'wamid.1', emoji: '👍' };
		return (await react(this.meta.world, { ...reaction, deliver: false })).messageId;
	}

	private async isCalled(person: Person, to: string): Promise<string> {
		const accepted = this.random.chance(0.5);
		const calling = { from: this.writer(person), to, direction: 'business', accepted } as const;
		return (await call(this.meta.world, { ...calling, deliver: false })).messageId;
	}

	/** Stops marketing at WhatsApp, and half of the time resumes it some time later. */
	private async prefers(
		person: Person,
		number: string,
		value: 'stop' | 'resume' = 'stop',
		era = this.eraOf(person),
	): Promise<void> {
		const { random, meta, trueMs } = this;
		// Whoever has changed the number meanwhile has nothing to resume.
		if (era === undefined || era !== this.eraOf(person)) return;
		const from = this.writer(person);
		await prefer(meta.world, { from, to: number, value, deliver: false });
		const says = value === 'stop' ? 'no' : 'lift';
		const at = Math.floor(trueMs / SECOND);
		this.tells(person, number, { word: { scope: 'atMeta', at, says, source: 'preference' } });
		if (value === 'stop') this.refusers.push({ person, number });
		if (value === 'resume' || !random.chance(0.5)) return;
		const later = trueMs + random.exponential(3 * DAY);
		this.agenda.at(later, async () => await this.prefers(person, number, 'resume', era));
	}

	private tells(
		person: Person,
		number: string,
		news: News,
		messageId?: string,
		lagMs?: number,
	): void {
		this.report.events++;
		const era = this.eraOf(person)!;
		const names = namesShown(person, this.trueMs);
		this.meta.tell({ number, person, era, names, news, messageId }, lagMs);
	}

	/** Somebody at the business, or a schedule, wants to write free-form. */
	private plansToWrite(person: Person, atMs: number, number?: string): void {
		this.whenUp(atMs, async () => {
			const address = this.addressOf(person, number);
			if (!address) return;
			const execution = this.n8n.begin(ORDERS);
			await this.send(execution, address);
			this.end(execution, address.number, [{ person: this.holderOf(address.to).person }]);
		});
	}

	/** How long after a message: any time, but often when the window is about to close. */
	private lead(): number {
		const { random } = this;
		return random.weighted<() => number>([
			[4, () => random.between(MINUTE, 23 * HOUR)],
			[3, () => DAY + random.between(-150, 150) * SECOND],
			[3, () => random.between(24 * HOUR, 60 * HOUR)],
		])();
	}

	/**
	 * How the business addresses somebody, by its own records: by a name under which it has heard of
	 * them, or the number that they once gave. Undefined for whom it cannot know yet.
	 */
	private addressOf(meant: Person, number = this.numberFor(meant)): Address | undefined {
		const { random, judge } = this;
		const now = eraAt(meant, this.trueMs);
		if (now === undefined || this.eraOf(meant) === undefined) return undefined;
		const era = this.trueMs >= meant.shopKnowsFromMs ? this.eraOf(meant)! : 0;
		const neverGaveNumber = meant.phoneUntilMs === 0;
		const knowsUserId = judge.hasHeardOf(meant, era, 'userId', number);
		const { phone, otherPhone = phone, userId } = meant.eras[era];
		if (neverGaveNumber || (knowsUserId && random.chance(0.4)))
			return { meant, to: userId, number };
		return { meant, to: `+${random.pick([phone, otherPhone])}`, number };
	}
}

const AD = { source_type: 'ad', source_id: '120', source_url: 'https://fb.me/ad', ctwa_clid: 'x' };

/** Whom a message was held back for, by the reason that the node gives. */
const HELD_FOR: { [reason: string]: Other | undefined } = {
	personHasConversation: 'person',
	otherResponderHasConversation: 'other',
};

function inboxOf(number: string): string {
	return INBOXES[NUMBERS.indexOf(number)];
}

function chosen(value: string) {
	return { __rl: true, mode: 'id', value };
}

/** WhatsApp's own words about a change, as far as it shows the names. */
function changeMessage(
	{ eras }: Person,
	era: number,
	shown: { [name in NameKind]: boolean },
	namesOldId: boolean,
): Json {
	const [before, after] = [eras[era - 1], eras[era]];
	const ids = { ...(shown.userId && { user_id: after.userId }) };
	if (shown.phone) {
		const body = `User Alex changed from ${before.phone} to ${after.phone}`;
		const from = { from: before.phone, ...(shown.userId && { from_user_id: before.userId }) };
		return { ...from, system: { type: 'user_changed_number', body, wa_id: after.phone, ...ids } };
	}
	const body = `User Alex changed from ${before.userId} to ${after.userId}`;
	const previous = namesOldId && { previous_user_id: before.userId };
	const system = { type: 'user_changed_user_id', body, ...ids, ...previous };
	return { from_user_id: after.userId, system };
}

/** What a refusal at once tells. */
function newsOfRefusal(code: number | undefined, at: number): News | undefined {
	switch (code) {
		case 131047:
			return { refusedAt: at, refusalToldAt: at };
		case 131049:
			return { limitedAt: at };
		case 131050:
			return { word: { scope: 'atMeta', at, says: 'no', source: 'code' } };
		default:
			return undefined;
	}
}

/** What an item of our node says about the decision; nothing where it shows Meta's answer instead. */
function decisionOf(json: IDataObject): Verdict | undefined {
	const decision = json.decision ?? (json.details as IDataObject | undefined)?.decision;
	return decision as unknown as Verdict | undefined;
}

function verdictOf(json: IDataObject): Verdict {
	return decisionOf(json) ?? { allowed: false, reason: '', window: {} };
}
