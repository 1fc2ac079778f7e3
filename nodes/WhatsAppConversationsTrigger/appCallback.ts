import { InputError } from '../core/inputError';
import { isSameTrigger } from '../core/setup/address';
import { COPY_BOTH, isWrongSecret, WRONG_SECRET } from '../core/setup/app';
import { APP_FIELDS, neededFields } from '../core/setup/appFields';
import type { AppSubscription } from '../core/transport/appApi';
import { ProviderRefusal } from '../core/transport/providerRefusal';

import type { Claim } from './claim';

/** What an app subscribes to, and whether Meta told. */
export interface Told {
	subscription?: AppSubscription;
	/** A gateway in front of Meta may not know the question. */
	isTold: boolean;
}

/** @throws InputError when the app's secret is not its own */
export async function readAppCallback({ meta }: Pick<Claim, 'meta'>): Promise<Told> {
	return await meta.app.subscription().then(
		(subscription) => ({ subscription, isTold: true }),
		(error: unknown) => {
			const isWrong = error instanceof ProviderRefusal && isWrongSecret(error.refusal);
			if (isWrong) throw new InputError('App Secret', WRONG_SECRET, COPY_BOTH);
			return { isTold: false };
		},
	);
}

/** Whether the app subscribes to all that the claim needs, as far as Meta tells. */
export function hasFields(
	{ subscription, isTold }: Told,
	{ events }: Pick<Claim, 'events'>,
): boolean {
	if (!isTold) return true;
	return subscription?.isActive === true && missingFields(subscription, events).length === 0;
}

/**
 * Sees that the app subscribes to what is to be delivered: an override changes the address alone.
 * An app without a callback gets its first one, which takes nothing from anybody.
 *
 * @returns whether the app was given a callback
 * @throws InputError when the app's callback is somebody else's and lacks a field
 */
export async function ensureAppFields(claim: Claim, told: Told): Promise<boolean> {
	const { meta, url, verifyToken, events } = claim;
	if (hasFields(told, claim)) return false;

	const { subscription } = told;
	if (subscription && !isOurs(subscription.callbackUrl, claim)) {
		const { callbackUrl, isActive } = subscription;
		// Meta would ask that callback for its own verify token.
		throw new InputError(
			'App ID',
			isActive
				? `The Meta app does not subscribe to ${missingFields(subscription, events).join(' and ')}, so such events are delivered nowhere.`
				: `Meta has switched off the webhook of the app, ${callbackUrl}, because it did not answer.`,
			'In the Meta app, open WhatsApp → Configuration → Webhook, save an address that answers, and subscribe to the fields there.',
		);
	}
	const fields = [...new Set([...(subscription?.fields ?? []), ...APP_FIELDS])];
	await meta.app.subscribe(url, verifyToken, fields);
	return true;
}

/**
 * Gives up the app's callback. Others of ours that depend on what the app subscribes to get it;
 * one that is unknown here may depend on it too, so then it is left.
 *
 * @param isNeeded whether anybody else has a callback
 */
export async function releaseAppCallback(
	{ meta, verifyToken, neighbours }: Claim,
	isNeeded: boolean,
): Promise<void> {
	for (const neighbour of neighbours) {
		const isHanded = await meta.app
			.subscribe(neighbour.callbackUrl, verifyToken, APP_FIELDS)
			.then(() => true)
			.catch(() => false);
		if (!isHanded) continue;
		neighbour.gaveAppCallback = true;
		return;
	}
	if (!isNeeded) await meta.app.unsubscribe();
}

/** Whether the app's callback is this trigger's, or stands in for an app that had none. */
export function isOurs(address: string, { url, neighbours }: Claim): boolean {
	return (
		isSameTrigger(address, url) ||
		neighbours.some(
			({ callbackUrl, gaveAppCallback }) => gaveAppCallback === true && callbackUrl === address,
		)
	);
}

function missingFields({ fields }: AppSubscription, events: string[]): string[] {
	return neededFields(events).filter((field) => !fields.includes(field));
}
