import * as fc from 'fast-check';

import { applySetting, type WhenWindowClosed } from '../../../nodes/core/conversation/applySetting';
import {
	decide,
	type Decision,
	type Outgoing,
	type Reason,
} from '../../../nodes/core/conversation/decide';
import {
	explain,
	formatTime,
	whyNotOpen,
	type ExplanationContext,
} from '../../../nodes/core/conversation/explain';
import { NO_FACTS, type ContactFacts } from '../../../nodes/core/conversation/facts';

import {
	anyFreeForm,
	anyOutgoing,
	anyPolicy,
	anyTemplate,
	realState,
	timeNearNow,
} from './arbitraries';
import { consentFact, DAY, fact, joined, MINUTE, NOW, optIn, optOut } from './support';

const RUNS = { numRuns: 2_000 };

/** Anything that can happen between a business number and one contact. */
interface Happening {
	what:
		| 'message'
		| 'call'
		| 'reaction'
		| 'refusal'
		| 'templateSent'
		| 'replySent'
		| 'delivered'
		| 'freeEntryPoint'
		| 'optIn'
		| 'optOut';
	at: number;
}

const happening: fc.Arbitrary<Happening> = fc.record(
	{
		what: fc.constantFrom(
			'message',
			'call',
			'reaction',
			'refusal',
			'templateSent',
			'replySent',
			'delivered',
			'freeEntryPoint',
			'optIn',
			'optOut',
		),
		at: timeNearNow,
	},
	{ noNullPrototype: true },
);

function factsOf({ what, at }: Happening): ContactFacts {
	switch (what) {
		case 'message':
		case 'call':
			return fact({ lastInboundAt: at });
		case 'refusal':
			return fact({ refusedAt: at });
		case 'freeEntryPoint':
			return fact({ freeEntryPointUntil: at + 3 * DAY });
		case 'optIn':
			return consentFact(optIn('all', at));
		case 'optOut':
			return consentFact(optOut('all', at));
		default:
			return NO_FACTS;
	}
}

/** Happenings and the order in which they arrive: each at least once, some again. */
const history = fc.array(happening, { maxLength: 8 }).chain((happenings) =>
	fc.record(
		{
			happenings: fc.constant(happenings),
			arrivals: fc.subarray(happenings).chain((again) =>
				fc.shuffledSubarray([...happenings, ...again], {
					minLength: happenings.length + again.length,
				}),
			),
		},
		{ noNullPrototype: true },
	),
);

/** The times of what counts, latest first; plain arithmetic, none of the code under test. */
function latest(happenings: Happening[], ...kinds: Array<Happening['what']>): number | undefined {
	return happenings
		.filter(({ what }) => kinds.includes(what))
		.map(({ at }) => at)
		.sort((a, b) => b - a)[0];
}

describe('free-form messages', () => {
	it('never go out later than 24 hours after the latest message or call', () => {
		fc.assert(
			fc.property(
				history,
				anyFreeForm,
				anyPolicy,
				fc.option(timeNearNow, { nil: undefined }),
				fc.integer({ min: -DAY, max: DAY }),
				({ happenings, arrivals }, message, policy, watchedSince, later) => {
					const now = NOW + later;
					const facts = joined(...arrivals.map(factsOf));
					const decision = decide(message, { facts, watchedSince }, policy, now);

					const written = latest(happenings, 'message', 'call');
					const refused = latest(happenings, 'refusal');
					if (decision.outcome === 'allowed') {
						if (written === undefined) {
							expect(policy.whenUnknown).toBe('try');
							expect(refused).toBeUndefined();
						} else {
							expect(now - written).toBeLessThan(24 * 60 * 60);
						}
					}

					const open =
						written !== undefined &&
						(refused === undefined || written > refused) &&
						now - written + policy.marginSeconds < 24 * 60 * 60;
					expect(decision.window.state === 'open').toBe(open);
					if (open) {
						expect(decision.window.secondsLeft).toBe(
							24 * 60 * 60 - policy.marginSeconds - (now - written),
						);
					}
				},
			),
			RUNS,
		);
	});

	it('go out in an open window, unless the contact opted out', () => {
		fc.assert(
			fc.property(history, anyPolicy, ({ happenings, arrivals }, policy) => {
				const facts = joined(...arrivals.map(factsOf));
				const decision = decide({ kind: 'freeForm' }, { facts }, policy, NOW);
				if (decision.window.state !== 'open' || latest(happenings, 'optOut')) return;
				expect(decision.outcome).toBe('allowed');
			}),
			RUNS,
		);
	});
});

describe('templates', () => {
	const FOR_CONSENT: Reason[] = [
		'optedOut',
		'consentRequired',
		'marketingConsentRequired',
		'marketingStopped',
		'marketingOptedOut',
		'marketingLimited',
		'categoryUnknown',
	];

	it('are never refused because of the window', () => {
		fc.assert(
			fc.property(anyTemplate, realState, anyPolicy, (message, state, policy) => {
				const { outcome, reason } = decide(message, state, policy, NOW);
				expect(outcome).not.toBe('templateNeeded');
				if (outcome === 'blocked') expect(FOR_CONSENT).toContain(reason);
			}),
			RUNS,
		);
	});

	it('go out to a contact who opted in, whatever the window', () => {
		fc.assert(
			fc.property(anyTemplate, realState, anyPolicy, (message, state, policy) => {
				const facts = {
					...state.facts,
					marketingLimitedAt: 0,
					consent: consentFact(optIn('all', NOW - DAY)).consent,
				};
				expect(decide(message, { ...state, facts }, policy, NOW).outcome).toBe('allowed');
			}),
			RUNS,
		);
	});

	it('are refused alike with the window open and closed, but for T17', () => {
		fc.assert(
			fc.property(anyTemplate, realState, anyPolicy, (message, { facts }, policy) => {
				const { identityChange } = NO_FACTS;
				const open = {
					facts: { ...facts, identityChange, refusedAt: 0, lastInboundAt: NOW },
				};
				const closed = { facts: { ...facts, refusedAt: NOW } };
				const inside = decide(message, open, policy, NOW);
				const outside = decide(message, closed, policy, NOW);
				if (inside.reason === 'templateInWindow') {
					expect(['utility', 'authentication']).toContain(message.category);
				} else {
					expect([inside.outcome, inside.reason]).toEqual([outside.outcome, outside.reason]);
				}
			}),
			RUNS,
		);
	});
});

describe('as time goes by and nothing happens', () => {
	const twoTimes = fc
		.tuple(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.integer({ min: 0, max: 2 * DAY }))
		.map(([first, more]) => [NOW + first, NOW + first + more]);

	it('a window never opens', () => {
		fc.assert(
			fc.property(realState, anyPolicy, twoTimes, (state, policy, [sooner, later]) => {
				const before = decide({ kind: 'freeForm' }, state, policy, sooner).window;
				const after = decide({ kind: 'freeForm' }, state, policy, later).window;
				if (before.state !== 'open') expect(after.state).not.toBe('open');
				if (before.state === 'closed') expect(after.state).toBe('closed');
				expect(after.secondsLeft).toBeLessThanOrEqual(before.secondsLeft);
			}),
			RUNS,
		);
	});

	it('a free-form message that was held back stays held back', () => {
		fc.assert(
			fc.property(
				anyFreeForm,
				realState,
				anyPolicy,
				twoTimes,
				(message, state, policy, [sooner, later]) => {
					if (decide(message, state, policy, sooner).outcome === 'allowed') return;
					expect(decide(message, state, policy, later).outcome).not.toBe('allowed');
				},
			),
			RUNS,
		);
	});
});

describe('the texts of every decision', () => {
	const ZONES = ['Europe/Berlin', 'UTC', 'America/Sao_Paulo', 'Asia/Kolkata'];

	function contextOf(
		message: Outgoing,
		facts: ContactFacts,
		timeZone = 'Europe/Berlin',
	): ExplanationContext {
		return {
			facts,
			now: NOW,
			timeZone,
			businessNumber: '+49 30 901820',
			template:
				message.kind === 'template'
					? { name: 'order_update', category: message.category }
					: undefined,
		};
	}

	function forEveryDecision(
		check: (decision: Decision, context: ExplanationContext, message: Outgoing) => void,
	): void {
		fc.assert(
			fc.property(
				anyOutgoing,
				realState,
				anyPolicy,
				fc.constantFrom(...ZONES),
				(message, state, policy, timeZone) => {
					const decision = decide(message, state, policy, NOW);
					check(decision, contextOf(message, state.facts, timeZone), message);
				},
			),
			{ numRuns: 5_000 },
		);
	}

	const NEVER = /undefined|null|NaN|Invalid DateTime|\$\{|\berrors?\b|problem|failure|mistake/i;

	it('say nothing that n8n or a reader should not see', () => {
		forEveryDecision((decision, context) => {
			const { explanation, hint } = explain(decision, context);
			expect(`${explanation} ${hint}`).not.toMatch(NEVER);
		});
	});

	it('are whole sentences', () => {
		forEveryDecision((decision, context, message) => {
			const { explanation, hint } = explain(decision, context);
			if (message.kind === 'signal') {
				expect([explanation, hint]).toEqual(['', '']);
				return;
			}
			expect(explanation).toMatch(/^[A-Z].*\.$/);
			expect(hint).toMatch(/^([A-Z].*\.)?$/);
			expect(`${explanation} ${hint}`).not.toMatch(/ {2}(?=\S)/);
		});
	});

	it('say what to do where a message is held back', () => {
		forEveryDecision((decision, context) => {
			if (decision.outcome !== 'allowed') expect(explain(decision, context).hint).not.toBe('');
		});
	});

	it('never give a time that is not on record', () => {
		forEveryDecision((decision, context) => {
			const { explanation, hint } = explain(decision, context);
			expect(`${explanation} ${hint}`).not.toMatch(/\b19(69|70)\b/);
		});
	});

	it('never say that the window closed at a time yet to come', () => {
		forEveryDecision((decision, context) => {
			const { expiresAt } = decision.window;
			if (expiresAt === undefined || expiresAt < NOW + MINUTE) return;
			expect(explain(decision, context).explanation).not.toContain(
				`closed at ${formatTime(expiresAt, context.timeZone)}`,
			);
		});
	});

	it('never call a window unconfirmed that is closed', () => {
		forEveryDecision((decision, context) => {
			if (decision.window.state !== 'closed') return;
			expect(explain(decision, context).explanation).not.toMatch(/confirmed/);
		});
	});

	it("hold as well for what 'When the Window Is Closed' makes of them", () => {
		fc.assert(
			fc.property(
				anyFreeForm,
				anyTemplate,
				realState,
				anyPolicy,
				fc.constantFrom<WhenWindowClosed[]>('stop', 'output', 'template', 'sendAnyway'),
				(message, template, state, policy, setting) => {
					const { facts } = state;
					const decision = decide(message, state, policy, NOW);
					const instead = decide(template, state, policy, NOW);
					const settled = applySetting(
						setting,
						{
							decision,
							text: explain(decision, contextOf(message, facts)),
							closed: whyNotOpen(decision, contextOf(message, facts)),
						},
						{
							name: 'order_update',
							decision: instead,
							text: explain(instead, contextOf(template, facts)),
						},
					);

					expect(`${settled.explanation} ${settled.hint}`).not.toMatch(NEVER);
					if (decision.outcome === 'blocked') expect(settled.action).toBe('stop');
					if (settled.action === 'sendTemplate') expect(instead.outcome).toBe('allowed');
					if (settled.action === 'sendFreeForm' && setting !== 'sendAnyway') {
						expect(decision.outcome).toBe('allowed');
					}
				},
			),
			RUNS,
		);
	});
});
