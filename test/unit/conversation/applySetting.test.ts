import {
	applySetting,
	type FallbackTemplate,
	type WhenWindowClosed,
} from '../../../nodes/core/conversation/applySetting';
import type { Decision, Outgoing } from '../../../nodes/core/conversation/decide';
import {
	explain,
	whyNotOpen,
	type Explanation,
	type ExplanationContext,
} from '../../../nodes/core/conversation/explain';
import type { ContactFacts } from '../../../nodes/core/conversation/facts';

import {
	consentFact,
	DAY,
	decideAt,
	fact,
	HOUR,
	joined,
	MARKETING,
	NOW,
	optIn,
	optOut,
	TEXT,
	UTILITY,
} from './support';

/** In Berlin: written 19 Nov 2026, 08:05; closed a minute less than 24 hours later. */
const CLOSED = fact({ lastInboundAt: NOW - 26 * HOUR });
const CLOSED_AT = 'The window closed at 20 Nov 2026, 08:04';
const UNCONFIRMED = 'The window could not be confirmed';
const UNKNOWN = fact({});
const OPEN = fact({ lastInboundAt: NOW - HOUR });
const OUT = consentFact(optOut('all', NOW - 2 * DAY));

const TEXT_GIVEN: Explanation = { explanation: 'What happened.', hint: 'What to do.' };

const judged = (decision: Decision) => ({ decision, text: TEXT_GIVEN, closed: CLOSED_AT });

function contextOf(facts: ContactFacts, template?: Outgoing): ExplanationContext {
	return {
		facts,
		now: NOW,
		timeZone: 'Europe/Berlin',
		businessNumber: '+49 30 901820',
		template:
			template?.kind === 'template'
				? { name: 'order_update', category: template.category }
				: undefined,
	};
}

function textOf(decision: Decision, facts: ContactFacts, template?: Outgoing): Explanation {
	return explain(decision, contextOf(facts, template));
}

function applyAs(
	setting: WhenWindowClosed,
	facts: ContactFacts,
	ready?: FallbackTemplate,
	watchedSince?: number,
) {
	const decision = decideAt(TEXT, facts, { watchedSince });
	const closed = whyNotOpen(decision, contextOf(facts));
	return applySetting(setting, { decision, text: textOf(decision, facts), closed }, ready);
}

function fallback(message: Outgoing, facts: ContactFacts): FallbackTemplate {
	const decision = decideAt(message, facts);
	return { name: 'order_update', decision, text: textOf(decision, facts, message) };
}

describe("'When the Window Is Closed' (rules.md, section 5)", () => {
	const allowed = decideAt(TEXT, OPEN);
	const tried = decideAt(TEXT, UNKNOWN, { whenUnknown: 'try' });
	const blocked = decideAt(TEXT, joined(CLOSED, OUT));
	const blockedInWindow = decideAt(TEXT, joined(OPEN, OUT), { blockRepliesAfterOptOut: true });
	const reaction = decideAt({ kind: 'reaction' }, CLOSED);
	const closed = decideAt(TEXT, CLOSED);
	const refused = decideAt(TEXT, joined(OPEN, fact({ refusedAt: NOW - 60 })));
	const silent = decideAt(TEXT, UNKNOWN, { watchedSince: NOW - DAY });
	const inEntryPoint = decideAt(TEXT, joined(CLOSED, fact({ freeEntryPointUntil: NOW + HOUR })));
	const unknown = decideAt(TEXT, UNKNOWN);

	const send = 'sendFreeForm';
	describe.each<[string, Decision, Record<WhenWindowClosed, string>, string?]>([
		['allowed (T1)', allowed, { stop: send, output: send, template: send, sendAnyway: send }],
		['allowed (T10)', tried, { stop: send, output: send, template: send, sendAnyway: send }],
		[
			'blocked (T3)',
			blockedInWindow,
			{ stop: 'stop', output: 'stop', template: 'stop', sendAnyway: 'stop' },
		],
		[
			'blocked (T8)',
			blocked,
			{ stop: 'stop', output: 'stop', template: 'stop', sendAnyway: 'stop' },
		],
		[
			'blocked (T14)',
			reaction,
			{ stop: 'stop', output: 'stop', template: 'stop', sendAnyway: 'stop' },
		],
		...[closed, inEntryPoint, refused, unknown, silent].map(
			(decision): [string, Decision, Record<WhenWindowClosed, string>] => [
				`template needed (${decision.reason}, ${decision.window.closedBy ?? 'unknown'})`,
				decision,
				{ stop: 'stop', output: 'output', template: 'sendTemplate', sendAnyway: send },
			],
		),
	])('%s', (_name, decision, actions) => {
		const needsTemplate = decision.outcome === 'templateNeeded';

		it.each(Object.entries(actions) as Array<[WhenWindowClosed, string]>)(
			'%s: %s',
			(setting, action) => {
				const ready = fallback(UTILITY, CLOSED);
				const settled = applySetting(setting, judged(decision), ready);
				expect(settled.action).toBe(action);
				const replaced = { template: 'sentTemplateInstead', sendAnyway: 'sentAnyway' };
				expect(settled.reason).toBe(
					needsTemplate && (setting === 'template' || setting === 'sendAnyway')
						? replaced[setting]
						: decision.reason,
				);
			},
		);

		it.each(['stop', 'output'] as const)('%s: the texts stay those of the row', (setting) => {
			expect(applySetting(setting, judged(decision))).toMatchObject(TEXT_GIVEN);
		});
	});

	it('a template is not asked for where none is needed', () => {
		for (const decision of [allowed, blocked]) {
			expect(applySetting('template', judged(decision))).toMatchObject({
				reason: decision.reason,
				...TEXT_GIVEN,
			});
		}
		expect(() => applySetting('template', judged(closed))).toThrow(/fallback template/);
	});
});

describe("T12, R17: 'Send a Template Instead', the template passes", () => {
	const optedIn = consentFact(optIn('marketing', NOW - DAY));
	it.each<[string, ContactFacts, Outgoing, string, number | undefined]>([
		['closed', CLOSED, UTILITY, CLOSED_AT, undefined],
		['unknown', UNKNOWN, UTILITY, UNCONFIRMED, undefined],
		['closed, marketing with an opt-in', joined(CLOSED, optedIn), MARKETING, CLOSED_AT, undefined],
		[
			'closed by a refusal',
			fact({ lastInboundAt: NOW - HOUR, refusedAt: NOW - 60 }),
			UTILITY,
			'The window was closed when WhatsApp refused a message at 20 Nov 2026, 10:04',
			undefined,
		],
		[
			'closed by silence',
			UNKNOWN,
			UTILITY,
			'This contact has not written to +49 30 901820 in the last 24 hours',
			NOW - DAY,
		],
	])('%s', (_name, facts, template, beginning, watchedSince) => {
		expect(applyAs('template', facts, fallback(template, facts), watchedSince)).toEqual({
			action: 'sendTemplate',
			reason: 'sentTemplateInstead',
			explanation: `${beginning}. The template 'order_update' was sent instead of the free-form message.`,
			hint: '',
		});
	});
});

describe("T13: 'Send a Template Instead', the template does not pass", () => {
	const stoppedAtMeta = consentFact(optOut('marketing', NOW - 2 * DAY, 'meta_preference'));
	const unsure: Outgoing = { kind: 'template', category: 'unknown' };

	describe.each<[string, ContactFacts, string]>([
		['closed', CLOSED, CLOSED_AT],
		['unknown', UNKNOWN, UNCONFIRMED],
	])('%s', (_name, window, beginning) => {
		describe.each<[string, ContactFacts, Outgoing, string]>([
			['T25', joined(), MARKETING, 'marketingConsentRequired'],
			['T26', stoppedAtMeta, MARKETING, 'marketingStopped'],
			['T29', joined(), unsure, 'categoryUnknown'],
		])('refused by %s', (_row, consent, template, reason) => {
			const facts = joined(window, consent);
			const refused = fallback(template, facts);
			const settled = applyAs('template', facts, refused);

			it('stops with the reason and the hint of that row', () => {
				expect(settled).toMatchObject({ action: 'stop', reason, hint: refused.text.hint });
			});

			it('says both why the window did not do and why the template did not', () => {
				expect(settled.explanation).toBe(
					`${beginning}, and the template 'order_update' was not sent either: ${refused.text.explanation}`,
				);
			});
		});
	});
});

describe("T15: 'Send Anyway'", () => {
	it.each([
		['closed', CLOSED, CLOSED_AT],
		['unknown', UNKNOWN, UNCONFIRMED],
	])('%s', (_name, facts, beginning) => {
		expect(applyAs('sendAnyway', facts)).toEqual({
			action: 'sendFreeForm',
			reason: 'sentAnyway',
			explanation: `${beginning}. The message was sent all the same, because 'Send Anyway' is set. WhatsApp will probably refuse it later.`,
			hint: 'Let the trigger report failed statuses.',
		});
	});
});
