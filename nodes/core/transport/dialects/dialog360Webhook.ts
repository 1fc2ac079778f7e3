import { isObject } from '../../isObject';
import { GraphApi } from '../graphApi';

/** Where 360dialog delivers, and what it sends along. */
export interface Webhook {
	/** '' when there is none. */
	url: string;
	headers: Record<string, string>;
}

const PATH = ['v1', 'configs', 'webhook'];

/** The webhook of a number at 360dialog (360dialog: Webhook configuration). */
export class Dialog360Webhook extends GraphApi {
	async read(): Promise<Webhook> {
		const { url, headers } = await this.call('GET', PATH);
		const texts = Object.entries(isObject(headers) ? headers : {});
		return {
			url: String(url ?? ''),
			headers: Object.fromEntries(texts.map(([name, value]) => [name, String(value)])),
		};
	}

	async set({ url, headers }: Webhook): Promise<void> {
		await this.call('POST', PATH, { body: { url, headers } });
	}
}
