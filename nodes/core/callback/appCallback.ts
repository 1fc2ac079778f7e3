import { InputError } from '../inputError';
import type { AppApi, AppSubscription } from '../transport/appApi';
import { ProviderRefusal } from '../transport/providerRefusal';

import { isSameTrigger } from './address';
import { APP_FIELDS, missingFields, neededFields, withAppFields } from './appFields';
import { COPY_BOTH, isWrongSecret, WRONG_SECRET } from './appSecret';
import type { CallbackPlan } from './plan';

/** What an app subscribes to, and whether Meta told. */
export interface AppCallback {
	subscription?: AppSubscription;
	/** A gateway in front of Meta may not know the question. */
	isTold: boolean;
}

/** @throws InputError when the app's secret is not its own */
export async function readAppCallback({ meta }: Pick<CallbackPlan, 'meta'>): Promise<AppCallback> {
	return await meta.app.subscription().then(
		(subscription) => ({ subscription, isTold: true }),
		(error: unknown) => {
			const isWrong = error instanceof ProviderRefusal && isWrongSecret(error.refusal);
			if (isWrong) throw new InputError('App Secret', WRONG_SECRET, COPY_BOTH);
			return { isTold: false };
		},
	);
}

/** Whether the app subscribes to all that the plan needs, as far as Meta tells. */
export function hasFields(
	{ subscription, isTold }: AppCallback,
	{ events }: Pick<CallbackPlan, 'events'>,
): boolean {
	if (!isTold) return true;
	return (
		subscription?.isActive === true &&
		missingFields(subscription, neededFields(events)).length === 0
	);
}

/** What is wrong with an app that Meta no longer delivers to, as a sentence. */
export function switchedOff({ callbackUrl }: AppSubscription): string {
	return `Meta has switched off the webhook of the app, ${callbackUrl}, because it did not answer.`;
}

/**
 * Makes an address the callback of the app, with what the app subscribes to and all that the trigger
 * understands. Meta checks the address at once.
 */
export async function giveAppCallback(
	app: AppApi,
	{ url, verifyToken }: Pick<CallbackPlan, 'url' | 'verifyToken'>,
	subscription: AppSubscription | undefined,
): Promise<void> {
	await app.subscribe(url, verifyToken, withAppFields(subscription?.fields));
}

/**
 * Sees that the app subscribes to what is to be delivered: an override changes the address alone.
 * An app without a callback gets its first one, which takes nothing from anybody.
 *
 * @returns whether the app was given a callback
 * @throws InputError when the app's callback is somebody else's and lacks a field
 */
export async function ensureAppFields(
	plan: CallbackPlan,
	appCallback: AppCallback,
): Promise<boolean> {
	const { meta, events } = plan;
	if (hasFields(appCallback, plan)) return false;

	const { subscription } = appCallback;
	if (subscription && !isOurs(subscription.callbackUrl, plan)) {
		const missing = missingFields(subscription, neededFields(events));
		// Meta would ask that callback for its own verify token.
		throw new InputError(
			'App ID',
			subscription.isActive
				? `The Meta app does not subscribe to ${missing.join(' and ')}, so such events are delivered nowhere.`
				: switchedOff(subscription),
			'In the Meta app, open WhatsApp → Configuration → Webhook, save an address that answers, and subscribe to the fields there.',
		);
	}
	await giveAppCallback(meta.app, plan, subscription);
	return true;
}

/**
 * Gives up the app's callback. Other triggers of ours that depend on what the app subscribes to get
 * it; one that is unknown here may depend on it too, so then it is left.
 *
 * @param isNeeded whether anybody else has a callback
 */
export async function releaseAppCallback(
	{ meta, verifyToken, otherTriggers }: CallbackPlan,
	isNeeded: boolean,
): Promise<void> {
	for (const other of otherTriggers) {
		const isHanded = await meta.app
			.subscribe(other.callbackUrl, verifyToken, APP_FIELDS)
			.then(() => true)
			.catch(() => false);
		if (!isHanded) continue;
		other.gaveAppCallback = true;
		return;
	}
	if (!isNeeded) await meta.app.unsubscribe();
}

/** Whether the app's callback is this trigger's, or stands in for an app that had none. */
export function isOurs(address: string, { url, otherTriggers }: CallbackPlan): boolean {
	return (
		isSameTrigger(address, url) ||
		otherTriggers.some(
			({ callbackUrl, gaveAppCallback }) => gaveAppCallback === true && callbackUrl === address,
		)
	);
}
