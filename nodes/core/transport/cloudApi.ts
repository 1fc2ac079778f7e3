import { randomBytes } from 'crypto';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { identityOf, type ContactIdentity } from '../conversation/contact';
import type { TemplateDefinition } from '../templates/definition';

import { readGraphError } from './errors';
import { multipartBody, multipartFrame, type FileStream } from './multipart';
import { ProviderRefusal } from './providerRefusal';

/** Sends one request with the credential's token and returns the whole response. */
export type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;

export interface CloudApiOptions {
	baseUrl: string;
	/** e.g. `v26.0`. */
	apiVersion: string;
	businessAccountId: string;
}

/** What WhatsApp answers to a send: accepted, which is not delivered (rule D5). */
export interface Accepted {
	messageId: string;
	contact: ContactIdentity;
	/** `accepted`, `held_for_quality_assessment` or `paused`. */
	messageStatus: string;
}

export interface BusinessNumber {
	id: string;
	displayPhoneNumber: string;
	verifiedName: string;
	/** The callback set for this number alone; '' when there is none. */
	callbackUrl: string;
}

/** One page of a list, with the cursor of the next. */
export interface Page<T> {
	entries: T[];
	next?: string;
}

export interface TemplateQuery {
	/** Exact name. */
	name?: string;
	/** Part of the name or the text. */
	search?: string;
	status?: string;
	after?: string;
	limit?: number;
}

export interface FileToUpload {
	/** A stream is read once, while it goes out. */
	content: Buffer | FileStream;
	sizeBytes: number;
	fileName: string;
	mimeType: string;
}

const TIMEOUT_MS = 30_000;
/** An upload of 100 MB takes its time. */
const UPLOAD_TIMEOUT_MS = 300_000;

const TEMPLATE_FIELDS =
	'id,name,language,status,category,parameter_format,components,quality_score';

/** Meta's Cloud API: the calls that the nodes make. Every refusal is a {@link ProviderRefusal}. */
export class CloudApi {
	readonly businessAccountId: string;

	readonly root: string;

	constructor(
		private readonly sendRequest: SendRequest,
		options: CloudApiOptions,
	) {
		this.businessAccountId = options.businessAccountId.trim();
		this.root = `${options.baseUrl.trim().replace(/\/+$/, '')}/${options.apiVersion.trim()}`;
	}

	/** @param body from `requestBody()` */
	async sendMessage(businessNumberId: string, body: IDataObject): Promise<Accepted> {
		const answer = await this.call('POST', [businessNumberId, 'messages'], { body });
		const [message] = asList(answer.messages);
		const [contact] = asList(answer.contacts);
		return {
			messageId: String(message?.id ?? ''),
			contact: identityOf(contact?.wa_id, contact?.user_id),
			messageStatus: String(message?.message_status ?? 'accepted'),
		};
	}

	/** @param body from `markReadBody()` */
	async markRead(businessNumberId: string, body: IDataObject): Promise<void> {
		await this.call('POST', [businessNumberId, 'messages'], { body });
	}

	/** @returns the media ID, valid for 30 days */
	async uploadMedia(businessNumberId: string, file: FileToUpload): Promise<string> {
		const { content, mimeType, sizeBytes } = file;
		const fields = { messaging_product: 'whatsapp', type: mimeType };
		const boundary = `----${randomBytes(24).toString('hex')}`;
		const frame = multipartFrame(fields, file, boundary);
		const body = multipartBody(frame, content);
		try {
			const answer = await this.call('POST', [businessNumberId, 'media'], {
				body,
				headers: {
					'content-type': frame.contentType,
					'content-length': frame.head.length + sizeBytes + frame.tail.length,
				},
				timeout: UPLOAD_TIMEOUT_MS,
			});
			return String(answer.id ?? '');
		} finally {
			// A refusal may come before the whole file was read.
			for (const stream of [body, content]) if (!Buffer.isBuffer(stream)) stream.destroy();
		}
	}

	async listTemplates(query: TemplateQuery = {}): Promise<Page<TemplateDefinition>> {
		const answer = await this.call('GET', [this.businessAccountId, 'message_templates'], {
			qs: compact({
				fields: TEMPLATE_FIELDS,
				name: query.name,
				name_or_content: query.search,
				status: query.status,
				limit: query.limit ?? 100,
				after: query.after,
			}),
		});
		return pageOf(answer, (entry) => entry as unknown as TemplateDefinition);
	}

	async listBusinessNumbers(after?: string): Promise<Page<BusinessNumber>> {
		const answer = await this.call('GET', [this.businessAccountId, 'phone_numbers'], {
			qs: compact({
				fields: 'id,display_phone_number,verified_name,webhook_configuration',
				limit: 100,
				after,
			}),
		});
		return pageOf(answer, businessNumberOf);
	}

	async businessNumber(businessNumberId: string): Promise<BusinessNumber> {
		const answer = await this.call('GET', [businessNumberId], {
			qs: { fields: 'id,display_phone_number,verified_name,webhook_configuration' },
		});
		return businessNumberOf(answer);
	}

	/**
	 * Sets the callback of one number, which Meta checks at once; '' removes it. Callbacks of the
	 * account and of the app stay as they are (Meta: Webhook overrides).
	 */
	async setNumberCallback(
		businessNumberId: string,
		callbackUrl: string,
		verifyToken?: string,
	): Promise<void> {
		const configuration = compact({
			override_callback_uri: callbackUrl,
			verify_token: verifyToken,
		});
		await this.call('POST', [businessNumberId], {
			body: { webhook_configuration: configuration },
		});
	}

	/** IDs of the apps that receive the business account's events. */
	async subscribedApps(): Promise<string[]> {
		const answer = await this.call('GET', [this.businessAccountId, 'subscribed_apps']);
		return asList(answer.data).map((entry) => {
			const app = (entry.whatsapp_business_api_data ?? {}) as IDataObject;
			return String(app.id ?? '');
		});
	}

	/** Must not be called when the app is subscribed: it would remove the account's own callback. */
	async subscribeApp(): Promise<void> {
		await this.call('POST', [this.businessAccountId, 'subscribed_apps']);
	}

	async unsubscribeApp(): Promise<void> {
		await this.call('DELETE', [this.businessAccountId, 'subscribed_apps']);
	}

	private async call(
		method: 'GET' | 'POST' | 'DELETE',
		path: string[],
		options: Partial<IHttpRequestOptions> = {},
	): Promise<IDataObject> {
		let response: { statusCode: number; body: unknown };
		try {
			response = (await this.sendRequest({
				method,
				url: [this.root, ...path.map(encodeURIComponent)].join('/'),
				// The token is for this host alone.
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				json: true,
				...options,
			})) as typeof response;
		} catch (error) {
			throw asRefusal(error);
		}
		const { statusCode, body } = response;
		const answer = typeof body === 'string' ? parsed(body) : body;
		if (statusCode < 200 || statusCode > 299 || !isObject(answer) || 'error' in answer) {
			throw new ProviderRefusal(readGraphError(body, statusCode), statusCode);
		}
		return answer;
	}
}

/** What a request threw when no answer came. */
function asRefusal(error: unknown): ProviderRefusal {
	return new ProviderRefusal(readGraphError(error));
}

function businessNumberOf(entry: IDataObject): BusinessNumber {
	const callbacks = (entry.webhook_configuration ?? {}) as IDataObject;
	return {
		id: String(entry.id ?? ''),
		displayPhoneNumber: String(entry.display_phone_number ?? ''),
		verifiedName: String(entry.verified_name ?? ''),
		callbackUrl: String(callbacks.phone_number ?? ''),
	};
}

function pageOf<T>(answer: IDataObject, read: (entry: IDataObject) => T): Page<T> {
	const paging = (answer.paging ?? {}) as { next?: string; cursors?: { after?: string } };
	return {
		entries: asList(answer.data).map(read),
		...(paging.next ? { next: paging.cursors?.after } : {}),
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function asList(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compact(object: Record<string, string | number | undefined>): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
