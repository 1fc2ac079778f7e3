import { randomBytes } from 'crypto';

import { sleep } from 'n8n-workflow';

import type { BroadcastBook } from '../../core/broadcast/book';
import {
	openClaims,
	runOf,
	standingOf,
	wasAccepted,
	type Entry,
	type Line,
} from '../../core/broadcast/ledger';
import type { Session } from '../run/session';

/** How often a run that waits looks whether the broadcast goes on, milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** What comes once in a run for each contact. */
const DEALT_WITH: ReadonlyArray<Line['event']> = ['accepted', 'refused', 'skipped'];

/** Who a line is about. */
export interface Addressee {
	contact: string;
	/** Every identifier that is known. */
	names: readonly string[];
}

/** What a line says, beside who and when. */
export type Said = Pick<Line, 'event'> & Partial<Pick<Line, 'messageId' | 'reason' | 'details'>>;

/** What an execution of the node does with a broadcast. */
export class BroadcastRun {
	/** Why no further contact is tried in this run, once something would meet all of them. */
	endedBy?: string;

	private readonly id = randomBytes(6).toString('base64url').replace(/\./g, '-');

	private attempts = 0;

	/** Lines that nobody waits for. */
	private readonly unwritten = new Set<Promise<void>>();

	private failure?: Error;

	/** By which this run has stopped the broadcast, from the moment on in which it knew. */
	private stopLine?: Line;

	/** Whether items were left for another run. */
	private hasLeft = false;

	constructor(
		private readonly book: BroadcastBook,
		private readonly session: Pick<Session, 'now' | 'isCancelled' | 'itemCount'>,
	) {}

	get name(): string {
		return this.book.name;
	}

	/** Takes part from now on. @throws StateUnavailable */
	async begin(): Promise<void> {
		await this.book.write(this.ofAll('began', '', String(this.session.itemCount)));
	}

	/** What stops or pauses the broadcast now. */
	get held(): Line | undefined {
		const { control } = this.book.ledger;
		return this.stopLine ?? (control?.event === 'resumed' ? undefined : control);
	}

	/**
	 * Waits while the broadcast is paused.
	 *
	 * @returns what holds it back all the same: it was stopped, or the execution was
	 */
	async whenGoing(): Promise<Line | undefined> {
		while (this.held?.event === 'paused' && !this.session.isCancelled()) {
			await sleep(LOOK_EVERY_MS);
			await this.book.refresh();
		}
		return this.held;
	}

	/**
	 * Why a contact is not to be sent to, in a word, and the line that tells; undefined when nothing of
	 * this broadcast speaks against it.
	 */
	obstacle(
		names: readonly string[],
		repeatUncertain: boolean,
	): { reason: string; line: Line } | undefined {
		const entry = this.book.ledger.entryOf(names);
		if (!entry) return undefined;
		const { standing, line } = standingOf(entry);
		if (!line) return undefined;
		if (this.isOwn(entry)) return { reason: 'duplicate', line };
		if (wasAccepted(entry)) return { reason: 'alreadyAccepted', line };
		if (standing === 'uncertain' && !repeatUncertain) return { reason: 'uncertain', line };
		return line.reason === 'unreachable' ? { reason: 'unreachable', line } : undefined;
	}

	/** Whether this run has had to do with the contact before, for another item. */
	private isOwn(entry: Entry): boolean {
		const dealtWith = entry.lines.filter(({ event }) => DEALT_WITH.includes(event));
		return [...openClaims(entry), ...dealtWith].some(({ attempt }) => runOf(attempt) === this.id);
	}

	/**
	 * Claims a contact, so that from then on the request may leave.
	 *
	 * @returns the attempt; undefined when another run has claimed the contact at the same time
	 * @throws StateUnavailable
	 */
	async claim(who: Addressee): Promise<string | undefined> {
		const attempt = `${this.id}.${++this.attempts}`;
		const giveUp = () => this.settle(who, attempt, { event: 'released' });
		const claim = this.book.claim(this.line(who, attempt, { event: 'claimed' }));
		const isOurs = await claim.catch((error: unknown) => {
			giveUp();
			throw error;
		});
		if (isOurs) return attempt;
		giveUp();
		return undefined;
	}

	/** Writes what became of a claim; nobody needs to wait for that. */
	settle(who: Addressee, attempt: string, said: Said): void {
		const written = this.book.write(this.line(who, attempt, said)).catch((error: Error) => {
			this.failure ??= error;
		});
		this.unwritten.add(written);
		void written.finally(() => this.unwritten.delete(written));
	}

	/** Writes why nothing was tried, unless that is known. */
	async skip(who: Addressee, reason: string, details: string): Promise<void> {
		const entry = this.book.ledger.entryOf(who.names);
		const { standing = 'open', line } = entry ? standingOf(entry) : {};
		const isKnown = standing === 'skipped' && line?.reason === reason;
		if (isKnown || (entry && wasAccepted(entry))) return;
		const attempt = `${this.id}.${++this.attempts}`;
		await this.book.write(this.line(who, attempt, { event: 'skipped', reason, details }));
	}

	/** Stops the broadcast until somebody resumes it. */
	async stop(reason: string, details: string): Promise<void> {
		if (this.held?.event === 'stopped') return;
		this.stopLine = this.ofAll('stopped', reason, details);
		await this.book.write(this.stopLine);
	}

	/** Notes that an item is left for another run. */
	leave(): void {
		this.hasLeft = true;
	}

	/**
	 * Waits until all is written.
	 *
	 * @returns why something could not be
	 */
	async end(): Promise<Error | undefined> {
		await Promise.all(this.unwritten);
		if (!this.hasLeft && this.endedBy === undefined && !this.session.isCancelled()) {
			await this.book.write(this.ofAll('ended')).catch((error: Error) => {
				this.failure ??= error;
			});
		}
		return this.failure;
	}

	private line({ contact, names }: Addressee, attempt: string, said: Said): Line {
		const at = this.session.now();
		return { messageId: '', reason: '', details: '', ...said, at, attempt, contact, names };
	}

	private ofAll(event: Line['event'], reason = '', details = ''): Line {
		return this.line({ contact: '', names: [] }, this.id, { event, reason, details });
	}
}
