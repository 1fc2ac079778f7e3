import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { InputError } from '../core/inputError';
import { processState } from '../core/state/processState';
import type { Registration } from '../core/state/staticDataStore';
import type { CloudApi } from '../core/transport/cloudApi';
import { connect, credentialOf, type CloudApiCredential } from '../shared/connection';
import { toActivationError } from '../shared/nodeErrors';
import { now, openState, saveState } from '../shared/workflowState';

import { verifyTokenOf } from './verifyToken';

/** Meta takes no longer address for the callback of a number (Meta: Webhook overrides). */
const MAX_CALLBACK_LENGTH = 200;

/**
 * The trigger's callback at Meta: set for its number alone, so that no callback of the app, of the
 * account or of another workflow is touched, and removed exactly as it was set.
 */
export const registration = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return false;
		try {
			const { appId } = await credentialOf(this);
			const api = await connect(this);
			const { callbackUrl } = await api.businessNumber(businessNumberOf(this));
			const exists =
				callbackUrl === callbackUrlOf(this) && (await api.subscribedApps()).includes(appId);
			if (exists && !isTest(this)) {
				openState(this).replica(businessNumberOf(this)).watch(watcherOf(this), now());
			}
			return exists;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},

	async create(this: IHookFunctions): Promise<boolean> {
		try {
			processState.isFed = true;
			const credential = await credentialOf(this);
			requireSecret(credential);
			if (!isManual(this)) await setCallback(this, credential);
			const businessNumberId = businessNumberOf(this);
			if (businessNumberId && !isTest(this)) {
				openState(this).replica(businessNumberId).watch(watcherOf(this), now());
			}
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		try {
			const state = openState(this);
			const ofTest = state.registration(keyOf(this, true))?.callbackUrl === callbackUrlOf(this);
			if (!ofTest) state.unwatch(watcherOf(this));
			const key = keyOf(this, ofTest);
			const done = state.registration(key);
			if (!done) return true;
			await removeCallback(this, done);
			state.unregister(key);
			saveState(this, state);
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},
};

async function setCallback(context: IHookFunctions, credential: CloudApiCredential): Promise<void> {
	const url = callbackUrlOf(context);
	requireReachable(url, credential.baseUrl);
	const businessNumberId = businessNumberOf(context);
	const api = await connect(context);
	const { callbackUrl: current } = await api.businessNumber(businessNumberId);
	if (current && !isSameTrigger(current, url)) {
		throw new InputError(
			'Business Number',
			`The deliveries of this 'Business Number' go to another callback already: ${current}.`,
			"Deactivate the workflow or the tool that uses it, or set 'Registration' to 'Manual'.",
		);
	}

	const state = openState(context);
	const key = keyOf(context, isTest(context));
	const done: Registration = {
		at: now(),
		businessNumberId,
		callbackUrl: url,
		...(isTest(context) && current && current !== url ? { replacedUrl: current } : {}),
		subscribedApp: state.registration(key)?.subscribedApp ?? false,
	};
	if (current !== url)
		await api.setNumberCallback(businessNumberId, url, verifyTokenOf(credential));
	state.register(key, done);
	if (!(await api.subscribedApps()).includes(credential.appId)) {
		await api.subscribeApp();
		state.register(key, { ...done, subscribedApp: true });
	}
	saveState(context, state);
}

async function removeCallback(context: IHookFunctions, done: Registration): Promise<void> {
	const api = await connect(context);
	const { businessNumberId, callbackUrl, replacedUrl } = done;
	// Somebody else may have set a callback since; theirs stays.
	if ((await api.businessNumber(businessNumberId)).callbackUrl === callbackUrl) {
		const token = verifyTokenOf(await credentialOf(context));
		await restoreCallback(api, businessNumberId, replacedUrl ?? '', token);
	}
	if (done.subscribedApp && !(await hasOtherCallbacks(api, businessNumberId))) {
		await api.unsubscribeApp();
	}
}

/** Meta checks an address when it is set; one that does not answer any more is given up. */
async function restoreCallback(
	api: CloudApi,
	businessNumberId: string,
	url: string,
	verifyToken: string,
): Promise<void> {
	const remove = async () => await api.setNumberCallback(businessNumberId, '');
	if (!url) await remove();
	else await api.setNumberCallback(businessNumberId, url, verifyToken).catch(remove);
}

/** Another number of the account may depend on the subscription by now. */
async function hasOtherCallbacks(api: CloudApi, businessNumberId: string): Promise<boolean> {
	let after: string | undefined;
	do {
		const { entries, next } = await api.listBusinessNumbers(after);
		if (entries.some(({ id, callbackUrl }) => callbackUrl && id !== businessNumberId)) return true;
		after = next;
	} while (after);
	return false;
}

function requireSecret({ appSecret, appId }: CloudApiCredential): void {
	if (appSecret && appId) return;
	throw new InputError(
		appSecret ? 'App ID' : 'App Secret',
		`The credential has no '${appSecret ? 'App ID' : 'App Secret'}', which the trigger needs.`,
		"Copy 'App ID' and 'App Secret' from the Meta app under App settings → Basic into the credential.",
	);
}

/** Meta delivers to public https addresses alone; a test server may be anywhere. */
function requireReachable(url: string, baseUrl: string): void {
	if (url.length > MAX_CALLBACK_LENGTH) {
		throw new InputError(
			'Webhook URL',
			`The webhook URL of this trigger has ${url.length} characters; Meta takes at most ${MAX_CALLBACK_LENGTH}.`,
			"Use a shorter host name, or set 'Registration' to 'Manual'.",
		);
	}
	if (baseUrl.startsWith('https:') && !url.startsWith('https:')) {
		throw new InputError(
			'Webhook URL',
			`Meta cannot deliver to ${url}, because it is not a public https address.`,
			'Give n8n a public https address and set its environment variable WEBHOOK_URL to it.',
		);
	}
}

/** Production and test addresses of one trigger end alike. */
function isSameTrigger(url: string, other: string): boolean {
	const tail = (address: string) => address.split('/').slice(-2).join('/');
	return tail(url) === tail(other);
}

function callbackUrlOf(context: IHookFunctions): string {
	return context.getNodeWebhookUrl('default') ?? '';
}

/** The number that the trigger is for; '' when none was chosen. */
export function businessNumberOf(context: IHookFunctions | IWebhookFunctions): string {
	return String(
		context.getNodeParameter('businessNumber', '', { extractValue: true }) ?? '',
	).trim();
}

function isManual(context: IHookFunctions): boolean {
	return context.getNodeParameter('registration') === 'manual';
}

/** Whether this is the short-lived registration of a test in the editor; known at its begin only. */
function isTest(context: IHookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** Tests and production of one trigger keep their registrations apart. */
function keyOf(context: IHookFunctions, forTest: boolean): string {
	return `${context.getNode().id}${forTest ? ' test' : ''}`;
}

/** Tells this trigger from all others that may watch the same number. */
export function watcherOf(context: IHookFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}
