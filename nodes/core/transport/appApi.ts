import { asList } from './answers';
import { GraphApi, type SendRequest } from './graphApi';

/** What the app subscribes to, and where it is delivered unless an override takes it elsewhere. */
export interface AppSubscription {
	callbackUrl: string;
	/** Names of webhook fields. */
	fields: string[];
	/** Meta switches a callback off that does not answer for long. */
	isActive: boolean;
}

/** The one kind of object whose events are ours; an app may subscribe to others beside it. */
const OBJECT = 'whatsapp_business_account';

/**
 * What Meta lets an app do by itself: requests with the app's own token, `{app ID}|{app secret}`
 * (Meta: Access tokens; Subscriptions of an application).
 */
export class AppApi extends GraphApi {
	/** @param sendRequest adds the app's token to each request */
	constructor(
		sendRequest: SendRequest,
		root: string,
		readonly appId: string,
	) {
		super(sendRequest, root);
	}

	/** undefined where the app never had a webhook for WhatsApp. */
	async subscription(): Promise<AppSubscription | undefined> {
		const answer = await this.call('GET', [this.appId, 'subscriptions']);
		const found = asList(answer.data).find(({ object }) => object === OBJECT);
		return (
			found && {
				callbackUrl: String(found.callback_url ?? ''),
				// Older versions give the names alone.
				fields: Array.isArray(found.fields)
					? found.fields.map((field: unknown) =>
							String((field as { name?: unknown } | null)?.name ?? field),
						)
					: [],
				isActive: found.active !== false,
			}
		);
	}

	/** Replaces the app's callback and its list of fields; Meta checks the callback at once. */
	async subscribe(callbackUrl: string, verifyToken: string, fields: string[]): Promise<void> {
		await this.call('POST', [this.appId, 'subscriptions'], {
			body: {
				object: OBJECT,
				callback_url: callbackUrl,
				verify_token: verifyToken,
				fields: fields.join(','),
			},
		});
	}

	/** Removes the app's callback for WhatsApp with all its fields. */
	async unsubscribe(): Promise<void> {
		await this.call('DELETE', [this.appId, 'subscriptions'], { qs: { object: OBJECT } });
	}
}
