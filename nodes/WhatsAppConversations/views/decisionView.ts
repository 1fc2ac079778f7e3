import type { IDataObject } from 'n8n-workflow';

import type { Decision } from '../../core/conversation/decide';
import type { ExplanationContext } from '../../core/conversation/explain';
import { isoTime } from '../../core/events/time';
import { windowView } from '../../shared/windowView';
import type { Sender } from '../input/sender';

/** What the texts about a decision need to know. @param timeZone that of the workflow */
export function explanationContext(
	timeZone: string,
	about: Omit<ExplanationContext, 'timeZone' | 'businessNumber'> & { sender: Sender },
): ExplanationContext {
	const { sender, ...rest } = about;
	return { ...rest, timeZone, businessNumber: sender.label };
}

/** A decision as items show it. */
export function decisionView(
	decision: Decision,
	text: { reason: string; explanation: string; hint?: string },
	allowed: boolean,
): IDataObject {
	const { window, freeEntryPointUntil, consent } = decision;
	return {
		allowed,
		reason: text.reason,
		explanation: text.explanation,
		...(text.hint ? { hint: text.hint } : {}),
		window: windowView(window),
		freeEntryPoint: {
			open: freeEntryPointUntil !== undefined,
			until: isoTime(freeEntryPointUntil) || null,
		},
		consent: { state: consent.state, since: consent.at ? isoTime(consent.at) : null },
	};
}
