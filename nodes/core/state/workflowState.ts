import type { Registration } from '../callback/registration';

import { SeenMessages } from './deliveries/seenMessages';
import { Starts } from './deliveries/starts';
import type { Listeners } from './listeners';
import type { Replica } from './memory/replica';
import type { SnapshotSource } from './row/liveSnapshot';
import { readRow, writeRow, type RowContent, type Snapshot } from './row/rowContent';
import { RowSaver, type RowSource, type Run } from './row/rowSaver';

/** `urgent`: must never be lost, so it counts as saved only when a loaded row proves it. */
export type Urgency = 'usual' | 'urgent';

/** What a workflow's state needs of the process's. */
export interface ProcessMemory {
	/** Tells this process's snapshots from those of others. */
	readonly writer: string;
	/** What the clock shows, epoch seconds. */
	readonly clock: number;
	/** Milliseconds that the process has run. */
	readonly ranMs: number;
	/** By what time things may be forgotten for good, epoch seconds; undefined: not known yet. */
	readonly settledAt: number | undefined;
	/** Whether deliveries or saved state ever reached this process. */
	readonly isReached: boolean;
	readonly listeners: Listeners;
	/** Deliveries or saved state reach this process. */
	reached(): void;
	replica(businessNumberId: string): Replica;
	/** Joins a text of `encode()`. */
	join(businessNumberId: string, text: string): void;
	/** A text of `encode()`. */
	textOf(businessNumberId: string): string;
	/** What is known of a business number now must never be lost. */
	markUrgent(businessNumberId: string): void;
	/** From which revision on a copy of the business number holds all that must never be lost. */
	urgentRevision(businessNumberId: string): number | undefined;
	/** Drops what will not be asked for any more. */
	forgetIn(seen: SeenMessages): void;
}

/** One workflow's share of the process's state. */
export class WorkflowState implements SnapshotSource, RowSource {
	readonly seen = new SeenMessages();

	/** Deliveries on their way to a run, and those that a run has passed on. */
	readonly starts = new Starts(this.seen);

	/** How far the workflow's row is behind, and when it has to be saved. */
	readonly saver = new RowSaver(this);

	private readonly businessNumbers = new Set<string>();
	private readonly registrations = new Map<string, Registration>();

	constructor(private readonly memory: ProcessMemory) {}

	/**
	 * The state of a business number, of which this workflow's row holds a copy from now on. For
	 * core/state alone: others ask Conversations.
	 */
	replica(businessNumberId: string): Replica {
		this.hold(businessNumberId);
		return this.memory.replica(businessNumberId);
	}

	/** The business numbers of whose state this workflow's row holds a copy. */
	numbers(): Iterable<string> {
		return this.businessNumbers;
	}

	/** A delivery has reached a trigger of this workflow, for which n8n has loaded the row. */
	received(isManual: boolean): void {
		if (!isManual) this.saver.loaded({ by: 'unseen' }, this.memory.ranMs);
		this.memory.reached();
	}

	/** From now on this workflow's row holds a copy of a business number's state. */
	hold(businessNumberId: string): void {
		this.businessNumbers.add(businessNumberId);
	}

	/** A trigger receives a number's deliveries from a time on, epoch seconds; the first call counts. */
	watch(businessNumberId: string, watcher: string, at: number): void {
		this.replica(businessNumberId).watch(watcher, at);
	}

	/** A trigger of this workflow no longer receives deliveries. */
	unwatch(watcher: string): void {
		for (const id of this.businessNumbers) this.memory.replica(id).unwatch(watcher);
	}

	registration(nodeId: string): Registration | undefined {
		return this.registrations.get(nodeId);
	}

	register(nodeId: string, registration: Registration): void {
		this.registrations.set(nodeId, registration);
	}

	unregister(nodeId: string): void {
		this.registrations.delete(nodeId);
	}

	/** Joins a row's snapshot, however old it is. */
	join(snapshot: Snapshot): void {
		const { numbers, seen, registrations, listeners, questions, notes } = readRow(snapshot);
		for (const [businessNumberId, text] of numbers) {
			this.businessNumbers.add(businessNumberId);
			this.memory.join(businessNumberId, text);
		}
		for (const [id, record] of questions) this.replica(id).questions.join(record);
		for (const [id, text] of notes) this.replica(id).notes.joinText(text);
		this.memory.listeners.join(listeners);
		this.seen.join(seen);
		for (const [nodeId, registration] of registrations) {
			const known = this.registrations.get(nodeId);
			if (!known || known.at < registration.at) this.registrations.set(nodeId, registration);
		}
	}

	serialise(isForRow: boolean): Snapshot {
		this.memory.forgetIn(this.seen);
		const content = this.content();
		const { writer, clock } = this.memory;
		const snapshot = writeRow(content, { writer, revision: this.revision, madeAt: clock });
		if (!isForRow) return snapshot;
		this.saver.serialised(this.memory.ranMs);
		return { ...snapshot, isRow: true };
	}

	private content(): RowContent {
		return {
			seen: this.seen.encode(),
			numbers: new Map([...this.businessNumbers].map((id) => [id, this.memory.textOf(id)])),
			registrations: this.registrations,
			listeners: this.memory.listeners.record(),
			questions: this.byNumber(({ questions }, at) => questions.record(at)),
			notes: this.byNumber(({ notes }, at) => notes.textAt(at)),
		};
	}

	/** What the business numbers hold, without those that hold nothing. */
	private byNumber<T extends object | string>(
		of: (replica: Replica, settledAt: number) => T,
	): Map<string, T> {
		const { settledAt = 0 } = this.memory;
		const held = [...this.businessNumbers].map(
			(id) => [id, of(this.memory.replica(id), settledAt)] as const,
		);
		return new Map(held.filter(([, one]) => (typeof one === 'string' ? one : hasKeys(one))));
	}

	/** Grows with every change of what the row is to hold. */
	get revision(): number {
		let sum = this.seen.revision + this.memory.listeners.revision;
		for (const id of this.businessNumbers) {
			const { revision, questions, notes } = this.memory.replica(id);
			sum += revision + questions.revision + notes.revision;
		}
		return sum;
	}

	/**
	 * A run has changed something that the row is to hold.
	 *
	 * @returns whether n8n has to be told now to save
	 */
	changed(run: Run, urgency: Urgency): boolean {
		const isUrgent = urgency === 'urgent';
		if (isUrgent) this.changedUrgently();
		// A worker knows a fraction, which must not overwrite what others have saved.
		if (!this.memory.isReached && !isUrgent) return false;
		return this.saver.changed(run, this.memory.ranMs);
	}

	/** What changed just now must never be lost, whatever becomes of the saves that it causes. */
	changedUrgently(): void {
		for (const id of this.businessNumbers) this.memory.markUrgent(id);
		this.saver.changedUrgently();
	}

	*urgentNews(): Generator<[businessNumberId: string, revision: number]> {
		for (const id of this.businessNumbers) {
			const revision = this.memory.urgentRevision(id);
			if (revision !== undefined) yield [id, revision];
		}
	}
}

function hasKeys(record: object): boolean {
	return Object.keys(record).length > 0;
}
