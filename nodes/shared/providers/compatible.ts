import { FOREIGN_FORM, isForeignForm, parseCompatible } from '../../core/events/compatible';
import type { Proof } from '../../core/events/proof';
import { CloudTransport } from '../../core/transport/cloudTransport';
import type { CloudAddress, CloudDialect } from '../../core/transport/dialect';
import { dialectOf, type Preset } from '../../core/transport/dialects';
import type { CustomStyle } from '../../core/transport/dialects/custom';
import { Dialog360Webhook } from '../../core/transport/dialects/dialog360Webhook';
import { sendWith, within } from '../connection';

import { baseOf, credentialTexts, type CredentialTexts } from './credentialTexts';
import { provenBy } from './proven';
import type { CredentialReader, Provider } from './provider';

export const CREDENTIAL = 'whatsAppCompatibleApi';

/** A provider that takes Meta's messages: 360dialog, Kapso, Gupshup, or another one. */
export const compatible: Provider = {
	name: 'compatible',
	title: 'The compatible provider',
	credential: CREDENTIAL,
	async connect(context) {
		const { dialect, address } = await compatibleCredential(context);
		return new CloudTransport(sendWith(context, CREDENTIAL), dialect, address);
	},

	registration: 'webhook',
	...provenBy(CREDENTIAL, (text) => [proofOf(text)]),
	// By the way that says first what is wrong with the address.
	proofs: async (context) => [(await compatibleCredential(context)).proof],
	repeatsDeliveries: false,
	readDelivery: (body, { headers, businessNumberId, receivedAt }) =>
		parseCompatible(body, String(headers['x-webhook-event'] ?? ''), businessNumberId, receivedAt),
	riddleOf: (body) =>
		isForeignForm(body) ? { level: 'warn', sentence: FOREIGN_FORM, isForSender: true } : undefined,
	async deliveryAddresses(context, _businessNumberId, timeout) {
		const { dialect, address } = await compatibleCredential(context);
		if (!dialect.capabilities.registration) return [];
		const send = within(sendWith(context, CREDENTIAL), timeout);
		return [(await new Dialog360Webhook(send, address.root).read()).url];
	},

	businessNumber: (text) => text,
	listsNumbers: true,
	mediaIds: /^(?=.*\w)[\w.-]+$/,
	mediaIdsHaveLetters: true,
	templates: 'either',
	hasTemplateLanguages: true,
};

export interface CompatibleCredential {
	preset: Preset;
	dialect: CloudDialect;
	address: CloudAddress;
	proof: Proof;
}

/** What the credential of a compatible provider says. @throws InputError */
export async function compatibleCredential(
	context: CredentialReader,
): Promise<CompatibleCredential> {
	const text = await credentialTexts(context, CREDENTIAL);
	const preset = (text('preset') || 'dialog360') as Preset;
	const base = baseOf(text('baseUrl'));
	const businessNumberId = text('phoneNumberId');
	const dialect = dialectOf(preset, {
		pathStyle: text('pathStyle') as CustomStyle['pathStyle'],
		mediaHost: text('mediaHost') as CustomStyle['mediaHost'],
		templateList: text('templateList') as CustomStyle['templateList'],
		hasNumber: businessNumberId !== '',
	});
	const root =
		preset === 'gupshup' ? `${base}/partner/app/${encodeURIComponent(text('appId'))}` : base;
	const address = { root, businessAccountId: text('businessAccountId'), businessNumberId };
	return { preset, dialect, address, proof: proofOf(text) };
}

function proofOf(text: CredentialTexts): Proof {
	const secret = text('webhookSecret');
	const header = text('webhookHeader').toLowerCase();
	switch (text('webhookProof')) {
		case 'hmac':
			return { kind: 'hmac', header, prefix: text('webhookPrefix'), secret };
		case 'basic':
			return { kind: 'basic', user: text('webhookUser'), password: secret };
		default:
			return { kind: 'header', header, secret };
	}
}
