import type { Level } from './levels';

/** What a trigger's activation changed at the provider, in order to undo exactly that. */
export interface Registration {
	/** Epoch seconds; the latest counts. */
	at: number;
	businessNumberId: string;
	/** Of the credential; activations of older versions lack both. */
	appId?: string;
	businessAccountId?: string;
	/** For what the callback was set; without it for the number. */
	level?: Level;
	callbackUrl: string;
	/** What the callback took the place of, and gives it back to. */
	replacedUrl?: string;
	/** What a provider sent along to that one. */
	replacedHeaders?: Record<string, string>;
	/** What the app subscribed to with that one, where it was the app's. */
	replacedFields?: string[];
	/** Whether the app was subscribed to the business account by this activation, or another one's. */
	subscribedApp: boolean;
	/** Whether the app had no callback, and got its first one by this activation, or another one's. */
	gaveAppCallback?: boolean;
}
