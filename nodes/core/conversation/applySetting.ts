import type { Decision, Reason } from './decide';
import type { Explanation } from './explain';

export type WhenWindowClosed = 'stop' | 'output' | 'template' | 'sendAnyway';

/** What is done with a free-form message after the decision. */
export interface AppliedSetting {
	action: 'sendFreeForm' | 'sendTemplate' | 'output' | 'stop';
	reason: Reason | 'sentTemplateInstead' | 'sentAnyway';
	explanation: string;
	hint: string;
}

/** What was decided about a free-form message, and what the texts say of it. */
export interface JudgedMessage {
	decision: Decision;
	text: Explanation;
	/** Why the window does not permit the message, from `whyNotOpen()`. */
	closed: string;
}

/** The template that stands ready, with what was decided about it. */
export interface FallbackTemplate {
	name: string;
	decision: Decision;
	text: Explanation;
}

/**
 * What the setting 'When the Window Is Closed' makes of a decision about a free-form message
 * (rules T12, T13, T15, T37 and T39). What is blocked or held back is never sent, whatever the setting.
 *
 * @param fallback needed when the setting is `template` and the decision asks for a template
 */
export function applySetting(
	setting: WhenWindowClosed,
	{ decision, text, closed }: JudgedMessage,
	fallback?: FallbackTemplate,
): AppliedSetting {
	const { outcome, reason } = decision;
	if (outcome === 'allowed') return { action: 'sendFreeForm', reason, ...text };
	if (outcome === 'blocked' || setting === 'stop') return { action: 'stop', reason, ...text };
	if (setting === 'output') return { action: 'output', reason, ...text };
	// No template goes into a person's conversation in place of what was held back (T37, T39).
	if (outcome === 'held') return { action: 'stop', reason, ...text };

	if (setting === 'sendAnyway') {
		return {
			action: 'sendFreeForm',
			reason: 'sentAnyway',
			explanation: `${closed}. The message was sent all the same, because 'Send Anyway' is set. WhatsApp will probably refuse it later.`,
			hint: 'Let the trigger report failed statuses.',
		};
	}

	if (!fallback) throw new TypeError("The setting 'template' needs a fallback template");
	if (fallback.decision.outcome === 'allowed') {
		return {
			action: 'sendTemplate',
			reason: 'sentTemplateInstead',
			explanation: `${closed}. The template '${fallback.name}' was sent instead of the free-form message.`,
			hint: '',
		};
	}
	return {
		action: 'stop',
		reason: fallback.decision.reason,
		explanation: `${closed}, and the template '${fallback.name}' was not sent either: ${fallback.text.explanation}`,
		hint: fallback.text.hint,
	};
}
