import type { NumberDetails } from '../transport/setupApi';

import { refusalIn, toldBy, type SetupFacts } from './facts';
import { failed, notAnswered, notChecked, ok, warning, type Verdict } from './verdict';

const REGISTER =
	'Register the number for the Cloud API: in WhatsApp Manager under Phone numbers, or with the request POST /{phone number ID}/register and a PIN of six digits.';

/** What a status other than `CONNECTED` means; the others have a sentence made of their name. */
const STATUSES: Record<string, (status: string) => Verdict> = {
	FLAGGED: (status) =>
		warning(
			'Meta has flagged the number because of its quality.',
			'Send less marketing, and only to people who agreed; the flag goes when the quality is better for seven days.',
			{ status },
		),
	RATE_LIMITED: (status) =>
		warning('Meta limits the number for now.', 'Send more slowly until the limit is lifted.', {
			status,
		}),
	RESTRICTED: (status) =>
		warning(
			'The number has reached its messaging limit, and may open no new conversations for now.',
			'Answers still go out. Wait for 24 hours, or get a higher limit.',
			{ status },
		),
	BANNED: (status) =>
		failed('Meta has banned the number.', 'Ask for a review in WhatsApp Manager.', { status }),
};

/** Whether the number is registered for the Cloud API, so that it sends and receives at all. */
export function registered({ number }: SetupFacts): Verdict {
	return judged(number, ({ status, platformType }) => {
		if (platformType === 'ON_PREMISE') {
			return failed('The number is registered for the On-Premises API, which is gone.', REGISTER, {
				platformType,
			});
		}
		if (platformType === 'NOT_APPLICABLE') {
			return failed('The number is not registered for the Cloud API.', REGISTER, { platformType });
		}
		if (status === '') return notChecked('Meta does not tell whether the number is registered.');
		if (status === 'CONNECTED') return ok('The number is registered.', { status, platformType });
		return (
			STATUSES[status]?.(status) ??
			failed(`The number is not connected: ${status}.`, REGISTER, { status, platformType })
		);
	});
}

/** Whether it was proven that the number is the business's own. */
export function verified({ number }: SetupFacts): Verdict {
	return judged(number, ({ verification, status }) => {
		const details = { verification };
		if (verification === '') return notChecked('Meta does not tell whether it was verified.');
		if (verification === 'VERIFIED') return ok('The number is verified.', details);
		const what =
			verification === 'EXPIRED'
				? 'The verification code of the number has expired.'
				: 'The number is not verified.';
		const how =
			'In WhatsApp Manager under Phone numbers, have a code sent to the number and enter it there.';
		// A registered number goes on working; Meta's test numbers are never verified.
		return status === 'CONNECTED'
			? warning(`${what} It is registered, and works as long as it stays so.`, how, details)
			: failed(what, how, details);
	});
}

/** How contacts like what they get (Meta: Quality rating). */
export function quality({ number }: SetupFacts): Verdict {
	return judged(number, ({ quality: rating }) => {
		const details = { quality: rating };
		const how =
			'Send less marketing, only to people who agreed to it, and let them stop it; look at the blocks and reports in WhatsApp Manager.';
		if (rating === 'RED') {
			return warning('The quality rating of the number is low.', how, details);
		}
		if (rating === 'YELLOW') {
			return warning('The quality rating of the number is medium.', how, details);
		}
		if (rating === 'GREEN') return ok('The quality rating of the number is high.', details);
		return ok('The number has no quality rating yet.', details);
	});
}

/** Whether contacts see the business's name (Meta: Display names). */
export function displayName({ number }: SetupFacts): Verdict {
	return judged(number, ({ nameStatus, verifiedName }) => {
		const details = { nameStatus, verifiedName };
		const how = 'Change the display name in WhatsApp Manager under Phone numbers → Profile.';
		switch (nameStatus) {
			case '':
				return notChecked('Meta does not tell how the display name stands.');
			case 'APPROVED':
			case 'AVAILABLE_WITHOUT_REVIEW':
				return ok(`Contacts see the name '${verifiedName}'.`, details);
			case 'PENDING_REVIEW':
				return warning(
					`Meta is still reviewing the name '${verifiedName}'.`,
					'Wait for the review; until then contacts may see the number alone.',
					details,
				);
			case 'DECLINED':
				return failed(`Meta has declined the name '${verifiedName}'.`, how, details);
			case 'EXPIRED':
				return warning(`The approval of the name '${verifiedName}' has expired.`, how, details);
			default:
				return warning(`The display name is not approved: ${nameStatus}.`, how, details);
		}
	});
}

/** How many contacts of a messaging tier may be written to first in 24 hours. */
const TIERS: Record<string, string> = {
	TIER_50: '50',
	TIER_250: '250',
	TIER_1K: '1,000',
	TIER_2K: '2,000',
	TIER_10K: '10,000',
	TIER_100K: '100,000',
	TIER_UNLIMITED: 'any number of',
};

/** How much may be sent (Meta: Messaging limits; Throughput). */
export function limits({ limits: answer }: SetupFacts): Verdict {
	const refusal = refusalIn(answer);
	if (refusal) return notAnswered(refusal);
	const { messagingLimit = '', throughput = '' } = toldBy(answer) ?? {};
	const details = { messagingLimit, throughput };
	if (messagingLimit === '')
		return notChecked('Meta does not tell the messaging limit.', '', details);
	const contacts = TIERS[messagingLimit] ?? messagingLimit;
	const pace = throughput === 'HIGH' ? '1,000' : '80';
	return ok(
		`The business may write first to ${contacts} contacts in 24 hours, by template; answers do not count. ${throughput === '' || throughput === 'NOT_APPLICABLE' ? '' : `The number sends up to ${pace} messages a second.`}`.trim(),
		details,
	);
}

function judged(number: SetupFacts['number'], judge: (details: NumberDetails) => Verdict): Verdict {
	const details = toldBy(number);
	const refusal = refusalIn(number);
	if (details) return judge(details);
	return refusal ? notAnswered(refusal) : notChecked('Meta was not asked.');
}
