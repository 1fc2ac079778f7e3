import { isNobodys, NO_OWNER, type HandOver, type OwnerFacts } from '../../conversation/owner';

/*
 * The saved form of who has a conversation: `+` between its parts, each a letter and times in base 36
 * with `!` between them.
 *
 *     h: handed over for hours · u: until a time · a: a person wrote from the app · s: wrote through the node (each at!until)
 *     r: resumed · o: another responder · p: passed to us · i: sign of the contact that tells no owner
 */

const WAYS = { h: 'handedOver', u: 'handedOverUntil', a: 'app', s: 'sent' } as const;
const LETTERS = Object.fromEntries(Object.entries(WAYS).map(([letter, way]) => [way, letter]));
const TIMES = { r: 'resumedAt', o: 'otherAt', p: 'passedAt', i: 'apartAt' } as const;

/** Packs facts into a text without the characters `,`, `;` and `~`; '' when they tell nothing. */
export function ownerText(owner: OwnerFacts): string {
	if (owner === NO_OWNER) return '';
	return [
		...owner.handOvers.map(
			({ at, until, way }) => `${LETTERS[way]}${at.toString(36)}!${until.toString(36)}`,
		),
		...Object.entries(TIMES).flatMap(([letter, name]) =>
			owner[name] > 0 ? [letter + owner[name].toString(36)] : [],
		),
	].join('+');
}

/** The facts of a text; what cannot be read is left out. */
export function readOwnerText(text = ''): OwnerFacts {
	if (text === '') return NO_OWNER;
	const owner = { ...NO_OWNER, handOvers: [] as HandOver[] };
	for (const part of text.split('+')) {
		const [, letter, first, second] = /^([a-z])([0-9a-z]+)(?:!([0-9a-z]+))?$/.exec(part) ?? [];
		if (isOf(WAYS, letter) && second) {
			const [at, until] = [first, second].map((time) => parseInt(time, 36));
			owner.handOvers.push({ at, until, way: WAYS[letter] });
		} else if (isOf(TIMES, letter)) {
			owner[TIMES[letter]] = parseInt(first, 36);
		}
	}
	return isNobodys(owner) ? NO_OWNER : owner;
}

function isOf<T extends object>(table: T, letter: string | undefined): letter is keyof T & string {
	return letter !== undefined && Object.hasOwn(table, letter);
}
