import * as fc from 'fast-check';

/** What somebody tells, with its own time; numbers of people are never mixed up in truth. */
export type Told =
	/** WhatsApp names somebody: one who writes, or of whom a status tells. */
	| { kind: 'seen'; at: number; phone?: string; userId?: string; writes: boolean; says?: Says }
	/** The shop writes down what was said under one identifier. */
	| { kind: 'recorded'; at: number; id: string; says: Says }
	/** A message to an identifier was refused, which is told later; the stop is one of all messages here. */
	| { kind: 'refused'; at: number; sentAt: number; id: string; why: Why }
	| { kind: 'changed'; at: number; from: string[]; to: string[] };

export type Says = 'opted_in' | 'opted_out';

/** Why a message was refused. */
export type Why = 'windowClosed' | 'marketingLimited' | 'optedOut';

/** A human being with a telephone. */
interface Human {
	phone?: string;
	userId: string;
	/** Whether both have been told together. */
	isKnown?: boolean;
}

interface Step {
	does:
		| 'writes'
		| 'isSeen'
		| 'isRecorded'
		| 'isSentTo'
		| 'isRefused'
		| 'changesNumber'
		| 'changesUserId'
		| 'givesNumberAway';
	who: number;
	names: 'both' | 'phone' | 'userId';
	says?: Says;
	why: Why;
	recycled: boolean;
	/** Whether the same change is reported again, a second later: each business number is told of it. */
	again: boolean;
}

const anyStep: fc.Arbitrary<Step> = fc.record(
	{
		does: fc.constantFrom(
			'writes',
			'writes',
			'writes',
			'isSeen',
			'isRecorded',
			'isRecorded',
			'isSentTo',
			'isRefused',
			'isRefused',
			'changesNumber',
			'changesUserId',
			'givesNumberAway',
		),
		who: fc.nat(20),
		names: fc.constantFrom('both', 'both', 'phone', 'userId'),
		says: fc.constantFrom<Array<Says | undefined>>(undefined, 'opted_in', 'opted_out'),
		why: fc.constantFrom<Why[]>('windowClosed', 'marketingLimited', 'optedOut'),
		recycled: fc.boolean(),
		again: fc.boolean(),
	},
	{ noNullPrototype: true },
);

/** What is told of a few people who change and inherit numbers, in the order in which it happened. */
export const anyStory: fc.Arbitrary<Told[]> = fc
	.array(anyStep, { minLength: 2, maxLength: 14 })
	.map(storyOf);

/** A second between one thing and the next, from this time on. */
export const STORY_BEGINS = 1_795_000_000;

function storyOf(steps: Step[]): Told[] {
	let made = 0;
	const newUserId = () => `US.${(++made).toString()}`;
	const newPhone = () => `49151${10_000_000 + ++made}`;
	const humans: Human[] = [{ phone: newPhone(), userId: newUserId() }];
	const free: string[] = [];
	const ids = new Set<string>();
	const story: Told[] = [];
	const sends: Array<{ id: string; sentAt: number }> = [];

	steps.forEach(({ does, who, names, says, why, recycled, again }, index) => {
		const at = STORY_BEGINS + 2 * index;
		if (recycled && does === 'writes' && humans.length < 3) {
			humans.push({ phone: newPhone(), userId: newUserId() });
		}
		const human = humans[who % humans.length];
		const named = namesOf(human, names);
		switch (does) {
			case 'writes':
			case 'isSeen': {
				// Since user IDs come with every message, a number alone is from before that.
				const { phone, userId } =
					names === 'phone' && human.isKnown ? namesOf(human, 'both') : named;
				story.push({ kind: 'seen', at, phone, userId, writes: does === 'writes', says });
				if (phone && userId) human.isKnown = true;
				break;
			}
			case 'isRecorded': {
				const all = [...ids];
				const id = all[who % Math.max(1, all.length)] ?? human.userId;
				story.push({ kind: 'recorded', at, id, says: says ?? 'opted_in' });
				ids.add(id);
				break;
			}
			case 'isSentTo':
				sends.push({ id: named.phone ?? named.userId ?? human.userId, sentAt: at });
				break;
			case 'isRefused': {
				const [send] = sends.splice(who % Math.max(1, sends.length), 1);
				if (send) story.push({ kind: 'refused', at, ...send, why });
				break;
			}
			case 'changesNumber': {
				// A number alone, of which nobody knows that it was somebody else's, could name either.
				const { phone, userId } = human.isKnown ? named : namesOf(human, 'both');
				const from = [phone, userId].filter((id) => id !== undefined);
				if (human.phone) free.push(human.phone);
				const inherited = recycled ? free.shift() : undefined;
				human.phone = inherited === from[0] || !inherited ? newPhone() : inherited;
				human.userId = newUserId();
				human.isKnown = true;
				const to = [human.phone, human.userId];
				story.push({ kind: 'changed', at, from, to });
				if (again) story.push({ kind: 'changed', at: at + 1, from, to });
				break;
			}
			case 'changesUserId': {
				const from = [human.userId];
				human.userId = newUserId();
				human.isKnown = human.phone !== undefined;
				const to = [human.phone, human.userId].filter((id) => id !== undefined);
				story.push({ kind: 'changed', at, from, to });
				break;
			}
			case 'givesNumberAway': {
				if (!human.phone) break;
				humans.push({ phone: human.phone, userId: newUserId() });
				human.phone = undefined;
			}
		}
		for (const id of idsIn(story[story.length - 1])) ids.add(id);
	});
	return story;
}

function namesOf(
	{ phone, userId }: Human,
	names: Step['names'],
): { phone?: string; userId?: string } {
	if (phone === undefined || names === 'userId') return { userId };
	return names === 'phone' ? { phone } : { phone, userId };
}

/** Every identifier that something tells of. */
export function idsIn(told: Told | undefined): string[] {
	switch (told?.kind) {
		case 'seen':
			return [told.userId, told.phone].filter((id) => id !== undefined);
		case 'recorded':
		case 'refused':
			return [told.id];
		case 'changed':
			return [...told.from, ...told.to];
		case undefined:
			return [];
	}
}
