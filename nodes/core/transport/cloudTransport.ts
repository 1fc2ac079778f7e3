import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { identityOf } from '../conversation/contact';
import { isForMarketingApi } from '../messages/marketing';
import { readDefinition, type TemplateDefinition } from '../templates/definition';
import { UnsupportedByProvider } from '../unsupported';

import { asList, beginningOf, compact, pageOf } from './answers';
import { refuseUnsupported } from './capabilities';
import type { CloudAddress, CloudDialect } from './dialect';
import { GraphApi, refusalOf, type SendRequest } from './graphApi';
import { mayFetchFrom, refuseForeignHost } from './mediaHosts';
import type { FileStream } from './multipart';
import { naming } from './namedField';
import type { ProviderRefusal } from './providerRefusal';
import type {
	Accepted,
	BusinessNumber,
	Capabilities,
	FileToUpload,
	MediaInfo,
	Page,
	TemplateQuery,
	Transport,
} from './transport';
import { uploadFile } from './uploadFile';

/** A file of 100 MB takes its time. */
const FILE_TIMEOUT_MS = 300_000;

/** What Meta answers for a file's address that is no longer valid. */
const LINK_GONE = [404, 410];

/** What is asked for of a template. */
export const TEMPLATE_FIELDS =
	'id,name,language,status,category,parameter_format,components,quality_score,rejected_reason';

/** Meta's Cloud API, and those of providers who speak as Meta does in a dialect of their own. */
export class CloudTransport extends GraphApi implements Transport {
	readonly provider: string;
	readonly capabilities: Capabilities;
	readonly businessAccountId: string;
	readonly templateScope: string;
	private readonly paths: CloudDialect['paths'];

	constructor(
		sendRequest: SendRequest,
		private readonly dialect: CloudDialect,
		private readonly address: CloudAddress,
	) {
		super(sendRequest, address.root);
		this.provider = dialect.provider;
		this.capabilities = dialect.capabilities;
		this.paths = dialect.paths;
		this.businessAccountId = address.businessAccountId.trim();
		this.templateScope = `${address.root}/${this.businessAccountId}`;
	}

	requestFor(body: IDataObject): IDataObject {
		refuseUnsupported(this.provider, this.capabilities, body);
		return body;
	}

	/** @param body from `requestBody()` */
	async sendMessage(businessNumberId: string, body: IDataObject): Promise<Accepted> {
		const pathOf = isForMarketingApi(body) ? this.paths.marketing : undefined;
		const path = (pathOf ?? this.paths.messages)(businessNumberId);
		const asked = { businessNumberId, body };
		const answer = await naming(asked, this.call('POST', path, { body: this.requestFor(body) }));
		const [message] = asList(answer.messages);
		const [contact] = asList(answer.contacts);
		// An answer of another form is no acceptance, whatever its HTTP status.
		if (!message?.id) throw this.refused({ method: 'POST', url: this.urlOf(path) }, answer, 200);
		return {
			messageId: String(message.id),
			contact: identityOf(contact?.wa_id, contact?.user_id),
			messageStatus: String(message.message_status ?? 'accepted'),
		};
	}

	/** @param body from `markReadBody()` */
	async markRead(businessNumberId: string, body: IDataObject): Promise<void> {
		this.refuseUnless(
			this.capabilities.markRead && (this.capabilities.typingIndicator || !body.typing_indicator),
			'Operation',
			'read receipts',
		);
		const asked = { businessNumberId, body };
		await naming(asked, this.call('POST', this.paths.messages(businessNumberId), { body }));
	}

	/** @returns the media ID, valid for 30 days */
	async uploadMedia(businessNumberId: string, file: FileToUpload): Promise<string> {
		this.refuseUnless(this.capabilities.mediaUpload, 'Binary Field', 'files that are uploaded');
		const { fields, idIn } = this.dialect.upload;
		const answer = await uploadFile(
			file,
			fields(file.mimeType),
			async (body) =>
				await this.call('POST', this.paths.media(businessNumberId), {
					...body,
					timeout: FILE_TIMEOUT_MS,
				}),
		);
		return String(answer[idIn] ?? '');
	}

	/** @param mediaId of an upload, or of a message's file */
	async mediaInfo(mediaId: string): Promise<MediaInfo> {
		this.refuseUnless(this.capabilities.mediaDownload, 'Media ID', 'files to download');
		const qs = this.dialect.fileQuery?.(this.address);
		const options = { ...(qs && { qs }) };
		const answer = await naming({ mediaId }, this.call('GET', this.paths.file(mediaId), options));
		return {
			id: mediaId,
			url: this.fileAddress(
				String(answer[this.dialect.fileAddressIn ?? 'url'] ?? answer.url ?? ''),
			),
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
		// One limit for all tries.
		const abortSignal = AbortSignal.timeout(FILE_TIMEOUT_MS);
		for (let tries = 1; ; tries++) {
			const info = await this.mediaInfo(mediaId);
			refuseForeignHost(info, this.root, this.dialect.mediaHosts);
			const { statusCode, body } = await this.request<FileStream>({
				method: 'GET',
				url: info.url,
				encoding: 'stream',
				timeout: FILE_TIMEOUT_MS,
				abortSignal,
			});
			if (statusCode >= 200 && statusCode <= 299) return { ...info, content: body };
			const answer = await beginningOf(body).catch((error: unknown) => error);
			if (tries > 1 || !LINK_GONE.includes(statusCode)) {
				throw refusalOf({ method: 'GET', url: info.url }, answer, statusCode);
			}
		}
	}

	/** Where the bytes are: at some providers on their own host, by Meta's path and query. */
	private fileAddress(url: string): string {
		const isMetas = mayFetchFrom(url, this.root) && !mayFetchFrom(url, this.root, []);
		if (!this.dialect.filesOnOwnHost || !isMetas) return url;
		const { pathname, search } = new URL(url);
		return `${this.root}${pathname}${search}`;
	}

	async deleteMedia(mediaId: string): Promise<void> {
		this.refuseUnless(this.capabilities.mediaDelete, 'Operation', 'the deletion of files');
		const qs = this.dialect.fileQuery?.(this.address);
		const options = { ...(qs && { qs }) };
		await naming({ mediaId }, this.call('DELETE', this.paths.file(mediaId), options));
	}

	async listTemplates(query: TemplateQuery = {}): Promise<Page<TemplateDefinition>> {
		this.refuseUnless(this.capabilities.templateList, 'Template', 'the list of templates');
		if (this.dialect.templates === 'all') return await this.allTemplates(query);
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
		return pageOf(answer, readDefinition);
	}

	/** Some providers tell of all templates at once, and leave the choice to us. */
	private async allTemplates(query: TemplateQuery): Promise<Page<TemplateDefinition>> {
		const answer = await this.call('GET', ['v1', 'configs', 'templates']);
		const entries = asList(answer.waba_templates)
			.map(readDefinition)
			.map((entry) => ({
				...entry,
				status: entry.status.toUpperCase(),
				category: entry.category.toUpperCase(),
			}));
		return { entries: entries.filter((entry) => isAskedFor(entry, query)) };
	}

	async listBusinessNumbers(after?: string): Promise<Page<BusinessNumber>> {
		this.refuseUnless(
			this.capabilities.businessNumberList,
			'Business Number',
			'the list of your numbers',
		);
		if (this.dialect.numbers === 'health') return { entries: await this.numbersByHealth() };
		if (this.dialect.numbers === 'own') {
			return { entries: [await this.businessNumber(this.address.businessNumberId ?? '')] };
		}
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
		const qs = { fields: 'id,display_phone_number,verified_name,webhook_configuration' };
		const answer = await naming({ businessNumberId }, this.call('GET', [businessNumberId], { qs }));
		return businessNumberOf(answer);
	}

	/** The numbers that the health of the connection is about (360dialog: Health status). */
	private async numbersByHealth(): Promise<BusinessNumber[]> {
		const { health_status: health } = await this.call('GET', ['health_status']);
		return asList((health as IDataObject | undefined)?.entities)
			.filter(({ entity_type: type }) => type === 'PHONE_NUMBER')
			.map(businessNumberOf);
	}

	/** @throws UnsupportedByProvider */
	protected refuseUnless(isPossible: boolean, field: string, what: string): void {
		if (!isPossible) throw new UnsupportedByProvider(this.provider, field, what);
	}

	/** What a refusal means, where the provider has words of its own for it. */
	protected override refused(
		request: Pick<IHttpRequestOptions, 'method' | 'url'>,
		answer: unknown,
		httpStatus?: number,
	): ProviderRefusal {
		return refusalOf(request, this.dialect.errorOf?.(answer, httpStatus) ?? answer, httpStatus);
	}
}

/** Whether an entry is one of those that a query asks for. */
function isAskedFor(
	{ name, language, status, category, components }: TemplateDefinition,
	query: TemplateQuery,
): boolean {
	const text = `${name} ${JSON.stringify(components ?? [])}`.toLowerCase();
	return (
		(!query.name || query.name === name) &&
		(!query.language || query.language === language) &&
		(!query.status || query.status === status) &&
		(!query.category || query.category === category) &&
		(!query.search || text.includes(query.search.toLowerCase()))
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
