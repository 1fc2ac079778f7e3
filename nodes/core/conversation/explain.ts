import { DateTime, Duration } from 'luxon';

import { retryMarketingAt, type Decision, type Reason, type Unread } from './decide';
import type { ContactFacts } from './facts';
import { WINDOW_SECONDS } from './window';

/** What the texts need to know beside the decision itself. */
export interface ExplanationContext {
	facts: ContactFacts;
	/** Epoch seconds. */
	now: number;
	/** IANA name of the workflow's time zone, e.g. `Europe/Berlin`. */
	timeZone: string;
	/** How the reader knows the business number: its phone number, else its ID. */
	businessNumber: string;
	/** Only for templates. */
	template?: { name: string; category: string };
	/** See `ContactState`. */
	unavailable?: string;
	unread?: Unread;
	/** A phone number that may lack its country code, as it was read. */
	doubtfulNumber?: string;
	/** Nothing is being sent; somebody asks whether it might be. */
	isQuestion?: boolean;
}

export interface Explanation {
	/** What was decided and why, one or two sentences. */
	explanation: string;
	/** What the reader can do about it; '' when there is nothing to do. */
	hint: string;
}

/** Date and time as the reader's workflow tells it, e.g. `20 Nov 2026, 10:05`. */
export function formatTime(epochSeconds: number, timeZone: string): string {
	return DateTime.fromSeconds(epochSeconds, { zone: timeZone, locale: 'en-GB' }).toFormat(
		'd LLL yyyy, HH:mm',
	);
}

/** A length of time in its two largest units, e.g. `2 hours and 5 minutes`. */
export function formatDuration(seconds: number): string {
	if (seconds < 60) return 'less than a minute';
	const { days, hours, minutes } = Duration.fromObject({ seconds })
		.shiftTo('days', 'hours', 'minutes', 'seconds')
		.toObject();
	const parts = Object.entries({ day: days, hour: hours, minute: minutes })
		.filter(([, count]) => count)
		.slice(0, 2)
		.map(([unit, count]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
	return parts.join(' and ');
}

type Text = (details: Details) => Explanation;

/** The values that the texts of the decision table fill in. */
interface Details {
	decision: Decision;
	context: ExplanationContext;
	at: (epochSeconds: number | undefined) => string;
	expiresAt: string;
	consentAt: string;
}

const SEND_TEMPLATE =
	"Send a template, or set 'When the Window Is Closed' to 'Send a Template Instead'.";

const TEXTS: Record<Reason, Text> = {
	windowOpen: ({ expiresAt }) => ({
		explanation: `The customer service window is open until ${expiresAt}, so a free-form message is permitted.`,
		hint: '',
	}),
	replyAfterOptOut: ({ expiresAt }) => ({
		explanation: `This contact has opted out. The message goes out as an answer, because the window is open until ${expiresAt}.`,
		hint: "Turn on 'Block Replies After Opt-Out' to hold such answers back.",
	}),
	optOutConfirmation: () => ({
		explanation: 'The confirmation of the opt-out goes out inside the window.',
		hint: '',
	}),
	optedOut: optedOutText,
	windowClosed: ({ decision, context, expiresAt }) => {
		const { openedAt, expiresAt: closedAt = context.now } = decision.window;
		if (openedAt === undefined) {
			return {
				explanation: `This contact has not written to ${context.businessNumber} in the last 24 hours, so WhatsApp accepts only an approved template.`,
				hint: sentences(doubtOf(context), SEND_TEMPLATE),
			};
		}
		const ago = formatDuration(context.now - closedAt);
		// Who reads both times wonders about the minute between them.
		const margin = openedAt + WINDOW_SECONDS - closedAt;
		const early = margin > 0 ? ` (safety margin: ${formatDuration(margin)})` : '';
		return {
			explanation: `The contact's last message came at ${formatTime(openedAt, context.timeZone)}. The 24-hour window closed at ${expiresAt}${early}, ${ago} ago, so WhatsApp accepts only an approved template.`,
			hint: SEND_TEMPLATE,
		};
	},
	windowClosedFreeEntryPoint: ({ decision, at, expiresAt }) => ({
		explanation: `The 24-hour window closed at ${expiresAt}. The free entry point runs until ${at(decision.freeEntryPointUntil)}, but it changes only the price and permits no free-form messages.`,
		hint: SEND_TEMPLATE,
	}),
	windowClosedByProvider: ({ context, at }) => ({
		explanation: `WhatsApp refused a free-form message to this contact at ${at(context.facts.refusedAt)} because the window was closed (131047). The contact has not written since.`,
		hint: SEND_TEMPLATE,
	}),
	windowUnknown: (details) => ({
		explanation: `${whyUnknown(details)} the window cannot be confirmed.`,
		hint: sentences(
			doubtOf(details.context),
			// What could not be read may tell of the window.
			details.context.unavailable ? '' : (details.context.unread?.mend ?? ''),
			"Send a template, fill 'Contact's Last Message At' from your own data, or set 'When the Window Is Unknown' to 'Try the Free-Form Message'.",
			questionOf(details),
		),
	}),
	windowUnknownTried: () => ({
		explanation:
			'The message goes out without a confirmed window. WhatsApp may still refuse it later.',
		hint: 'Let the trigger report failed statuses.',
	}),
	reactionNeedsWindow: ({ decision, context }) => ({
		explanation: `${whyNotOpen(decision, context, 'The 24-hour window')}. A reaction cannot be replaced by a template.`,
		hint: 'Wait for the contact to write, or send a template as a message of its own.',
	}),
	template: ({ decision, context, consentAt }) => ({
		explanation:
			decision.consent.state !== 'in'
				? 'Templates are permitted at any time.'
				: context.template?.category === 'marketing'
					? `A marketing opt-in of ${consentAt} is on record.`
					: 'Templates are permitted at any time, and an opt-in is on record.',
		hint: '',
	}),
	templateInWindow: ({ expiresAt }) => ({
		explanation: `Templates are permitted at any time. The window is open until ${expiresAt}, so a free-form message would have been possible too.`,
		hint: '',
	}),
	consentRequired: ({ context }) => ({
		explanation: `No opt-in for ${context.template?.category ?? 'utility'} messages from this contact is on record. ${notSent(context)}`,
		hint: "Record an opt-in with 'Record Consent', or change the consent policy.",
	}),
	consentUnknown: () => ({
		explanation: 'The template goes out, but no opt-in from this contact is on record.',
		hint: "Record an opt-in with 'Record Consent'.",
	}),
	consentUncertain: ({ decision, context }) => ({
		explanation:
			`${context.unread?.why ?? ''} So it is not known whether this contact has opted out. ${
				decision.outcome === 'allowed' ? 'The template goes out all the same.' : notSent(context)
			}`.trimStart(),
		hint: context.unread?.mend ?? '',
	}),
	marketingConsentRequired: ({ context }) => ({
		explanation: `No marketing opt-in from this contact is on record. ${notSent(context)}`,
		hint: "Record a marketing opt-in with 'Record Consent' first.",
	}),
	marketingStopped: ({ decision, context, consentAt }) => ({
		explanation: `${whoSaid(decision)} stopped marketing messages from ${context.businessNumber} on ${consentAt}.`,
		hint: 'Only the contact can resume them, in WhatsApp. Utility templates and answers stay possible.',
	}),
	marketingOptedOut: ({ decision, consentAt }) => ({
		explanation: `${whoSaid(decision)} opted out of marketing on ${consentAt}.`,
		hint: 'A start word from the contact lifts it.',
	}),
	marketingLimited: ({ context, at }) => ({
		explanation: `WhatsApp limited marketing messages to this contact on ${at(context.facts.marketingLimitedAt)}. ${notSent(context)}`,
		hint: `Try again after ${at(retryMarketingAt(context.facts))}.`,
	}),
	categoryUnknown: ({ decision, consentAt }) => ({
		explanation: [
			'The category of the template is not known, so the rule for marketing was applied.',
			...(decision.consent.state === 'stopped'
				? [`${whoSaid(decision)} opted out of marketing on ${consentAt}.`]
				: []),
		].join(' '),
		hint: 'Choose the category.',
	}),
	personHasConversation: ({ decision, context, at }) => ({
		explanation: `A person has had this conversation since ${at(decision.owner.since)}, until ${at(decision.owner.until)}. ${
			context.isQuestion
				? 'Automatic messages are held back.'
				: 'The automatic message was not sent.'
		}`,
		hint: "Set 'Sent By' to 'Person' for what a person writes, or give the conversation back with 'Resume Automation'.",
	}),
	otherResponderHasConversation: ({ decision, context, at }) => ({
		explanation: `Another responder of ${context.businessNumber} has had the conversation since ${at(decision.owner.since)}. ${
			context.isQuestion ? 'Messages are held back.' : 'The message was not sent.'
		}`,
		hint: "Wait until it is passed on, or switch on 'Take Over' if this app is the escalation partner.",
	}),
	notAMessage: () => ({ explanation: '', hint: '' }),
};

function notSent({ template, isQuestion }: ExplanationContext): string {
	return `The ${template ? 'template' : 'message'} ${isQuestion ? 'may not be' : 'was not'} sent.`;
}

/** A no stays with a phone number, whoever gets it next (rule E46). */
function whoSaid({ consent }: Decision): string {
	return consent.record?.byEarlierOwner ? 'Whoever had this phone number before' : 'This contact';
}

function optedOutText({ decision, context, consentAt }: Details): Explanation {
	if (context.template || decision.window.state === 'open') {
		return {
			explanation: `${whoSaid(decision)} opted out on ${consentAt}. ${notSent(context)}`,
			hint: 'Record a new opt-in only if the contact asked for it.',
		};
	}
	return {
		explanation:
			decision.window.state === 'closed'
				? `${whoSaid(decision)} opted out on ${consentAt} and the window is closed. Neither a free-form message nor a template may be sent.`
				: `${whoSaid(decision)} opted out on ${consentAt}. ${notSent(context)}`,
		hint: 'Wait for the contact to write.',
	};
}

function sentences(...some: string[]): string {
	return some.filter(Boolean).join(' ');
}

/** Nobody on record may mean that the message goes to another number than was meant. */
function doubtOf({ doubtfulNumber }: ExplanationContext): string {
	return doubtfulNumber
		? `'To' was read as +${doubtfulNumber}: see that its country code is there.`
		: '';
}

/** A number that was typed, as its ID, may be another one than the contact writes to. */
function questionOf({ decision, context }: Details): string {
	const isTyped = /^\d+$/.test(context.businessNumber);
	if (!isTyped || context.unavailable || decision.window.openedAt !== undefined) return '';
	return `See too that ${context.businessNumber} is the phone number ID of the number that the contact writes to.`;
}

/** Why it is not known whether the window is open. */
function whyUnknown({ decision, context, at }: Details): string {
	const missing = context.unavailable ?? context.unread?.why;
	if (missing) return `${missing} So`;
	return decision.window.openedAt === undefined
		? `No message from this contact to ${context.businessNumber} is on record, so`
		: `This contact changed the phone number or the user ID at ${at(context.facts.identityChange.at)} and has not written since, so`;
}

/**
 * Why the window does not permit the message, as a clause without its full stop.
 *
 * @param name how to call the window
 */
export function whyNotOpen(
	{ window }: Decision,
	{ facts, timeZone, businessNumber }: ExplanationContext,
	name = 'The window',
): string {
	switch (window.closedBy) {
		case 'time':
			return `${name} closed at ${formatTime(window.expiresAt ?? 0, timeZone)}`;
		case 'refusal':
			return `${name} was closed when WhatsApp refused a message at ${formatTime(facts.refusedAt, timeZone)}`;
		case 'silence':
			return `This contact has not written to ${businessNumber} in the last 24 hours`;
		case undefined:
			return `${name} could not be confirmed`;
	}
}

/**
 * The decision in words: the texts of the decision table (rules.md, Decisions), with times in the
 * workflow's time zone. Kept apart from {@link decide}, which has to be quick.
 */
export function explain(decision: Decision, context: ExplanationContext): Explanation {
	const at = (epochSeconds: number | undefined) => formatTime(epochSeconds ?? 0, context.timeZone);
	return TEXTS[decision.reason]({
		decision,
		context,
		at,
		expiresAt: at(decision.window.expiresAt),
		consentAt: at(decision.consent.at),
	});
}
