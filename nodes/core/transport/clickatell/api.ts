import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { InputError } from '../../inputError';
import { isObject } from '../../isObject';
import { jsonOrText } from '../../json';
import { beginningOf } from '../answers';
import { refusalOf, type SendRequest } from '../graphApi';
import { mayFetchFrom } from '../mediaHosts';
import type { FileStream } from '../multipart';
import { withRetryAfter } from '../retryAfter';

import { refusalIn } from './refusal';

const TIMEOUT_MS = 30_000;

interface Answer {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** Requests to Clickatell's One API, and what their answers mean. */
export class ClickatellApi {
	readonly root: string;

	constructor(
		private readonly sendRequest: SendRequest,
		baseUrl: string,
	) {
		this.root = baseUrl.trim().replace(/\/+$/, '');
	}

	/**
	 * @param isTemplate whether a template is to be sent
	 * @throws ProviderRefusal
	 */
	async call(options: IHttpRequestOptions, isTemplate = false): Promise<IDataObject> {
		const answer = await this.request(options);
		const body = typeof answer.body === 'string' ? jsonOrText(answer.body) : answer.body;
		if (!isSuccess(answer) || !isObject(body)) {
			throw withRetryAfter(refusalIn(body, answer.statusCode, isTemplate), answer.headers);
		}
		return body;
	}

	/**
	 * Opens a file.
	 *
	 * @throws InputError when the address is not Clickatell's, where alone the key may go
	 * @throws ProviderRefusal
	 */
	async open(url: string, timeout: number): Promise<{ content: FileStream; headers: IDataObject }> {
		if (!mayFetchFrom(url, this.root, [])) {
			throw new InputError('Base URL', "'Base URL' is no address.", 'Correct the credential.');
		}
		const answer = await this.request({ method: 'GET', url, encoding: 'stream', timeout });
		const content = answer.body as FileStream;
		if (isSuccess(answer)) return { content, headers: answer.headers };
		const text = await beginningOf(content).catch(() => '');
		throw withRetryAfter(refusalIn(jsonOrText(text), answer.statusCode), answer.headers);
	}

	private async request(options: IHttpRequestOptions): Promise<Answer> {
		try {
			const answer = await this.sendRequest({
				// The key is for this host alone.
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				...options,
			});
			return { headers: {}, ...(answer as Omit<Answer, 'headers'>) };
		} catch (error) {
			throw refusalOf({ method: options.method, url: options.url }, error);
		}
	}
}

function isSuccess({ statusCode }: Answer): boolean {
	return statusCode >= 200 && statusCode <= 299;
}
