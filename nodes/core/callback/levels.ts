import type { AppApi } from '../transport/appApi';
import type { CloudApi } from '../transport/cloudApi';

import { APP_FIELDS } from './appFields';

/**
 * For what a callback is set. Meta takes the most specific one that is set: that of the number, of
 * the account, of the app (Meta: Webhook overrides).
 */
export type Level = 'phoneNumber' | 'businessAccount' | 'app';

/** The levels in the order in which Meta looks. */
const ORDER: readonly Level[] = ['phoneNumber', 'businessAccount', 'app'];

/** Meta, with the token of the credential and with that of the app. */
export interface Meta {
	cloud: CloudApi;
	app: AppApi;
	businessNumberId: string;
}

/** A callback as Meta has it. */
export interface Callback {
	/** '' when there is none. */
	url: string;
	/** What the app subscribes to with it; of the app's own callback alone. */
	fields?: string[];
}

/** The callback of one level: who has it, and how it changes hands. */
interface CallbackLevel {
	/** Whose callback it is, for texts. */
	of: string;
	read(meta: Meta): Promise<Callback>;
	/** Meta checks the address at once. */
	set(meta: Meta, callback: Callback, verifyToken: string): Promise<void>;
	remove(meta: Meta): Promise<void>;
}

export const LEVELS: Record<Level, CallbackLevel> = {
	phoneNumber: {
		of: 'this phone number',
		read: async ({ cloud, businessNumberId }) => ({
			url: (await cloud.businessNumber(businessNumberId)).callbackUrl,
		}),
		set: async ({ cloud, businessNumberId }, { url }, verifyToken) =>
			await cloud.setNumberCallback(businessNumberId, url, verifyToken),
		remove: async ({ cloud, businessNumberId }) =>
			await cloud.setNumberCallback(businessNumberId, ''),
	},
	businessAccount: {
		of: 'the business account',
		read: async ({ cloud, app }) => {
			const subscribed = (await cloud.subscribedApps()).find(({ id }) => id === app.appId);
			return { url: subscribed?.callbackUrl ?? '' };
		},
		set: async ({ cloud }, { url }, verifyToken) =>
			await cloud.setAccountCallback(url, verifyToken),
		// To subscribe once more is to subscribe without a callback.
		remove: async ({ cloud }) => await cloud.subscribeApp(),
	},
	app: {
		of: 'the app',
		read: async ({ app }) => {
			const subscription = await app.subscription();
			return { url: subscription?.callbackUrl ?? '', fields: subscription?.fields };
		},
		set: async ({ app }, { url, fields = APP_FIELDS }, verifyToken) =>
			await app.subscribe(url, verifyToken, fields),
		remove: async ({ app }) => await app.unsubscribe(),
	},
};

/** The levels that go before this one, the most specific one first. */
export function levelsBefore(level: Level): readonly Level[] {
	return ORDER.slice(0, ORDER.indexOf(level));
}

/** The level whose callback takes the deliveries; undefined where none is set. */
export function effectiveLevel(callbacks: Record<Level, string>): Level | undefined {
	return ORDER.find((level) => callbacks[level] !== '');
}
