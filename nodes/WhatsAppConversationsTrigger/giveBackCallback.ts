import { isSameTrigger } from '../core/setup/address';
import type { Registration } from '../core/state/registration';
import type { CloudApi } from '../core/transport/cloudApi';

import { releaseAppCallback } from './appCallback';
import { LEVELS } from './callbackLevel';
import type { Claim } from './claim';

/**
 * Undoes what an activation did at Meta, and no more: a callback that somebody else has set since
 * stays, and what others depend on is left to them.
 *
 * @returns an address that could not be put back, because it does not answer
 */
export async function giveBackCallback(
	claim: Claim,
	done: Registration,
): Promise<string | undefined> {
	const { meta, neighbours } = claim;
	const level = done.level ?? 'phoneNumber';
	const areOthers = await hasOtherCallbacks(claim, done);
	const isNeeded = areOthers || neighbours.length > 0;
	const current = await LEVELS[level].read(meta);
	let lost: string | undefined;
	if (current.url === done.callbackUrl) {
		const isPutBack = done.replacedUrl ? await putBack(claim, done) : false;
		if (!isPutBack) {
			lost = done.replacedUrl;
			if (level === 'app') await releaseAppCallback(claim, isNeeded);
			else await LEVELS[level].remove(meta);
		}
	}
	if (done.gaveAppCallback && level !== 'app') {
		const { url } = await LEVELS.app.read(meta);
		if (url === done.callbackUrl) await releaseAppCallback(claim, isNeeded);
	}
	const isSubscriptionNeeded =
		areOthers ||
		neighbours.some(({ businessAccountId }) => businessAccountId === meta.cloud.businessAccountId);
	if (done.subscribedApp && !isSubscriptionNeeded) await meta.cloud.unsubscribeApp();
	return lost;
}

/** Meta checks an address when it is set; one that does not answer any more is given up. */
async function putBack(
	{ meta, verifyToken, otherVerifyToken, neighbours }: Claim,
	{ level = 'phoneNumber', callbackUrl, replacedUrl = '', replacedFields }: Registration,
): Promise<boolean> {
	const isOfOurs =
		isSameTrigger(replacedUrl, callbackUrl) ||
		neighbours.some((neighbour) => neighbour.callbackUrl === replacedUrl);
	const token = isOfOurs ? verifyToken : otherVerifyToken || verifyToken;
	const callback = { url: replacedUrl, fields: replacedFields };
	return await LEVELS[level].set(meta, callback, token).then(
		() => true,
		() => false,
	);
}

/** Whether anybody else has a callback in the account, and so depends on its subscription. */
async function hasOtherCallbacks({ meta }: Claim, done: Registration): Promise<boolean> {
	const account = await LEVELS.businessAccount.read(meta);
	if (account.url && account.url !== done.callbackUrl) return true;
	return await hasOtherNumbers(meta.cloud, done.businessNumberId);
}

async function hasOtherNumbers(api: CloudApi, businessNumberId: string): Promise<boolean> {
	let after: string | undefined;
	do {
		const { entries, next } = await api.listBusinessNumbers(after);
		if (entries.some(({ id, callbackUrl }) => callbackUrl && id !== businessNumberId)) return true;
		after = next;
	} while (after);
	return false;
}
