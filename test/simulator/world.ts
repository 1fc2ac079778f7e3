import { Accounts, type BusinessNumber } from './accounts';
import { windowOf, type Ledger } from './books';
import { Contacts, personOf, type Contact } from './contacts';
import { Deliveries, type WebhookEvent } from './deliveries';
import { Faults } from './faults';
import { Limits } from './limits';
import { Media } from './media';
import { Orders } from './orders';
import { Pricing } from './pricing';
import { rightSetup } from './setup';
import { Storefront } from './storefront';
import { Subscriptions } from './subscriptions';
import { Templates } from './templates';
import type {
	ApiRequest,
	Identity,
	InboundMessage,
	Json,
	Person,
	SentMessage,
	Settings,
	Window,
} from './types';
import { Uploads } from './uploads';

/** Everything the simulator knows. The routes and the customers' doings work on it. */
export class World {
	/** The address of the server, known once it listens. */
	url = '';

	readonly accounts = new Accounts();

	readonly contacts = new Contacts();

	readonly templates = new Templates();

	readonly media: Media;

	readonly subscriptions = new Subscriptions();

	readonly deliveries: Deliveries;

	readonly limits = new Limits();

	readonly faults = new Faults();

	readonly setup = rightSetup();

	readonly pricing = new Pricing();

	readonly uploads = new Uploads();

	readonly orders = new Orders();

	private readonly fronts = new Map<string, Storefront>();

	requests: ApiRequest[] = [];

	sent: SentMessage[] = [];

	/** Free-form messages that met a closed window, accepted first or not. */
	outsideWindow: SentMessage[] = [];

	inbound: InboundMessage[] = [];

	/** Messages by ID, of both directions. */
	readonly sentById = new Map<string, SentMessage>();

	readonly inboundById = new Map<string, InboundMessage>();

	/** Called after each accepted send. */
	readonly onSent = new Set<() => void>();

	/** What happens in the world while requests are under way: once each, by a part of the path. */
	readonly meanwhile: Array<{ path: string; happens: () => unknown }> = [];

	constructor(
		readonly identity: Identity,
		readonly settings: Settings,
		readonly now: () => number,
	) {
		this.media = new Media(now);
		this.accounts.addAccount(identity.businessAccountId);
		this.deliveries = new Deliveries(
			settings,
			identity.appSecret,
			(event) =>
				this.subscriptions.callbackOf(event.field, event.businessAccountId, event.businessNumberId),
			now,
		);
	}

	/** The business number with this ID, or the first one. */
	number(id?: string): BusinessNumber {
		const { numbers } = this.accounts;
		const number = id === undefined ? [...numbers.values()][0] : numbers.get(id);
		if (!number) throw new Error(`The simulator has no business number ${id ?? 'at all'}`);
		return number;
	}

	/** What a business number shows to people. */
	storefront({ id }: BusinessNumber): Storefront {
		let front = this.fronts.get(id);
		if (!front) {
			front = new Storefront(
				(handle) => this.uploads.get(handle) && `https://pps.example/${encodeURIComponent(handle)}`,
			);
			this.fronts.set(id, front);
		}
		return front;
	}

	storefronts(): Storefront[] {
		return [...this.fronts.values()];
	}

	ledger(number: BusinessNumber, contact: Contact): Ledger {
		return this.contacts.ledger(contact, number.id);
	}

	windowOf(businessNumberId: string, person: string | Person): Window {
		const contact = this.contacts.peek(personOf(person));
		return windowOf(contact?.ledgers.get(businessNumberId), this.now());
	}

	/** A webhook event, remembered so that it can be delivered again. */
	event(
		field: string,
		ids: string[],
		at: { businessAccountId: string; businessNumberId?: string },
		payload: Json,
	): WebhookEvent {
		const event: WebhookEvent = { field, ids, ...at, payload, acknowledged: false };
		this.deliveries.events.push(event);
		return event;
	}

	/** Forgets what happened and who wrote. Keeps accounts, numbers, templates, media, callbacks. */
	reset(): void {
		this.requests = [];
		this.sent = [];
		this.outsideWindow = [];
		this.inbound = [];
		this.sentById.clear();
		this.inboundById.clear();
		this.deliveries.log = [];
		this.deliveries.events = [];
		this.contacts.clear();
		this.limits.clear();
		this.faults.clear();
		this.pricing.clear();
		this.orders.clear();
	}
}
