import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { InputError } from '../core/inputError';
import { ADDRESS_MEND, addressFlaw } from '../core/setup/address';
import { processState } from '../core/state/processState';
import type { Registration } from '../core/state/registration';
import type { WorkflowState } from '../core/state/workflowState';
import {
	connectApp,
	connectMeta,
	credentialOf,
	type CloudApiCredential,
} from '../shared/connection';
import { toActivationError } from '../shared/nodeErrors';
import { providerOf } from '../shared/provider';
import { verifyTokenOf } from '../shared/verifyToken';
import { now, openState, saveState } from '../shared/workflowState';

import { hasFields, readAppCallback } from './appCallback';
import { LEVELS, type Level } from './callbackLevel';
import type { Claim } from './claim';
import { giveBackCallback } from './giveBackCallback';
import { beginListening, endListening } from './listening';
import { neighboursOf, noteNeighbour } from './neighbours';
import { otherRegistration } from './otherRegistration';
import { takeCallback } from './takeCallback';
import {
	businessNumberOf,
	callbackUrlOf,
	isManual,
	isTest,
	keyOf,
	type Context,
} from './thisTrigger';

/**
 * The trigger's callback at Meta: set at one level alone, so that no callback of anybody else is
 * touched unless that was asked for, and removed exactly as it was set.
 */
export const registration = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return false;
		try {
			if (providerOf(this) !== 'metaCloud') return await otherRegistration.checkExists(this);
			const credential = await credentialOf(this);
			if (!hasSecret(credential)) return false;
			const key = keyOf(this, isTest(this));
			const claim = await claimOf(this, credential, key);
			const exists = await isRegistered(claim);
			if (exists && !isTest(this)) await beginListening(this);
			if (exists && claim.done) noteRegistration(this, key, claim.done);
			return exists;
		} catch (error) {
			if (await goesOn(this, error)) return true;
			throw toActivationError(this.getNode(), error);
		}
	},

	async create(this: IHookFunctions): Promise<boolean> {
		try {
			processState.reached();
			if (providerOf(this) !== 'metaCloud') return await otherRegistration.create(this);
			const credential = await credentialOf(this);
			requireSecret(credential);
			if (!isManual(this)) {
				requireReachable(callbackUrlOf(this), credential.baseUrl);
				const key = keyOf(this, isTest(this));
				const claim = await claimOf(this, credential, key);
				await takeCallback(claim, now(), (done) => noteRegistration(this, key, done));
				saveState(this, openState(this));
			}
			if (!isTest(this)) await beginListening(this);
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		try {
			if (providerOf(this) !== 'metaCloud') return await otherRegistration.delete(this);
			const state = openState(this);
			const ofTest = state.registration(keyOf(this, true))?.callbackUrl === callbackUrlOf(this);
			if (!ofTest) await endListening(this);
			const key = keyOf(this, ofTest);
			const done = state.registration(key);
			if (!done) return true;
			const claim = await claimOf(this, await credentialOf(this), key);
			const lost = await giveBackCallback(claim, done);
			if (lost) {
				this.logger.warn(
					`The callback ${lost} was not put back, because it did not answer Meta's check. Whoever uses it has to register it again.`,
				);
			}
			state.unregister(key);
			noteNeighbour(neighbourKey(this, key), undefined);
			saveState(this, state);
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},
};

/** Tells this process of the trigger's registration, which an earlier process may have made. */
export function noteOwnRegistration(context: IWebhookFunctions, state: WorkflowState): void {
	const key = keyOf(context, false);
	const done = state.registration(key);
	if (done) noteNeighbour(neighbourKey(context, key), done);
}

/**
 * At its start an older n8n asks whether the callback is still there, and has it deleted and set
 * again when there is no answer. What was registered stays so instead, as in newer ones, which do
 * not ask.
 */
async function goesOn(context: IHookFunctions, error: unknown): Promise<boolean> {
	if (!['init', 'leadershipChange'].includes(context.getActivationMode())) return false;
	const key = keyOf(context, false);
	const done = openState(context).registration(key);
	if (!done || done.callbackUrl !== callbackUrlOf(context)) return false;
	await beginListening(context);
	noteRegistration(context, key, done);
	context.logger.warn(
		`Whether the callback ${done.callbackUrl} is still registered could not be asked (${toActivationError(context.getNode(), error).message}). The trigger goes on as it was; the operation 'Check Setup' tells how it is now.`,
	);
	return true;
}

async function isRegistered(claim: Claim): Promise<boolean> {
	const { meta, level, url } = claim;
	const { url: current } = await LEVELS[level].read(meta);
	if (current !== url) return false;
	const subscribed = await meta.cloud.subscribedApps();
	return (
		subscribed.some(({ id }) => id === meta.app.appId) &&
		hasFields(await readAppCallback(claim), claim)
	);
}

/** What this trigger wants of Meta: by its parameters, and by what this process knows of all triggers. */
async function claimOf(
	context: IHookFunctions,
	credential: CloudApiCredential,
	key: string,
): Promise<Claim> {
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
		neighbours: neighboursOf(neighbourKey(context, key), credential.appId),
		done: openState(context).registration(key),
	};
}

/** Writes down what a trigger has registered, for itself and for its neighbours. */
function noteRegistration(context: Context, key: string, registration: Registration): void {
	openState(context).register(key, registration);
	noteNeighbour(neighbourKey(context, key), registration);
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

function requireReachable(url: string, baseUrl: string): void {
	const flaw = addressFlaw(url, baseUrl);
	if (flaw) throw new InputError('Webhook URL', flaw, ADDRESS_MEND);
}

/** Tells a registration from those of all other triggers, and a test's from that of production. */
function neighbourKey(context: Context, key: string): string {
	return `${context.getWorkflow().id} ${key}`;
}
