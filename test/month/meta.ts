import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { BusinessNumber } from '../simulator/accounts';
import type { Ledger } from '../simulator/books';
import { signatureOf, bytesOf } from '../simulator/deliveries';
import { GraphError } from '../simulator/errors';
import { batch } from '../simulator/payloads';
import { acceptMessage } from '../simulator/sending';
import type { Json, SentMessage, Settings } from '../simulator/types';
import { World } from '../simulator/world';

import type { Agenda } from './agenda';
import type { News } from './judge';
import { INBOX_URL } from './n8n';
import type { NameKind, Person } from './people';
import type { Random } from './random';

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
	prependCountryCode: false,
	userIds: true,
	mediaUrl: '',
	mediaRedirect: '',
};

/** What a delivery tells of somebody, for those who keep the books. */
export interface Tidings {
	person: Person;
	names: { [name in NameKind]: boolean };
	news: News;
	/** Of a message, which has to start the workflow once. */
	messageId?: string;
}

export interface Post {
	body: Buffer;
	signature: string;
	tidings: Tidings[];
}

export interface MetaOptions {
	agenda: Agenda;
	random: Random;
	/** Epoch milliseconds. */
	now: () => number;
	/** Posts a delivery to the business. @returns whether it was acknowledged */
	post: (post: Post) => Promise<boolean>;
	/** The API refused at once, because the window is closed. */
	onRefusal: (person: Person, name: NameKind) => void;
}

/**
 * The simulator's world without its server: what contacts do becomes deliveries that come late,
 * twice, in another order, several in one, and again when nobody took them.
 */
export class Meta {
	readonly world: World;

	readonly number: BusinessNumber;

	private readonly people = new Map<unknown, Person>();

	/** Deliveries that wait for others to go with. */
	private waiting: Array<{ payload: Json; tidings: Tidings }> = [];

	constructor(private readonly options: MetaOptions) {
		this.world = new World(IDENTITY, SETTINGS, options.now);
		this.number = this.world.accounts.addNumber({
			id: '106540352242922',
			phone: '15550783881',
			businessAccountId: IDENTITY.businessAccountId,
		});
	}

	/** Somebody who is on WhatsApp; both names are one person to Meta from the beginning. */
	add(person: Person): void {
		person.contact = this.world.contacts.find({ phone: person.phone, userId: person.userId });
		this.people.set(person.contact, person);
	}

	/** The books. */
	ledgerOf({ contact }: Person): Ledger {
		return this.world.ledger(this.number, contact!);
	}

	/** Lets what somebody has just done go out as a delivery. */
	tell(tidings: Tidings): void {
		const [event] = this.world.deliveries.events.splice(0);
		this.dispatch(event.payload, tidings, this.lag());
	}

	/** The Graph API. */
	async answer({ method, url, body, qs }: IHttpRequestOptions): Promise<unknown> {
		if (method === 'GET' && url.endsWith('/message_templates')) {
			const templates = this.world.templates.list(IDENTITY.businessAccountId, qs as Json);
			return { statusCode: 200, body: { data: templates } };
		}
		if (method === 'GET' && (qs as Json).fields === 'webhook_configuration') {
			const callbacks = { phone_number: INBOX_URL };
			return { statusCode: 200, body: { webhook_configuration: callbacks } };
		}
		if (method !== 'POST' || !url.endsWith('/messages')) throw new Error(`${method} ${url}`);
		try {
			return { statusCode: 200, body: await this.accept(body as Json) };
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

	private async accept(body: Json): Promise<Json> {
		const { world, number } = this;
		const { random, onRefusal } = this.options;
		const name: NameKind = body.to ? 'phone' : 'userId';
		const named = { phone: body.to as string | undefined, userId: body.recipient as string };
		const contact = world.contacts.peek(name === 'phone' ? { phone: named.phone } : named);
		const person = this.people.get(contact);
		if (!contact || !person) throw new Error(`A message to a stranger: ${JSON.stringify(body)}`);

		world.settings.windowRefusal = random.weighted([
			[8, 'later'],
			[1, 'atOnce'],
			[1, 'both'],
		]);
		// Meta refuses now and then although the window is open, and limits marketing by its own lights.
		const isTemplate = body.type === 'template';
		const code = isTemplate ? 131049 : 131047;
		if (random.chance(isTemplate ? 0.01 : 0.003)) {
			world.settings.windowRefusal = 'later';
			world.faults.failLater({ code, to: { userId: person.userId } });
		}
		try {
			const { reply, statuses } = acceptMessage(world, number, body);
			await statuses;
			this.tellStatuses(world.sent[world.sent.length - 1], person);
			return reply as IDataObject;
		} catch (error) {
			// 'both': the status comes all the same.
			await Promise.resolve();
			if (error instanceof GraphError && error.code === 131047) {
				onRefusal(person, name);
				this.tellStatuses(world.outsideWindow[world.outsideWindow.length - 1], person);
			}
			throw error;
		}
	}

	private tellStatuses(message: SentMessage, person: Person): void {
		for (const { payload, field } of this.world.deliveries.events.splice(0)) {
			const names = namesIn(payload);
			const failed = message.statuses.find(({ status }) => status === 'failed');
			const tidings = { person, names, news: newsOf(message, failed?.errors?.[0].code) };
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
			this.waiting.push({ payload, tidings });
			if (this.waiting.length > 1) return;
			agenda.at(now() + random.between(1, 30) * SECOND, async () => {
				await this.send(this.waiting.splice(0));
			});
		});
	}

	private async send(deliveries: Array<{ payload: Json; tidings: Tidings }>): Promise<void> {
		const { random, now } = this.options;
		const payloads = deliveries.map(({ payload }) => payload);
		const grouping = random.pick(['messages', 'changes', 'entries'] as const);
		const body = bytesOf(payloads.length === 1 ? payloads[0] : batch(payloads, grouping), true);
		const post = {
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
			return { atMeta: { at: second, says: 'no' } };
		default:
			return {};
	}
}
