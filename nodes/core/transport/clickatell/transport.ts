import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { identityOf } from '../../conversation/contact';
import { InputError } from '../../inputError';
import { isObject } from '../../isObject';
import { jsonOrText } from '../../json';
import type { TemplateDefinition } from '../../templates/definition';
import { UnsupportedByProvider } from '../../unsupported';
import { asList } from '../answers';
import { refuseUnsupported } from '../capabilities';
import { describeCode } from '../errorTable';
import { readGraphError } from '../errors';
import { refusalOf, type SendRequest } from '../graphApi';
import { mayFetchFrom } from '../mediaHosts';
import type { FileStream } from '../multipart';
import { ProviderRefusal } from '../providerRefusal';
import { saidBy } from '../providerWords';
import { redact } from '../redact';
import { withRetryAfter } from '../retryAfter';
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

import { describeAnswerCode } from './codes';
import { CLICKATELL, clickatellMessage, type InlineFile, type TemplateForm } from './message';

const TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 300_000;

/** Of a file (Clickatell: Media API). */
const MOST_BYTES = 30 * 1024 * 1024;

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
	private readonly root: string;
	/** Files that wait for their message, by the IDs that stand in for them. */
	private readonly files = new Map<string, InlineFile>();
	private fileCount = 0;

	constructor(
		private readonly sendRequest: SendRequest,
		private readonly options: ClickatellOptions,
	) {
		this.root = options.baseUrl.trim().replace(/\/+$/, '');
		this.templateScope = this.root;
	}

	requestFor(body: IDataObject): IDataObject {
		refuseUnsupported(this.provider, this.capabilities, body);
		const { templateForm } = this.options;
		const fileOf = (id: string) => this.files.get(id);
		return { messages: [clickatellMessage(body, { templateForm, fileOf })] };
	}

	/** Accepted is not delivered: the answer is 202 (rule D5), and a refusal may lie inside it. */
	async sendMessage(_businessNumberId: string, body: IDataObject): Promise<Accepted> {
		const request = this.requestFor(body);
		const answer = await this.call(
			{ method: 'POST', url: `${this.root}/v1/message`, body: request, json: true },
			body.type === 'template',
		);
		const [message] = asList(answer.messages);
		if (message?.accepted !== true || !message.apiMessageId) {
			throw this.refusalOf(message ?? answer, 202, body.type === 'template');
		}
		const file = body[String(body.type)];
		if (isObject(file)) this.files.delete(String(file.id));
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
		if (use === 'message') {
			const id = `inline-${++this.fileCount}`;
			this.files.set(id, { content: content.toString('base64'), mimeType, fileName });
			return id;
		}
		const answer = await this.call({
			method: 'POST',
			url: `${this.root}/v1/media`,
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
		const url = `${this.root}/v1/media?${query.toString()}`;
		if (!mayFetchFrom(url, this.root, [])) {
			throw new InputError('Base URL', "'Base URL' is no address.", 'Correct the credential.');
		}
		const answer = await this.request({
			method: 'GET',
			url,
			encoding: 'stream',
			timeout: FILE_TIMEOUT_MS,
		});
		const content = answer.body as FileStream;
		if (answer.statusCode < 200 || answer.statusCode > 299) {
			const text = await beginningOf(content).catch(() => '');
			throw withRetryAfter(this.refusalOf(jsonOrText(text), answer.statusCode), answer.headers);
		}
		return {
			id: query.get('fileId') ?? '',
			url,
			mimeType: String(answer.headers['content-type'] ?? ''),
			sha256: query.get('sha256Hash') ?? '',
			sizeBytes: Number(answer.headers['content-length'] ?? 0),
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

	private async call(options: IHttpRequestOptions, isTemplate = false): Promise<IDataObject> {
		const { statusCode, body, headers } = await this.request(options);
		const answer = typeof body === 'string' ? jsonOrText(body) : body;
		if (statusCode < 200 || statusCode > 299 || !isObject(answer)) {
			throw withRetryAfter(this.refusalOf(answer, statusCode, isTemplate), headers);
		}
		return answer;
	}

	private async request(options: IHttpRequestOptions): Promise<{
		statusCode: number;
		body: unknown;
		headers: IDataObject;
	}> {
		try {
			const answer = (await this.sendRequest({
				// The key is for this host alone.
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				...options,
			})) as { statusCode: number; body: unknown; headers?: IDataObject };
			return { headers: {}, ...answer };
		} catch (error) {
			throw refusalOf({ method: options.method, url: options.url }, error);
		}
	}

	/** `{ error: { code, description } }`, of the whole request or of one message in it. */
	private refusalOf(answer: unknown, httpStatus: number, isTemplate = false): ProviderRefusal {
		const error = isObject(answer) && isObject(answer.error) ? answer.error : undefined;
		const code = Number(error?.code ?? answerCode(answer));
		if (!Number.isInteger(code) || code === 0) {
			const isKey = httpStatus === 401;
			const unread = readGraphError(answer, httpStatus);
			return new ProviderRefusal(
				isKey ? { ...unread, ...describeAnswerCode(1, false) } : unread,
				httpStatus,
			);
		}
		const details = redact(String(error?.description ?? (answer as IDataObject).description ?? ''));
		const described = describeAnswerCode(code, isTemplate);
		const said = described.kind === 'unknown' ? saidBy(details) : undefined;
		if (said) {
			return new ProviderRefusal({ code, ...describeCode(said.code), details }, httpStatus);
		}
		return new ProviderRefusal({ code, ...described, details }, httpStatus);
	}
}

/** Some answers have the code at their top. */
function answerCode(answer: unknown): unknown {
	return isObject(answer) ? (answer.errorCode ?? 0) : 0;
}

async function bytesOf({ content, sizeBytes }: FileToUpload): Promise<Buffer> {
	if (sizeBytes > MOST_BYTES) {
		if (!Buffer.isBuffer(content)) content.destroy();
		throw new InputError(
			'Binary Field',
			`The file has ${Math.ceil(sizeBytes / 1024 / 1024)} MB; Clickatell takes 30 MB ('Binary Field').`,
			'Send a smaller file.',
		);
	}
	if (Buffer.isBuffer(content)) return content;
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** As much of an answer as its reasons take. */
async function beginningOf(stream: FileStream): Promise<string> {
	let text = '';
	for await (const chunk of stream) text = (text + String(chunk)).slice(0, 10_000);
	return text;
}
