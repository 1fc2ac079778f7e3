import type { IHookFunctions } from 'n8n-workflow';

import { ADDRESS_MEND, addressFlaw, isAnothers, isSameTrigger } from '../../core/callback/address';
import { ownerOf } from '../../core/callback/owner';
import { hasSecret, type Proof } from '../../core/events/proof';
import { EmptyInput, InputError } from '../../core/inputError';
import { Dialog360Webhook, type Webhook } from '../../core/transport/dialects/dialog360Webhook';
import { sendWith } from '../../shared/connection';
import { CHOOSE_NUMBER, NUMBER_FIELD } from '../../shared/onlyNumber';
import {
	compatibleCredential,
	CREDENTIAL,
	type CompatibleCredential,
} from '../../shared/providers/compatible';
import type { Provider } from '../../shared/providers/provider';
import { now, openState, saveState } from '../../shared/workflowState';
import {
	businessNumberOf,
	callbackUrlOf,
	isManual,
	isTest,
	keyOf,
	mayReplace,
} from '../thisTrigger';

import type { ProviderRegistration } from './registration';
import { workflowsOf } from './workflowAt';

/** The trigger's address at another provider than Meta: set where that has an API for it. */
export function providerRegistration(provider: Provider): ProviderRegistration {
	const isLeftToUser = (context: IHookFunctions) =>
		provider.registration === 'user' || isManual(context);
	return {
		async isRegistered(context) {
			if (isLeftToUser(context)) return false;
			const credential = await compatibleCredential(context);
			if (!credential.dialect.capabilities.registration) return false;
			const { url, headers } = await webhookOf(context, credential).read();
			return url === callbackUrlOf(context) && hasProof(headers, credential.proof);
		},

		async register(context, businessNumberId) {
			requireProof((await provider.proofs?.(context)) ?? []);
			if (isLeftToUser(context)) return requireChosenNumber(context);
			await registerWebhook(context, await compatibleCredential(context), businessNumberId);
		},

		async restore(context, key) {
			const state = openState(context);
			const done = state.registration(key);
			if (!done) return;
			const webhook = webhookOf(context, await compatibleCredential(context));
			// A webhook that somebody else has set since stays.
			if ((await webhook.read()).url === done.callbackUrl) {
				await webhook.set({ url: done.replacedUrl ?? '', headers: done.replacedHeaders ?? {} });
			}
			state.unregister(key);
			saveState(context, state);
		},
	};
}

function requireProof(proofs: Proof[]): void {
	if (proofs.some(hasSecret)) return;
	throw new InputError(
		'Webhook Secret',
		'The credential has no secret for deliveries, so nothing would tell real ones from forged ones.',
		"Fill 'Webhook Secret' of the credential, at Clickatell 'Webhook Token', with a long word of your own.",
	);
}

/** Nothing remembers which number was found, and not every delivery names its own. */
function requireChosenNumber(context: IHookFunctions): void {
	if (!businessNumberOf(context)) throw new EmptyInput(NUMBER_FIELD, CHOOSE_NUMBER);
}

async function registerWebhook(
	context: IHookFunctions,
	credential: CompatibleCredential,
	businessNumberId: string,
): Promise<void> {
	const { dialect, address, proof } = credential;
	if (!dialect.capabilities.registration) {
		throw new InputError(
			'Register With Meta Automatically',
			`${dialect.provider} is not told by the trigger where to deliver. Field: 'Register With Meta Automatically'.`,
			"Switch off 'Register With Meta Automatically', and paste the production URL into the portal of the provider.",
		);
	}
	if (proof.kind !== 'header') {
		throw new InputError(
			'Proof of Deliveries',
			"'Proof of Deliveries' of the credential has to be 'Header', which the trigger sets with the webhook.",
			"Choose 'Header' in the credential, or switch off 'Register With Meta Automatically'.",
		);
	}
	const url = callbackUrlOf(context);
	const flaw = addressFlaw(url, address.root);
	if (flaw) throw new InputError('Webhook URL', flaw, ADDRESS_MEND);

	const webhook = webhookOf(context, credential);
	const current = await webhook.read();
	if (isAnothers(current.url, url) && !mayReplace(context)) {
		const { who, mend } = ownerOf(current.url, url, workflowsOf(context));
		throw new InputError(
			'Business Number',
			`The messages of this 'Business Number' go to ${who || `another webhook (${current.url})`} already.`,
			`${mend}, or add 'Replace Another Callback' under Options, so that they come here.`,
		);
	}
	const state = openState(context);
	const key = keyOf(context, isTest(context));
	state.register(key, {
		at: now(),
		businessNumberId,
		callbackUrl: url,
		...replacedBy(
			current,
			url,
			isSameTrigger(current.url, url) && !isTest(context),
			state.registration(key),
		),
		subscribedApp: false,
	});
	await webhook.set({ url, headers: { [proof.header]: proof.secret } });
	saveState(context, state);
}

interface Replaced {
	replacedUrl?: string;
	replacedHeaders?: Record<string, string>;
}

/** What is put back later; a test's address and an own old one are not. */
function replacedBy(
	current: Webhook,
	url: string,
	isOwnOld: boolean,
	before: Replaced | undefined,
): Replaced {
	if (current.url === url && before) {
		const { replacedUrl, replacedHeaders } = before;
		return { ...(replacedUrl && { replacedUrl }), ...(replacedHeaders && { replacedHeaders }) };
	}
	if (!current.url || current.url === url || isOwnOld) return {};
	return { replacedUrl: current.url, replacedHeaders: current.headers };
}

/** Whether the provider sends the proof along already. */
function hasProof(headers: Record<string, string>, proof: Proof): boolean {
	return (
		proof.kind === 'header' &&
		Object.entries(headers).some(
			([name, value]) => name.toLowerCase() === proof.header && value === proof.secret,
		)
	);
}

function webhookOf(context: IHookFunctions, { address }: CompatibleCredential): Dialog360Webhook {
	return new Dialog360Webhook(sendWith(context, CREDENTIAL), address.root);
}
