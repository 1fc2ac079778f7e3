import type { CloudApi } from '../transport/cloudApi';

import { accountNumbers } from './accountNumbers';
import { isSameTrigger } from './address';
import { releaseAppCallback } from './appCallback';
import { LEVELS } from './levels';
import type { CallbackPlan } from './plan';
import type { Registration } from './registration';

/**
 * Undoes what an activation did at Meta, and no more: a callback that somebody else has set since
 * stays, and what others depend on is left to them.
 *
 * @returns an address that could not be put back, because it does not answer
 */
export async function restoreCallback(
	plan: CallbackPlan,
	done: Registration,
): Promise<string | undefined> {
	const { meta, otherTriggers } = plan;
	const level = done.level ?? 'phoneNumber';
	const areOthers = await hasOtherCallbacks(plan, done);
	const isNeeded = areOthers || otherTriggers.length > 0;
	const current = await LEVELS[level].read(meta);
	let lost: string | undefined;
	if (current.url === done.callbackUrl) {
		const isPutBack = done.replacedUrl ? await putBack(plan, done) : false;
		if (!isPutBack) {
			lost = done.replacedUrl;
			if (level === 'app') await releaseAppCallback(plan, isNeeded);
			else await LEVELS[level].remove(meta);
		}
	}
	if (done.gaveAppCallback && level !== 'app') {
		const { url } = await LEVELS.app.read(meta);
		if (url === done.callbackUrl) await releaseAppCallback(plan, isNeeded);
	}
	const isSubscriptionNeeded =
		areOthers ||
		otherTriggers.some(
			({ businessAccountId }) => businessAccountId === meta.cloud.businessAccountId,
		);
	if (done.subscribedApp && !isSubscriptionNeeded) await meta.cloud.unsubscribeApp();
	return lost;
}

/** Meta checks an address when it is set; one that does not answer any more is given up. */
async function putBack(
	{ meta, verifyToken, otherVerifyToken, otherTriggers }: CallbackPlan,
	{ level = 'phoneNumber', callbackUrl, replacedUrl = '', replacedFields }: Registration,
): Promise<boolean> {
	const isOfOurs =
		isSameTrigger(replacedUrl, callbackUrl) ||
		otherTriggers.some((other) => other.callbackUrl === replacedUrl);
	const token = isOfOurs ? verifyToken : otherVerifyToken || verifyToken;
	const callback = { url: replacedUrl, fields: replacedFields };
	return await LEVELS[level].set(meta, callback, token).then(
		() => true,
		() => false,
	);
}

/** Whether anybody else has a callback in the account, and so depends on its subscription. */
async function hasOtherCallbacks({ meta }: CallbackPlan, done: Registration): Promise<boolean> {
	const account = await LEVELS.businessAccount.read(meta);
	if (account.url && account.url !== done.callbackUrl) return true;
	return await hasOtherNumbers(meta.cloud, done.businessNumberId);
}

async function hasOtherNumbers(cloud: CloudApi, businessNumberId: string): Promise<boolean> {
	for await (const { id, callbackUrl } of accountNumbers(cloud)) {
		if (callbackUrl && id !== businessNumberId) return true;
	}
	return false;
}
