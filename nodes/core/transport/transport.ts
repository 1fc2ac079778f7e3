import type { IDataObject } from 'n8n-workflow';

import type { ContactIdentity } from '../conversation/contact';
import type { CloudMessage } from '../messages/types';
import type { TemplateDefinition } from '../templates/definition';

import type { FileStream } from './multipart';

/** What a provider can do, apart from sending texts. */
export interface Capabilities {
	/** The kinds of message that it carries, by Meta's `type`. */
	messages: ReadonlyArray<CloudMessage['type']>;
	/** Whether messages go to business-scoped user IDs too. */
	userIds: boolean;
	markRead: boolean;
	typingIndicator: boolean;
	mediaUpload: boolean;
	mediaDownload: boolean;
	mediaDelete: boolean;
	/** Whether the provider tells which templates there are; if not, they are typed in. */
	templateList: boolean;
	businessNumberList: boolean;
	/** Whether it is known to carry authentication templates; if not, it is tried (rules D6, R29). */
	authenticationTemplates: boolean;
	/** Whether the trigger can register its own address. */
	registration: boolean;
	/** Whether it is known to carry marketing templates by Meta's Marketing Messages API. */
	marketingMessages?: boolean;
}

/** What an upload is for: some providers want the file in another place for each. */
export type UploadUse = 'message' | 'template' | 'later';

/** In place of the ID of a file that will be uploaded. */
export const FILE_TO_COME = '0';

/**
 * A way to WhatsApp. Messages are Meta's JSON, whichever way they go. Every refusal of a provider is
 * a ProviderRefusal; what a provider cannot do is an UnsupportedByProvider before any request.
 */
export interface Transport {
	/** The provider as people know it. */
	readonly provider: string;
	readonly capabilities: Capabilities;
	/** Tells this connection's templates from those of others. */
	readonly templateScope: string;

	/**
	 * The body of the request that sends a message.
	 *
	 * @param body from `requestBody()`
	 * @throws UnsupportedByProvider
	 */
	requestFor(body: IDataObject): IDataObject;
	/** @param body from `requestBody()` */
	sendMessage(businessNumberId: string, body: IDataObject): Promise<Accepted>;
	/** @param body from `markReadBody()` */
	markRead(businessNumberId: string, body: IDataObject): Promise<void>;
	/** @returns what stands as the file's `id` in a message */
	uploadMedia(businessNumberId: string, file: FileToUpload, use: UploadUse): Promise<string>;
	/** @throws InputError when the file lies where the key must not be sent */
	downloadMedia(mediaId: string): Promise<MediaInfo & { content: FileStream }>;
	deleteMedia(mediaId: string): Promise<void>;
	listTemplates(query?: TemplateQuery): Promise<Page<TemplateDefinition>>;
	listBusinessNumbers(after?: string): Promise<Page<BusinessNumber>>;
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
	category?: string;
	/** Exact code, such as `en_US`. */
	language?: string;
	after?: string;
	limit?: number;
}

export interface FileToUpload {
	/** A stream is read once, while it goes out. */
	content: Buffer | FileStream;
	/** What a stream must give; a stream that gives something else is refused. */
	sizeBytes: number;
	fileName: string;
	mimeType: string;
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
