import type { IDataObject } from 'n8n-workflow';

import type { Decision } from '../../core/conversation/decide';
import { explain, type ExplanationContext } from '../../core/conversation/explain';
import { InputError } from '../../core/inputError';
import { decisionView } from '../views/decisionView';

/** What sort of refusal a reason is, in the words of the provider's refusals where they fit. */
const KINDS: Partial<Record<string, string>> = {
	optedOut: 'optedOut',
	marketingStopped: 'optedOut',
	marketingOptedOut: 'optedOut',
	marketingLimited: 'marketingLimited',
	consentRequired: 'consentMissing',
	consentUncertain: 'consentMissing',
	marketingConsentRequired: 'consentMissing',
	categoryUnknown: 'consentMissing',
	personHasConversation: 'personHasConversation',
	otherResponderHasConversation: 'otherResponderHasConversation',
};

/** The rules do not let a message through; nothing was sent. */
export class DecisionError extends InputError {
	/**
	 * `windowClosed`, `optedOut`, `marketingLimited`, `consentMissing`, or who has the conversation:
	 * `personHasConversation`, `otherResponderHasConversation`.
	 */
	readonly kind: string;

	/** @param decision as items show it */
	constructor(
		{ reason, explanation, hint }: { reason: string; explanation: string; hint: string },
		readonly decision: IDataObject,
	) {
		super('To', explanation, hint);
		this.name = 'DecisionError';
		// A workflow that hears of missing consent asks for it; after a no it must not.
		const { state } = (decision.consent ?? {}) as { state?: string };
		const isNo = reason === 'categoryUnknown' && state === 'stopped';
		this.kind = isNo ? 'optedOut' : (KINDS[reason] ?? 'windowClosed');
	}
}

/**
 * A decision that nothing is done about but to obey it, as items show it.
 *
 * @throws DecisionError unless it lets the message through
 */
export function requirePermission(decision: Decision, about: ExplanationContext): IDataObject {
	const text = { reason: decision.reason, ...explain(decision, about) };
	const allowed = decision.outcome === 'allowed';
	const view = decisionView(decision, text, allowed);
	if (!allowed) throw new DecisionError(text, view);
	return view;
}
