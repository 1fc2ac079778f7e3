import { ADDRESS_MEND, addressFlaw, isSameTrigger, isTestAddress } from '../callback/address';
import { effectiveLevel, LEVELS } from '../callback/levels';
import { ownerOf } from '../callback/owner';

import { refusalIn, toldBy, type SetupFacts } from './facts';
import { failed, notAnswered, notChecked, ok, warning, type Verdict } from './verdict';

const ASK_URL =
	"Copy the production URL of the trigger into 'Webhook URL of the Trigger' and check again.";

/** Whether the deliveries go to the trigger, and if not, to whom. */
export function callback({ number, webhookUrl }: SetupFacts): Verdict {
	const refusal = refusalIn(number);
	if (refusal) return notAnswered(refusal);
	const { callbacks } = toldBy(number)!;
	const level = effectiveLevel(callbacks);
	if (!level) {
		return failed(
			'No callback is set: not for this number, not for the business account, not for the app.',
			"Publish (activate) the workflow with the trigger and 'Register With Meta Automatically' on.",
		);
	}
	const { of } = LEVELS[level];
	const url = callbacks[level];
	const details = { callbackUrl: url, level, callbacks: { ...callbacks } };
	if (url === webhookUrl && !isTestAddress(url)) {
		return ok(`The deliveries go to the trigger, by the callback of ${of}.`, details);
	}
	if (isTestAddress(url)) {
		return warning(
			`The deliveries go to ${url}, a test address, by the callback of ${of}. It answers only while the editor listens.`,
			'End the test in the editor, then unpublish (deactivate) the workflow and publish (activate) it again.',
			details,
		);
	}
	if (!webhookUrl) {
		return notChecked(
			`The deliveries go to ${url}, by the callback of ${of}. Whether that is the trigger was not compared.`,
			ASK_URL,
			details,
		);
	}
	if (isSameTrigger(url, webhookUrl)) {
		return failed(
			`The deliveries go to ${url}, another address of this same trigger, by the callback of ${of}.`,
			'Unpublish (deactivate) the workflow and publish (activate) it again, so that it registers its present address.',
			details,
		);
	}
	const { who, mend } = ownerOf(url, webhookUrl);
	return failed(
		`The deliveries go elsewhere: to ${url}, by the callback of ${of}.${who && ` It leads to ${who}.`}`,
		level === 'phoneNumber'
			? `${mend}, or add 'Replace Another Callback' under Options of the trigger, and publish (activate) its workflow again.`
			: "Publish (activate) the workflow of the trigger with 'Callback Level' set to 'Phone Number': a callback of the number goes before this one, and leaves it as it is.",
		details,
	);
}

/** Certificates that Meta does not take, by the codes of the connection. */
const CERTIFICATES: Record<string, string> = {
	CERT_HAS_EXPIRED: 'has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
	ERR_TLS_CERT_ALTNAME_INVALID: 'was made for another host',
	SELF_SIGNED_CERT_IN_CHAIN: 'is self-signed',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes without its intermediate certificates',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes without its intermediate certificates',
};

/** Whether Meta can deliver to the trigger's address, and the trigger answers there. */
export function callbackAddress({ webhookUrl, handshake, credential }: SetupFacts): Verdict {
	if (!webhookUrl) return notChecked('The address of the trigger is not known here.', ASK_URL);
	const details = { webhookUrl };
	const flaw = addressFlaw(webhookUrl, credential.baseUrl);
	if (flaw) return failed(flaw, ADDRESS_MEND, details);
	if (isTestAddress(webhookUrl)) {
		return warning(
			'This is the test URL of the trigger, which answers only while the editor listens.',
			'Give the production URL.',
			details,
		);
	}
	if (!handshake) return notChecked('The address was not asked.', '', details);
	const { isRight, httpStatus, code = '', reason = '' } = handshake;
	if (isRight) return ok('The trigger answers at its address as Meta asks it to.', details);
	if (code in CERTIFICATES) {
		return failed(
			`The certificate of the address ${CERTIFICATES[code]}, so Meta does not deliver there.`,
			'Use a certificate of a public authority, with its whole chain.',
			{ ...details, code },
		);
	}
	if (httpStatus === undefined) {
		return warning(
			`From this server the address cannot be reached: ${reason}. Meta comes from outside, and may reach it all the same.`,
			'Open the address from another network, such as a phone. Any answer will do.',
			{ ...details, code },
		);
	}
	if (httpStatus === 404) {
		return failed(
			'Nobody waits for deliveries at this address.',
			'Publish (activate) the workflow of the trigger, and copy its production URL once more.',
			{ ...details, httpStatus },
		);
	}
	if (httpStatus === 403) {
		return failed(
			'The trigger at this address does not know the verify token of this credential.',
			'Choose the same credential in the trigger and here. If a firewall answers in the place of n8n, let requests of Meta pass.',
			{ ...details, httpStatus },
		);
	}
	return failed(
		`The address answers with HTTP status ${httpStatus}, not with what Meta asks for.`,
		'See that no login page, firewall or redirect answers in the place of n8n.',
		{ ...details, httpStatus },
	);
}
