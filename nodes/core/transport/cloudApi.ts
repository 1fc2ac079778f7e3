import { randomBytes } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

import { identityOf, type ContactIdentity } from '../conversation/contact';
import { InputError } from '../inputError';
import type { TemplateToCreate, TemplateToEdit } from '../templates/create';
import type { TemplateDefinition } from '../templates/definition';

import { asList, compact } from './answers';
import { GraphApi, refusalOf, rootOf, type SendRequest } from './graphApi';
import { mayFetchFrom } from './mediaHosts';
import { multipartBody, multipartFrame, type FileStream } from './multipart';

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

/** An app that receives the business account's events. */
export interface SubscribedApp {
	id: string;
	name: string;
	/** The callback set for this account alone; '' when there is none. */
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
	category?: string;
	/** Exact code, such as `en_US`. */
	language?: string;
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

export interface CreatedTemplate {
	id: string;
	/** `PENDING` until Meta has reviewed it, as a rule. */
	status: string;
	category: string;
}

/** What Meta tells about a file. */
export interface MediaInfo {
	id: string;
	/** Where the bytes are, for five minutes. */
	url: string;
	mimeType: string;
	/** Of the content, in base64. */
	sha256: string;
	sizeBytes: number;
}

/** A file of 100 MB takes its time. */
const FILE_TIMEOUT_MS = 300_000;

/** What Meta answers for a file's address that is no longer valid. */
const LINK_GONE = [404, 410];

/** How much of a refusal is read that came in place of a file, in characters. */
const MOST_OF_ANSWER = 10_000;

const TEMPLATE_FIELDS =
	'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

/** Meta's Cloud API: the calls that the nodes make. Every refusal is a {@link ProviderRefusal}. */
export class CloudApi extends GraphApi {
	readonly businessAccountId: string;

	constructor(sendRequest: SendRequest, options: CloudApiOptions) {
		super(sendRequest, rootOf(options));
		this.businessAccountId = options.businessAccountId.trim();
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
				timeout: FILE_TIMEOUT_MS,
			});
			return String(answer.id ?? '');
		} finally {
			// A refusal may come before the whole file was read.
			for (const stream of [body, content]) if (!Buffer.isBuffer(stream)) stream.destroy();
		}
	}

	/** @param mediaId of an upload, or of a message's file */
	async mediaInfo(mediaId: string): Promise<MediaInfo> {
		const answer = await this.call('GET', [mediaId]);
		return {
			id: mediaId,
			url: String(answer.url ?? ''),
			mimeType: String(answer.mime_type ?? ''),
			sha256: String(answer.sha256 ?? ''),
			sizeBytes: Number(answer.file_size ?? 0),
		};
	}

	/**
	 * Opens a file. Its address lives for five minutes, so one that is gone is asked for once more.
	 *
	 * @throws InputError when the file lies where the access token must not be sent
	 */
	async downloadMedia(mediaId: string): Promise<MediaInfo & { content: FileStream }> {
		for (let tries = 1; ; tries++) {
			const info = await this.mediaInfo(mediaId);
			refuseForeignHost(info, this.root);
			const { statusCode, body } = await this.request<FileStream>({
				method: 'GET',
				url: info.url,
				encoding: 'stream',
				timeout: FILE_TIMEOUT_MS,
			});
			if (statusCode >= 200 && statusCode <= 299) return { ...info, content: body };
			const answer = await beginningOf(body);
			if (tries > 1 || !LINK_GONE.includes(statusCode)) {
				throw refusalOf({ method: 'GET', url: info.url }, answer, statusCode);
			}
		}
	}

	async deleteMedia(mediaId: string): Promise<void> {
		await this.call('DELETE', [mediaId]);
	}

	async listTemplates(query: TemplateQuery = {}): Promise<Page<TemplateDefinition>> {
		const answer = await this.call('GET', [this.businessAccountId, 'message_templates'], {
			qs: compact({
				fields: TEMPLATE_FIELDS,
				name: query.name,
				name_or_content: query.search,
				status: query.status,
				category: query.category,
				language: query.language,
				limit: query.limit ?? 100,
				after: query.after,
			}),
		});
		return pageOf(answer, (entry) => entry as unknown as TemplateDefinition);
	}

	/** As it is now; the list may lag behind. */
	async templateById(id: string): Promise<TemplateDefinition> {
		const answer = await this.call('GET', [id], { qs: { fields: TEMPLATE_FIELDS } });
		return answer as unknown as TemplateDefinition;
	}

	/** @param body from `templateToCreate()` */
	async createTemplate(body: TemplateToCreate): Promise<CreatedTemplate> {
		const { id, status, category } = await this.call(
			'POST',
			[this.businessAccountId, 'message_templates'],
			{ body },
		);
		return {
			id: String(id ?? ''),
			status: String(status ?? ''),
			// Meta may file it under another category than it was asked to.
			category: String(category ?? body.category),
		};
	}

	/** @param body from `templateToEdit()` */
	async editTemplate(id: string, body: TemplateToEdit): Promise<void> {
		await this.call('POST', [id], { body });
	}

	/** @param id of one language; without it the template goes in all its languages */
	async deleteTemplate(name: string, id?: string): Promise<void> {
		await this.call('DELETE', [this.businessAccountId, 'message_templates'], {
			qs: compact({ name, hsm_id: id }),
		});
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

	/** The apps that receive the business account's events. */
	async subscribedApps(): Promise<SubscribedApp[]> {
		const answer = await this.call('GET', [this.businessAccountId, 'subscribed_apps']);
		return asList(answer.data).map((entry) => {
			const app = (entry.whatsapp_business_api_data ?? {}) as IDataObject;
			return {
				id: String(app.id ?? ''),
				name: String(app.name ?? ''),
				callbackUrl: String(entry.override_callback_uri ?? ''),
			};
		});
	}

	/** Subscribes the token's app. Where it is subscribed already, the account's callback goes. */
	async subscribeApp(): Promise<void> {
		await this.call('POST', [this.businessAccountId, 'subscribed_apps']);
	}

	/**
	 * Subscribes the token's app with a callback for all numbers of the account, which Meta checks at
	 * once. Callbacks of single numbers and of the app stay as they are (Meta: Webhook overrides).
	 */
	async setAccountCallback(callbackUrl: string, verifyToken: string): Promise<void> {
		await this.call('POST', [this.businessAccountId, 'subscribed_apps'], {
			body: { override_callback_uri: callbackUrl, verify_token: verifyToken },
		});
	}

	async unsubscribeApp(): Promise<void> {
		await this.call('DELETE', [this.businessAccountId, 'subscribed_apps']);
	}
}

/** As much of an answer as its reasons take; closes the stream. */
async function beginningOf(stream: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) {
		text += String(chunk);
		if (text.length > MOST_OF_ANSWER) break;
	}
	return text;
}

/** The token goes along with the request for a file, so it must not go just anywhere. */
function refuseForeignHost({ id, url }: MediaInfo, root: string): void {
	if (mayFetchFrom(url, root)) return;
	const host = URL.canParse(url) ? `at '${new URL(url).host}'` : 'at no address';
	throw new InputError(
		'Base URL',
		`The file of the media ID '${id}' lies ${host}, which belongs neither to Meta nor to the 'Base URL' of the credential. It was not fetched, so the access token stayed here.`,
		"Check the 'Base URL' of the credential: a gateway has to answer with addresses of its own or of Meta.",
	);
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
