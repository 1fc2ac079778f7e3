import type { Server } from 'http';
import type { AddressInfo } from 'net';

import type { BusinessNumber, BusinessNumberInput } from './accounts';
import {
	call,
	prefer,
	react,
	tap,
	write,
	type Calling,
	type Done,
	type Preferring,
	type Reacting,
	type Tapping,
	type Writing,
} from './customers';
import type { DeliverOptions, WebhookEvent } from './deliveries';
import type { Fault, LateFault } from './faults';
import { userIdFor } from './ids';
import { pay, type Paying } from './orders';
import { batch } from './payloads';
import type { Business } from './phone/business';
import {
	colleagueWrites,
	otherResponder,
	otherResponderReleases,
	otherResponderWrites,
	type Answering,
	type Dealing,
} from './responders';
import { tellStatus } from './sending';
import { createApp } from './server/app';
import type { Setup } from './setup';
import { FIELDS } from './subscriptions';
import { announceTemplate } from './templateNews';
import type { TemplateInput } from './templates';
import type {
	ApiRequest,
	Delivery,
	InboundMessage,
	Json,
	Person,
	SentMessage,
	Settings,
	SimulatorOptions,
	StoredMedia,
	Template,
	Window,
} from './types';
import { World } from './world';

const DEFAULTS: Settings = {
	windowRefusal: 'later',
	statuses: 'auto',
	statusesBeforeReply: false,
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

/**
 * A Graph API on loopback that behaves like Meta where it matters to a WhatsApp business, together
 * with the people who write to that business. It imports nothing from the package: its books of
 * windows are its own, so that they can catch the package's mistakes.
 */
export class Simulator {
	/** The business as it tells of itself; the page of the phone shows it. */
	business?: Business;

	private constructor(
		readonly world: World,
		private readonly server: Server,
	) {}

	/** Starts listening. Everything left out has a default. */
	static async start(options: SimulatorOptions = {}): Promise<Simulator> {
		const {
			port = 0,
			host = '127.0.0.1',
			appId = '1000000000000001',
			appSecret = 'simulated-app-secret',
			accessToken = 'simulated-access-token',
			businessAccountId = '2000000000000001',
			apiVersions = ['v23.0', 'v24.0', 'v25.0', 'v26.0', 'v27.0'],
			now = Date.now,
			...settings
		} = options;
		const world = new World(
			{ appId, appSecret, accessToken, businessAccountId, apiVersions },
			{ ...DEFAULTS, ...settings },
			now,
		);
		const started: { simulator?: Simulator } = {};
		const app = createApp(world, () => started.simulator as Simulator);
		const server = await new Promise<Server>((resolve, reject) => {
			const listening: Server = app.listen(port, host, (error?: Error) =>
				error ? reject(error) : resolve(listening),
			);
		});
		server.keepAliveTimeout = 30_000;
		world.url = `http://${host}:${(server.address() as AddressInfo).port}`;
		started.simulator = new Simulator(world, server);
		return started.simulator;
	}

	/** The base address without version, e.g. `http://127.0.0.1:1234`. */
	get url(): string {
		return this.world.url;
	}

	/** The page on which a person is the customers: a phone, and what the business makes of it. */
	get phoneUrl(): string {
		return `${this.url}/phone/`;
	}

	/** How it behaves; change it at will. */
	get settings(): Settings {
		return this.world.settings;
	}

	/** The messages that the API accepted from the business. */
	get sent(): SentMessage[] {
		return this.world.sent;
	}

	/** The messages that contacts wrote. */
	get inbound(): InboundMessage[] {
		return this.world.inbound;
	}

	/** Every request to the API. */
	get requests(): ApiRequest[] {
		return this.world.requests;
	}

	/** Every POST to a callback. */
	get deliveries(): Delivery[] {
		return this.world.deliveries.log;
	}

	readonly media = {
		/** A file that was uploaded or that a contact sent, while it is kept. */
		get: (id: string): StoredMedia | undefined => this.world.media.get(id),
	};

	addBusinessNumber(input: BusinessNumberInput = {}): BusinessNumber {
		const { businessAccountId = this.world.identity.businessAccountId } = input;
		return this.world.accounts.addNumber({ ...input, businessAccountId });
	}

	/** As if approved long ago, unless another status is given. */
	addTemplate(input: TemplateInput): Template {
		const { businessAccountId = this.world.identity.businessAccountId } = input;
		return this.world.templates.add({ ...input, businessAccountId });
	}

	/** Meta's judgement over a template; tells the app callback. */
	async setTemplateStatus(id: string, status: string, reason?: string): Promise<void> {
		const template = this.world.templates.byId.get(id);
		if (!template) throw new Error(`No template ${id}`);
		template.status = status;
		template.rejected_reason = reason ?? 'NONE';
		await announceTemplate(this.world, template, status, reason);
	}

	/** A file for a message of a contact: the node to put under `image`, `document` and so on. */
	addInboundMedia(bytes: Buffer, mimeType: string, fileName?: string): Json {
		return this.world.media.addInbound(bytes, mimeType, fileName, this.url);
	}

	/** Registers a callback without asking it: the app's, for all fields, and all accounts. */
	setCallback(callbackUrl: string): void {
		const { subscriptions, accounts } = this.world;
		subscriptions.app = { callbackUrl, fields: FIELDS };
		for (const id of accounts.accounts.keys()) {
			if (!subscriptions.accounts.has(id)) subscriptions.accounts.set(id, {});
		}
	}

	/** Says that a phone number or user ID is not on WhatsApp: messages to it fail with 131026. */
	notOnWhatsApp(person: string | Person): void {
		this.world.contacts.setOnWhatsApp(person, false);
	}

	/** The user ID that a phone number has, given or made up. */
	userIdOf(phone: string): string {
		return this.world.contacts.peek({ phone })?.userId ?? userIdFor(phone.replace(/\D/g, ''));
	}

	/** A contact writes: into the books, and to the callback. */
	async writes(writing: Writing): Promise<Done> {
		return await write(this.world, writing);
	}

	/** A contact calls, or is called. */
	async calls(calling: Calling): Promise<Done> {
		return await call(this.world, calling);
	}

	/** A contact taps a button or chooses a row of a message that was sent. */
	async taps(tapping: Tapping): Promise<Done> {
		return await tap(this.world, tapping);
	}

	/** A contact tries to pay a bill inside WhatsApp. */
	async pays(paying: Paying): Promise<Delivery> {
		return await pay(this.world, paying);
	}

	/** A contact reacts to a message. */
	async reacts(reacting: Reacting): Promise<Done> {
		return await react(this.world, reacting);
	}

	/** A colleague answers a contact from the WhatsApp Business app. */
	async colleagueWrites(answering: Answering): Promise<Delivery> {
		return await colleagueWrites(this.world, answering);
	}

	/** The second responder of a number writes to a contact, and takes the conversation. */
	async otherResponderWrites(answering: Answering): Promise<Delivery> {
		return await otherResponderWrites(this.world, answering);
	}

	/** The second responder takes a conversation without a word. */
	async otherResponderTakes(dealing: Dealing): Promise<Delivery> {
		return await otherResponder(this.world, 'control_taken', dealing);
	}

	/** The second responder passes a conversation to the app. */
	async otherResponderPasses(dealing: Dealing): Promise<Delivery> {
		return await otherResponder(this.world, 'control_passed', dealing);
	}

	/** The second responder gives a conversation up, of which nobody is told. */
	otherResponderReleases(dealing: Dealing): void {
		otherResponderReleases(this.world, dealing);
	}

	/** A contact stops or resumes marketing messages. */
	async setsPreference(preferring: Preferring): Promise<Delivery | undefined> {
		return await prefer(this.world, preferring);
	}

	/** The contact reads a message of the business (or plays it). */
	async reads(messageId: string, status: 'read' | 'played' = 'read'): Promise<void> {
		await tellStatus(this.world, messageId, status);
	}

	/** Posts any payload; without `url` to the callback of the number that it names. */
	async deliver(payload: Json, options: DeliverOptions = {}): Promise<Delivery[]> {
		const { copies = 1 } = options;
		const url = options.url ?? this.callbackFor(payload);
		const posts = Array.from({ length: copies }, () =>
			this.world.deliveries.post(payload, { ...options, url }),
		);
		return await Promise.all(posts);
	}

	/**
	 * Delivers again: what tells of this message, or everything that no callback has acknowledged.
	 * In the order in which it happened, one after the other.
	 */
	async redeliver(messageId?: string): Promise<Delivery[]> {
		const deliveries: Delivery[] = [];
		for (const event of this.eventsOf(messageId)) {
			deliveries.push(await this.world.deliveries.send(event));
		}
		return deliveries;
	}

	/** Delivers what tells of these messages in one POST, in this order. */
	async deliverBatch(
		messageIds: string[],
		grouping: 'messages' | 'changes' | 'entries' = 'messages',
	): Promise<Delivery> {
		const events = messageIds.flatMap((id) => this.eventsOf(id));
		const payload = batch(
			events.map((event) => event.payload),
			grouping,
		);
		const [delivery] = await this.deliver(payload);
		for (const event of events) event.acknowledged ||= delivery.status === 200;
		return delivery;
	}

	/** By the simulator's books. */
	windowOf(businessNumberId: string, contact: string | Person): Window {
		return this.world.windowOf(businessNumberId, contact);
	}

	/** Free-form messages that met a closed window (131047), whether accepted first or not. */
	failuresOutsideWindow(): SentMessage[] {
		return this.world.outsideWindow;
	}

	/** Breaks something of the set-up at Meta, or mends it. */
	setUp(setup: Partial<Setup>): void {
		Object.assign(this.world.setup, setup);
	}

	/** The next requests fail. */
	failNext(fault: Fault): void {
		this.world.faults.failNext(fault);
	}

	/** The next messages are accepted and then fail, as a `failed` status tells. */
	failLater(fault: LateFault): void {
		this.world.faults.failLater(fault);
	}

	/** While the next request to a path that contains this text is under way, something happens. */
	meanwhile(path: string, happens: () => unknown): void {
		this.world.meanwhile.push({ path, happens });
	}

	/** Waits for a number of accepted messages in all. @throws Error after `timeoutMs` */
	async waitForSent(count: number, timeoutMs = 5000): Promise<SentMessage[]> {
		const { world } = this;
		if (world.sent.length >= count) return world.sent;
		return await new Promise((resolve, reject) => {
			const check = () => {
				if (world.sent.length < count) return;
				clearTimeout(timer);
				world.onSent.delete(check);
				resolve(world.sent);
			};
			const timer = setTimeout(() => {
				world.onSent.delete(check);
				reject(new Error(`${world.sent.length} of ${count} messages were sent in ${timeoutMs} ms`));
			}, timeoutMs);
			world.onSent.add(check);
		});
	}

	/** Waits until every delivery is done. @throws Error after `timeoutMs` */
	async settled(timeoutMs = 10_000): Promise<void> {
		await this.world.deliveries.settled(timeoutMs);
	}

	/** Forgets what happened and who wrote; keeps accounts, templates, media and callbacks. */
	reset(): void {
		this.world.reset();
	}

	async stop(): Promise<void> {
		this.world.deliveries.stop();
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private eventsOf(messageId?: string): WebhookEvent[] {
		return this.world.deliveries.events.filter((event) =>
			messageId === undefined ? !event.acknowledged : event.ids.includes(messageId),
		);
	}

	private callbackFor(payload: Json): string | undefined {
		const entry = (payload.entry as Json[] | undefined)?.[0];
		const change = (entry?.changes as Array<{ field: string; value: Json }> | undefined)?.[0];
		const metadata = change?.value.metadata as Json | undefined;
		return this.world.subscriptions.callbackOf(
			change?.field ?? 'messages',
			String(entry?.id ?? this.world.identity.businessAccountId),
			metadata && String(metadata.phone_number_id),
		);
	}
}
