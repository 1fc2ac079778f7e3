import type { Told } from './knowledge';

/*
 * Who has a conversation, by the books: read from everything that was told, without a line of the
 * package. Times are epoch seconds.
 */

const DAY = 86_400;

/** Who has it beside the automation. */
export type Other = 'person' | 'other';

/**
 * Whether somebody else than the automation has the conversation.
 *
 * @param slack by how many seconds the clocks may differ: above 0 only what is clear counts, below 0
 *   also what is not
 */
export function hasIt(who: Other, told: Told, nowMs: number, slack: number): boolean {
	const now = nowMs / 1000;
	if (who === 'person') {
		return told.handOvers.some(
			({ at, until }) => at >= told.resumedAt + slack && at + slack <= now && now + slack < until,
		);
	}
	const { otherAt, givenAt, inboundAt } = told;
	const idleAt = (inboundAt + DAY > otherAt ? inboundAt : otherAt) + DAY;
	return otherAt > 0 && otherAt >= givenAt + slack && now + slack < idleAt;
}
