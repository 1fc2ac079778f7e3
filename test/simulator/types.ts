/** Any JSON object. */
export type Json = Record<string, unknown>;

/** A person, by telephone number (digits, with or without '+'), business-scoped user ID, or both. */
export interface Person {
	phone?: string;
	userId?: string;
}

/** A person who writes. What is left out does not stand in the webhook. */
export interface Writer extends Person {
	name?: string;
	username?: string;
	/**
	 * What Meta leaves out of the webhook although the simulator knows it: the phone number (the
	 * person has a username), the phone number with its fields left as empty strings, or the user ID
	 * (payloads from before April 2026).
	 */
	hides?: 'phone' | 'phoneLeavingEmpty' | 'userId';
}

/** How the simulator behaves. All of it may be changed while it runs. */
export interface Settings {
	/** When a free-form message outside the window is refused; default 'later' (HTTP 200 first). */
	windowRefusal: 'later' | 'atOnce' | 'both';
	/** 'held': statuses are made but not posted until `redeliver` or `deliverBatch`. */
	statuses: 'auto' | 'held';
	/** Whether the status webhooks arrive before the send call is answered. */
	statusesBeforeReply: boolean;
	/** Pause before each status, milliseconds. */
	statusDelayMs: number;
	/** Pause before each answer of the API, milliseconds. */
	latencyMs: number;
	/** 1 message in 6 s to the same contact, with a burst of 45 (code 131056). */
	pairLimit: boolean;
	/** Messages a second from one business number (code 130429); 0 for no limit. Meta's is 80. */
	throughputLimit: number;
	/** Whether a delivery that was not answered 200 is tried again, three times, soon after. */
	retry: boolean;
	/** Whether characters outside ASCII go out as `\uXXXX`, as Meta sends them. */
	escapeNonAscii: boolean;
	/** How long a callback may take, milliseconds. */
	deliveryTimeoutMs: number;
	/** Service messages without charge for each business number and month. */
	freeServiceMessages: number;
	/** How often templates must have been sent before they are compared; Meta's is 1,000. */
	leastCompared: number;
	/** Whether a recipient without '+' gets the country code of the business number in front. */
	prependCountryCode: boolean;
	/** Whether webhooks carry business-scoped user IDs, as they do since April 2026. */
	userIds: boolean;
	/** Names this address for every file, as a server gone astray would; '' for the true one. */
	mediaUrl: string;
	/** Answers the request for a file with a redirection to this address; '' for the file. */
	mediaRedirect: string;
}

export interface SimulatorOptions extends Partial<Settings> {
	/** 0 (default) takes a free port. */
	port?: number;
	host?: string;
	appId?: string;
	appSecret?: string;
	accessToken?: string;
	businessAccountId?: string;
	apiVersions?: string[];
	/** The clock, epoch milliseconds. */
	now?: () => number;
}

/** Who may call, and what is called. */
export interface Identity {
	appId: string;
	appSecret: string;
	accessToken: string;
	businessAccountId: string;
	apiVersions: string[];
}

export interface StatusError {
	code: number;
	title: string;
	message: string;
	error_data: { details: string };
	href: string;
}

export interface StatusEntry {
	status: string;
	/** Epoch milliseconds. */
	at: number;
	errors?: StatusError[];
}

/** A message of the business that the API accepted, or refused because of the window. */
export interface SentMessage {
	/** The edge of the number by which it went out. */
	way: 'messages' | 'marketing_messages';
	id: string;
	/** Epoch milliseconds. */
	at: number;
	businessNumberId: string;
	to: Person;
	type: string;
	body: Json;
	/** By the simulator's own books, at the moment of the send. */
	windowWasOpen: boolean;
	/** Whether a second responder had the conversation then; a free-form message takes it. */
	wasOthers: boolean;
	/** Accepted and then dropped without a word: a user ID stood in `to`. */
	dropped: boolean;
	statuses: StatusEntry[];
	pricing?: Json;
}

/** A message of a contact. */
export interface InboundMessage {
	id: string;
	/** The message's own time, epoch milliseconds. */
	at: number;
	businessNumberId: string;
	from: Person;
	message: Json;
	/** When the business marked it as read, epoch milliseconds. */
	readAt?: number;
	/** When the business last showed that it is typing, epoch milliseconds. */
	typingAt?: number;
}

/** One POST to a callback. */
export interface Delivery {
	url?: string;
	/** HTTP status; absent when nothing answered or there was no callback. */
	status?: number;
	/** What the callback answered. */
	body?: string;
	/** Why there is no status. */
	problem?: string;
	/** Epoch milliseconds. */
	at: number;
	payload: Json;
	signature?: string;
}

/** One request to the Graph API. */
export interface ApiRequest {
	/** Epoch milliseconds. */
	at: number;
	method: string;
	/** Without query. */
	path: string;
	query: Json;
	/** Of a multipart upload: its fields, with the file as {name, type, size}. */
	body: unknown;
	authorized: boolean;
	/** HTTP status of the answer; absent while it is under way. */
	status?: number;
}

export interface Window {
	open: boolean;
	/** Epoch milliseconds; absent when the contact never wrote. */
	expiresAtMs?: number;
}

export interface StoredMedia {
	id: string;
	bytes: Buffer;
	mimeType: string;
	fileName?: string;
	/** The business number that uploaded it; absent for media of contacts. */
	businessNumberId?: string;
	/** Epoch milliseconds. */
	expiresAtMs: number;
}

export interface Template {
	id: string;
	businessAccountId: string;
	name: string;
	language: string;
	category: string;
	status: string;
	parameter_format: string;
	components: Json[];
	[field: string]: unknown;
}
