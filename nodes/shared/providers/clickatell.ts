import { parseClickatell } from '../../core/events/clickatell';
import type { Proof } from '../../core/events/proof';
import {
	ClickatellTransport,
	type ClickatellOptions,
} from '../../core/transport/clickatell/transport';
import { sendWith } from '../connection';

import { baseOf, credentialTexts, type CredentialTexts } from './credentialTexts';
import { provenBy } from './proven';
import type { CredentialReader, Provider } from './provider';

const CREDENTIAL = 'clickatellApi';

/** Clickatell's One API. */
export const clickatell: Provider = {
	name: 'clickatell',
	title: 'Clickatell',
	credential: CREDENTIAL,
	connect: async (context) =>
		new ClickatellTransport(sendWith(context, CREDENTIAL), await optionsOf(context)),

	registration: 'user',
	...provenBy(CREDENTIAL, proofsOf),
	repeatsDeliveries: false,
	readDelivery: (body, { businessNumberId, receivedAt }) =>
		parseClickatell(body, businessNumberId, receivedAt),
	riddleOf: () => undefined,
	deliveryAddresses: async () => [],

	// It knows numbers by nothing but themselves: digits only.
	businessNumber: (text) => text.replace(/[\s+()-]/g, ''),
	listsNumbers: false,
	// They may be the query of an address.
	mediaIds: /^\S+$/,
	mediaIdsHaveLetters: true,
	templates: 'typed',
	hasTemplateLanguages: false,
};

async function optionsOf(context: CredentialReader): Promise<ClickatellOptions> {
	const text = await credentialTexts(context, CREDENTIAL);
	return {
		baseUrl: baseOf(text('baseUrl')),
		templateForm: text('templateForm') === 'hsm' ? 'hsm' : 'template',
	};
}

/** Deliveries have one of two proofs. */
function proofsOf(text: CredentialTexts): Proof[] {
	return [
		{ kind: 'token', token: text('webhookToken') },
		{ kind: 'basic', user: text('webhookUser'), password: text('webhookPassword') },
	];
}
