import type { IDataObject } from 'n8n-workflow';

import { identityOf } from '../../conversation/contact';
import { isObject } from '../../isObject';
import type { TemplateDefinition } from '../../templates/definition';
import { UnsupportedByProvider } from '../../unsupported';
import { asList } from '../answers';
import { refuseUnsupported } from '../capabilities';
import type { SendRequest } from '../graphApi';
import type { FileStream } from '../multipart';
import type {
	Accepted,
	BusinessNumber,
	Capabilities,
	FileToUpload,
	MediaInfo,
	Page,
	Transport,
	UploadUse,
} from '../transport';

import { ClickatellApi } from './api';
import { bytesOf, InlineFiles } from './files';
import { CLICKATELL, clickatellMessage, type TemplateForm } from './message';
import { refusalIn } from './refusal';

const FILE_TIMEOUT_MS = 300_000;

const CAPABILITIES: Capabilities = {
	messages: ['text', 'image', 'video', 'audio', 'document', 'template'],
	userIds: false,
	markRead: false,
	typingIndicator: false,
	mediaUpload: true,
	mediaDownload: true,
	mediaDelete: false,
	templateList: false,
	businessNumberList: false,
	authenticationTemplates: false,
	registration: false,
};

export interface ClickatellOptions {
	baseUrl: string;
	templateForm: TemplateForm;
}

/** Clickatell's One API. The key decides from which number a message goes. */
export class ClickatellTransport implements Transport {
	readonly provider = CLICKATELL;
	readonly capabilities = CAPABILITIES;
	readonly templateScope: string;
	private readonly api: ClickatellApi;
	private readonly files = new InlineFiles();

	constructor(
		sendRequest: SendRequest,
		private readonly options: ClickatellOptions,
	) {
		this.api = new ClickatellApi(sendRequest, options.baseUrl);
		this.templateScope = this.api.root;
	}

	requestFor(body: IDataObject): IDataObject {
		refuseUnsupported(this.provider, this.capabilities, body);
		const { templateForm } = this.options;
		const fileOf = (id: string) => this.files.of(id);
		return { messages: [clickatellMessage(body, { templateForm, fileOf })] };
	}

	/** Accepted is not delivered: the answer is 202 (rule D5), and a refusal may lie inside it. */
	async sendMessage(_businessNumberId: string, body: IDataObject): Promise<Accepted> {
		const request = this.requestFor(body);
		const answer = await this.api.call(
			{ method: 'POST', url: `${this.api.root}/v1/message`, body: request, json: true },
			body.type === 'template',
		);
		const [message] = asList(answer.messages);
		if (message?.accepted !== true || !message.apiMessageId) {
			throw refusalIn(message ?? answer, 202, body.type === 'template');
		}
		const file = body[String(body.type)];
		if (isObject(file)) this.files.drop(String(file.id));
		return {
			messageId: String(message.apiMessageId),
			contact: identityOf(message.to ?? body.to, ''),
			messageStatus: 'accepted',
		};
	}

	async markRead(): Promise<void> {
		return this.refuse('Operation', 'read receipts');
	}

	/** A file of a message goes inside it; only templates name a file that was uploaded. */
	async uploadMedia(_number: string, file: FileToUpload, use: UploadUse): Promise<string> {
		const content = await bytesOf(file);
		const { fileName, mimeType } = file;
		if (use === 'message') return this.files.add(content, file);
		const answer = await this.api.call({
			method: 'POST',
			url: `${this.api.root}/v1/media`,
			qs: { fileName, broadcastAllowed: 'true' },
			body: content,
			headers: { 'content-type': mimeType },
			timeout: FILE_TIMEOUT_MS,
		});
		return String(answer.fileId ?? '');
	}

	/** @param mediaId the query of the file's address, which holds its ID and its hash */
	async downloadMedia(mediaId: string): Promise<MediaInfo & { content: FileStream }> {
		const query = new URLSearchParams(mediaId.includes('=') ? mediaId : { fileId: mediaId });
		const url = `${this.api.root}/v1/media?${query.toString()}`;
		const { content, headers } = await this.api.open(url, FILE_TIMEOUT_MS);
		return {
			id: query.get('fileId') ?? '',
			url,
			mimeType: String(headers['content-type'] ?? ''),
			sha256: query.get('sha256Hash') ?? '',
			sizeBytes: Number(headers['content-length'] ?? 0),
			content,
		};
	}

	async deleteMedia(): Promise<void> {
		return this.refuse('Operation', 'the deletion of files');
	}

	async listTemplates(): Promise<Page<TemplateDefinition>> {
		return this.refuse('Template', 'the list of templates', "Type the template's name in.");
	}

	async listBusinessNumbers(): Promise<Page<BusinessNumber>> {
		return this.refuse(
			'Business Number',
			'the list of your numbers',
			"Choose 'By ID' and write the number with its country code, digits only.",
		);
	}

	private refuse(field: string, what: string, hint?: string): never {
		throw new UnsupportedByProvider(this.provider, field, what, hint);
	}
}
