import { isAnothers, isSameTrigger } from '../callback/address';
import { giveAppCallback } from '../callback/appCallback';
import { missingFields, neededFields } from '../callback/appFields';
import { effectiveLevel } from '../callback/levels';
import type { CloudApi } from '../transport/cloudApi';
import { ProviderRefusal } from '../transport/providerRefusal';

import { appIdOf, toldBy, type SetupFacts } from './facts';
import type { Sources } from './gather';
import { wordsOf } from './verdict';

/** What was done about a check, by its name. */
export type Repairs = Record<string, string>;

type Mend = (facts: SetupFacts, sources: Sources) => Promise<string | undefined>;

/** What the API allows to mend, in the order in which one needs the other. */
const MENDS: Record<string, Mend> = {
	appFields: mendAppFields,
	appSubscribed: mendSubscription,
	callback: mendCallback,
};

/**
 * Mends what can be mended without taking anything from anybody: no callback of others is touched.
 *
 * @returns what was done or refused; nothing for checks where there was nothing to do
 */
export async function repair(facts: SetupFacts, sources: Sources): Promise<Repairs> {
	const repairs: Repairs = {};
	for (const [check, mend] of Object.entries(MENDS)) {
		const done = await mend(facts, sources).catch(refusalText);
		if (done) repairs[check] = done;
	}
	return repairs;
}

async function refusalText(error: unknown): Promise<string> {
	if (error instanceof ProviderRefusal) return `Could not be mended: ${wordsOf(error.refusal)}`;
	return await Promise.reject(error as Error);
}

async function mendAppFields(facts: SetupFacts, sources: Sources): Promise<string | undefined> {
	const { webhookUrl: url } = facts;
	if (!sources.app || !facts.app || !('told' in facts.app) || !url) return undefined;
	const subscription = facts.app.told;
	if (subscription) {
		const { callbackUrl, isActive } = subscription;
		const isRight = isActive && missingFields(subscription, neededFields([])).length === 0;
		// Meta asks the callback for its verify token again, which only ours knows.
		if (isRight || !isSameTrigger(callbackUrl, url)) return undefined;
	}
	await giveAppCallback(sources.app, { url, verifyToken: sources.verifyToken }, subscription);
	return `Set ${url} as the callback of the app, with all fields that the trigger understands.`;
}

async function mendSubscription(
	facts: SetupFacts,
	{ cloud }: { cloud: CloudApi },
): Promise<string | undefined> {
	const apps = toldBy(facts.subscribedApps);
	const appId = appIdOf(facts);
	const ofToken = toldBy(facts.token)?.appId ?? appId;
	// The request subscribes the app of the token, whatever the credential says.
	if (!apps || !appId || ofToken !== appId || apps.some(({ id }) => id === appId)) {
		return undefined;
	}
	await cloud.subscribeApp();
	return `Subscribed the app ${appId} to the business account.`;
}

/** As the trigger does when it is activated: the number gets a callback, unless it has another's. */
async function mendCallback(facts: SetupFacts, sources: Sources): Promise<string | undefined> {
	const { number, webhookUrl, businessNumberId } = facts;
	const callbacks = toldBy(number)?.callbacks;
	if (!callbacks || !webhookUrl) return undefined;
	const level = effectiveLevel(callbacks);
	if (level && callbacks[level] === webhookUrl) return undefined;
	const current = callbacks.phoneNumber;
	if (isAnothers(current, webhookUrl)) {
		return `Left the callback of this phone number, ${current}, because it is another's.`;
	}
	await sources.cloud.setNumberCallback(businessNumberId, webhookUrl, sources.verifyToken);
	return `Set ${webhookUrl} as the callback of this phone number.`;
}
