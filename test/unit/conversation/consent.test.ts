import fc from 'fast-check';

import {
	consentFor,
	joinConsent,
	type ConsentRecord,
	type ConsentScope,
} from '../../../nodes/core/conversation/consent';

import {
	consentFact,
	decideAt,
	fact,
	joined,
	lifted,
	MARKETING,
	NOW,
	optIn,
	optOut,
	UTILITY,
} from './support';

const NONE = { state: 'none', at: 0, atMeta: false };
const OUT = { state: 'out', at: 20 };
const stoppedAtMeta = (at: number) => optOut('marketing', at, 'meta_preference');
const resumedAtMeta = (at: number) => lifted('marketing', at, 'meta_preference');
const signedUpAtMeta = (at: number) => optIn('marketing', at, 'meta_preference');
const code131050 = (at: number) => optOut('marketing', at, 'provider_code');
const stopWord = (at: number) => optOut('all', at, 'keyword');
const startWord = (at: number) => lifted('all', at, 'keyword');
const until = (record: ConsentRecord, expiresAt: number) => ({ ...record, expiresAt });

/** Records as they stand after arriving one by one; the order must not matter. */
function recorded(...arrivals: ConsentRecord[]): readonly ConsentRecord[] {
	const { consent } = consentFact(...arrivals);
	expect(consentFact(...[...arrivals].reverse()).consent).toEqual(consent);
	return consent;
}

describe('joinConsent', () => {
	it('keeps the newest per scope, source and state', () => {
		expect(recorded(optIn('all', 10), optOut('all', 30, 'web_form'), optIn('all', 20))).toEqual([
			optIn('all', 20),
			optOut('all', 30, 'web_form'),
		]);
	});

	it('keeps scopes apart and sources apart', () => {
		const records = [
			optIn('all', 10, 'web_form'),
			optOut('all', 10, 'keyword'),
			optIn('marketing', 10, 'web_form'),
			optIn('utility', 10, 'web_form'),
		];
		expect(recorded(...records)).toHaveLength(4);
		expect(recorded(...records)).toEqual(expect.arrayContaining(records));
	});

	it('131050 twice is one entry', () => {
		expect(recorded(code131050(10), code131050(10))).toEqual([code131050(10)]);
		expect(recorded(code131050(10), code131050(20))).toHaveLength(1);
	});

	it.each([optIn('all', 10, 'keyword'), startWord(10)])(
		'of two statements in one second the opt-out holds: %j',
		(other) => {
			expect(consentFor(recorded(other, stopWord(10)), 'all', NOW).state).toBe('out');
		},
	);

	it('of two ends the earlier one holds, and a confirmation is not forgotten', () => {
		const [early, late] = [until(optIn('all', 10), 20), until(optIn('all', 10), 30)];
		expect(recorded(late, early, optIn('all', 10))).toEqual([early]);
		const confirmed = { ...stopWord(10), confirmedAt: 11 };
		expect(recorded(confirmed, { ...stopWord(10), evidence: 'STOP' })).toEqual([confirmed]);
	});

	it('never drops a record for its age', () => {
		expect(joinConsent([stopWord(1)], [optIn('marketing', NOW)])).toEqual(
			expect.arrayContaining([stopWord(1)]),
		);
	});
});

describe('consentFor', () => {
	it.each<[string, ConsentRecord[], ConsentScope, object]>([
		['nothing on record', [], 'all', NONE],
		['nothing on record', [], 'marketing', NONE],
		['opt-in for everything', [optIn('all', 10)], 'all', { state: 'in', at: 10 }],
		['opt-in for everything', [optIn('all', 10)], 'marketing', { state: 'in', at: 10 }],
		['opt-in for everything', [optIn('all', 10)], 'utility', { state: 'in', at: 10 }],
		['opt-in for marketing', [optIn('marketing', 10)], 'marketing', { state: 'in', at: 10 }],
		['opt-in for marketing', [optIn('marketing', 10)], 'utility', NONE],
		['opt-in for marketing', [optIn('marketing', 10)], 'all', NONE],
		['opt-in for utility', [optIn('utility', 10)], 'utility', { state: 'in', at: 10 }],
		['opt-in for utility', [optIn('utility', 10)], 'authentication', NONE],
		['opt-in for utility', [optIn('utility', 10)], 'marketing', NONE],
		['stop word', [stopWord(10)], 'all', { state: 'out', at: 10, atMeta: false }],
		['stop word', [stopWord(10)], 'marketing', { state: 'out', at: 10, atMeta: false }],
		['stop word', [stopWord(10)], 'utility', { state: 'out', at: 10, atMeta: false }],
		['stop word', [stopWord(10)], 'authentication', { state: 'out', at: 10, atMeta: false }],
		[
			'stop word after an opt-in for marketing',
			[optIn('marketing', 10), stopWord(20)],
			'marketing',
			{ state: 'out', at: 20 },
		],
		['stop word, then start word', [stopWord(10), startWord(20)], 'all', NONE],
		['stop word, then start word', [stopWord(10), startWord(20)], 'marketing', NONE],
		['a start word alone is no opt-in', [startWord(10)], 'marketing', NONE],
		['a start word older than the stop word', [startWord(10), stopWord(20)], 'utility', OUT],
		[
			'opt-in, stop word, start word: the opt-in counts again',
			[optIn('marketing', 5), stopWord(10), startWord(20)],
			'marketing',
			{ state: 'in', at: 5 },
		],
		[
			'opt-in, opt-out by the same way, start word: the opt-in counts again',
			[optIn('marketing', 5, 'manual'), optOut('marketing', 10, 'manual'), startWord(131)],
			'marketing',
			{ state: 'in', at: 5 },
		],
		[
			'a start word does not take the place of an opt-in by a word',
			[optIn('all', 10, 'keyword'), startWord(10)],
			'marketing',
			{ state: 'in', at: 10 },
		],
		[
			'stop word, start word, marketing stopped again',
			[stopWord(10), startWord(20), optOut('marketing', 30)],
			'marketing',
			{ state: 'stopped', at: 30, atMeta: false },
		],
		['start word, then stop word', [startWord(10), stopWord(20)], 'all', { state: 'out', at: 20 }],
		[
			'stop word, then a new opt-in by another way',
			[stopWord(10), optIn('all', 131, 'manual')],
			'utility',
			{ state: 'in', at: 131 },
		],
		[
			'stop word, then a new opt-in for marketing only',
			[stopWord(10), optIn('marketing', 131)],
			'marketing',
			{ state: 'in', at: 131 },
		],
		[
			'stop word, and an opt-in by another clock two minutes later (E54)',
			[stopWord(10), optIn('marketing', 130)],
			'marketing',
			{ state: 'out', at: 10 },
		],
		[
			'an opt-out in a form, and a start word two minutes later (E54)',
			[optOut('marketing', 10, 'web_form'), startWord(130)],
			'marketing',
			{ state: 'stopped', at: 10 },
		],
		[
			'an opt-out in a form, and an import half a minute later (E54)',
			[optOut('all', 10, 'web_form'), optIn('all', 40, 'import')],
			'utility',
			{ state: 'out', at: 10 },
		],
		[
			'stop word, and a start button half a minute later, by the same clock',
			[optIn('all', 5, 'keyword'), stopWord(10), lifted('all', 40, 'button')],
			'utility',
			{ state: 'in', at: 5 },
		],
		[
			'an opt-out and an opt-in in the same form, by the same clock',
			[optOut('all', 10, 'web_form'), optIn('all', 11, 'web_form')],
			'utility',
			{ state: 'in', at: 11 },
		],
		[
			'a start word by the same clock lifts what an opt-in by another did not',
			[stopWord(10), optIn('all', 40, 'web_form'), startWord(50)],
			'utility',
			{ state: 'in', at: 40 },
		],
		[
			'stop word, then a new opt-in for marketing only',
			[stopWord(10), optIn('marketing', 20)],
			'all',
			{ state: 'out', at: 10 },
		],
		[
			'stop word, then marketing stopped as well',
			[stopWord(10), optOut('marketing', 20, 'button')],
			'marketing',
			{ state: 'out' },
		],
		[
			'marketing stopped locally',
			[optOut('marketing', 10)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: false },
		],
		['marketing stopped locally', [optOut('marketing', 10)], 'utility', NONE],
		['marketing stopped locally', [optOut('marketing', 10)], 'all', NONE],
		[
			'marketing stopped locally, then a start word (T27)',
			[optOut('marketing', 10, 'button'), startWord(20)],
			'marketing',
			NONE,
		],
		[
			'marketing stopped locally after an opt-in for everything',
			[optIn('all', 10), optOut('marketing', 20, 'button')],
			'marketing',
			{ state: 'stopped', at: 20, atMeta: false },
		],
		[
			'marketing stopped locally after an opt-in for everything',
			[optIn('all', 10), optOut('marketing', 20, 'button')],
			'utility',
			{ state: 'in', at: 10 },
		],
		[
			'stopped at Meta',
			[stoppedAtMeta(10)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: true },
		],
		['stopped at Meta', [stoppedAtMeta(10)], 'utility', NONE],
		['stopped at Meta', [stoppedAtMeta(10)], 'all', NONE],
		[
			'131050 after an opt-in for marketing',
			[optIn('marketing', 10), code131050(20)],
			'marketing',
			{ state: 'stopped', at: 20, atMeta: true },
		],
		[
			'START after a stop at Meta changes nothing at Meta',
			[stoppedAtMeta(10), startWord(20)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: true },
		],
		[
			'a local opt-in after 131050 changes nothing at Meta',
			[code131050(10), optIn('marketing', 20)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: true },
		],
		[
			'stopped at Meta, then resumed there',
			[optIn('marketing', 5), stoppedAtMeta(10), resumedAtMeta(20)],
			'marketing',
			{ state: 'in' },
		],
		[
			'131050, then resumed at Meta',
			[optIn('marketing', 5), code131050(10), resumedAtMeta(20)],
			'marketing',
			{ state: 'in' },
		],
		['a resume is no opt-in by itself', [stoppedAtMeta(10), resumedAtMeta(20)], 'marketing', NONE],
		['a resume is no opt-in by itself', [resumedAtMeta(20)], 'marketing', NONE],
		['a sign-up at Meta', [signedUpAtMeta(10)], 'marketing', { state: 'in', at: 10 }],
		['a sign-up at Meta', [signedUpAtMeta(10)], 'utility', NONE],
		[
			'a sign-up at Meta after a stop there',
			[code131050(5), stoppedAtMeta(5), signedUpAtMeta(10)],
			'marketing',
			{ state: 'in', at: 10 },
		],
		[
			'a sign-up at Meta does not lift a stop word',
			[stopWord(10), signedUpAtMeta(20)],
			'marketing',
			{ state: 'out', at: 10 },
		],
		[
			'signed up, stopped and resumed at Meta: the sign-up counts again',
			[signedUpAtMeta(5), stoppedAtMeta(10), resumedAtMeta(20)],
			'marketing',
			{ state: 'in', at: 5 },
		],
		['an opt-in until later', [until(optIn('all', 10), NOW + 1)], 'all', { state: 'in', at: 10 }],
		['an opt-in until now', [until(optIn('all', 10), NOW)], 'all', NONE],
		[
			'an ended opt-in beside one without end',
			[until(optIn('marketing', 20), 30), optIn('all', 10, 'manual')],
			'marketing',
			{ state: 'in', at: 10 },
		],
		[
			'an ended opt-in after one without end, from another source',
			[optIn('marketing', 10, 'import'), until(optIn('marketing', 20, 'manual'), 30)],
			'marketing',
			NONE,
		],
		[
			'an opt-in without end after an ended one, from another source',
			[until(optIn('marketing', 10, 'import'), 20), optIn('marketing', 15, 'manual')],
			'marketing',
			{ state: 'in', at: 15 },
		],
		[
			'an opt-out, and an opt-in after it that has ended',
			[optOut('marketing', 10), until(optIn('marketing', 131), 140)],
			'marketing',
			NONE,
		],
		[
			'a resume older than the stop is ignored',
			[stoppedAtMeta(20), resumedAtMeta(10)],
			'marketing',
			{ state: 'stopped', at: 20, atMeta: true },
		],
		[
			'a resume older than 131050 is ignored',
			[code131050(20), resumedAtMeta(10)],
			'marketing',
			{ state: 'stopped', at: 20, atMeta: true },
		],
		[
			'a resume in the second of the stop is ignored',
			[stoppedAtMeta(10), resumedAtMeta(10)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: true },
		],
		[
			'a resume at Meta does not lift a local stop',
			[optOut('marketing', 10), resumedAtMeta(20)],
			'marketing',
			{ state: 'stopped', at: 10, atMeta: false },
		],
		[
			'a resume at Meta does not lift a stop word',
			[stopWord(10), resumedAtMeta(20)],
			'marketing',
			{ state: 'out', at: 10 },
		],
		[
			'stopped locally and at Meta: only the contact can resume it there (T26)',
			[stoppedAtMeta(10), optOut('marketing', 20)],
			'marketing',
			{ state: 'stopped', atMeta: true },
		],
	])('%s %j, asked for %s', (_name, arrivals, scope, consent) => {
		expect(consentFor(recorded(...arrivals), scope, NOW)).toMatchObject(consent);
	});
});

describe('two statements within two minutes of each other (E54)', () => {
	const SOURCES = ['keyword', 'button', 'web_form', 'import', 'manual'] as const;
	const isInWhatsApp = (source: string) => source === 'keyword' || source === 'button';
	const anyCase = fc.record({
		yesFrom: fc.constantFrom(...SOURCES),
		noFrom: fc.constantFrom(...SOURCES),
		noAt: fc.integer({ min: 1_000, max: 2_000 }),
		/** Of the yes, after the no. */
		later: fc.integer({ min: -300, max: 300 }),
		scope: fc.constantFrom('all', 'marketing' as const),
	});

	it('leave the no standing, unless one clock tells that the yes came after it', () => {
		fc.assert(
			fc.property(anyCase, ({ yesFrom, noFrom, noAt, later, scope }) => {
				const no = optOut(scope, noAt, noFrom);
				const yes = optIn(scope, noAt + later, yesFrom);
				const isOneClock = yesFrom === noFrom || (isInWhatsApp(yesFrom) && isInWhatsApp(noFrom));
				const isYes = later > (isOneClock ? 0 : 120);
				const { state } = consentFor(recorded(no, yes), 'marketing', NOW);
				expect(state === 'in').toBe(isYes);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('consent and identity cases', () => {
	it('a utility template after a marketing stop is allowed', () => {
		const facts = consentFact(stoppedAtMeta(NOW - 10), optOut('marketing', NOW - 5));
		expect(decideAt(UTILITY, facts, { utilityConsent: 'off' })).toMatchObject({
			outcome: 'allowed',
		});
		expect(decideAt(MARKETING, facts, { marketingConsent: 'off' })).toMatchObject({
			outcome: 'blocked',
		});
	});

	it('opted out on number A, send on number B: allowed', () => {
		const onA = joined(fact({ lastInboundAt: NOW - 20 }), consentFact(stopWord(NOW - 10)));
		const onB = consentFact(optIn('utility', NOW - 10));
		expect(decideAt(UTILITY, onA)).toMatchObject({ outcome: 'blocked', reason: 'optedOut' });
		expect(decideAt(UTILITY, onB)).toMatchObject({ outcome: 'allowed' });
	});

	it('recorded under the phone number, it holds when the person comes by user ID', () => {
		const byPhone = consentFact(optIn('marketing', NOW - 10));
		const byUserId = fact({ lastInboundAt: NOW - 5 });
		for (const person of [joined(byPhone, byUserId), joined(byUserId, byPhone)]) {
			expect(decideAt(MARKETING, person)).toMatchObject({ outcome: 'allowed', reason: 'template' });
		}
	});
});
