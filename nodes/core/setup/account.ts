import { toldBy, refusalIn, type SetupFacts } from './facts';
import { failed, notAnswered, notChecked, ok, warning, wordsOf, type Verdict } from './verdict';

/** Codes for what does not exist or may not be seen: Meta does not tell the two apart. */
const UNSEEN = [33, 100, 803];

const FIND_ACCOUNT =
	"Copy the WhatsApp Business account ID from WhatsApp → API Setup of the Meta app into 'Business Account ID', and assign this account to the token's system user.";

/** Whether the token reaches the business account, and Meta has approved it. */
export function businessAccount({ account, credential }: SetupFacts): Verdict {
	const { businessAccountId } = credential;
	const refusal = refusalIn(account);
	if (refusal) {
		if (!UNSEEN.includes(refusal.code) && refusal.kind !== 'permission') {
			return notAnswered(refusal);
		}
		return failed(
			`With this access token there is no business account '${businessAccountId}'. ${wordsOf(refusal)}`,
			FIND_ACCOUNT,
			{ code: refusal.code },
		);
	}
	const { name = '', reviewStatus = '' } = toldBy(account) ?? {};
	const details = { name, reviewStatus };
	if (reviewStatus === 'PENDING') {
		return warning(
			`Meta is still reviewing the business account '${name}'.`,
			'Wait for the review; until then messages may be limited.',
			details,
		);
	}
	if (reviewStatus !== '' && reviewStatus !== 'APPROVED') {
		return failed(
			`Meta has not approved the business account '${name}': ${reviewStatus}.`,
			"Open the account in WhatsApp Manager and follow what Meta says under 'Account quality'.",
			details,
		);
	}
	return ok(`The access token reaches the business account '${name}'.`, details);
}

/** Whether the chosen number is one of that account's. */
export function businessNumber({
	number,
	accountNumbers,
	businessNumberId,
	credential,
}: SetupFacts): Verdict {
	const refusal = refusalIn(number);
	const ids = toldBy(accountNumbers);
	const { displayPhoneNumber = '', verifiedName = '' } = toldBy(number) ?? {};
	const details = { displayPhoneNumber, verifiedName };
	if (refusal && !UNSEEN.includes(refusal.code) && refusal.kind !== 'permission') {
		return notAnswered(refusal);
	}
	if (refusal) {
		return failed(
			`With this access token there is no business number '${businessNumberId}'.`,
			"Choose the number from the list. By ID, give the phone number ID of WhatsApp → API Setup, not the phone number and not the account's ID.",
			{ code: refusal.code },
		);
	}
	if (!ids) return notAnswered(refusalIn(accountNumbers)!);
	if (!ids.includes(businessNumberId)) {
		return failed(
			`The number ${displayPhoneNumber} belongs to another business account than ${credential.businessAccountId}.`,
			"Put the ID of the number's own account into 'Business Account ID', or choose a number of this account.",
			{ ...details, numbersOfAccount: ids },
		);
	}
	return ok(`${displayPhoneNumber} · ${verifiedName} belongs to the business account.`, details);
}

/** What Meta says against sending (Meta: Messaging and calling health status). */
export function sending({ health }: SetupFacts): Verdict {
	const refusal = refusalIn(health);
	if (refusal) return notAnswered(refusal);
	const told = toldBy(health);
	if (!told) return notChecked('Meta does not tell whether this number may send.');
	const notices = told.entities.flatMap(({ type, notices: some }) =>
		some.map((notice) => ({ about: type, ...notice })),
	);
	const details = { canSend: told.canSend, notices };
	const what = notices.map(({ text }) => text).join(' ');
	const how =
		notices
			.map(({ solution }) => solution)
			.filter(Boolean)
			.join(' ') || 'Open the account in WhatsApp Manager and follow what Meta says there.';
	if (told.canSend === 'BLOCKED') {
		return failed(`Meta lets this number send nothing. ${what}`.trim(), how, details);
	}
	if (told.canSend === 'LIMITED') {
		return warning(`Meta limits what this number may send. ${what}`.trim(), how, details);
	}
	return ok('Meta lets this number send messages.', details);
}

/** Of a payment that is missing: in the health status, and in refused messages. */
const PAYMENT_CODES = [131042, 131044, 141006];

/**
 * Whether something can be charged. Meta tells that only when it is in the way: through the health
 * status, or with code 131042 when a message goes out.
 */
export function payment({ health }: SetupFacts): Verdict {
	const refusal = refusalIn(health);
	if (refusal) return notAnswered(refusal);
	const account = toldBy(health)?.entities.find(({ type }) => type === 'WABA');
	const notice = account?.notices.find(
		({ code, text }) => PAYMENT_CODES.includes(code) || /payment|billing|credit line/i.test(text),
	);
	if (notice) {
		return failed(
			notice.text || 'The business account has no valid payment method.',
			notice.solution ||
				"Add a payment method to the account in Meta's Billing Hub, under WhatsApp accounts.",
			{ code: notice.code },
		);
	}
	if (account?.canSend === 'AVAILABLE') return ok('Meta names no payment that is missing.');
	return notChecked(
		'Meta does not tell whether a payment method is there.',
		'Look into the Billing Hub. If it is missing, messages come back as failed with code 131042.',
	);
}
