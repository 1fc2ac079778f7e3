import { consentFor } from '../../../../nodes/core/conversation/consent';
import type { ContactIdentity } from '../../../../nodes/core/conversation/contact';
import { NO_FACTS } from '../../../../nodes/core/conversation/facts';
import { factsOfRefusal } from '../../../../nodes/core/conversation/refusal';
import { windowOf } from '../../../../nodes/core/conversation/window';
import { Replica } from '../../../../nodes/core/state/memory/replica';
import {
	consentFact,
	DAY,
	fact,
	HOUR,
	lifted,
	NOW,
	optIn,
	optOut,
} from '../../conversation/support';

/** X has P1 and U1 at first; Y comes to P1 with U3. */
const [P1, P2] = ['4915100000001', '4915100000002'];
const [U1, U2, U3] = ['DE.1', 'DE.2', 'DE.3'];
const X = { phone: P1, userId: U1 };
const X2 = { phone: P2, userId: U2 };
const Y = { phone: P1, userId: U3 };
const CHANGED = NOW - 2 * HOUR;

type Deed = (replica: Replica) => void;

const writes =
	(who: ContactIdentity, at: number): Deed =>
	(replica) =>
		replica.join(who, fact({ lastInboundAt: at }));
const says =
	(who: ContactIdentity, ...records: Array<ReturnType<typeof optIn>>): Deed =>
	(replica) =>
		records.forEach((record) => replica.join(who, consentFact(record), who.phone ? record.at : 0));
const isTold =
	(who: ContactIdentity, record: ReturnType<typeof optIn>): Deed =>
	(replica) =>
		replica.join(who, consentFact(record));
/** What went out to a number at a time was refused; the status names the number alone. */
const refusesAt =
	(at: number, kind: string, who: ContactIdentity = { phone: P1 }): Deed =>
	(replica) =>
		replica.join(who, factsOfRefusal(kind, at) ?? NO_FACTS);
/** By the numbers alone, as WhatsApp told it before there were user IDs. */
const movesAt =
	(at: number): Deed =>
	(replica) =>
		replica.move([P1], [P2], at);
const changes: Deed = (replica) => replica.move([P1, U1], [P2, U2], CHANGED);

/** Every order of some deeds, each with the last one told twice. */
function everyOrder(deeds: Deed[]): Deed[][] {
	if (deeds.length < 2) return [[...deeds, ...deeds]];
	return deeds.flatMap((deed, index) =>
		everyOrder(deeds.filter((_other, i) => i !== index)).map((rest) => [deed, ...rest]),
	);
}

interface Expected {
	window?: string;
	marketing?: string;
	/** Whether Meta's limit of marketing holds. */
	isLimited?: boolean;
	address?: ContactIdentity;
}

/** What is known of somebody, as a send sees it. */
function standing(replica: Replica, who: ContactIdentity): Expected {
	const facts = replica.factsOf(who);
	return {
		window: windowOf(facts, NOW - 2 * DAY, 60, NOW).state,
		marketing: consentFor(facts.consent, 'marketing', NOW).state,
		isLimited: facts.marketingLimitedAt > NOW - DAY,
		address: replica.identify(who),
	};
}

const byPhone = (phone: string) => ({ phone });
const byUserId = (userId: string) => ({ userId });

const before = CHANGED - HOUR;
const yes = optIn('marketing', NOW - 30 * DAY);
const no = optOut('marketing', NOW - 30 * DAY);

const CASES: Array<[rule: string, deeds: Deed[], who: ContactIdentity, expected: Expected]> = [
	[
		'E34 one contact by either name',
		[writes(X, before)],
		byPhone(P1),
		{ window: 'open', address: X },
	],
	['E34', [writes(X, before)], byUserId(U1), { window: 'open', address: X }],
	['E35 a user ID alone', [writes(byUserId(U1), before)], byPhone(P1), { window: 'closed' }],
	[
		'7.3 a yes by number holds for the first user ID that comes with it',
		[isTold(byPhone(P1), yes), writes(X, before)],
		byUserId(U1),
		{ marketing: 'in' },
	],

	[
		'E45 the new number',
		[writes(X, before), says(X, yes), changes],
		byPhone(P2),
		{ window: 'unknown', marketing: 'in', address: X2 },
	],
	[
		'E45 a change that each business number reports by its own clock',
		[writes(X, before), says(byPhone(P1), yes), movesAt(CHANGED), movesAt(CHANGED + 2)],
		byPhone(P2),
		{ window: 'unknown', marketing: 'in', address: { phone: P2 } },
	],
	[
		'E45 a change back and forth in days',
		[says(byPhone(P1), yes), movesAt(CHANGED - 2 * DAY), movesAt(CHANGED)],
		byPhone(P2),
		{ window: 'closed', marketing: 'none' },
	],
	[
		'E45 the new user ID',
		[writes(X, before), says(X, no), changes],
		byUserId(U2),
		{ window: 'unknown', marketing: 'stopped', address: X2 },
	],
	[
		'E45 consent by number alone goes along',
		[isTold(byPhone(P1), yes), changes],
		byUserId(U2),
		{ marketing: 'in' },
	],
	[
		'E45 a window by the new names',
		[writes(X, before), changes, writes(X2, NOW - HOUR)],
		byPhone(P2),
		{ window: 'open' },
	],
	[
		'E45 the old number is nobody’s',
		[writes(X, before), says(X, yes), changes],
		byPhone(P1),
		{ window: 'closed', marketing: 'none', address: byPhone(P1) },
	],
	[
		'E45 the old user ID is nobody’s',
		[writes(X, before), says(X, yes), changes],
		byUserId(U1),
		{ window: 'closed', marketing: 'none', address: byUserId(U1) },
	],
	[
		'E45 a no stays with the old ones',
		[says(X, no), changes],
		byUserId(U1),
		{ marketing: 'stopped' },
	],
	[
		'E45 a no of later counts for the old user ID, which is nobody else’s',
		[changes, says(X2, optOut('marketing', NOW - HOUR))],
		byUserId(U1),
		{ marketing: 'stopped' },
	],
	[
		'E45 over two changes',
		[
			says(X, yes),
			changes,
			(replica) => replica.move([P2, U2], ['4915100000009', 'DE.9'], NOW - HOUR),
		],
		byUserId('DE.9'),
		{ marketing: 'in', address: { phone: '4915100000009', userId: 'DE.9' } },
	],
	[
		'E45 a change that names but the number',
		[writes(X, before), says(X, no), (replica) => replica.move([P1], [P2, U2], CHANGED)],
		byUserId(U2),
		{ window: 'unknown', marketing: 'stopped', address: X2 },
	],
	[
		'E45 a limit of marketing goes along',
		[writes(X, before), refusesAt(before, 'marketingLimited'), changes],
		byPhone(P2),
		{ isLimited: true, window: 'unknown' },
	],
	[
		'E45 from a number to a number',
		[refusesAt(before, 'marketingLimited'), movesAt(CHANGED)],
		byPhone(P2),
		{ isLimited: true },
	],
	[
		'E45 and one that is told of the old user ID later',
		[changes, refusesAt(NOW - HOUR, 'marketingLimited', byUserId(U1))],
		byPhone(P2),
		{ isLimited: true },
	],
	[
		'E45 the old number has none',
		[refusesAt(before, 'marketingLimited'), changes],
		byPhone(P1),
		{ isLimited: false },
	],
	[
		'E45 a refused window does not come back by a new number',
		[writes(X, before), refusesAt(before + HOUR / 2, 'windowClosed'), changes],
		byUserId(U2),
		{ window: 'closed' },
	],
	[
		'E45 but by a message from it',
		[refusesAt(before, 'windowClosed'), changes, writes(X2, NOW - HOUR)],
		byUserId(U2),
		{ window: 'open' },
	],

	[
		'E46 a new owner has a window of its own',
		[writes(X, before), says(X, yes), changes, writes(Y, NOW - HOUR)],
		byPhone(P1),
		{ window: 'open', marketing: 'none', address: Y },
	],
	[
		'E46 nor does it open the old one’s',
		[writes(X, before), says(X, yes), changes, writes(Y, NOW - HOUR)],
		byUserId(U2),
		{ window: 'unknown', marketing: 'in', address: X2 },
	],
	[
		'E46 a yes by number alone does not pass',
		[isTold(byPhone(P1), yes), changes, writes(Y, NOW - HOUR)],
		byUserId(U3),
		{ marketing: 'none' },
	],
	[
		'E46 a no by number stays with the number',
		[says(X, no), changes, writes(Y, NOW - HOUR)],
		byUserId(U3),
		{ marketing: 'stopped' },
	],
	[
		'E46 but not one that was taken back',
		[says(X, no, lifted('marketing', NOW - 29 * DAY)), changes, writes(Y, NOW - HOUR)],
		byUserId(U3),
		{ marketing: 'none' },
	],
	[
		'E46 the new owner’s STOP is not the old one’s',
		[says(X, yes), changes, says(Y, optOut('all', NOW - HOUR))],
		byUserId(U2),
		{ marketing: 'in' },
	],

	[
		'E47 nothing was reported: a new person',
		[writes(X, before), says(X, yes), writes(Y, NOW - HOUR)],
		byPhone(P1),
		{ window: 'open', marketing: 'none', address: Y },
	],
	[
		'E47 the old one stays reachable by user ID alone',
		[writes(X, before), says(X, yes), writes(Y, NOW - HOUR)],
		byUserId(U1),
		{ window: 'open', marketing: 'in', address: byUserId(U1) },
	],
	[
		'E47 its STOP is its own',
		[says(X, yes), says(Y, optOut('all', NOW - HOUR))],
		byUserId(U1),
		{ marketing: 'in' },
	],
	[
		'E47 a yes by number before it',
		[isTold(byPhone(P1), yes), writes(X, before), writes(Y, NOW - HOUR)],
		byPhone(P1),
		{ marketing: 'none' },
	],

	[
		'E48 a STOP of before the change',
		[changes, writes(Y, NOW - HOUR), says(X, optOut('all', before))],
		byUserId(U2),
		{ marketing: 'out' },
	],
	[
		'E48 a message of before it',
		[changes, writes(Y, NOW - DAY + HOUR), writes(X, before)],
		byUserId(U3),
		{ window: 'open' },
	],
	[
		'E48 opens nothing for a new owner',
		[changes, writes(X, before), writes(Y, NOW - 3 * DAY)],
		byUserId(U3),
		{ window: 'closed' },
	],
	[
		'E48 a STOP of the old user ID after it',
		[changes, says(byUserId(U1), optOut('all', NOW - HOUR))],
		byUserId(U2),
		{ marketing: 'out' },
	],
	[
		'E48 a limit of what went out before the change',
		[changes, writes(Y, NOW - HOUR), refusesAt(before, 'marketingLimited')],
		byUserId(U2),
		{ isLimited: true },
	],
	[
		'E48 is not the new owner’s',
		[changes, writes(Y, NOW - HOUR), refusesAt(before, 'marketingLimited')],
		byUserId(U3),
		{ isLimited: false },
	],
	[
		'E48 nor theirs the old one’s',
		[writes(X, before), changes, writes(Y, NOW - HOUR), refusesAt(NOW - 60, 'marketingLimited')],
		byUserId(U2),
		{ isLimited: false },
	],
	[
		'E48 a stop at Meta of what went out before it',
		[changes, refusesAt(before, 'optedOut')],
		byPhone(P2),
		{ marketing: 'stopped' },
	],

	[
		'E51 the user ID alone',
		[says(X, no), (replica) => replica.move([U1], [P1, U2], CHANGED)],
		byPhone(P1),
		{ marketing: 'stopped', address: { phone: P1, userId: U2 } },
	],
	[
		'E51 without the old user ID it is that of who had the number',
		[writes(X, before), says(X, no), (replica) => replica.move([P1], [P1, U2], CHANGED)],
		byUserId(U2),
		{ window: 'unknown', marketing: 'stopped', address: { phone: P1, userId: U2 } },
	],

	[
		'E53 after 90 days the pair is over',
		[writes(X, NOW - 91 * DAY), says(byUserId(U1), yes)],
		byUserId(U1),
		{ marketing: 'in', address: byUserId(U1) },
	],
	[
		'E53 what was said by number stays with it',
		[writes(X, NOW - 91 * DAY), isTold(byPhone(P1), yes)],
		byPhone(P1),
		{ marketing: 'in', address: byPhone(P1) },
	],
	[
		'E53 and is not the user ID’s any more',
		[writes(X, NOW - 91 * DAY), isTold(byPhone(P1), yes)],
		byUserId(U1),
		{ marketing: 'none' },
	],
	[
		'E53 nor a later owner’s',
		[
			writes(X, NOW - 91 * DAY),
			isTold(byPhone(P1), { ...yes, at: NOW - 92 * DAY }),
			writes(Y, NOW - HOUR),
		],
		byUserId(U3),
		{ marketing: 'none', address: Y },
	],
	[
		'E53 a no is both’s',
		[writes(X, NOW - 91 * DAY), says(X, { ...no, at: NOW - 91 * DAY })],
		byPhone(P1),
		{ marketing: 'stopped' },
	],
	[
		'E53 until then it holds',
		[writes(X, NOW - 89 * DAY), isTold(byPhone(P1), yes)],
		byUserId(U1),
		{ marketing: 'in', address: X },
	],
];

describe('whose an identifier is', () => {
	it.each(CASES)('%s: %#', (_rule, deeds, who, expected) => {
		for (const order of everyOrder(deeds)) {
			const replica = new Replica();
			replica.now = NOW;
			for (const deed of order) deed(replica);
			expect(standing(replica, who)).toMatchObject(expected);
		}
	});

	it('is not told anew by tidying up (E53)', () => {
		for (const [, deeds, who, expected] of CASES) {
			const replica = new Replica();
			replica.now = NOW;
			for (const deed of deeds) deed(replica);
			replica.prune(NOW);
			expect(standing(replica, who)).toMatchObject({
				...expected,
				// What is gone cannot be told from what never was.
				...(expected.window === 'closed' ? { window: expect.any(String) } : {}),
			});
		}
	});

	it('says of a no that it may be an earlier owner’s (E46)', () => {
		const replica = new Replica();
		for (const deed of [says(X, no), changes, writes(Y, NOW - HOUR)]) deed(replica);
		expect(replica.factsOf(Y).consent).toEqual([{ ...no, byEarlierOwner: true }]);
		expect(replica.factsOf(X2).consent).toEqual([no]);
	});

	describe('for all business numbers', () => {
		/** Facts of one number, and consent for all of them, as the nodes ask for both. */
		const standingOf = (own: Replica, everywhere: Replica, who: ContactIdentity) =>
			consentFor(own.factsOf(who, everywhere).consent, 'marketing', NOW).state;

		it.each<[string, ContactIdentity, ReturnType<typeof optIn>, ContactIdentity, string]>([
			['a no under the old number', byPhone(P1), no, byPhone(P2), 'stopped'],
			['a no under the old number', byPhone(P1), no, byUserId(U2), 'stopped'],
			['a no under the old user ID', byUserId(U1), no, byPhone(P2), 'stopped'],
			['a yes under the old user ID', byUserId(U1), yes, byUserId(U2), 'in'],
			['a no under the new number', byPhone(P2), optOut('marketing', NOW), byUserId(U2), 'stopped'],
			[
				'a no under the new user ID',
				byUserId(U2),
				optOut('marketing', NOW),
				byPhone(P2),
				'stopped',
			],
			['a no under the new number', byPhone(P2), optOut('marketing', NOW), byUserId(U1), 'stopped'],
			['a yes under the old number', byPhone(P1), yes, byUserId(U3), 'none'],
			['a yes under the new number', byPhone(P2), yes, byUserId(U3), 'none'],
			['a no of a new owner', byPhone(P1), optOut('marketing', NOW), byUserId(U2), 'none'],
		])('%s: %#', (_what, told, record, asked, expected) => {
			const [own, everywhere] = [new Replica(), new Replica()];
			for (const deed of [writes(X, before), changes, writes(Y, NOW - HOUR)]) deed(own);
			isTold(told, record)(everywhere);
			expect(standingOf(own, everywhere, asked)).toBe(expected);
		});

		it('goes along where another business number was told of the change', () => {
			const [own, everywhere] = [new Replica(), new Replica()];
			changes(everywhere);
			isTold(byPhone(P1), no)(everywhere);
			expect(standingOf(own, everywhere, byUserId(U2))).toBe('stopped');
		});
	});

	describe('that is forgotten', () => {
		const forget = (replica: Replica, who: ContactIdentity, at = NOW) =>
			replica.forget(replica.erasuresFor(who, at));

		it('is erased under what the contact had before too, and nobody else is', () => {
			const replica = new Replica();
			for (const deed of [
				writes(X, before),
				says(X, no),
				changes,
				writes(Y, NOW - HOUR),
				says(Y, optOut('all', NOW - HOUR)),
			]) {
				deed(replica);
			}
			expect(forget(replica, byUserId(U2))).toBe(true);
			for (const id of [U1, U2, P2]) expect(replica.recordOf(id)).toBeUndefined();
			expect(standing(replica, Y)).toMatchObject({ window: 'open', marketing: 'out', address: Y });
			expect(replica.factsOf(Y).consent).toHaveLength(1);
			changes(replica);
			writes(X, before)(replica);
			for (const who of [X, X2]) expect(standing(replica, who).window).toBe('closed');
		});

		it('takes nothing from those who had the number before', () => {
			for (const change of [[changes], []]) {
				const replica = new Replica();
				const deeds = [
					isTold(byPhone(P1), no),
					writes(X, before),
					...change,
					writes(Y, NOW - HOUR),
				];
				for (const deed of deeds) deed(replica);
				forget(replica, byUserId(U3));
				expect(replica.recordOf(U3)).toBeUndefined();
				expect(standing(replica, byPhone(P1))).toEqual({
					window: 'closed',
					marketing: 'none',
					isLimited: false,
					address: byPhone(P1),
				});
				const old = change.length > 0 ? U2 : U1;
				expect(standing(replica, byUserId(old)).marketing).toBe('stopped');
			}
		});

		it('is erased again after it has written again', () => {
			const replica = new Replica();
			writes(X, NOW - HOUR)(replica);
			expect(forget(replica, X, NOW)).toBe(true);
			writes(X, NOW + HOUR)(replica);
			expect(forget(replica, X, NOW + 2 * HOUR)).toBe(true);
			expect(replica.recordOf(U1)).toBeUndefined();
			writes(X, NOW + HOUR)(replica);
			expect(replica.recordOf(U1)).toBeUndefined();
			expect(forget(replica, X, NOW + 3 * HOUR)).toBe(false);
		});
	});
});
