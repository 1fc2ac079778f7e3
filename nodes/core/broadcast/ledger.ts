import { canonicalPhone } from '../conversation/contact';

/**
 * What a line says about one contact.
 *
 * - `claimed`: from here on the request may leave
 * - `accepted`: WhatsApp took it, which does not mean delivered
 * - `refused`: WhatsApp did not take it
 * - `released`: the claim was given up before anything left
 * - `skipped`: nothing was tried
 * - `failed`: a later status said that it was not delivered
 * - `seen`: another status came of it, so WhatsApp had taken it
 */
export type ContactEvent =
	| 'claimed'
	| 'accepted'
	| 'refused'
	| 'released'
	| 'skipped'
	| 'failed'
	| 'seen';

/** What a line says about the whole broadcast. */
export type BroadcastEvent = 'began' | 'ended' | 'paused' | 'resumed' | 'stopped';

/** One line of the ledger. Lines are only added; one that comes twice changes nothing. */
export interface Line {
	event: ContactEvent | BroadcastEvent;
	/** Epoch seconds. */
	at: number;
	/** Which run wrote it, and which of its attempts it is about: `run.number`. */
	attempt: string;
	/** What to write into 'To'; '' for what concerns the whole broadcast. */
	contact: string;
	/** Every identifier of the contact that was known. */
	names: readonly string[];
	messageId: string;
	/** Why, in a word; '' where there is nothing to say. */
	reason: string;
	/** Why, in a sentence, or how many items a run began with. */
	details: string;
	/** The place in the table; undefined while it is on its way there. */
	rowId?: number;
}

/**
 * How it stands with a contact. `uncertain`: a request may have left, and what became of it was not
 * written down. `open`: nothing was tried, or it was given up before anything left.
 */
export type Standing = 'accepted' | 'failed' | 'uncertain' | 'refused' | 'skipped' | 'open';

/** A contact of the broadcast, with all that was written of it. */
export interface Entry {
	contact: string;
	lines: Line[];
}

/** Events that say what became of an attempt. */
const OUTCOMES: ReadonlyArray<Line['event']> = ['accepted', 'refused', 'released'];

const ACCEPTED: ReadonlyArray<Line['event']> = ['accepted', 'seen', 'failed'];

/** The run that an attempt belongs to. */
export function runOf(attempt: string): string {
	return attempt.split('.')[0];
}

/** The claims of which it is not known what became of them. */
export function openClaims({ lines }: Entry): Line[] {
	const over = new Set(
		lines.filter(({ event }) => OUTCOMES.includes(event)).map(({ attempt }) => attempt),
	);
	return lines.filter(({ event, attempt }) => event === 'claimed' && !over.has(attempt));
}

/** The line that tells how it stands with a contact, whatever the order in which lines came. */
export function standingOf(entry: Entry): { standing: Standing; line?: Line } {
	const last = (...events: Array<Line['event']>) =>
		entry.lines
			.filter(({ event }) => events.includes(event))
			.reduce<Line | undefined>((a, b) => (a && isLater(a, b) ? a : b), undefined);
	const failed = last('failed');
	if (failed) return { standing: 'failed', line: failed };
	const accepted = last('accepted', 'seen');
	if (accepted) return { standing: 'accepted', line: accepted };
	const [claim] = openClaims(entry);
	if (claim) return { standing: 'uncertain', line: claim };
	const line = last('refused', 'skipped');
	if (!line) return { standing: 'open' };
	return { standing: line.event === 'refused' ? 'refused' : 'skipped', line };
}

function isLater(a: Line, b: Line): boolean {
	return a.at === b.at ? keyOf(a) > keyOf(b) : a.at > b.at;
}

function keyOf({ event, at, attempt, messageId, reason }: Line): string {
	return [event, at, attempt, messageId, reason].join(' ');
}

/** Whether WhatsApp has taken the message for a contact. */
export function wasAccepted({ lines }: Entry): boolean {
	return lines.some(({ event }) => ACCEPTED.includes(event));
}

/**
 * What is known of a broadcast: lines in the order in which they were written, joined by contact. Who
 * is known by several identifiers is one contact from the line on that names them together.
 */
export class Ledger {
	/** The last one that paused, resumed or stopped the broadcast. */
	control?: Line;

	/** The last run that began. */
	lastRun?: Line;

	private readonly byName = new Map<string, Entry>();

	private readonly endedRuns = new Set<string>();

	add(line: Line): void {
		switch (line.event) {
			case 'began':
				if ((line.rowId ?? 0) >= (this.lastRun?.rowId ?? 0)) this.lastRun = line;
				break;
			case 'ended':
				this.endedRuns.add(line.attempt);
				break;
			case 'paused':
			case 'resumed':
			case 'stopped':
				if ((line.rowId ?? 0) >= (this.control?.rowId ?? 0)) this.control = line;
				break;
			default:
				this.join(line);
		}
	}

	/** Whether the last run has come to its end. */
	get isOver(): boolean {
		return this.lastRun !== undefined && this.endedRuns.has(this.lastRun.attempt);
	}

	/** Whether nothing is known of a broadcast of this name. */
	get isEmpty(): boolean {
		return !this.lastRun && !this.control && this.byName.size === 0;
	}

	/** What is known of whoever has one of some identifiers. */
	entryOf(names: readonly string[]): Entry | undefined {
		const entries = this.entriesOf(names);
		if (entries.length < 2) return entries[0];
		return { contact: entries[0].contact, lines: entries.flatMap(({ lines }) => lines) };
	}

	/** Every contact of the broadcast, each once. */
	entries(): Entry[] {
		return [...new Set(this.byName.values())];
	}

	private join(line: Line): void {
		const [entry = { contact: line.contact, lines: [] }, ...others] = this.entriesOf(line.names);
		for (const { lines } of others) for (const one of lines) addOnce(entry.lines, one);
		addOnce(entry.lines, line);
		const names = others.length > 0 ? entry.lines.flatMap((one) => one.names) : line.names;
		for (const name of names) this.byName.set(canonicalPhone(name), entry);
	}

	private entriesOf(names: readonly string[]): Entry[] {
		return [...new Set(names.flatMap((name) => this.byName.get(canonicalPhone(name)) ?? []))];
	}
}

function addOnce(lines: Line[], line: Line): void {
	const at = lines.findIndex((one) => keyOf(one) === keyOf(line));
	if (at < 0) lines.push(line);
	else if (line.rowId !== undefined) lines[at] = line;
}
