import { dayOf } from './days';
import { refusalIn, toldBy, type SetupFacts } from './facts';
import { failed, notAnswered, notChecked, ok, warning, wordsOf, type Verdict } from './verdict';

/** A token that ends within this time is worth a warning. */
const SOON_SECONDS = 14 * 86_400;

const PERMANENT =
	"In Meta's business settings, open Users → System users, create a token there that never ends, and put it into 'Access Token' of the credential.";

/** Whether Meta accepts the access token, and until when (Meta: Access tokens). */
export function accessToken(facts: SetupFacts): Verdict {
	const { credential, token, now } = facts;
	if (!credential.hasAccessToken) return failed("'Access Token' is empty.", PERMANENT);
	const info = toldBy(token);
	if (!info) return withoutInfo(facts);

	const ends = [info.expiresAt, info.dataAccessExpiresAt].filter((at) => at > 0);
	const end = ends.length > 0 ? Math.min(...ends) : 0;
	const details = { type: info.type, expiresAt: end === 0 ? null : dayOf(end) };
	if (!info.isValid || (end > 0 && end <= now)) {
		const what =
			end > 0 && end <= now
				? `The access token ended on ${dayOf(end)}.`
				: `Meta does not accept the access token. ${info.reason}`.trim();
		return failed(what, PERMANENT, details);
	}
	if (end === 0) return ok('Meta accepts the access token, which never ends.', details);
	if (end - now <= SOON_SECONDS) {
		return warning(`The access token ends on ${dayOf(end)}.`, PERMANENT, details);
	}
	return ok(
		`Meta accepts the access token until ${dayOf(end)}. A token of a system user may have no end.`,
		details,
	);
}

/** What other answers tell when Meta says nothing about the token itself. */
function withoutInfo({ token, account, number }: SetupFacts): Verdict {
	const refusal = refusalIn(token);
	if (refusal?.kind === 'auth') return failed(wordsOf(refusal), PERMANENT, { code: refusal.code });
	if (toldBy(account) || toldBy(number)) {
		return ok('Meta accepts the access token. It did not tell when the token ends.');
	}
	return refusal ? notAnswered(refusal) : notChecked('Meta was not asked about the token.');
}

const NEEDED_SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** Whether the token may do what the nodes do, with this very account (Meta: Permissions). */
export function permissions({ token, credential }: SetupFacts): Verdict {
	const info = toldBy(token);
	const refusal = refusalIn(token);
	if (!info) return refusal ? notAnswered(refusal) : notChecked('Meta was not asked.');
	if (!info.isValid) return notChecked('Meta tells no permissions of a token that is not valid.');

	const { businessAccountId } = credential;
	const details = { scopes: info.scopes };
	const missing = NEEDED_SCOPES.filter((scope) => !info.scopes.includes(scope));
	if (missing.length > 0) {
		return failed(
			`The access token lacks ${missing.join(' and ')}.`,
			'Create a new token for the system user and tick both permissions there.',
			{ ...details, missing },
		);
	}
	const elsewhere = NEEDED_SCOPES.filter(
		(scope) => scope in info.targets && !info.targets[scope].includes(businessAccountId),
	);
	if (elsewhere.length > 0) {
		return failed(
			`The access token has ${elsewhere.join(' and ')} for other business accounts, but not for ${businessAccountId}.`,
			"In Meta's business settings, assign this WhatsApp account to the system user with full control, then create a new token.",
			{ ...details, missing: elsewhere },
		);
	}
	return ok('The access token has both permissions that the nodes need.', details);
}
