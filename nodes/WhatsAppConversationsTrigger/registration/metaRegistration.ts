import { ADDRESS_MEND, addressFlaw } from '../../core/callback/address';
import { hasFields, readAppCallback } from '../../core/callback/appCallback';
import { LEVELS } from '../../core/callback/levels';
import { registerCallback } from '../../core/callback/register';
import { restoreCallback } from '../../core/callback/restore';
import { InputError } from '../../core/inputError';
import { credentialOf, type CloudApiCredential } from '../../shared/connection';
import { now, openState, saveState } from '../../shared/workflowState';
import { callbackUrlOf, isManual, isTest, keyOf } from '../thisTrigger';

import { planOf } from './callbackPlan';
import { forgetRegistration, recordRegistration } from './otherTriggers';
import type { ProviderRegistration } from './registration';

/** The trigger's callback at Meta, set at one level alone. */
export const metaRegistration: ProviderRegistration = {
	async isRegistered(context, businessNumberId) {
		const credential = await credentialOf(context);
		if (!hasSecret(credential)) return false;
		const key = keyOf(context, isTest(context));
		const plan = await planOf(context, credential, key, businessNumberId);
		const { meta, level, url, done } = plan;
		if ((await LEVELS[level].read(meta)).url !== url) return false;
		const subscribed = await meta.cloud.subscribedApps();
		if (!subscribed.some(({ id }) => id === meta.app.appId)) return false;
		if (!hasFields(await readAppCallback(plan), plan)) return false;
		if (done) recordRegistration(context, key, done);
		return true;
	},

	async register(context, businessNumberId) {
		const credential = await credentialOf(context);
		requireSecret(credential);
		if (isManual(context)) return;
		const flaw = addressFlaw(callbackUrlOf(context), credential.baseUrl);
		if (flaw) throw new InputError('Webhook URL', flaw, ADDRESS_MEND);
		const key = keyOf(context, isTest(context));
		const plan = await planOf(context, credential, key, businessNumberId);
		await registerCallback(plan, now(), (done) => recordRegistration(context, key, done));
		saveState(context, openState(context));
	},

	async restore(context, key) {
		const state = openState(context);
		const done = state.registration(key);
		if (!done) return;
		const credential = await credentialOf(context);
		const plan = await planOf(context, credential, key, done.businessNumberId);
		const lost = await restoreCallback(plan, done);
		if (lost) {
			context.logger.warn(
				`The callback ${lost} was not put back, because it did not answer Meta's check. Whoever uses it has to register it again.`,
			);
		}
		forgetRegistration(context, key);
		saveState(context, state);
	},
};

function hasSecret({ appSecret, appId }: CloudApiCredential): boolean {
	return appSecret !== '' && appId !== '';
}

function requireSecret(credential: CloudApiCredential): void {
	if (hasSecret(credential)) return;
	const { appSecret } = credential;
	throw new InputError(
		appSecret ? 'App ID' : 'App Secret',
		`The credential has no '${appSecret ? 'App ID' : 'App Secret'}', which the trigger needs.`,
		"Copy 'App ID' and 'App Secret' from the Meta app under App settings → Basic into the credential.",
	);
}
