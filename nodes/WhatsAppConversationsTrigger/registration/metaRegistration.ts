import type { IHookFunctions } from 'n8n-workflow';

import { ADDRESS_MEND, addressFlaw } from '../../core/callback/address';
import { hasFields, readAppCallback } from '../../core/callback/appCallback';
import { LEVELS, type Level } from '../../core/callback/levels';
import type { CallbackPlan } from '../../core/callback/plan';
import { registerCallback } from '../../core/callback/register';
import { restoreCallback } from '../../core/callback/restore';
import { InputError } from '../../core/inputError';
import {
	connectApp,
	connectMeta,
	credentialOf,
	type CloudApiCredential,
} from '../../shared/connection';
import { verifyTokenOf } from '../../shared/verifyToken';
import { now, openState, saveState } from '../../shared/workflowState';
import { businessNumberOf, callbackUrlOf, isManual, isTest, keyOf } from '../thisTrigger';

import { forgetRegistration, otherTriggersOf, recordRegistration } from './otherTriggers';
import type { ProviderRegistration } from './registration';

/** The trigger's callback at Meta, set at one level alone. */
export const metaRegistration: ProviderRegistration = {
	async isRegistered(context) {
		const credential = await credentialOf(context);
		if (!hasSecret(credential)) return false;
		const key = keyOf(context, isTest(context));
		const plan = await planOf(context, credential, key);
		const { meta, level, url, done } = plan;
		if ((await LEVELS[level].read(meta)).url !== url) return false;
		const subscribed = await meta.cloud.subscribedApps();
		if (!subscribed.some(({ id }) => id === meta.app.appId)) return false;
		if (!hasFields(await readAppCallback(plan), plan)) return false;
		if (done) recordRegistration(context, key, done);
		return true;
	},

	async register(context) {
		const credential = await credentialOf(context);
		requireSecret(credential);
		if (isManual(context)) return;
		const flaw = addressFlaw(callbackUrlOf(context), credential.baseUrl);
		if (flaw) throw new InputError('Webhook URL', flaw, ADDRESS_MEND);
		const key = keyOf(context, isTest(context));
		const plan = await planOf(context, credential, key);
		await registerCallback(plan, now(), (done) => recordRegistration(context, key, done));
		saveState(context, openState(context));
	},

	async restore(context, key) {
		const state = openState(context);
		const done = state.registration(key);
		if (!done) return;
		const plan = await planOf(context, await credentialOf(context), key);
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

/** What this trigger wants of Meta: by its parameters, and by what this process knows of all triggers. */
async function planOf(
	context: IHookFunctions,
	credential: CloudApiCredential,
	key: string,
): Promise<CallbackPlan> {
	return {
		meta: {
			cloud: await connectMeta(context),
			app: connectApp(context, credential),
			businessNumberId: businessNumberOf(context),
		},
		level: context.getNodeParameter('callbackLevel', 'phoneNumber') as Level,
		url: callbackUrlOf(context),
		isTest: isTest(context),
		events: context.getNodeParameter('events') as string[],
		verifyToken: verifyTokenOf(credential),
		mayReplace: context.getNodeParameter('replaceCallback', false) === true,
		otherVerifyToken: String(context.getNodeParameter('otherVerifyToken', '')),
		otherTriggers: otherTriggersOf(context, key, credential.appId),
		done: openState(context).registration(key),
	};
}

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
