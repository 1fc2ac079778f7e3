import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isObject } from '../isObject';
import { jsonOrText } from '../json';

import { readGraphError } from './errors';
import { ProviderRefusal } from './providerRefusal';
import { withRetryAfter, type Headers } from './retryAfter';
import { tokenInfoOf, type TokenInfo } from './tokenInfo';
import { TimeLimitReached } from './totalLimit';

/** Sends one request, with a token of whoever made it, and returns the whole response. */
export type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;

const TIMEOUT_MS = 30_000;

/** The address below which everything of one version of the Graph API lies. */
export function rootOf({ baseUrl, apiVersion }: { baseUrl: string; apiVersion: string }): string {
	return `${baseUrl.trim().replace(/\/+$/, '')}/${apiVersion.trim()}`;
}

/** Requests to Meta's Graph API. Every refusal is a {@link ProviderRefusal}. */
export class GraphApi {
	constructor(
		private readonly sendRequest: SendRequest,
		readonly root: string,
	) {}

	/**
	 * What an access token is good for. An app's own token may ask about all tokens of that app, also
	 * about those that have expired; any other token may ask about itself (Meta: Debug token).
	 */
	async tokenInfo(accessToken: string): Promise<TokenInfo> {
		const qs = { input_token: accessToken };
		return tokenInfoOf(await this.call('GET', ['debug_token'], { qs }));
	}

	protected async call(
		method: 'GET' | 'POST' | 'DELETE',
		path: string[],
		options: Partial<IHttpRequestOptions> = {},
	): Promise<IDataObject> {
		return await this.callUrl(method, this.urlOf(path), options);
	}

	protected async callUrl(
		method: 'GET' | 'POST' | 'DELETE',
		url: string,
		options: Partial<IHttpRequestOptions> = {},
	): Promise<IDataObject> {
		const { statusCode, body, headers } = await this.request<unknown>({
			method,
			url,
			json: true,
			...options,
		});
		const answer = typeof body === 'string' ? jsonOrText(body) : body;
		if (statusCode < 200 || statusCode > 299 || !isObject(answer) || 'error' in answer) {
			throw withRetryAfter(this.refused({ method, url }, body, statusCode), headers);
		}
		return answer;
	}

	protected urlOf(path: string[]): string {
		return [this.root, ...path.map(encodeURIComponent)].join('/');
	}

	/** What a refused request means; see {@link refusalOf}. */
	protected refused(
		request: Pick<IHttpRequestOptions, 'method' | 'url'>,
		answer: unknown,
		httpStatus?: number,
	): ProviderRefusal {
		return refusalOf(request, answer, httpStatus);
	}

	protected async request<T>(
		options: IHttpRequestOptions,
	): Promise<{ statusCode: number; body: T; headers?: Headers }> {
		try {
			return (await this.sendRequest({
				// The token is for this host alone.
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				timeout: TIMEOUT_MS,
				...options,
			})) as { statusCode: number; body: T; headers?: Headers };
		} catch (error) {
			throw refusalOf(options, error);
		}
	}
}

/** What a POST goes to that sets the same once more, or leaves one file or one link more at Meta. */
const REPEATABLE =
	/\/(media|block_users|whatsapp_business_profile|message_qrdls|conversational_automation|username|uploads|upload:[^/]*)$/;

/**
 * What a refused request means. Most of them may be repeated even when nobody knows whether they
 * were carried out: they read, they delete, or see {@link REPEATABLE}.
 *
 * @param answer what the request threw when no answer came
 */
export function refusalOf(
	{ method, url }: Pick<IHttpRequestOptions, 'method' | 'url'>,
	answer: unknown,
	httpStatus?: number,
): ProviderRefusal {
	const read = readGraphError(answer, httpStatus);
	const refusal =
		answer instanceof TimeLimitReached ? { ...read, message: answer.message, details: '' } : read;
	const isHarmless = method !== 'POST' || REPEATABLE.test(url);
	if (!isHarmless || refusal.retry !== 'risky') return new ProviderRefusal(refusal, httpStatus);
	const hint = 'No message went out. Check the connection and the base URL, then try again.';
	return new ProviderRefusal({ ...refusal, retry: 'safe', hint }, httpStatus);
}
