import type { Tally } from './judge';

/** What must not happen, whatever the month brings, by the name of its figure. */
export const NEVER = {
	/** Free-form messages that we let through although the window was closed. */
	sent_outside: ['sent outside'],
	/** Free-form messages after Meta's refusal of an earlier one had been delivered. */
	sent_against_refusal: ['sent against a refusal'],
	/** Windows that were open, were known to be, and were taken for closed or unknown. */
	refused_unexplained: ['held back inside: unexplained'],
	/** Said that nobody had written, after a loss of memory. */
	sure_after_loss: ['sure after a loss'],
	marketing_to_opted_out: ['marketing against consent'],
	utility_to_opted_out: ['utility against consent'],
	templates_refused_unexplained: [
		'marketing held back, unexplained',
		'utility held back, unexplained',
	],
	started_twice: ['started twice'],
	messages_lost: ['messages lost'],
} as const;

/** What comes of a contact's two names having been seen together in a status or reaction alone. */
export const UNLINKED = {
	refused_unlinked: ['held back inside: unlinked'],
	marketing_to_opted_out_unlinked: ['marketing against consent, unlinked'],
	utility_to_opted_out_unlinked: ['utility against consent, unlinked'],
} as const;

/** Why windows that were open may be taken for closed or unknown. */
const CAUSES = ['margin', 'late', 'loss'] as const;

/** How often each thing was seen. */
export function countsOf(
	tally: Tally,
	what: { [figure: string]: readonly string[] },
): Array<[figure: string, count: number]> {
	return Object.entries(what).map(([figure, names]) => [
		figure,
		names.reduce((sum, name) => sum + tally.of(name), 0),
	]);
}

/**
 * Of the free-form messages whose window was open by the books, the share that we held back: all
 * of them, and by cause. Without those that were sent because the user wished so.
 */
export function heldBackShares(tally: Tally): Array<[figure: string, share: number]> {
	const heldBack = (cause: string) => tally.of(`held back inside: ${cause}`);
	const all = [...CAUSES, 'unlinked', 'unexplained'].reduce((sum, one) => sum + heldBack(one), 0);
	const total = all + tally.of('sent inside');
	return [
		['refused_inside_share', all / total],
		...CAUSES.map((cause): [string, number] => [`refused_${cause}_share`, heldBack(cause) / total]),
	];
}
