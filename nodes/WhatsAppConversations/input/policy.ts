import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_POLICY, type ConsentPolicy, type Policy } from '../../core/conversation/decide';
import { choiceIn } from '../../core/input/choice';
import { isEmpty } from '../../core/input/given';
import { InputError } from '../../core/inputError';

/** What the options say about permission; what they leave out or leave empty is the default. */
export function policyOf(options: IDataObject, whenUnknown?: Policy['whenUnknown']): Policy {
	return {
		marginSeconds: marginOf(options),
		blockRepliesAfterOptOut: options.blockRepliesAfterOptOut === true,
		marketingConsent: consentPolicyOf(
			'Consent for Marketing Templates',
			options.marketingConsent,
			DEFAULT_POLICY.marketingConsent,
		),
		utilityConsent: consentPolicyOf(
			'Consent for Utility Templates',
			options.utilityConsent,
			DEFAULT_POLICY.utilityConsent,
		),
		whenUnknown: whenUnknown ?? DEFAULT_POLICY.whenUnknown,
	};
}

function marginOf({ safetyMargin }: IDataObject): number {
	const seconds = isEmpty(safetyMargin) ? DEFAULT_POLICY.marginSeconds : Number(safetyMargin);
	if (seconds >= 0 && seconds < 86_400) return seconds;
	throw new InputError(
		'Safety Margin',
		`'Safety Margin' is '${String(safetyMargin)}', which is not a number of seconds below a day.`,
		'Give a number from 0 to 86399, or remove the option.',
	);
}

const CONSENT_POLICIES: readonly ConsentPolicy[] = ['require', 'warn', 'off'];
const CONSENT_HINT = "Give 'require', 'warn' or 'off', or remove the option.";

/** Whether to look for an opt-in. An expression that gives nothing does not switch it off. */
function consentPolicyOf(field: string, value: unknown, otherwise: ConsentPolicy): ConsentPolicy {
	return isEmpty(value) ? otherwise : choiceIn(field, value, CONSENT_POLICIES, CONSENT_HINT);
}
