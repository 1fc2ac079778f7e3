import type { Tally } from './judge';

const CATEGORIES = ['marketing', 'utility', 'authentication'];

/** The same of each category of templates. */
function each(what: string): string[] {
	return CATEGORIES.map((category) => `${category} ${what}`);
}

/** What must not happen, whatever the month brings, by the name of its figure. */
export const NEVER = {
	/** Messages that we took to somebody whom the business neither meant nor addressed. */
	wrong_person_sent: ['sent to a wrong person'],
	/** Messages that we took to another name than the business gave, which nobody has. */
	astray_sent: ['sent to another name, which was given up'],
	/** Items of our trigger that name somebody else than who wrote. */
	wrong_person_items: ['item of a wrong person'],
	/** Free-form messages that we let through although the window was closed, or another's. */
	sent_outside: ['sent outside'],
	/** Free-form messages after Meta's refusal of an earlier one had been delivered. */
	sent_against_refusal: ['sent against a refusal'],
	/** Windows that were open, were known to be, and were taken for closed or unknown. */
	refused_unexplained: ['held back inside: unexplained'],
	/** The same, in a process that could have read what is on record, and did not. */
	refused_unread: ['held back inside: unread'],
	/** Said that nobody had written, after a loss of memory. */
	sure_after_loss: ['sure after a loss'],
	/** Templates against a no of that very person. */
	marketing_to_opted_out: ['marketing against consent'],
	utility_to_opted_out: ['utility against consent', 'authentication against consent'],
	/** The same, as the first thing that n8n does after a start. */
	stop_after_restart_sent: each('against consent after a start'),
	marketing_without_opt_in: ['marketing without an opt-in'],
	/** Marketing because somebody else, who had the number before or has it now, opted in. */
	marketing_by_anothers_opt_in: ["marketing by another's opt-in"],
	templates_refused_unexplained: each('held back, unexplained'),
	templates_refused_after_restart: each('held back after a start'),
	/** Automatic messages into a conversation that a person of the business has. */
	sent_over_person: ['sent over a person'],
	/** The same, into that of another responder of the number. */
	sent_over_other: ['sent over another responder'],
	sent_though_held: ['sent although it was held'],
	/** Held back for somebody who does not have it. */
	held_unexplained: ['held for a person, unexplained', 'held for another responder, unexplained'],
	started_twice: ['started twice'],
	messages_lost: ['messages lost'],
} as const;

/**
 * What we could not do better, and why: what the business was not told, what went with a process
 * before n8n could write it, and what our caution costs. All of it is counted.
 */
export const EXCUSED = {
	/** Nothing told that the number is another's by now. */
	wrong_person_untold: ['sent to a wrong person, untold'],
	sent_outside_untold: ['sent outside, mixed up before it was told'],
	consent_untold: [
		"marketing by another's opt-in, untold",
		...each('against consent, mixed up before it was told'),
	],
	templates_refused_untold: each('held back, mixed up before it was told'),
	refused_untold: ['held back inside: mixed up'],
	/** The business itself wrote to a number that is another's by now, or nobody's. */
	addressed_another: ['sent to whom the shop addressed, and did not mean'],
	addressed_nobody: ['sent to a name that was given up'],
	refused_given_up: ['held back from a name that was given up'],
	/** The process ended before n8n could write what was told. */
	consent_lost_with_process: each('against a no that was lost'),
	templates_refused_after_loss: each('held back after a loss'),
	/** The rows could not be read, which the item says. */
	uncertain_sent: each('sent, said to be uncertain'),
	uncertain_refused: each('held back, said to be uncertain'),
	/** A no of whoever had the number before goes on. */
	refused_by_earlier_no: each('held back by the no of an earlier holder'),
	/** The rows could not be read, or it was not told whose a name is. */
	sent_over_excused: [
		'sent over a person, not woken',
		'sent over another responder, not woken',
		'sent over a person, names',
		'sent over another responder, names',
	],
	held_by_names: ['held for a person, names', 'held for another responder, names'],
	/** Meta had not told of the stop. */
	before_stop_told: ['marketing before the stop was told'],
	/** Codes to a user ID of which no number is known. */
	codes_without_number: ['codes without a number'],
	/** Meta refused a reply within seconds of the message it answered, by a clock that goes slow. */
	sent_against_refusal_clocks_apart: ['sent against a refusal, clocks apart'],
} as const;

/** Why windows that were open may be taken for closed or unknown. */
const CAUSES = ['margin', 'late', 'loss', 'not woken', 'mixed up'] as const;

/** What is as it should be. */
const FINE = [
	'free-form decisions',
	'sent inside',
	'sent because the user wished so',
	'held back outside',
	'held back after a refusal',
	...CAUSES.map((cause) => `held back inside: ${cause}`),
	...each('decisions'),
	...each('sent'),
	...each('held back'),
	'repetitions dropped',
	'held for a person',
	'held for another responder',
];

/** What was seen that stands under no name: nothing may be. */
export function unnamed({ counts }: Tally): string[] {
	const named = [...Object.values(NEVER), ...Object.values(EXCUSED), FINE].flat();
	return Object.keys(counts).filter((what) => !named.includes(what));
}

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
	const all = [...CAUSES, 'unread', 'unexplained']
		.map(heldBack)
		.reduce((sum, count) => sum + count);
	const total = all + tally.of('sent inside');
	return [
		['refused_inside_share', all / total],
		...CAUSES.map((cause): [string, number] => [
			`refused_${cause.replace(' ', '_')}_share`,
			heldBack(cause) / total,
		]),
	];
}
