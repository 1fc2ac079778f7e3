import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { BusinessNumber } from '../simulator/accounts';
import type { Ledger } from '../simulator/books';
import type { Contact } from '../simulator/contacts';
import { signatureOf, bytesOf } from '../simulator/deliveries';
import { GraphError } from '../simulator/errors';
import { batch, envelope, valueFor } from '../simulator/payloads';
import { acceptMessage } from '../simulator/sending';
import type { Json, SentMessage, Settings } from '../simulator/types';
import { World } from '../simulator/world';

import type { Agenda } from './agenda';
import { Directory, type Holder } from './directory';
import type { News } from './knowledge';
import type { NameKind, Person } from './people';
import type { Random } from './random';
import { Threads } from './threads';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Meta gives up on a delivery after this time. */
const RETRIES_END_MS = 7 * DAY;
const RETRY_AFTER_MS = [20 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 4 * HOUR];

export const IDENTITY = {
	appId: '670843887433847',
	appSecret: 'the-app-secret',
	accessToken: 'the-access-token',
	businessAccountId: '102290129340398',
	apiVersions: ['v26.0'],
};

const SETTINGS: Settings = {
	windowRefusal: 'later',
	statuses: 'held',
	statusesBeforeReply: true,
	statusDelayMs: 0,
	latencyMs: 0,
	pairLimit: false,
	throughputLimit: 0,
	retry: false,
	escapeNonAscii: true,
	deliveryTimeoutMs: 10_000,
	freeServiceMessages: 1000,
	leastCompared: 1000,
	prependCountryCode: false,
	userIds: true,
	mediaUrl: '',
	mediaRedirect: '',
};

/** The business numbers, of which each has its own trigger. */
export const NUMBERS = ['106540352242922', '106540352242933'];

/** What a delivery tells of somebody, for those who keep the books. */
export interface Tidings {
	/** The number whose trigger gets it. */
	number: string;
	person: Person;
	era: number;
	names: { [name in NameKind]: boolean };
	news: News;
	/** It tells that the names of the next era are the person's. */
	isChange?: boolean;
	/** Of a message, which has to start the workflow once. */
	messageId?: string;
}

export interface Post {
	number: string;
	body: Buffer;
	signature: string;
	tidings: Tidings[];
}

/** A message that the business handed to Meta. */
export interface Request {
	/** As it stood in the request. */
	name: string;
	/** Its template; undefined for a free-form message. */
	template?: string;
	/** Who has the name now; nobody where it was given up. */
	reached?: Holder;
	/** Of a refusal at once. */
	code?: number;
}

export interface MetaOptions {
	agenda: Agenda;
	random: Random;
	/** Epoch milliseconds. */
	now: () => number;
	/** Posts a delivery to the business. @returns whether it was acknowledged */
	post: (post: Post) => Promise<boolean>;
	onRequest: (request: Request) => void;
	/** Where each number's deliveries go. */
	callbackOf: (number: string) => string;
}

/**
 * The simulator's world without its server: what contacts do becomes deliveries that come late,
 * twice, in another order, several in one, and again when nobody took them. Who has which name is
 * written down in a directory of its own.
 */
export class Meta {
	readonly world: World;

	readonly directory = new Directory();

	private readonly numbers: Map<string, BusinessNumber>;

	/** In the simulator, by era. */
	private readonly contacts = new Map<Person, Contact[]>();

	/** Deliveries that wait for others to go with. */
	private readonly waiting = new Map<string, Array<{ payload: Json; tidings: Tidings }>>();

	private readonly threads: Threads;

	constructor(private readonly options: MetaOptions) {
		this.threads = new Threads(options.random);
		this.world = new World(IDENTITY, SETTINGS, options.now);
		const { businessAccountId } = IDENTITY;
		this.numbers = new Map(
			NUMBERS.map((id, index) => [
				id,
				this.world.accounts.addNumber({ id, phone: `1555078388${index}`, businessAccountId }),
			]),
		);
	}

	/**
	 * The names of an era are the person's from now on; to Meta they are one person from the
	 * beginning. What is open with the names before is not open with these: that is not documented.
	 */
	begin(person: Person, era: number): void {
		const { contacts } = this.world;
		const before = person.eras[era - 1];
		if (before) this.setOnWhatsApp(before, false);
		this.directory.begin(person, era);
		const { phone, userId } = person.eras[era];
		const all = this.contacts.get(person) ?? [];
		all[era] = contacts.find({ phone, userId });
		this.contacts.set(person, all);
		this.setOnWhatsApp(person.eras[era], true);
	}

	private setOnWhatsApp({ phone, userId }: { phone: string; userId: string }, is: boolean): void {
		for (const name of [phone, userId]) this.world.contacts.setOnWhatsApp(name, is);
	}

	/** The books. */
	ledgerOf({ person, era }: Pick<Holder, 'person' | 'era'>, number: string): Ledger {
		return this.world.ledger(this.numberOf(number), this.contacts.get(person)![era]);
	}

	private numberOf(id: string): BusinessNumber {
		return this.numbers.get(id)!;
	}

	/** Lets what somebody has just done go out as a delivery: as a copy, where another responder has it. */
	tell(tidings: Tidings, lagMs = this.lag()): void {
		const [event] = this.world.deliveries.events.splice(0);
		const { person, number, news } = tidings;
		const nowMs = this.options.now();
		if (event.field !== 'messages') {
			this.dispatch(event.payload, tidings, lagMs);
			return;
		}
		if (!this.threads.isInStandby(person, number, nowMs)) {
			const given = news.inboundAt === undefined ? {} : { givenAt: news.inboundAt };
			this.dispatch(event.payload, { ...tidings, news: { ...news, ...given } }, lagMs);
			return;
		}
		const standby = { ...news, otherAt: Math.floor(nowMs / SECOND) };
		const [{ changes }] = event.payload.entry as [{ changes: [{ value: Json }] }];
		const { metadata, messaging_product, ...told } = changes[0].value;
		const value = { metadata, messaging_product, standby: told };
		const copy = envelope(IDENTITY.businessAccountId, 'standby', value);
		// A copy starts nothing.
		this.dispatch(copy, { ...tidings, news: standby, messageId: undefined }, lagMs);
		const back = this.threads.mayReturn(person, number);
		if (back === 'passed') this.tellHandOver('control_passed', tidings);
	}

	/** A colleague of the business writes to somebody, in the app. */
	tellEcho(tidings: Tidings, id: string): void {
		const { person, era, names, number } = tidings;
		const { phone, userId } = person.eras[era];
		const echo = {
			from: this.numberOf(number).phone,
			...(names.phone && { to: phone }),
			...(names.userId && { to_user_id: userId }),
			id,
			timestamp: String(Math.floor(this.options.now() / SECOND)),
			type: 'text',
			text: { body: 'I look after this.' },
		};
		const value = valueFor(this.numberOf(number), { message_echoes: [echo] });
		const payload = envelope(IDENTITY.businessAccountId, 'smb_message_echoes', value);
		this.dispatch(payload, tidings, this.lag());
	}

	/** Another responder takes a conversation. */
	take(tidings: Tidings): void {
		this.threads.take(tidings.person, tidings.number, this.options.now());
		this.tellHandOver('control_taken', tidings);
	}

	private tellHandOver(type: 'control_passed' | 'control_taken', tidings: Tidings): void {
		const { person, era, names, number } = tidings;
		const { phone, userId } = person.eras[era];
		const { id, phone: display } = this.numberOf(number);
		const at = Math.floor(this.options.now() / SECOND);
		const value = {
			messaging_product: 'whatsapp',
			recipient: { display_phone_number: display, phone_number_id: id },
			sender: {
				...(names.phone && { phone_number: phone }),
				...(names.userId && { user_id: userId }),
			},
			timestamp: String(at),
			type,
			[type]: {},
		};
		const news = type === 'control_taken' ? { otherAt: at } : { givenAt: at };
		const payload = envelope(IDENTITY.businessAccountId, 'messaging_handovers', value);
		this.dispatch(payload, { ...tidings, news, messageId: undefined }, this.lag());
	}

	/** A message that WhatsApp itself makes, about names that are others now. */
	tellOfChange(message: Json, tidings: Tidings, lagMs = this.lag()): void {
		const value = valueFor(this.numberOf(tidings.number), { messages: [message] });
		this.dispatch(envelope(IDENTITY.businessAccountId, 'messages', value), tidings, lagMs);
	}

	/** The Graph API. */
	async answer({ method, url, body, qs }: IHttpRequestOptions): Promise<unknown> {
		const path = new URL(url).pathname.split('/').slice(2);
		if (method === 'GET' && path[1] === 'message_templates') {
			const templates = this.world.templates.list(IDENTITY.businessAccountId, qs as Json);
			return { statusCode: 200, body: { data: templates } };
		}
		if (method === 'GET' && path.length === 1 && this.numbers.has(path[0])) {
			const callback = this.options.callbackOf(path[0]);
			const webhook_configuration = { phone_number: callback, application: callback };
			return { statusCode: 200, body: { id: path[0], webhook_configuration } };
		}
		if (method !== 'POST' || path[1] !== 'messages') throw new Error(`${method} ${url}`);
		try {
			return { statusCode: 200, body: await this.accept(path[0], body as Json) };
		} catch (error) {
			if (!(error instanceof GraphError)) throw error;
			return { statusCode: error.httpStatus, body: error.body };
		}
	}

	/** What was sent and received long ago is of no use to anybody. */
	forget(): void {
		const { world } = this;
		world.sent = [];
		world.inbound = [];
		world.outsideWindow = [];
		world.sentById.clear();
		world.inboundById.clear();
	}

	private async accept(numberId: string, body: Json): Promise<Json> {
		const { world, directory } = this;
		const { random, onRequest } = this.options;
		const name = String(body.to ?? body.recipient);
		const last = directory.lastHolderOf(name);
		if (!last) throw new Error(`A message to a stranger: ${JSON.stringify(body)}`);
		const reached = directory.holderOf(name);
		const template = (body.template as Json | undefined)?.name as string | undefined;
		const request = { name, template, reached };

		const limits = this.limitsAtOnce(numberId, template, reached);
		if (limits !== undefined) {
			onRequest({ ...request, code: limits });
			throw new GraphError(limits);
		}
		world.settings.windowRefusal = random.weighted([
			[8, 'later'],
			[1, 'atOnce'],
			[1, 'both'],
		]);
		// Meta refuses now and then although the window is open, and limits marketing by its own lights.
		const code = template ? 131049 : 131047;
		if (random.chance(template ? 0.01 : 0.003)) {
			world.settings.windowRefusal = 'later';
			const { userId } = last.person.eras[last.era];
			world.faults.failLater({ code, to: { userId } });
		}
		try {
			const { reply, statuses } = acceptMessage(world, this.numberOf(numberId), body);
			await statuses;
			onRequest(request);
			this.tellStatuses(numberId, world.sent[world.sent.length - 1], last);
			return reply as IDataObject;
		} catch (error) {
			// 'both': the status comes all the same.
			await Promise.resolve();
			if (error instanceof GraphError) onRequest({ ...request, code: error.code });
			if (error instanceof GraphError && error.code === 131047) {
				this.tellStatuses(numberId, world.outsideWindow[world.outsideWindow.length - 1], last);
			}
			throw error;
		}
	}

	/** What Meta says of marketing to this contact in its very answer, where it does. */
	private limitsAtOnce(
		numberId: string,
		template: string | undefined,
		reached: Holder | undefined,
	): number | undefined {
		const { random } = this.options;
		if (template !== 'marketing' || !reached) return undefined;
		const isStopped = this.ledgerOf(reached, numberId).marketingStopped;
		if (isStopped && random.chance(0.4)) return 131050;
		return random.chance(0.01) ? 131049 : undefined;
	}

	private tellStatuses(number: string, message: SentMessage, { person, era }: Holder): void {
		for (const { payload, field } of this.world.deliveries.events.splice(0)) {
			const names = namesIn(payload);
			const failed = message.statuses.find(({ status }) => status === 'failed');
			const news = newsOf(message, failed?.errors?.[0].code);
			const tidings = { number, person, era, names, news };
			if (field !== 'messages') throw new Error(`A status in the field ${field}`);
			this.dispatch(payload, tidings, failed ? this.refusalLag() : this.lag());
		}
	}

	private dispatch(payload: Json, tidings: Tidings, lagMs: number): void {
		const { agenda, random, now } = this.options;
		if (!random.chance(0.08)) {
			agenda.at(now() + lagMs, async () => await this.send([{ payload, tidings }]));
			return;
		}
		agenda.at(now() + lagMs, () => {
			const waiting = this.waiting.get(tidings.number) ?? [];
			this.waiting.set(tidings.number, waiting);
			waiting.push({ payload, tidings });
			if (waiting.length > 1) return;
			agenda.at(now() + random.between(1, 30) * SECOND, async () => {
				await this.send(waiting.splice(0));
			});
		});
	}

	private async send(deliveries: Array<{ payload: Json; tidings: Tidings }>): Promise<void> {
		const { random, now } = this.options;
		const payloads = deliveries.map(({ payload }) => payload);
		const grouping = random.pick(['messages', 'changes', 'entries'] as const);
		const body = bytesOf(payloads.length === 1 ? payloads[0] : batch(payloads, grouping), true);
		const post = {
			number: deliveries[0].tidings.number,
			body,
			signature: signatureOf(body, IDENTITY.appSecret),
			tidings: deliveries.map(({ tidings }) => tidings),
		};
		await this.post(post, now(), 0);
	}

	private async post(post: Post, firstMs: number, tries: number): Promise<void> {
		const { agenda, random, now } = this.options;
		const again = (afterMs: number, count: number) =>
			agenda.at(now() + afterMs, async () => await this.post(post, firstMs, count));
		if (!(await this.options.post(post))) {
			const pause = RETRY_AFTER_MS[Math.min(tries, RETRY_AFTER_MS.length - 1)];
			if (now() + pause < firstMs + RETRIES_END_MS) again(pause, tries + 1);
			return;
		}
		// An answer that got lost on its way makes Meta deliver again.
		if (random.chance(0.04)) {
			const left = firstMs + RETRIES_END_MS - now();
			again(Math.min(this.lag() + MINUTE, Math.max(0, left)), tries);
		}
	}

	/** Until something is delivered, milliseconds: seconds as a rule, minutes, hours, days. */
	private lag(): number {
		const { random } = this.options;
		return random.weighted<() => number>([
			[900, () => random.between(200, 3 * SECOND)],
			[60, () => random.between(MINUTE, 30 * MINUTE)],
			[30, () => random.between(30 * MINUTE, 12 * HOUR)],
			[10, () => random.between(12 * HOUR, 6.5 * DAY)],
		])();
	}

	/** Refusals take their time. */
	private refusalLag(): number {
		const { random } = this.options;
		return random.weighted<() => number>([
			[5, () => random.between(SECOND, 10 * MINUTE)],
			[3, () => random.between(10 * MINUTE, 8 * HOUR)],
			[2, () => random.between(8 * HOUR, 5 * DAY)],
		])();
	}
}

/** The names in the payload of a status. */
function namesIn(payload: Json): Record<NameKind, boolean> {
	const [{ changes }] = payload.entry as [{ changes: [{ value: { statuses: [Json] } }] }];
	const [status] = changes[0].value.statuses;
	return { phone: Boolean(status.recipient_id), userId: Boolean(status.recipient_user_id) };
}

/** What a failed status tells; nothing where there is no code. */
function newsOf({ at }: SentMessage, code: number | undefined): News {
	const second = Math.floor(at / SECOND);
	switch (code) {
		case 131047:
			return { refusedAt: second, refusalToldAt: second };
		case 131049:
			return { limitedAt: second };
		case 131050:
			return { word: { scope: 'atMeta', at: second, says: 'no', source: 'code' } };
		default:
			return {};
	}
}
