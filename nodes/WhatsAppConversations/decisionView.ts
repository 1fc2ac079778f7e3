import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Decision } from '../core/conversation/decide';
import { explain, formatTime, type Explanation } from '../core/conversation/explain';
import type { ContactFacts } from '../core/conversation/facts';
import { isoTime } from '../core/events/time';
import { InputError } from '../core/inputError';
import { windowView } from '../shared/windowView';

import type { Sender } from './parameters';

/** The decision in words, with times in the workflow's time zone. */
export function explainHere(
	context: IExecuteFunctions,
	decision: Decision,
	about: {
		facts: ContactFacts;
		now: number;
		sender: Sender;
		template?: { name: string; category: string };
	},
): Explanation {
	return explain(decision, {
		facts: about.facts,
		now: about.now,
		timeZone: context.getTimezone(),
		businessNumber: about.sender.label,
		template: about.template,
	});
}

/** When the window closed, in words; undefined when it could not be confirmed. */
export function closedAt(context: IExecuteFunctions, { window }: Decision): string | undefined {
	return window.expiresAt === undefined
		? undefined
		: formatTime(window.expiresAt, context.getTimezone());
}

/** The rules do not let a message through; nothing was sent. */
export class DecisionError extends InputError {
	/** @param decision as items show it */
	constructor(
		{ explanation, hint }: { explanation: string; hint: string },
		readonly decision: IDataObject,
	) {
		super('To', explanation, hint);
		this.name = 'DecisionError';
	}
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
