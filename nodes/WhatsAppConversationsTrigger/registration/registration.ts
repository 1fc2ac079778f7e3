import type { IHookFunctions } from 'n8n-workflow';

import { processState } from '../../core/state/processState';
import { toActivationError } from '../../shared/nodeErrors';
import { onlyNumber } from '../../shared/onlyNumber';
import { providerOf } from '../../shared/provider';
import { openState } from '../../shared/workflowState';
import { beginListening, endListening } from '../listening';
import { businessNumberOf, callbackUrlOf, isManual, isTest, keyOf } from '../thisTrigger';

import { metaRegistration } from './metaRegistration';
import { recordRegistration } from './otherTriggers';
import { providerRegistration } from './providerRegistration';

/** How the trigger's address is registered with one provider. */
export interface ProviderRegistration {
	/** Whether everything is registered as it has to be. */
	isRegistered(context: IHookFunctions, businessNumberId: string): Promise<boolean>;
	/** @throws InputError when it may not be registered */
	register(context: IHookFunctions, businessNumberId: string): Promise<void>;
	/** Undoes what was registered under a key, if anything was. */
	restore(context: IHookFunctions, key: string): Promise<void>;
}

/**
 * n8n's three questions about the trigger's address: no callback of anybody else is touched unless
 * that was asked for, and what was set is removed exactly as it was.
 */
export const registration = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		if (isManual(this)) return false;
		try {
			const number = await numberToListenAt(this);
			const isRegistered = await registrationOf(this).isRegistered(this, number);
			if (isRegistered && !isTest(this)) await beginListening(this, number);
			return isRegistered;
		} catch (error) {
			if (await goesOn(this, error)) return true;
			throw toActivationError(this.getNode(), error);
		}
	},

	async create(this: IHookFunctions): Promise<boolean> {
		try {
			processState.reached();
			const number = await numberToListenAt(this);
			await registrationOf(this).register(this, number);
			if (!isTest(this)) await beginListening(this, number);
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},

	async delete(this: IHookFunctions): Promise<boolean> {
		try {
			const ofTest =
				openState(this).registration(keyOf(this, true))?.callbackUrl === callbackUrlOf(this);
			if (!ofTest) await endListening(this);
			await registrationOf(this).restore(this, keyOf(this, ofTest));
			return true;
		} catch (error) {
			throw toActivationError(this.getNode(), error);
		}
	},
};

/** The number that was chosen, or the only one of the account. @throws as `onlyNumber` */
async function numberToListenAt(context: IHookFunctions): Promise<string> {
	return businessNumberOf(context) || (await onlyNumber(context)).id;
}

function registrationOf(context: IHookFunctions): ProviderRegistration {
	const provider = providerOf(context);
	return provider.registration === 'callback' ? metaRegistration : providerRegistration(provider);
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
	await beginListening(context, businessNumberOf(context) || done.businessNumberId);
	recordRegistration(context, key, done);
	context.logger.warn(
		`Whether the callback ${done.callbackUrl} is still registered could not be asked (${toActivationError(context.getNode(), error).message}). The trigger goes on as it was; the operation 'Check Setup' tells how it is now.`,
	);
	return true;
}
