import type { ConsentRecord } from '../../../nodes/core/conversation/consent';
import {
	DEFAULT_POLICY,
	type Decision,
	type Outgoing,
	type Policy,
	type Reason,
	type TemplateCategory,
	type Unread,
} from '../../../nodes/core/conversation/decide';
import { explain } from '../../../nodes/core/conversation/explain';
import type { ContactFacts } from '../../../nodes/core/conversation/facts';
import { NO_OWNER } from '../../../nodes/core/conversation/owner';

import {
	consentFact,
	DAY,
	decideAt,
	fact,
	HOUR,
	joined,
	lifted,
	MARKETING,
	NOW,
	optIn,
	optOut,
	REACTION,
	TEXT,
} from './support';

type Named<T> = Array<[name: string, value: T]>;

interface WindowCase {
	facts: Partial<ContactFacts>;
	watchedSince?: number;
}

const SEND_TEMPLATE =
	"Send a template, or set 'When the Window Is Closed' to 'Send a Template Instead'.";

// All times in the texts are Berlin's: NOW is 20 Nov 2026, 10:05 there.
const OPEN: Named<WindowCase> = [['open', { facts: { lastInboundAt: NOW - HOUR } }]];
const BY_TIME: Named<WindowCase> = [
	['closed by the clock', { facts: { lastInboundAt: NOW - 26 * HOUR } }],
];
const BY_REFUSAL: Named<WindowCase> = [
	['closed by a refusal', { facts: { lastInboundAt: NOW - 3 * HOUR, refusedAt: NOW - 2 * HOUR } }],
	['closed by a refusal, no message on record', { facts: { refusedAt: NOW - 2 * HOUR } }],
	[
		'closed by a refusal, since then by the clock too',
		{
			facts: { lastInboundAt: NOW - 30 * HOUR, refusedAt: NOW - 2 * HOUR },
			watchedSince: NOW - 9 * DAY,
		},
	],
];
const BY_SILENCE: Named<WindowCase> = [
	['closed: nothing on record, watched for 24 h', { facts: {}, watchedSince: NOW - DAY }],
	['closed: nothing on record, watched for days', { facts: {}, watchedSince: NOW - 9 * DAY }],
];
const UNKNOWN: Named<WindowCase> = [
	['unknown, not watched', { facts: {} }],
	['unknown, watched for less than 24 h', { facts: {}, watchedSince: NOW - DAY + 1 }],
];
const CLOSED = [...BY_TIME, ...BY_REFUSAL, ...BY_SILENCE];
const NOT_OPEN = [...CLOSED, ...UNKNOWN];
const ANY_WINDOW = [...OPEN, ...NOT_OPEN];

const NO_ENTRY: Named<Partial<ContactFacts>> = [
	['no FEP', {}],
	['FEP over', { freeEntryPointCandidateAt: NOW - 4 * DAY, freeEntryPointUntil: NOW }],
];
const IN_ENTRY: Named<Partial<ContactFacts>> = [
	['FEP open', { freeEntryPointCandidateAt: NOW - HOUR, freeEntryPointUntil: NOW + 30 * HOUR }],
];
const ANY_ENTRY = [...NO_ENTRY, ...IN_ENTRY];

/** 18 Nov 2026, 10:05 and one day earlier in Berlin. */
const SAID_AT = NOW - 2 * DAY;
const BEFORE = NOW - 3 * DAY;

const NONE: Named<ConsentRecord[]> = [['none', []]];
const STOPPED_AT_META: Named<ConsentRecord[]> = [
	['stopped at Meta', [optOut('marketing', SAID_AT, 'meta_preference')]],
	[
		'stopped at Meta, then a start word',
		[optOut('marketing', SAID_AT, 'meta_preference'), lifted('all', NOW - 1)],
	],
	[
		'stopped by 131050',
		[optIn('marketing', BEFORE), optOut('marketing', SAID_AT, 'provider_code')],
	],
];
const STOPPED_LOCALLY: Named<ConsentRecord[]> = [
	['stopped locally', [optOut('marketing', SAID_AT, 'keyword')]],
	['stopped locally after a start word', [lifted('all', BEFORE), optOut('marketing', SAID_AT)]],
	[
		'stopped locally after an opt-in',
		[optIn('all', BEFORE), optOut('marketing', SAID_AT, 'button')],
	],
];
const STOPPED = [...STOPPED_AT_META, ...STOPPED_LOCALLY];
const OUT: Named<ConsentRecord[]> = [
	['out', [optOut('all', SAID_AT, 'keyword')]],
	['out after a start word', [lifted('all', BEFORE), optOut('all', SAID_AT)]],
	['out after an opt-in', [optIn('all', BEFORE), optOut('all', SAID_AT, 'button')]],
];
const CONFIRMED: Named<ConsentRecord[]> = [
	['out, confirmed', [{ ...optOut('all', SAID_AT), confirmedAt: SAID_AT + 1 }]],
];
const IN_ALL: Named<ConsentRecord[]> = [
	['in (all)', [optIn('all', SAID_AT)]],
	['in until later', [{ ...optIn('all', SAID_AT), expiresAt: NOW + 1 }]],
	[
		'in, then out, then a start word',
		[optIn('all', SAID_AT), optOut('all', NOW - 2), lifted('all', NOW - 1)],
	],
	[
		'in, then stopped and resumed at Meta',
		[
			optIn('all', SAID_AT),
			optOut('marketing', NOW - 2, 'meta_preference'),
			lifted('marketing', NOW - 1, 'meta_preference'),
		],
	],
	['in again', [optOut('all', BEFORE), optIn('all', SAID_AT, 'manual')]],
];
/** Opted out once, and taken back: nothing is left on record. */
const LIFTED: Named<ConsentRecord[]> = [
	['out, then a start word', [optOut('all', BEFORE), lifted('all', SAID_AT)]],
	['stopped locally, then a start word', [optOut('marketing', BEFORE), lifted('all', SAID_AT)]],
	[
		'stopped at Meta, then resumed there',
		[
			optOut('marketing', BEFORE, 'meta_preference'),
			lifted('marketing', SAID_AT, 'meta_preference'),
		],
	],
	['an opt-in that has ended', [{ ...optIn('all', BEFORE), expiresAt: SAID_AT }]],
	[
		'out, then an opt-in that has ended',
		[optOut('all', BEFORE - DAY), { ...optIn('all', BEFORE), expiresAt: SAID_AT }],
	],
];
const NOTHING = [...NONE, ...LIFTED];
const NOT_OUT = [...IN_ALL, ...NOTHING, ...STOPPED];

const BUSINESS_NUMBER = '+49 30 901820';
const OPEN_UNTIL = '21 Nov 2026, 09:04';

interface Circumstances {
	message: Outgoing;
	window: Named<WindowCase>;
	entry?: Named<Partial<ContactFacts>>;
	consent: Named<ConsentRecord[]>;
	policy?: Partial<Policy>;
	/** Further facts on record. */
	also?: Partial<ContactFacts>;
	/** What a trigger has on record could not be read. */
	unread?: Unread;
}

/** What a row says; a text that is absent is not looked at. */
interface Expected {
	outcome: Decision['outcome'];
	reason: Reason;
	explanation?: string;
	hint?: string;
}

interface Case extends Circumstances {
	name: string;
	expected: Expected;
}

function when(name: string, circumstances: Circumstances, expected: Expected): Case {
	return { name, ...circumstances, expected };
}

/** The answers under every combination of circumstances, each with the name of its own. */
function answers({
	message,
	window,
	entry = ANY_ENTRY,
	consent,
	policy,
	also,
	unread,
}: Circumstances) {
	return window.flatMap(([windowName, { facts: windowFacts, watchedSince }]) =>
		entry.flatMap(([entryName, entryFacts]) =>
			consent.map(([consentName, records]) => {
				const facts = joined(
					fact({ ...windowFacts, ...entryFacts, ...also }),
					consentFact(...records),
				);
				const decision = decideAt(message, facts, { watchedSince, unread, ...policy });
				const text = explain(decision, {
					facts,
					now: NOW,
					timeZone: 'Europe/Berlin',
					businessNumber: BUSINESS_NUMBER,
					unread,
					template:
						message.kind === 'template'
							? { name: 'order_update', category: message.category }
							: undefined,
				});
				return {
					circumstances: `window ${windowName}; ${entryName}; consent ${consentName}`,
					outcome: decision.outcome,
					reason: decision.reason,
					...text,
				};
			}),
		),
	);
}

/**
 * One row of the decision table. Where it speaks of 'any' window, free entry point or consent, it
 * is tried with every one of them; the first that differ are shown with their circumstances.
 */
function row(name: string, ...cases: Case[]): void {
	describe(name, () => {
		it.each(cases)('$name', ({ expected, ...circumstances }) => {
			const all = answers(circumstances);
			expect(all.length).toBeGreaterThan(0);
			const different = all.filter((answer) => differs(answer, expected));
			expect(different.slice(0, 5)).toEqual([]);
		});
	});
}

function differs(answer: Expected, expected: Expected): boolean {
	return (Object.keys(expected) as Array<keyof Expected>).some(
		(key) => answer[key] !== expected[key],
	);
}

describe('free-form messages', () => {
	row(
		'T1, R2, R8: open window',
		when(
			'text',
			{ message: TEXT, window: OPEN, consent: NOT_OUT },
			{
				outcome: 'allowed',
				reason: 'windowOpen',
				explanation: `The customer service window is open until ${OPEN_UNTIL}, so a free-form message is permitted.`,
				hint: '',
			},
		),
		when(
			'a reaction is free-form too',
			{ message: REACTION, window: OPEN, consent: NOT_OUT },
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
		when(
			"'Block Replies After Opt-Out' holds back nobody else",
			{
				message: TEXT,
				window: OPEN,
				consent: NOT_OUT,
				policy: { blockRepliesAfterOptOut: true },
			},
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
	);

	row(
		'T2: answer after an opt-out',
		...[TEXT, REACTION].map((message) =>
			when(
				message.kind,
				{ message, window: OPEN, consent: OUT },
				{
					outcome: 'allowed',
					reason: 'replyAfterOptOut',
					explanation: `This contact has opted out. The message goes out as an answer, because the window is open until ${OPEN_UNTIL}.`,
					hint: "Turn on 'Block Replies After Opt-Out' to hold such answers back.",
				},
			),
		),
	);

	row(
		"T3: 'Block Replies After Opt-Out'",
		...[TEXT, REACTION].map((message) =>
			when(
				message.kind,
				{ message, window: OPEN, consent: OUT, policy: { blockRepliesAfterOptOut: true } },
				{
					outcome: 'blocked',
					reason: 'optedOut',
					explanation: 'This contact opted out on 18 Nov 2026, 10:05. The message was not sent.',
					hint: 'Record a new opt-in only if the contact asked for it.',
				},
			),
		),
	);

	row(
		'T4: the one confirmation after a stop word',
		...[false, true].map((blockRepliesAfterOptOut) =>
			when(
				`option ${blockRepliesAfterOptOut ? 'on' : 'off'}`,
				{
					message: { kind: 'freeForm', confirmsOptOut: true },
					window: OPEN,
					consent: OUT,
					policy: { blockRepliesAfterOptOut },
				},
				{
					outcome: 'allowed',
					reason: 'optOutConfirmation',
					explanation: 'The confirmation of the opt-out goes out inside the window.',
					hint: '',
				},
			),
		),
		when(
			'a second one is an answer like others',
			{
				message: { kind: 'freeForm', confirmsOptOut: true },
				window: OPEN,
				consent: CONFIRMED,
			},
			{ outcome: 'allowed', reason: 'replyAfterOptOut' },
		),
		when(
			"a second one is held back by 'Block Replies After Opt-Out'",
			{
				message: { kind: 'freeForm', confirmsOptOut: true },
				window: OPEN,
				consent: CONFIRMED,
				policy: { blockRepliesAfterOptOut: true },
			},
			{ outcome: 'blocked', reason: 'optedOut' },
		),
		when(
			'a new stop word may be confirmed again',
			{
				message: { kind: 'freeForm', confirmsOptOut: true },
				window: OPEN,
				consent: [
					[
						'out again',
						[{ ...optOut('all', BEFORE), confirmedAt: BEFORE }, optOut('all', SAID_AT)],
					],
				],
				policy: { blockRepliesAfterOptOut: true },
			},
			{ outcome: 'allowed', reason: 'optOutConfirmation' },
		),
		when(
			'there is nothing to confirm for others',
			{
				message: { kind: 'freeForm', confirmsOptOut: true },
				window: OPEN,
				consent: NOT_OUT,
				policy: { blockRepliesAfterOptOut: true },
			},
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
		when(
			'outside the window there is no confirmation',
			{ message: { kind: 'freeForm', confirmsOptOut: true }, window: NOT_OPEN, consent: OUT },
			{ outcome: 'blocked', reason: 'optedOut' },
		),
	);

	row(
		'T5, R11, R13, R15: closed by the clock',
		...(['treatAsClosed', 'try'] as const).map((whenUnknown) =>
			when(
				whenUnknown,
				{
					message: TEXT,
					window: BY_TIME,
					entry: NO_ENTRY,
					consent: NOT_OUT,
					policy: { whenUnknown },
				},
				{
					outcome: 'templateNeeded',
					reason: 'windowClosed',
					explanation:
						"The contact's last message came at 19 Nov 2026, 08:05. The 24-hour window closed at 20 Nov 2026, 08:04 (safety margin: 1 minute), 2 hours and 1 minute ago, so WhatsApp accepts only an approved template.",
					hint: "Send a template, or set 'When the Window Is Closed' to 'Send a Template Instead'.",
				},
			),
		),
	);

	row(
		'T6, R35: the free entry point permits nothing',
		when(
			'text',
			{ message: TEXT, window: BY_TIME, entry: IN_ENTRY, consent: NOT_OUT },
			{
				outcome: 'templateNeeded',
				reason: 'windowClosedFreeEntryPoint',
				explanation:
					'The 24-hour window closed at 20 Nov 2026, 08:04. The free entry point runs until 21 Nov 2026, 16:05, but it changes only the price and permits no free-form messages.',
				hint: SEND_TEMPLATE,
			},
		),
	);

	row(
		'T7: closed by a refusal',
		...(['treatAsClosed', 'try'] as const).map((whenUnknown) =>
			when(
				whenUnknown,
				{ message: TEXT, window: BY_REFUSAL, consent: NOT_OUT, policy: { whenUnknown } },
				{
					outcome: 'templateNeeded',
					reason: 'windowClosedByProvider',
					explanation:
						'WhatsApp refused a free-form message to this contact at 20 Nov 2026, 08:05 because the window was closed (131047). The contact has not written since.',
					hint: SEND_TEMPLATE,
				},
			),
		),
	);

	row(
		'T8: closed and opted out',
		...[TEXT, REACTION].map((message) =>
			when(
				message.kind,
				{ message, window: CLOSED, consent: OUT },
				{
					outcome: 'blocked',
					reason: 'optedOut',
					explanation:
						'This contact opted out on 18 Nov 2026, 10:05 and the window is closed. Neither a free-form message nor a template may be sent.',
					hint: 'Wait for the contact to write.',
				},
			),
		),
	);

	row(
		"T9, R12, R13: unknown, 'Treat as Closed'",
		when(
			'text',
			{ message: TEXT, window: UNKNOWN, consent: NOT_OUT },
			{
				outcome: 'templateNeeded',
				reason: 'windowUnknown',
				explanation: `No message from this contact to ${BUSINESS_NUMBER} is on record, so the window cannot be confirmed.`,
				hint: "Send a template, fill 'Contact's Last Message At' from your own data, or set 'When the Window Is Unknown' to 'Try the Free-Form Message'.",
			},
		),
	);

	row(
		"T10: unknown, 'Try the Free-Form Message'",
		when(
			'text',
			{ message: TEXT, window: UNKNOWN, consent: NOT_OUT, policy: { whenUnknown: 'try' } },
			{
				outcome: 'allowed',
				reason: 'windowUnknownTried',
				explanation:
					'The message goes out without a confirmed window. WhatsApp may still refuse it later.',
				hint: 'Let the trigger report failed statuses.',
			},
		),
	);

	row(
		'T11: unknown and opted out',
		...(['treatAsClosed', 'try'] as const).map((whenUnknown) =>
			when(
				whenUnknown,
				{ message: TEXT, window: UNKNOWN, consent: OUT, policy: { whenUnknown } },
				{
					outcome: 'blocked',
					reason: 'optedOut',
					explanation: 'This contact opted out on 18 Nov 2026, 10:05. The message was not sent.',
					hint: 'Wait for the contact to write.',
				},
			),
		),
	);

	const reactionHint = 'Wait for the contact to write, or send a template as a message of its own.';
	row(
		'T14: a reaction has no template in its place',
		when(
			'reaction',
			{ message: REACTION, window: BY_TIME, consent: NOT_OUT },
			{
				outcome: 'blocked',
				reason: 'reactionNeedsWindow',
				explanation:
					'The 24-hour window closed at 20 Nov 2026, 08:04. A reaction cannot be replaced by a template.',
				hint: reactionHint,
			},
		),
		when(
			'reaction',
			{ message: REACTION, window: [...BY_REFUSAL, ...BY_SILENCE], consent: NOT_OUT },
			{ outcome: 'blocked', reason: 'reactionNeedsWindow', hint: reactionHint },
		),
		...(['treatAsClosed', 'try'] as const).map((whenUnknown) =>
			when(
				`reaction, ${whenUnknown}`,
				{ message: REACTION, window: UNKNOWN, consent: NOT_OUT, policy: { whenUnknown } },
				{
					outcome: 'blocked',
					reason: 'reactionNeedsWindow',
					explanation:
						'The 24-hour window could not be confirmed. A reaction cannot be replaced by a template.',
					hint: reactionHint,
				},
			),
		),
	);

	row(
		'T16: nothing on record, number watched for 24 h',
		...(['treatAsClosed', 'try'] as const).map((whenUnknown) =>
			when(
				whenUnknown,
				{ message: TEXT, window: BY_SILENCE, consent: NOT_OUT, policy: { whenUnknown } },
				{
					outcome: 'templateNeeded',
					reason: 'windowClosed',
					explanation: `This contact has not written to ${BUSINESS_NUMBER} in the last 24 hours, so WhatsApp accepts only an approved template.`,
					hint: SEND_TEMPLATE,
				},
			),
		),
	);
});

const POLICIES = ['require', 'warn', 'off'] as const;
const CATEGORIES: TemplateCategory[] = ['marketing', 'utility', 'authentication', 'unknown'];
const template = (category: TemplateCategory): Outgoing => ({ kind: 'template', category });

describe('templates', () => {
	describe.each(['utility', 'authentication'] as const)('%s', (category) => {
		const message = template(category);
		const inScope: Named<ConsentRecord[]> = [
			[`in (${category})`, [optIn(category, SAID_AT)]],
			...IN_ALL,
		];
		const inOtherScope: Named<ConsentRecord[]> = [
			['none for this scope', [optIn('marketing', SAID_AT)]],
		];
		/** T22: a marketing stop beside it does not count here. */
		const withStop = inScope.map(([name, records]): [string, ConsentRecord[]] => [
			`${name}, marketing stopped (T22)`,
			[...records, optOut('marketing', SAID_AT, 'meta_preference')],
		]);
		const onlyStopped: Named<ConsentRecord[]> = [
			['stopped at Meta (T22)', [optOut('marketing', SAID_AT, 'meta_preference')]],
			['stopped by 131050 (T22)', [optOut('marketing', SAID_AT, 'provider_code')]],
			['stopped locally (T22)', [optOut('marketing', SAID_AT, 'keyword')]],
		];
		const nothing = [...NOTHING, ...inOtherScope, ...onlyStopped];

		row(
			'T17, R9, R10: open window',
			...POLICIES.map((utilityConsent) =>
				when(
					`policy ${utilityConsent}`,
					{
						message,
						window: OPEN,
						consent: [...inScope, ...withStop, ...nothing],
						policy: { utilityConsent },
					},
					{
						outcome: 'allowed',
						reason: 'templateInWindow',
						explanation: `Templates are permitted at any time. The window is open until ${OPEN_UNTIL}, so a free-form message would have been possible too.`,
						hint: '',
					},
				),
			),
		);

		row(
			'T18, T22: opt-in on record',
			...POLICIES.map((utilityConsent) =>
				when(
					`policy ${utilityConsent}`,
					{
						message,
						window: NOT_OPEN,
						consent: [...inScope, ...withStop],
						policy: { utilityConsent },
					},
					{
						outcome: 'allowed',
						reason: 'template',
						explanation: 'Templates are permitted at any time, and an opt-in is on record.',
						hint: '',
					},
				),
			),
		);

		row(
			'T19, T22: nothing on record, policy Require',
			when(
				'require',
				{ message, window: NOT_OPEN, consent: nothing, policy: { utilityConsent: 'require' } },
				{
					outcome: 'blocked',
					reason: 'consentRequired',
					explanation: `No opt-in for ${category} messages from this contact is on record. The template was not sent.`,
					hint: "Record an opt-in with 'Record Consent', or change the consent policy.",
				},
			),
		);

		row(
			'T20, T22: nothing on record, policy Warn',
			...[undefined, { utilityConsent: 'warn' } as const].map((policy) =>
				when(
					policy ? 'warn' : 'default',
					{ message, window: NOT_OPEN, consent: nothing, policy },
					{
						outcome: 'allowed',
						reason: 'consentUnknown',
						explanation: 'The template goes out, but no opt-in from this contact is on record.',
						hint: "Record an opt-in with 'Record Consent'.",
					},
				),
			),
		);

		row(
			'T21, T22: nothing on record, policy Off',
			when(
				'off',
				{ message, window: NOT_OPEN, consent: nothing, policy: { utilityConsent: 'off' } },
				{
					outcome: 'allowed',
					reason: 'template',
					explanation: 'Templates are permitted at any time.',
					hint: '',
				},
			),
		);

		row(
			'the marketing policy and a marketing limit change nothing',
			...POLICIES.map((marketingConsent) =>
				when(
					`marketing ${marketingConsent}`,
					{
						message,
						window: NOT_OPEN,
						consent: nothing,
						policy: { marketingConsent },
						also: { marketingLimitedAt: NOW - HOUR },
					},
					{ outcome: 'allowed', reason: 'consentUnknown' },
				),
			),
		);
	});

	row(
		'T23: opted out of everything',
		...CATEGORIES.flatMap((category) =>
			POLICIES.map((policy) =>
				when(
					`${category}, policy ${policy}`,
					{
						message: template(category),
						window: ANY_WINDOW,
						consent: OUT,
						policy: { utilityConsent: policy, marketingConsent: policy },
					},
					{
						outcome: 'blocked',
						reason: 'optedOut',
						explanation: 'This contact opted out on 18 Nov 2026, 10:05. The template was not sent.',
						hint: 'Record a new opt-in only if the contact asked for it.',
					},
				),
			),
		),
	);

	const IN_MARKETING: Named<ConsentRecord[]> = [
		['in (marketing)', [optIn('marketing', SAID_AT)]],
		['in after a local stop', [optOut('marketing', BEFORE), optIn('marketing', SAID_AT)]],
		['signed up at Meta', [optIn('marketing', SAID_AT, 'meta_preference')]],
		...IN_ALL,
	];
	const NO_MARKETING: Named<ConsentRecord[]> = [
		...NOTHING,
		['none for this scope', [optIn('utility', SAID_AT)]],
	];

	row(
		'T24: marketing opt-in',
		...POLICIES.map((marketingConsent) =>
			when(
				`policy ${marketingConsent}`,
				{
					message: MARKETING,
					window: ANY_WINDOW,
					consent: IN_MARKETING,
					policy: { marketingConsent },
				},
				{
					outcome: 'allowed',
					reason: 'template',
					explanation: 'A marketing opt-in of 18 Nov 2026, 10:05 is on record.',
					hint: '',
				},
			),
		),
	);

	row(
		'T25: no marketing opt-in, policy Require',
		...[undefined, { marketingConsent: 'require' } as const].map((policy) =>
			when(
				policy ? 'require' : 'default',
				{ message: MARKETING, window: ANY_WINDOW, consent: NO_MARKETING, policy },
				{
					outcome: 'blocked',
					reason: 'marketingConsentRequired',
					explanation:
						'No marketing opt-in from this contact is on record. The template was not sent.',
					hint: "Record a marketing opt-in with 'Record Consent' first.",
				},
			),
		),
	);

	row(
		'T25 with the other policies, as T20 and T21',
		when(
			'warn',
			{
				message: MARKETING,
				window: ANY_WINDOW,
				consent: NO_MARKETING,
				policy: { marketingConsent: 'warn' },
			},
			{ outcome: 'allowed', reason: 'consentUnknown' },
		),
		when(
			'off',
			{
				message: MARKETING,
				window: ANY_WINDOW,
				consent: NO_MARKETING,
				policy: { marketingConsent: 'off' },
			},
			{
				outcome: 'allowed',
				reason: 'template',
				explanation: 'Templates are permitted at any time.',
				hint: '',
			},
		),
	);

	row(
		'T26: marketing stopped at Meta or by 131050',
		...POLICIES.map((marketingConsent) =>
			when(
				`policy ${marketingConsent}`,
				{
					message: MARKETING,
					window: ANY_WINDOW,
					consent: STOPPED_AT_META,
					policy: { marketingConsent },
				},
				{
					outcome: 'blocked',
					reason: 'marketingStopped',
					explanation: `This contact stopped marketing messages from ${BUSINESS_NUMBER} on 18 Nov 2026, 10:05.`,
					hint: 'Only the contact can resume them, in WhatsApp. Utility templates and answers stay possible.',
				},
			),
		),
	);

	row(
		'T27: marketing stopped locally',
		...POLICIES.map((marketingConsent) =>
			when(
				`policy ${marketingConsent}`,
				{
					message: MARKETING,
					window: ANY_WINDOW,
					consent: STOPPED_LOCALLY,
					policy: { marketingConsent },
				},
				{
					outcome: 'blocked',
					reason: 'marketingOptedOut',
					explanation: 'This contact opted out of marketing on 18 Nov 2026, 10:05.',
					hint: 'A start word from the contact lifts it.',
				},
			),
		),
	);

	row(
		'T28: marketing limited less than 24 hours ago',
		...POLICIES.map((marketingConsent) =>
			when(
				`policy ${marketingConsent}`,
				{
					message: MARKETING,
					window: ANY_WINDOW,
					consent: IN_MARKETING,
					policy: { marketingConsent },
					also: { marketingLimitedAt: NOW - HOUR },
				},
				{
					outcome: 'blocked',
					reason: 'marketingLimited',
					explanation:
						'WhatsApp limited marketing messages to this contact on 20 Nov 2026, 09:05. The template was not sent.',
					hint: 'Try again after 21 Nov 2026, 09:05.',
				},
			),
		),
		when(
			'without an opt-in and without a policy that asks for one',
			{
				message: MARKETING,
				window: ANY_WINDOW,
				consent: NONE,
				policy: { marketingConsent: 'off' },
				also: { marketingLimitedAt: NOW - HOUR },
			},
			{ outcome: 'blocked', reason: 'marketingLimited' },
		),
		when(
			'limited 23:59:59 ago',
			{
				message: MARKETING,
				window: OPEN,
				consent: IN_MARKETING,
				also: { marketingLimitedAt: NOW - DAY + 1 },
			},
			{ outcome: 'blocked', reason: 'marketingLimited' },
		),
		when(
			'limited 24:00:00 ago',
			{
				message: MARKETING,
				window: OPEN,
				consent: IN_MARKETING,
				also: { marketingLimitedAt: NOW - DAY },
			},
			{ outcome: 'allowed', reason: 'template' },
		),
	);

	const UNSURE = template('unknown');
	const unsure = {
		reason: 'categoryUnknown' as const,
		explanation:
			'The category of the template is not known, so the rule for marketing was applied.',
		hint: 'Choose the category.',
	};
	row(
		'T29: category not known',
		when(
			'opted in, as T24',
			{ message: UNSURE, window: ANY_WINDOW, consent: IN_MARKETING },
			{ outcome: 'allowed', ...unsure },
		),
		when(
			'nothing on record, as T25',
			{ message: UNSURE, window: ANY_WINDOW, consent: NO_MARKETING },
			{ outcome: 'blocked', ...unsure },
		),
		...(['warn', 'off'] as const).map((marketingConsent) =>
			when(
				`nothing on record, policy ${marketingConsent}`,
				{
					message: UNSURE,
					window: ANY_WINDOW,
					consent: NO_MARKETING,
					policy: { marketingConsent },
				},
				{ outcome: 'allowed', ...unsure },
			),
		),
		when(
			'stopped, as T26 and T27',
			{ message: UNSURE, window: ANY_WINDOW, consent: STOPPED },
			{
				outcome: 'blocked',
				...unsure,
				explanation: `${unsure.explanation} This contact opted out of marketing on 18 Nov 2026, 10:05.`,
			},
		),
		when(
			'limited, as T28',
			{
				message: UNSURE,
				window: ANY_WINDOW,
				consent: IN_MARKETING,
				also: { marketingLimitedAt: NOW - HOUR },
			},
			{ outcome: 'blocked', ...unsure },
		),
	);
});

describe('after a start of n8n, before all rows were read (E55)', () => {
	const unread: Unread = {
		before: NOW - HOUR,
		why: 'The trigger did not answer.',
		mend: 'Publish it.',
	};
	const uncertain = {
		reason: 'consentUncertain' as const,
		hint: 'Publish it.',
	};
	const NOT_STOPPED = [...NOTHING, ...IN_ALL];
	const JUST_NOW: Named<ConsentRecord[]> = [
		['in since the start', [optIn('all', NOW - HOUR + 121)]],
	];
	const AT_THE_START: Named<ConsentRecord[]> = [
		['in by a clock that may differ', [optIn('all', NOW - HOUR + 120)]],
	];
	const policies = ['require', 'warn', 'off'] as const;

	row(
		'E55: marketing is held back, whatever the policy and the opt-in on record',
		...policies.map((marketingConsent) =>
			when(
				`policy ${marketingConsent}`,
				{
					message: MARKETING,
					window: ANY_WINDOW,
					consent: [...NOT_STOPPED, ...JUST_NOW],
					policy: { marketingConsent },
					unread,
				},
				{
					outcome: 'blocked',
					...uncertain,
					explanation:
						'The trigger did not answer. So it is not known whether this contact has opted out. The template was not sent.',
				},
			),
		),
		when(
			'category not known, as T29',
			{
				message: { kind: 'template', category: 'unknown' },
				window: ANY_WINDOW,
				consent: NOT_STOPPED,
				unread,
			},
			{ outcome: 'blocked', reason: 'categoryUnknown' },
		),
	);

	for (const category of ['utility', 'authentication'] as const) {
		const message: Outgoing = { kind: 'template', category };
		row(
			`E55: ${category} as the policy says`,
			when(
				'warn',
				{ message, window: ANY_WINDOW, consent: [...NOT_STOPPED, ...AT_THE_START], unread },
				{
					outcome: 'allowed',
					...uncertain,
					explanation:
						'The trigger did not answer. So it is not known whether this contact has opted out. The template goes out all the same.',
				},
			),
			when(
				'require',
				{
					message,
					window: ANY_WINDOW,
					consent: [...NOT_STOPPED, ...AT_THE_START],
					policy: { utilityConsent: 'require' },
					unread,
				},
				{ outcome: 'blocked', ...uncertain },
			),
			when(
				'require, with an opt-in that is newer than all that could not be read',
				{
					message,
					window: NOT_OPEN,
					consent: JUST_NOW,
					policy: { utilityConsent: 'require' },
					unread,
				},
				{ outcome: 'allowed', reason: 'template' },
			),
			when(
				'off',
				{
					message,
					window: NOT_OPEN,
					consent: NOTHING,
					policy: { utilityConsent: 'off' },
					unread,
				},
				{ outcome: 'allowed', reason: 'template' },
			),
		);
	}

	row(
		'E55: an opt-out that is known still counts',
		when(
			'opted out',
			{ message: MARKETING, window: ANY_WINDOW, consent: OUT, unread },
			{ outcome: 'blocked', reason: 'optedOut' },
		),
		when(
			'stopped at Meta',
			{ message: MARKETING, window: ANY_WINDOW, consent: STOPPED_AT_META, unread },
			{ outcome: 'blocked', reason: 'marketingStopped' },
		),
		when(
			'utility',
			{
				message: { kind: 'template', category: 'utility' },
				window: ANY_WINDOW,
				consent: OUT,
				policy: { utilityConsent: 'off' },
				unread,
			},
			{ outcome: 'blocked', reason: 'optedOut' },
		),
	);

	row(
		'E55: an answer in the open window goes out',
		when(
			'text',
			{ message: TEXT, window: OPEN, consent: NOT_OUT, unread },
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
		when(
			'an unknown window says why it is unknown',
			{ message: TEXT, window: UNKNOWN, entry: NO_ENTRY, consent: NONE, unread },
			{
				outcome: 'templateNeeded',
				reason: 'windowUnknown',
				explanation: 'The trigger did not answer. So the window cannot be confirmed.',
				hint: "Publish it. Send a template, fill 'Contact's Last Message At' from your own data, or set 'When the Window Is Unknown' to 'Try the Free-Form Message'.",
			},
		),
	);
});

describe('other calls', () => {
	row(
		'T33: mark as read, typing',
		when(
			'signal',
			{
				message: { kind: 'signal' },
				window: ANY_WINDOW,
				consent: [...NOT_OUT, ...OUT],
				policy: { blockRepliesAfterOptOut: true },
			},
			{ outcome: 'allowed', reason: 'notAMessage', explanation: '', hint: '' },
		),
	);
});

describe('who has the conversation', () => {
	const HAS_PERSON = {
		owner: {
			...NO_OWNER,
			handOvers: [{ at: NOW - HOUR, until: NOW + HOUR, way: 'handedOver' as const }],
		},
	};
	const HAS_OTHER = { owner: { ...NO_OWNER, otherAt: NOW - 1 } };
	const ANY_CONSENT = [...NOT_OUT, ...OUT];
	const BY_PERSON: Outgoing[] = [
		{ kind: 'freeForm', byPerson: true },
		{ kind: 'reaction', byPerson: true },
	];
	const heldForPerson = {
		outcome: 'held',
		reason: 'personHasConversation',
		explanation:
			'A person has had this conversation since 20 Nov 2026, 09:05, until 20 Nov 2026, 11:05. The automatic message was not sent.',
		hint: "Set 'Sent By' to 'Person' for what a person writes, or give the conversation back with 'Resume Automation'.",
	} as const;
	const heldForOther = {
		outcome: 'held',
		reason: 'otherResponderHasConversation',
		explanation: `Another responder of ${BUSINESS_NUMBER} has had the conversation since 20 Nov 2026, 10:04. The message was not sent.`,
		hint: "Wait until it is passed on, or switch on 'Take Over' if this app is the escalation partner.",
	} as const;

	row(
		'T36: the automation has it',
		...[TEXT, REACTION, ...BY_PERSON].map((message) =>
			when(
				JSON.stringify(message),
				{ message, window: OPEN, consent: NOT_OUT },
				{ outcome: 'allowed', reason: 'windowOpen' },
			),
		),
		when(
			'a hand-over that is over',
			{
				message: TEXT,
				window: OPEN,
				consent: NOT_OUT,
				also: {
					owner: {
						...NO_OWNER,
						handOvers: [{ at: NOW - HOUR, until: NOW, way: 'app' as const }],
					},
				},
			},
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
	);

	row(
		'T37: a person has it, the automation sends',
		...[TEXT, REACTION, { kind: 'freeForm', takesOver: true } as const].map((message) =>
			when(
				JSON.stringify(message),
				{ message, window: ANY_WINDOW, consent: ANY_CONSENT, also: HAS_PERSON },
				heldForPerson,
			),
		),
	);

	row(
		'T38: a person has it, and sends',
		...BY_PERSON.flatMap((message) => [
			when(
				`${message.kind} in the window`,
				{ message, window: OPEN, consent: NOT_OUT, also: HAS_PERSON },
				{ outcome: 'allowed', reason: 'windowOpen' },
			),
			when(
				`${message.kind} outside the window, opted out`,
				{ message, window: NOT_OPEN, consent: OUT, also: HAS_PERSON },
				{ outcome: 'blocked', reason: 'optedOut' },
			),
		]),
		when(
			'outside the window',
			{
				message: BY_PERSON[0],
				window: BY_TIME,
				entry: NO_ENTRY,
				consent: NOT_OUT,
				also: HAS_PERSON,
			},
			{ outcome: 'templateNeeded', reason: 'windowClosed' },
		),
	);

	row(
		'T39: another responder has it',
		...[TEXT, REACTION, ...BY_PERSON].map((message) =>
			when(
				JSON.stringify(message),
				{ message, window: OPEN, consent: ANY_CONSENT, also: HAS_OTHER },
				heldForOther,
			),
		),
	);

	row(
		"T40: another responder has it, and 'Take Over' is on",
		when(
			'in the window',
			{
				message: { kind: 'freeForm', takesOver: true },
				window: OPEN,
				consent: NOT_OUT,
				also: HAS_OTHER,
			},
			{ outcome: 'allowed', reason: 'windowOpen' },
		),
		when(
			'outside the window',
			{
				message: { kind: 'freeForm', takesOver: true },
				window: BY_TIME,
				entry: NO_ENTRY,
				consent: NOT_OUT,
				also: HAS_OTHER,
			},
			{ outcome: 'templateNeeded', reason: 'windowClosed' },
		),
	);

	row(
		'T41: templates go out in any case',
		...[HAS_PERSON, HAS_OTHER].map((also) =>
			when(
				JSON.stringify(also),
				{
					message: { kind: 'template', category: 'utility' },
					window: BY_TIME,
					consent: IN_ALL,
					also,
				},
				{ outcome: 'allowed', reason: 'template' },
			),
		),
	);

	row(
		'T42: mark as read, typing',
		when(
			'a person has it',
			{ message: { kind: 'signal' }, window: ANY_WINDOW, consent: ANY_CONSENT, also: HAS_PERSON },
			heldForPerson,
		),
		when(
			'another responder has it',
			{ message: { kind: 'signal' }, window: OPEN, consent: ANY_CONSENT, also: HAS_OTHER },
			heldForOther,
		),
		...[HAS_PERSON, HAS_OTHER].map((also) =>
			when(
				`by a person: ${JSON.stringify(also)}`,
				{
					message: { kind: 'signal', byPerson: true },
					window: ANY_WINDOW,
					consent: ANY_CONSENT,
					also,
				},
				{ outcome: 'allowed', reason: 'notAMessage' },
			),
		),
	);
});

describe('what a decision carries', () => {
	it('the window, the free entry point while it runs, and the consent that was asked for', () => {
		const facts = joined(
			fact({ lastInboundAt: NOW - HOUR, freeEntryPointUntil: NOW + 1 }),
			consentFact(optIn('marketing', SAID_AT)),
		);
		expect(decideAt(MARKETING, facts)).toEqual({
			outcome: 'allowed',
			reason: 'template',
			owner: { who: 'automation' },
			window: {
				state: 'open',
				openedAt: NOW - HOUR,
				expiresAt: NOW + 23 * HOUR - 60,
				secondsLeft: 23 * HOUR - 60,
			},
			freeEntryPointUntil: NOW + 1,
			consent: {
				state: 'in',
				at: SAID_AT,
				atMeta: false,
				record: optIn('marketing', SAID_AT),
			},
		});
		expect(decideAt(MARKETING, facts, { now: NOW + 1 }).freeEntryPointUntil).toBeUndefined();
		expect(decideAt(TEXT, facts).consent.state).toBe('none');
	});

	it('the default policy', () => {
		expect(DEFAULT_POLICY).toEqual({
			marginSeconds: 60,
			whenUnknown: 'treatAsClosed',
			blockRepliesAfterOptOut: false,
			marketingConsent: 'require',
			utilityConsent: 'warn',
		});
	});
});
