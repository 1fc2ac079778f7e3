import { isForeignForm } from '../../core/events/compatible';
import { parseDelivery } from '../../core/events/parse';
import { isSample, SAMPLE } from '../../core/events/sample';
import { isSignature, isSignedBy } from '../../core/events/signature';
import { rootOf } from '../../core/transport/graphApi';
import { SetupApi } from '../../core/transport/setupApi';
import { connectMeta, CREDENTIAL, credentialOf, sendWithToken, within } from '../connection';
import { flawByCredential } from '../keptCredential';
import { settingPath } from '../setting';
import { verifyTokenOf } from '../verifyToken';

import { textsOf } from './credentialTexts';
import type { Provider } from './provider';

const SIGNATURE = 'x-hub-signature-256';

const FLAWS = {
	missing:
		"A delivery was refused with 401: it has no signature (header 'X-Hub-Signature-256'), so it does not come from Meta. If it does, something between Meta and n8n removes the header.",
	malformed:
		"A delivery was refused with 401: its header 'X-Hub-Signature-256' is not a signature, so it does not come from Meta. If it does, something between Meta and n8n changes the header.",
	secret:
		"A delivery was refused with 401: its signature does not fit 'App Secret' of the credential. If it comes from Meta, copy the secret anew from the App settings, Basic, of the app that delivers; and nothing between Meta and n8n may change the body.",
};

const NOT_WHATSAPP =
	"A delivery starts nothing: it is not about a WhatsApp business account. Subscribe the app to the fields of 'Whatsapp Business Account'.";

const OTHER_NUMBER =
	"A delivery starts nothing: it is about another number than the 'Business Number' of this trigger.";

/** Meta's Cloud API. */
export const metaCloud: Provider = {
	name: 'metaCloud',
	title: 'Meta',
	credential: CREDENTIAL,
	connect: connectMeta,

	registration: 'callback',
	async flawOf(context, { rawBody, headers }) {
		const signature = headers[SIGNATURE];
		if (!signature) return FLAWS.missing;
		if (!isSignature(signature)) return FLAWS.malformed;
		return await flawByCredential(context, CREDENTIAL, (values) =>
			isSignedBy(rawBody, signature, textsOf(values)('appSecret')) ? undefined : FLAWS.secret,
		);
	},
	async verifyTokens(context) {
		const path = settingPath(context.getNode(), 'verifyWord');
		const ownWord = String(context.getNodeParameter(path, ''));
		return [verifyTokenOf(await credentialOf(context)), ownWord];
	},
	repeatsDeliveries: true,
	readDelivery: (body, { receivedAt }) => parseDelivery(body, receivedAt),
	riddleOf(body, events, isOfAnotherNumber) {
		if (events.some(isSample)) return { level: 'warn', sentence: SAMPLE };
		if (isForeignForm(body)) return { level: 'warn', sentence: NOT_WHATSAPP };
		return events.length > 0 && events.every(isOfAnotherNumber)
			? { level: 'info', sentence: OTHER_NUMBER }
			: undefined;
	},
	// Of three callbacks the first one gets messages; a stop of marketing goes to that of the app alone.
	async deliveryAddresses(context, businessNumberId, timeout) {
		const root = rootOf(await credentialOf(context));
		const api = new SetupApi(within(sendWithToken(context), timeout), root);
		return Object.values(await api.callbacks(businessNumberId));
	},

	businessNumber: (text) => text,
	listsNumbers: true,
	mediaIds: /^\d+$/,
	mediaIdsHaveLetters: false,
	templates: 'listed',
	hasTemplateLanguages: true,
};
