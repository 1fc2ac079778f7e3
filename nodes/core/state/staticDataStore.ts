import type { IDataObject } from 'n8n-workflow';

import { decodeInto, encode, readStamp } from './codec';
import { FirstReceipts } from './firstReceipts';
import { Listeners, type ListenersRecord } from './listeners';
import { isAlive, LiveSnapshots, type SnapshotSource } from './liveSnapshot';
import { Replica } from './replica';
import { RowSaver, type OwnRow, type RowContent } from './rowSaver';
import { RunPace } from './runPace';
import { SeenMessages } from './seenMessages';
import { SettledTime } from './settledTime';
import { Starts } from './starts';
import { fromParts, toParts } from './textParts';

/** Our place in a workflow's global static data. The node scope would be lost when a node is renamed. */
const KEY = 'whatsAppConversations';

/** What a workflow's row holds under {@link KEY}. */
interface Snapshot {
	/** The process that wrote it, and how far its state went. */
	writer?: string;
	revision?: number;
	/**
	 * Only in what n8n wrote into the row. Copies that it makes for others may come back without
	 * having been in any row.
	 */
	isRow?: true;
	/** When it was made, by the clock of that process; epoch seconds. */
	madeAt?: number;
	/** Packed contacts by business number, in parts. */
	numbers?: Record<string, string[]>;
	/** Deliveries of this workflow's triggers that were handled, in parts. */
	seen?: string[];
	/** What the triggers' activation changed at Meta, by node ID. */
	registrations?: Record<string, Registration>;
	/** Where all triggers listen that the process knew of. */
	listeners?: ListenersRecord;
	/** Questions that wait for an answer without a tap, by business number. */
	questions?: Record<string, Record<string, string>>;
}

/** What a trigger's activation changed at Meta, in order to undo exactly that. */
export interface Registration {
	/** Epoch seconds; the latest counts. */
	at: number;
	businessNumberId: string;
	/** Of the credential; activations of older versions lack both. */
	appId?: string;
	businessAccountId?: string;
	/** For what the callback was set; without it for the number. */
	level?: 'phoneNumber' | 'businessAccount' | 'app';
	callbackUrl: string;
	/** What the callback took the place of, and gives it back to. */
	replacedUrl?: string;
	/** What a provider sent along to that one. */
	replacedHeaders?: Record<string, string>;
	/** What the app subscribed to with that one, where it was the app's. */
	replacedFields?: string[];
	/** Whether the app was subscribed to the business account by this activation, or a neighbour's. */
	subscribedApp: boolean;
	/** Whether the app had no callback, and got its first one by this activation, or a neighbour's. */
	gaveAppCallback?: boolean;
}

/** One workflow's share of the process's state. */
export class WorkflowState implements SnapshotSource, RowContent {
	readonly seen = new SeenMessages();

	/** How quick the executions of deliveries are. */
	readonly pace = new RunPace();

	/** Deliveries on their way to a run, and those that a run has passed on. */
	readonly starts = new Starts(this.seen);

	/** How far the workflow's row is behind, and when it has to be saved. */
	readonly saver = new RowSaver(this, this.pace);

	private readonly businessNumbers = new Set<string>();
	private readonly registrations = new Map<string, Registration>();

	constructor(private readonly store: StaticDataStore) {}

	/** The state of a business number; from now on this workflow's row holds a copy of it. */
	replica(businessNumberId: string): Replica {
		this.businessNumbers.add(businessNumberId);
		return this.store.replica(businessNumberId);
	}

	/** The business numbers of whose state this workflow's row holds a copy. */
	numbers(): Iterable<string> {
		return this.businessNumbers;
	}

	/** A trigger of this workflow no longer receives deliveries. */
	unwatch(watcher: string): void {
		for (const id of this.businessNumbers) this.store.replica(id).unwatch(watcher);
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
		for (const [businessNumberId, parts] of Object.entries(snapshot.numbers ?? {})) {
			const text = fromParts(parts);
			if (text === undefined) continue;
			this.businessNumbers.add(businessNumberId);
			this.store.join(businessNumberId, text);
		}
		this.store.listeners.join(snapshot.listeners);
		for (const [businessNumberId, record] of Object.entries(snapshot.questions ?? {})) {
			this.replica(businessNumberId).questions.join(record);
		}
		this.seen.join(fromParts(snapshot.seen) ?? '');
		for (const [nodeId, registration] of Object.entries(snapshot.registrations ?? {})) {
			if (typeof registration?.callbackUrl !== 'string') continue;
			const known = this.registrations.get(nodeId);
			if (!known || known.at < registration.at) {
				this.registrations.set(nodeId, plainCopy(registration));
			}
		}
	}

	serialise(isForRow: boolean): Snapshot {
		this.store.forgetIn(this.seen);
		const snapshot = this.snapshot();
		if (!isForRow) return snapshot;
		this.saver.serialised(this.store.ranMs);
		return { ...snapshot, isRow: true };
	}

	/** What the row is to hold. */
	private snapshot(): Snapshot {
		const seen = toParts(this.seen.encode());
		const numbers = Object.fromEntries(
			[...this.businessNumbers].map((id) => [id, toParts(this.store.textOf(id))]),
		);
		const listeners = this.store.listeners.record();
		return {
			writer: this.store.writer,
			revision: this.revision,
			madeAt: this.store.clock,
			numbers,
			...(seen.length > 0 ? { seen } : {}),
			...(this.registrations.size > 0
				? { registrations: plainCopy(Object.fromEntries(this.registrations)) }
				: {}),
			...(Object.keys(listeners).length > 0 ? { listeners } : {}),
			...this.questionsPart(),
		};
	}

	private questionsPart(): Pick<Snapshot, 'questions'> {
		const all = [...this.businessNumbers].map(
			(id) => [id, this.store.replica(id).questions.record(this.store.settledAt ?? 0)] as const,
		);
		const open = all.filter(([, record]) => Object.keys(record).length > 0);
		return open.length > 0 ? { questions: Object.fromEntries(open) } : {};
	}

	/** Grows with every change of what the row is to hold. */
	get revision(): number {
		let sum = this.seen.revision + this.store.listeners.revision;
		for (const id of this.businessNumbers) {
			const { revision, questions } = this.store.replica(id);
			sum += revision + questions.revision;
		}
		return sum;
	}

	/** What was told just now must never be lost, whatever becomes of the saves that it causes. */
	markUrgent(): void {
		for (const id of this.businessNumbers) this.store.markUrgent(id);
		this.saver.toldUrgent();
	}

	*urgentNews(): Generator<[businessNumberId: string, revision: number]> {
		for (const id of this.businessNumbers) {
			const revision = this.store.urgentRevision(id);
			if (revision !== undefined) yield [id, revision];
		}
	}
}

/**
 * Conversation state in memory, kept in workflow static data: a process-wide replica per business
 * number, of which every workflow that uses the number saves a copy.
 */
export class StaticDataStore {
	/** What the clock showed when it was last looked at, epoch seconds: it may be wrong. */
	clock = 0;

	/** How long the process had run then, in milliseconds. */
	ranMs = 0;

	/**
	 * Whether deliveries or saved state ever reached this process. Neither reaches a worker of n8n's
	 * queue mode: what it knows is a fraction, and must not overwrite what others have saved.
	 */
	isFed = false;

	/** Where this n8n's triggers listen. */
	readonly listeners = new Listeners();
	readonly firstReceipts = new FirstReceipts();

	private readonly replicas = new Map<string, Replica>();
	private readonly workflows = new Map<string, WorkflowState>();
	private readonly texts = new Map<string, { revision: number; text: string }>();
	private readonly joinedStamps = new Map<string, number>();
	private readonly settled = new SettledTime();
	/** Per business number by which settled time it was pruned. */
	private readonly prunedBy = new Map<string, number>();
	/** Per business number its revision when something was told that must never be lost. */
	private readonly urgent = new Map<string, number>();
	private readonly live = new LiveSnapshots();

	/** @param writer tells this process's snapshots from those of others; letters and digits */
	constructor(readonly writer: string) {}

	/**
	 * The state of a workflow, together with what its loaded static data holds. Puts the live
	 * snapshot in its place, without marking the static data as changed.
	 *
	 * @param staticData the workflow's global static data, as n8n gives it
	 * @param now epoch seconds, by a clock that may jump
	 * @param ranMs milliseconds that the process has run; left out, they follow the clock
	 */
	open(
		staticData: IDataObject,
		workflowId: string,
		now: number,
		ranMs = now * 1000,
	): WorkflowState {
		this.clock = now;
		this.ranMs = Math.max(this.ranMs, ranMs);
		this.settled.look(now, this.ranMs);
		let workflow = this.workflows.get(workflowId);
		if (!workflow) {
			workflow = new WorkflowState(this);
			this.workflows.set(workflowId, workflow);
		}

		const saved: unknown = staticData[KEY];
		if (this.live.isOf(saved, workflow)) return workflow;
		if (isSnapshot(saved)) this.load(saved, workflow);
		// A plain assignment would mark the static data as changed and cause a save.
		Object.defineProperty(staticData, KEY, {
			value: this.live.make(workflow),
			configurable: true,
			enumerable: true,
			writable: true,
		});
		return workflow;
	}

	private load(saved: Snapshot, workflow: WorkflowState): void {
		this.isFed = true;
		// What this process wrote holds nothing that it does not know.
		if (saved.writer === this.writer) {
			workflow.saver.loadedOwn(this.ownRow(saved), this.ranMs);
			return;
		}
		workflow.join(saved);
		workflow.saver.loadedOthers();
		this.settled.recall(Number(saved.madeAt));
	}

	private ownRow({ isRow, revision, numbers }: Snapshot): OwnRow {
		const held = new Map<string, number>();
		for (const [id, parts] of Object.entries(numbers ?? {})) {
			const stamp = readStamp(String(parts?.[0]));
			if (stamp?.writer === this.writer) held.set(id, stamp.revision);
		}
		return { isRow: isRow === true, revision: Number(revision), numbers: held };
	}

	/** Has n8n save the static data when the webhook ends. */
	save(staticData: IDataObject, workflow: WorkflowState): void {
		staticData[KEY] = this.live.make(workflow) as IDataObject;
		this.beforeSave(staticData, workflow);
	}

	/** To be called when n8n is about to save the static data. */
	beforeSave(staticData: IDataObject, workflow: WorkflowState): void {
		this.live.announce(staticData[KEY]);
		workflow.saver.announced(this.ranMs);
	}

	replica(businessNumberId: string): Replica {
		let replica = this.replicas.get(businessNumberId);
		if (!replica) {
			replica = new Replica();
			this.replicas.set(businessNumberId, replica);
		}
		replica.now = this.clock;
		return replica;
	}

	/** What is known of a business number now must never be lost. */
	markUrgent(businessNumberId: string): void {
		this.urgent.set(businessNumberId, this.replica(businessNumberId).revision);
	}

	/** From which revision on a copy of the business number holds all that must never be lost. */
	urgentRevision(businessNumberId: string): number | undefined {
		return this.urgent.get(businessNumberId);
	}

	/** By what time things may be forgotten for good, epoch seconds; undefined: not known yet. */
	get settledAt(): number | undefined {
		return this.settled.at;
	}

	/** Drops what nobody will ask for any more. */
	forgetIn(seen: SeenMessages): void {
		if (this.settled.at !== undefined) seen.prune(this.settled.at);
	}

	/** Joins a packed text, unless it is known to hold nothing new. */
	join(businessNumberId: string, text: string): void {
		const stamp = readStamp(text);
		if (!stamp) return;
		const key = `${businessNumberId} ${stamp.writer}`;
		if ((this.joinedStamps.get(key) ?? -1) >= stamp.revision) return;
		this.joinedStamps.set(key, stamp.revision);

		decodeInto(this.replica(businessNumberId), text);
	}

	/** The packed text of a business number; made anew only when its state has changed. */
	textOf(businessNumberId: string): string {
		const replica = this.replica(businessNumberId);
		const { at } = this.settled;
		if (at !== undefined && this.prunedBy.get(businessNumberId) !== at) {
			replica.prune(at);
			this.prunedBy.set(businessNumberId, at);
		}
		const known = this.texts.get(businessNumberId);
		if (known?.revision === replica.revision) return known.text;

		const { revision } = replica;
		const text = encode(replica, { writer: this.writer, revision });
		this.texts.set(businessNumberId, { revision, text });
		return text;
	}
}

/** Without the proxies that n8n puts around what it loads. */
function plainCopy<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

function isSnapshot(value: unknown): value is Snapshot {
	return typeof value === 'object' && value !== null && !isAlive(value);
}
