import * as fc from 'fast-check';

import { consentFor } from '../../../../nodes/core/conversation/consent';
import { identityOfId } from '../../../../nodes/core/conversation/contact';
import { NO_FACTS } from '../../../../nodes/core/conversation/facts';
import { factsOfRefusal } from '../../../../nodes/core/conversation/refusal';
import { Replica } from '../../../../nodes/core/state/memory/replica';
import { decodeInto, encode } from '../../../../nodes/core/state/text/codec';
import { fact } from '../../conversation/support';
import { shuffledWithRepeats } from '../arbitraries';

import { IdentityOracle, type Answer } from './identityOracle';
import { anyStory, idsIn, STORY_BEGINS, type Told, type Why } from './identityWorld';

const NOW = STORY_BEGINS + 3_600;

function replicaOf(told: Iterable<Told>): Replica {
	const replica = new Replica();
	replica.now = NOW;
	for (const one of told) tell(replica, one);
	return replica;
}

function tell(replica: Replica, told: Told): void {
	const consentOf = (at: number, state: 'opted_in' | 'opted_out') =>
		[{ scope: 'all', source: 'manual', state, at }] as const;
	switch (told.kind) {
		case 'seen': {
			const { at, phone, userId, writes, says } = told;
			replica.join(
				{ phone, userId },
				fact({
					lastInboundAt: writes ? at : 0,
					consent: says ? consentOf(at, says) : [],
				}),
				at,
			);
			break;
		}
		case 'recorded':
			replica.join(identityOfId(told.id), fact({ consent: consentOf(told.at, told.says) }));
			break;
		case 'refused': {
			const { why, sentAt, id } = told;
			const facts = factsOfRefusal(why, sentAt) ?? NO_FACTS;
			const consent = facts.consent.length > 0 ? consentOf(sentAt, 'opted_out') : [];
			replica.join(identityOfId(id), { ...facts, consent });
			break;
		}
		case 'changed':
			replica.move(told.from, told.to, told.at);
	}
}

/** What a replica answers, in the oracle's words. */
function answerOf(replica: Replica, id: string): Answer {
	const facts = replica.factsOf(identityOfId(id));
	const { state } = consentFor(facts.consent, 'all', NOW);
	const isBefore = facts.identityChange.at > 0;
	return {
		wroteAt: isBefore ? 0 : facts.lastInboundAt,
		wroteBefore: isBefore ? facts.lastInboundAt : 0,
		consent: state === 'in' ? 'opted_in' : state === 'none' ? 'none' : 'opted_out',
		refused: { windowClosed: facts.refusedAt, marketingLimited: facts.marketingLimitedAt },
		phone: id.startsWith('US.') ? replica.identify({ userId: id }).phone : id,
	};
}

function answersOf(replica: Replica, told: readonly Told[]): Record<string, Answer> {
	const ids = [...new Set(told.flatMap(idsIn))].sort();
	return Object.fromEntries(ids.map((id) => [id, answerOf(replica, id)]));
}

/**
 * As expected, but that the last message before a change may be an older one, or missing: of an
 * identifier that is used on after it was given up the newest message alone is kept. No window is open
 * by it. So it is with a message of the number alone, when the number has changed hands and its new
 * owner has written from the number alone too: a window may count as closed earlier. And of refusals of
 * what was sent to one number, which is its next owner's within the day, the last one alone is kept.
 */
function expectAnswers(replica: Replica, story: readonly Told[]): void {
	const answers = answersOf(replica, story);
	const expected = expectedOf(story);
	for (const [id, answer] of Object.entries(answers)) {
		if (answer.wroteBefore < expected[id].wroteBefore) {
			expected[id].wroteBefore = answer.wroteBefore;
		}
		if (answer.wroteAt < expected[id].wroteAt && isHiddenByNumber(story, expected[id].wroteAt)) {
			expected[id].wroteAt = answer.wroteAt;
		}
		for (const why of ['windowClosed', 'marketingLimited'] as const) {
			const sentAt = expected[id].refused[why];
			if (answer.refused[why] < sentAt && isHiddenByRefusal(story, why, sentAt)) {
				expected[id].refused = { ...expected[id].refused, [why]: answer.refused[why] };
			}
		}
	}
	expect(answers).toEqual(expected);
}

/** Whether a message came from a number alone, from which alone another one came later. */
function isHiddenByNumber(story: readonly Told[], at: number): boolean {
	const alone = story.flatMap((one) =>
		one.kind === 'seen' && one.writes && one.userId === undefined ? [one] : [],
	);
	const hidden = alone.find((one) => one.at === at);
	return alone.some((one) => one.phone === hidden?.phone && one.at > at);
}

/** Whether what was sent to a number later was refused for the same reason. */
function isHiddenByRefusal(story: readonly Told[], why: Why, sentAt: number): boolean {
	const refusals = story.flatMap((one) => (one.kind === 'refused' && one.why === why ? [one] : []));
	const hidden = refusals.find((one) => one.sentAt === sentAt);
	return refusals.some((one) => one.id === hidden?.id && one.sentAt > sentAt);
}

function expectedOf(told: readonly Told[]): Record<string, Answer> {
	const oracle = new IdentityOracle(told);
	const ids = [...new Set(told.flatMap(idsIn))].sort();
	return Object.fromEntries(
		ids.map((id) => [id, { ...oracle.answer(id), ...(id.startsWith('US.') ? {} : { phone: id }) }]),
	);
}

/** The same told in another order, some of it twice, to two processes that then read each other. */
const anyTelling = anyStory.chain((story) =>
	fc.tuple(
		fc.constant(story),
		shuffledWithRepeats(story),
		fc.array(fc.boolean(), { minLength: 2 * story.length, maxLength: 2 * story.length }),
	),
);

describe('who is who', () => {
	it('is what somebody works out who goes through everything in its order', () => {
		fc.assert(
			fc.property(anyStory, (story) => {
				expectAnswers(replicaOf(story), story);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is the same in whatever order, how often and to whom it was told', () => {
		fc.assert(
			fc.property(anyTelling, ([story, told, sides]) => {
				const processes = [true, false].map((side) =>
					replicaOf(told.filter((_one, index) => sides[index] === side)),
				);
				const texts = processes.map((replica) => encode(replica, { writer: 'w', revision: 1 }));
				for (const order of [texts, [...texts].reverse(), [...texts, ...texts]]) {
					const read = replicaOf([]);
					for (const text of order) decodeInto(read, text);
					expectAnswers(read, story);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
