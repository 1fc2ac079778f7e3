import { setImmediate as nextTurn } from 'timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { call, prefer, react, write } from '../simulator/customers';
import type { Json } from '../simulator/types';

import { Agenda } from './agenda';
import { Judge, type News, type Tally, type Verdict } from './judge';
import { IDENTITY, Meta, type Post, type Tidings } from './meta';
import { CLOSE_TO_END_MS, INBOX, N8n, type Execution, type NodeClasses } from './n8n';
import { namesShown, personOf, writerOf, type NameKind, type Person } from './people';
import { Random } from './random';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 1 November 2026. */
const START_MS = Date.UTC(2026, 10, 1);

/** The workflow that sends without a trigger of ours. */
const OUTBOX = 'outbox';

/** Two sends are never nearer, so that none has to wait for its turn under Meta's limits. */
const SEND_GAP_MS = 20;

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
 * The life of a business number, with our trigger and our sending node in n8n: people write, call,
 * react, come through ads, stop and start; deliveries come late, twice and in another order; n8n
 * restarts and crashes; and every decision is judged by books that know none of our rules. The clock
 * is the story's own.
 */
export async function liveThrough(options: MonthOptions): Promise<MonthReport> {
	const { now } = Date;
	const ran = performance.now;
	const month = new Month(options);
	// What the nodes take for the time: that of their machine, a few seconds off.
	Date.now = () => month.localMs;
	performance.now = () => month.trueMs;
	try {
		return await month.run();
	} finally {
		Date.now = now;
		performance.now = ran;
	}
}

class Month {
	/** The time at Meta, epoch milliseconds. */
	trueMs = START_MS;

	/** How far the business's clock is ahead. */
	private skewMs = 0;

	private readonly endMs: number;

	private readonly random: Random;

	private readonly agenda = new Agenda();

	private readonly judge = new Judge();

	private readonly meta: Meta;

	private readonly n8n: N8n;

	private readonly people: Person[];

	private isUp = false;

	/** Whether Meta's API refused the last message at once, because the window was closed. */
	private wasRefused = false;

	/** Executions of this process that have not ended, and what they have still to do. */
	private readonly running = new Map<Execution, () => Promise<void>>();

	private readonly report: MonthReport;

	constructor(private readonly options: MonthOptions) {
		const { days, contacts, seed, loadNodes } = options;
		this.endMs = START_MS + days * DAY;
		this.random = new Random(seed);
		this.report = { tally: this.judge.tally, events: 0, deliveries: 0, restarts: 0, crashes: 0 };
		const now = () => this.trueMs;
		this.meta = new Meta({
			agenda: this.agenda,
			random: this.random,
			now,
			post: async (post) => await this.receive(post),
			onRefusal: (person, name) => this.refused(person, name),
		});
		this.n8n = new N8n({
			loadNodes,
			credential: { ...IDENTITY, baseUrl: 'https://graph.example', apiVersion: 'v26.0' },
			trigger: {
				businessNumber: this.chosen(),
				events: ['message', 'call'],
				options: {},
			},
			request: async (request) => await this.meta.answer(request),
			now,
		});
		this.people = Array.from({ length: contacts }, (_none, index) =>
			personOf(index, this.random, START_MS, days),
		);
	}

	get localMs(): number {
		return Math.floor(this.trueMs + this.skewMs);
	}

	async run(): Promise<MonthReport> {
		for (const person of this.people) this.meta.add(person);
		this.addTemplates();
		this.planProcesses();
		this.planPeople();
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
		const components = [{ type: 'BODY', text: 'News from the corner shop.' }];
		for (const category of ['UTILITY', 'MARKETING']) {
			const name = category.toLowerCase();
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
			this.judge.processStarted(this.trueMs);
			this.isUp = true;
			this.agenda.at(endsAtMs - CLOSE_TO_END_MS, () => this.n8n.writeWhatWasLeftOut());
			if (index >= ends.length) return;
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

	/** @returns whether n8n took the delivery */
	private async receive({ body, signature, tidings }: Post): Promise<boolean> {
		if (!this.isUp) return false;
		this.report.deliveries++;
		this.judge.rowRead();
		const { status, execution } = await this.n8n.deliver(body, signature);
		if (status !== 200) return false;
		const items = execution?.items ?? [];
		const started = new Set(items.map(({ json }) => json.messageId ?? json.callId));
		for (const { person, names, news, messageId } of tidings) {
			this.judge.learn(person, names, news, this.trueMs);
			if (messageId !== undefined) this.judge.messageTaken(messageId, started.has(messageId));
		}
		if (execution) this.goOn(execution, tidings);
		else for (const one of tidings) this.judge.keep(one);
		return true;
	}

	/** What the builder put behind the trigger: words about consent are recorded, others answered. */
	private goOn(execution: Execution, tidings: Tidings[]): void {
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
			this.n8n.end(execution);
			for (const one of tidings) this.judge.keep(one);
			this.running.delete(execution);
		};
		this.running.set(execution, finish);
		const delayMs = random.chance(0.3) ? 100 : random.between(1, 45) * SECOND;
		this.agenda.at(this.trueMs + delayMs, async () => {
			if (this.running.has(execution)) await finish();
		});
	}

	private async handle(execution: Execution, json: IDataObject, person: Person): Promise<void> {
		const { random } = this;
		const contact = String(json.contact);
		const by: NameKind = json.userId ? 'userId' : 'phone';
		if (json.text === 'STOP' || json.text === 'START') {
			await this.record(execution, person, by, contact, 'all', {
				says: json.text === 'STOP' ? 'no' : 'yes',
				source: 'keyword',
				at: String(json.timestamp),
			});
		}
		if (random.chance(0.7)) await this.send(execution, person, by, contact);
		if (!random.chance(0.03)) return;
		// A Wait node: n8n puts the execution away, and goes on with a new copy of the row.
		const { items } = execution;
		this.whenUp(this.trueMs + random.between(1, 30) * HOUR, async () => {
			const resumed = this.n8n.begin(INBOX, items);
			this.judge.rowRead();
			await this.send(resumed, person, by, contact);
			this.n8n.end(resumed);
			this.judge.keep({ person });
		});
	}

	/** At this time, or as soon as n8n runs again. */
	private whenUp(atMs: number, action: () => Promise<void>): void {
		this.agenda.at(atMs, async () => {
			if (this.isUp) await action();
			else this.whenUp(this.trueMs + this.random.between(0.5, 3) * SECOND, action);
		});
	}

	private chosen(value = '106540352242922') {
		return { __rl: true, mode: 'id', value };
	}

	private async record(
		execution: Execution,
		person: Person,
		by: NameKind,
		contact: string,
		scope: 'all' | 'marketing',
		{ says, source, at }: { says: 'yes' | 'no'; source: string; at?: string },
	): Promise<void> {
		const recorded = await this.n8n.send(execution, {
			resource: 'conversation',
			operation: 'recordConsent',
			businessNumber: this.chosen(),
			contact,
			state: says === 'yes' ? 'opted_in' : 'opted_out',
			scope,
			for: 'thisNumber',
			evidence: says === 'yes' ? 'the form' : '',
			// An opt-in needs its time; an opt-out without one counts from now.
			options: { source, at: at ?? (says === 'yes' ? this.localMs : '') },
		});
		if (recorded.error) throw new Error(`Consent was not recorded: ${String(recorded.error)}`);
		const word = { at: Math.floor((at ? Date.parse(at) : this.localMs) / SECOND), says };
		const news: News = scope === 'all' ? { everything: word } : { marketing: word };
		this.judge.learn(person, only(by), news, this.trueMs);
	}

	private async send(
		execution: Execution,
		person: Person,
		by: NameKind,
		to: string,
	): Promise<void> {
		this.trueMs += SEND_GAP_MS;
		const { random } = this;
		const whenWindowClosed = random.weighted([
			[60, 'output'],
			[20, 'stop'],
			[19, 'template'],
			[1, 'sendAnyway'],
		]);
		const whenWindowUnknown = random.chance(0.1) ? 'try' : 'treatAsClosed';
		const question = { person, by, trueMs: this.trueMs, localMs: this.localMs };
		const books = { ...this.meta.ledgerOf(person) };
		this.wasRefused = false;
		const json = await this.n8n.send(execution, {
			resource: 'message',
			operation: 'send',
			businessNumber: this.chosen(),
			to,
			messageType: 'text',
			text: 'We are open until eight.',
			whenWindowClosed,
			whenWindowUnknown,
			fallbackTemplate: this.chosen('utility|en_US'),
			fallbackTemplateFields: { value: null },
			options: {},
		});
		const isWished = whenWindowClosed === 'sendAnyway' || whenWindowUnknown === 'try';
		// The node may have thought better of it after Meta's answer; it was let through all the same.
		if (this.wasRefused && !isWished) this.judge.tally.add('sent outside', { refused: json });
		// 'Send Anyway' shows Meta's answer instead of a decision.
		if (this.wasRefused && whenWindowClosed === 'sendAnyway') return;
		const verdict = verdictOf(json);
		const wentOut = json.sentAs === 'freeForm';
		this.judge.freeForm(question, books, { ...verdict, allowed: wentOut });
		if (json.sentAs === 'template') this.judge.template(question, books, 'utility', verdict);
	}

	private async sendTemplate(
		person: Person,
		by: NameKind,
		to: string,
		category: 'marketing' | 'utility',
	): Promise<void> {
		this.trueMs += SEND_GAP_MS;
		const execution = this.n8n.begin(OUTBOX);
		const question = { person, by, trueMs: this.trueMs, localMs: this.localMs };
		const books = { ...this.meta.ledgerOf(person) };
		const json = await this.n8n.send(execution, {
			resource: 'message',
			operation: 'sendTemplate',
			businessNumber: this.chosen(),
			to,
			template: this.chosen(`${category}|en_US`),
			templateFields: { value: null },
			options: {},
		});
		this.n8n.end(execution);
		this.judge.template(question, books, category, verdictOf(json));
	}

	private refused(person: Person, name: NameKind): void {
		this.wasRefused = true;
		const second = Math.floor(this.localMs / SECOND);
		this.judge.learn(person, only(name), { refusedAt: second, refusalToldAt: second }, this.trueMs);
	}

	// ---- the people, and the business's own plans ----

	private planPeople(): void {
		const { random, agenda } = this;
		for (const person of this.people) {
			agenda.at(START_MS + random.exponential(person.everyMs), async () => {
				await this.converse(person, 1 + Math.floor(random.exponential(2.5)), true);
			});
			const days = this.options.days / 30;
			if (random.chance(0.04 * Math.max(1, days))) {
				agenda.at(random.between(START_MS, this.endMs), async () => await this.prefers(person));
			}
			for (let left = random.exponential(2.5 * days); left > 1; left--) {
				this.whenUp(random.between(START_MS, this.endMs), async () => {
					const { by, to } = this.addressOf(person);
					await this.sendTemplate(person, by, to, 'utility');
				});
			}
			// Somebody who may never have written.
			if (random.chance(0.1)) this.plansToWrite(person, random.between(START_MS, this.endMs));
			if (random.chance(0.5)) {
				this.whenUp(START_MS + random.between(0, HOUR), async () => await this.optsIn(person));
			}
		}
	}

	private planCampaigns(): void {
		const { days } = this.options;
		const pause = Math.max(1, Math.floor(days / 4));
		for (let day = pause - 0.6; day < days; day += pause) {
			for (const person of this.people) {
				if (!this.random.chance(0.6)) continue;
				this.whenUp(START_MS + (day + this.random.between(0, 0.1)) * DAY, async () => {
					const { by, to } = this.addressOf(person);
					await this.sendTemplate(person, by, to, 'marketing');
				});
			}
		}
	}

	/** A form on the website. */
	private async optsIn(person: Person): Promise<void> {
		const execution = this.n8n.begin(OUTBOX);
		const { by, to } = this.addressOf(person);
		const word = { says: 'yes', source: 'web_form' } as const;
		await this.record(execution, person, by, to, 'marketing', word);
		this.n8n.end(execution);
		this.judge.keep({ person });
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

	/** Writes, calls, reacts, …, now. */
	private async does(person: Person, isFirst: boolean): Promise<void> {
		const { random, meta } = this;
		const { world } = meta;
		const doing = { from: writerOf(person, random, this.trueMs), deliver: false };
		const text = async (body: string, more: Json = {}) =>
			(await write(world, { ...doing, text: body, message: more })).messageId;
		const content = async (message: Json) => (await write(world, { ...doing, message })).messageId;
		const referral = isFirst && random.chance(0.06) ? { referral: AD } : {};
		const action = random.weighted<() => Promise<string>>([
			[770, async () => await text('Are you open?', referral)],
			[
				60,
				async () => await content({ type: 'image', image: { id: '1', mime_type: 'image/png' } }),
			],
			[40, async () => await content({ type: 'button', button: { payload: 'A', text: 'Yes' } })],
			[50, async () => await this.reacts(person)],
			[10, async () => await content({ type: 'unsupported', errors: [{ code: 131051 }] })],
			[10, async () => await content({ type: 'edit', edit: { original_message_id: 'wamid.1' } })],
			[25, async () => (await call(world, doing)).messageId],
			[10, async () => await this.isCalled(person)],
			[12, async () => await text('STOP')],
			[8, async () => await text('START')],
		]);
		const before = meta.ledgerOf(person).lastInboundAtMs;
		const messageId = await action();
		const after = meta.ledgerOf(person).lastInboundAtMs;
		const news = after === before ? {} : { inboundAt: Math.floor(after! / SECOND) };
		this.tells(person, news, messageId);
		if (random.chance(0.4)) this.plansToWrite(person, this.trueMs + this.lead());
	}

	private async reacts(person: Person): Promise<string> {
		const from = writerOf(person, this.random, this.trueMs);
		const reaction = { from, messageId: 'wamid.1', emoji: '👍', deliver: false };
		return (await react(this.meta.world, reaction)).messageId;
	}

	private async isCalled(person: Person): Promise<string> {
		const from = writerOf(person, this.random, this.trueMs);
		const accepted = this.random.chance(0.5);
		const calling = { from, direction: 'business', accepted, deliver: false } as const;
		return (await call(this.meta.world, calling)).messageId;
	}

	/** Stops marketing at WhatsApp, and half of the time resumes it some time later. */
	private async prefers(person: Person, value: 'stop' | 'resume' = 'stop'): Promise<void> {
		const { random, meta, trueMs } = this;
		await prefer(meta.world, { from: writerOf(person, random, trueMs), value, deliver: false });
		const says = value === 'stop' ? 'no' : 'yes';
		this.tells(person, { atMeta: { at: Math.floor(trueMs / SECOND), says } });
		if (value === 'resume' || !random.chance(0.5)) return;
		const later = trueMs + random.exponential(3 * DAY);
		this.agenda.at(later, async () => await this.prefers(person, 'resume'));
	}

	private tells(person: Person, news: News, messageId?: string): void {
		this.report.events++;
		this.meta.tell({ person, names: namesShown(person, this.trueMs), news, messageId });
	}

	/** Somebody at the business, or a schedule, wants to write free-form. */
	private plansToWrite(person: Person, atMs: number): void {
		this.whenUp(atMs, async () => {
			const execution = this.n8n.begin(OUTBOX);
			const { by, to } = this.addressOf(person);
			await this.send(execution, person, by, to);
			this.n8n.end(execution);
			this.judge.keep({ person });
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

	/** How the business addresses somebody: by a name under which it has heard of them, or the number. */
	private addressOf(person: Person): { by: NameKind; to: string } {
		const { random, judge } = this;
		const neverGaveNumber = person.phoneUntilMs === 0;
		const knowsUserId = judge.hasHeardOf(person, 'userId');
		if (neverGaveNumber || (knowsUserId && random.chance(0.4))) {
			return { by: 'userId', to: person.userId };
		}
		const { phone, otherPhone = phone } = person;
		return { by: 'phone', to: `+${random.pick([phone, otherPhone])}` };
	}
}

const AD = { source_type: 'ad', source_id: '120', source_url: 'https://fb.me/ad', ctwa_clid: 'x' };

function only(name: NameKind): { [name in NameKind]: boolean } {
	return { phone: name === 'phone', userId: name === 'userId' };
}

/** What an item of our node says about the decision. @throws what is no decision at all */
function verdictOf(json: IDataObject): Verdict {
	const decision = json.decision ?? (json.details as IDataObject | undefined)?.decision;
	if (!decision) throw new Error(`There is no decision: ${JSON.stringify(json)}`);
	return decision as unknown as Verdict;
}
