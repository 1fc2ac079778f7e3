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
	/** As above, where the contact's two names were seen together in a status or a reaction alone. */
	refused_unlinked: ['held back inside: unlinked'],
	marketing_to_opted_out_unlinked: ['marketing against consent, unlinked'],
	utility_to_opted_out_unlinked: ['utility against consent, unlinked'],
	templates_refused_unlinked: ['marketing held back, unlinked', 'utility held back, unlinked'],
	/** They were seen together, and then nothing was heard of the contact for a week. */
	refused_forgotten: ['held back inside: forgotten'],
	marketing_to_opted_out_forgotten: ['marketing against consent, forgotten'],
	utility_to_opted_out_forgotten: ['utility against consent, forgotten'],
	templates_refused_forgotten: ['marketing held back, forgotten', 'utility held back, forgotten'],
	/** Meta refused a reply within seconds of the message it answered, by a clock that goes slow. */
	sent_against_refusal_clocks_apart: ['sent against a refusal, clocks apart'],
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
	const all = [...CAUSES, 'unlinked', 'forgotten', 'unexplained']
		.map(heldBack)
		.reduce((sum, count) => sum + count);
	const total = all + tally.of('sent inside');
	return [
		['refused_inside_share', all / total],
		...CAUSES.map((cause): [string, number] => [`refused_${cause}_share`, heldBack(cause) / total]),
	];
}
