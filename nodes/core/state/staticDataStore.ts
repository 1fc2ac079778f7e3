import type { IDataObject } from 'n8n-workflow';

import { decodeInto, encode, readStamp } from './codec';
import { Replica } from './replica';
import { RunPace } from './runPace';
import { SeenMessages } from './seenMessages';
import { fromParts, toParts } from './textParts';

/** Our place in a workflow's global static data. The node scope would be lost when a node is renamed. */
const KEY = 'whatsAppConversations';

const PRUNE_EVERY_SECONDS = 3_600;

/** How long after it was announced a save is certain to come; n8n takes milliseconds. */
const SAVE_COMES_SECONDS = 1;

/** For how long a row may be on its way from the database to a node. */
const READ_TAKES_SECONDS = 5;

/** What a workflow's row holds under {@link KEY}. */
interface Snapshot {
	/** The process that wrote it, and how far its state went. */
	writer?: string;
	revision?: number;
	/** Packed contacts by business number, in parts. */
	numbers?: Record<string, string[]>;
	/** Deliveries of this workflow's triggers that were handled, in parts. */
	seen?: string[];
	/** What the triggers' activation changed at Meta, by node ID. */
	registrations?: Record<string, Registration>;
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

/**
 * What stands in static data instead of plain values: n8n serialises it at the moment it saves, so
 * whoever saves last writes everything that the process knows by then. n8n itself merges nothing.
 */
class LiveSnapshot {
	private isSaving = false;

	constructor(private readonly workflow: WorkflowState) {}

	/** What n8n serialises next is what it saves. It serialises static data for Code nodes too. */
	beforeSave(): void {
		this.isSaving = true;
		this.workflow.announceSave();
	}

	toJSON(): Snapshot {
		const snapshot = this.workflow.snapshot();
		if (this.isSaving) this.workflow.noteSave();
		return snapshot;
	}
}

/** One workflow's share of the process's state. */
export class WorkflowState {
	readonly seen = new SeenMessages();

	/** How quick the executions of deliveries are. */
	readonly pace = new RunPace();

	/** Deliveries that n8n is turning into an execution just now. */
	readonly inFlight = new Set<string>();

	/** Whether this process has seen what the workflow's row holds, or that it holds nothing. */
	isLoaded = false;

	private readonly businessNumbers = new Set<string>();
	private readonly registrations = new Map<string, Registration>();
	private savedRevision = 0;
	/** Epoch seconds. */
	private savedAt = 0;
	/** The saves that a row read just now may lack, after the latest one that it must hold. */
	private saves: Array<{ revision: number; at: number }> = [];
	/** When n8n was about to save, and has not yet; epoch seconds. */
	private announcedAt = -Infinity;

	constructor(private readonly store: StaticDataStore) {}

	/** The state of a business number; from now on this workflow's row holds a copy of it. */
	replica(businessNumberId: string): Replica {
		this.businessNumbers.add(businessNumberId);
		return this.store.replica(businessNumberId);
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
		this.seen.join(fromParts(snapshot.seen) ?? '');
		for (const [nodeId, registration] of Object.entries(snapshot.registrations ?? {})) {
			if (typeof registration?.callbackUrl !== 'string') continue;
			const known = this.registrations.get(nodeId);
			if (!known || known.at < registration.at) {
				this.registrations.set(nodeId, { ...registration });
			}
		}
	}

	/** n8n is about to write the row, with all that will be known by then. */
	announceSave(): void {
		this.announcedAt = this.store.now;
	}

	/** n8n writes the row with all that is known now. */
	noteSave(): void {
		this.announcedAt = -Infinity;
		this.isLoaded = true;
		this.savedRevision = this.revision;
		this.savedAt = this.store.now;
		this.saves.push({ revision: this.savedRevision, at: this.savedAt });
	}

	/** What the row is to hold. */
	snapshot(): Snapshot {
		const seen = toParts(this.seen.encode());
		const numbers = Object.fromEntries(
			[...this.businessNumbers].map((id) => [id, toParts(this.store.textOf(id))]),
		);
		return {
			writer: this.store.writer,
			revision: this.revision,
			numbers,
			...(seen.length > 0 ? { seen } : {}),
			...(this.registrations.size > 0
				? { registrations: Object.fromEntries(this.registrations) }
				: {}),
		};
	}

	/** Grows with every change of what the row is to hold. */
	get revision(): number {
		let sum = this.seen.revision;
		for (const id of this.businessNumbers) sum += this.store.replica(id).revision;
		return sum;
	}

	/** Takes note that the row is another process's, and may lack anything that this one knows. */
	noteOthersRow(): void {
		this.savedRevision = -1;
		this.saves = [];
	}

	/**
	 * Takes note of how far the row goes: another node may have put back an older copy (a Code node
	 * does, when it writes static data of its own). A row that was read before a save of late came is
	 * no such copy.
	 */
	noteOwnRow(revision: number): void {
		const settledAt = this.store.now - READ_TAKES_SECONDS;
		while (this.saves.length > 1 && this.saves[1].at <= settledAt) this.saves.shift();
		const [latest] = this.saves;
		if (!latest || latest.at > settledAt || revision >= latest.revision) return;
		this.savedRevision = revision;
		this.saves = [];
	}

	/** For how long the row has lacked something that the process knows, in seconds; 0: it does not. */
	secondsBehind(now: number): number {
		return this.revision === this.savedRevision ? 0 : now - this.savedAt;
	}

	/**
	 * Whether the row holds all up to a revision, or n8n is about to save it.
	 *
	 * @param nowMs epoch milliseconds
	 */
	isSaved(revision: number, nowMs: number): boolean {
		const now = Math.floor(nowMs / 1000);
		return revision <= this.savedRevision || now - this.announcedAt <= SAVE_COMES_SECONDS;
	}

	/**
	 * Whether saving can be left to another execution, because the row was saved a moment ago and
	 * others that will save it end soon. So what is known is in the row within two seconds.
	 *
	 * @param nowMs epoch milliseconds
	 */
	isSavedSoon(nowMs: number): boolean {
		return Math.floor(nowMs / 1000) === this.savedAt && this.pace.endsSoon(nowMs);
	}
}

/**
 * Conversation state in memory, kept in workflow static data: a process-wide replica per business
 * number, of which every workflow that uses the number saves a copy.
 */
export class StaticDataStore {
	/** The latest time anybody told, epoch seconds. */
	now = 0;

	/**
	 * Whether deliveries or saved state ever reached this process. Neither reaches a worker of n8n's
	 * queue mode: what it knows is a fraction, and must not overwrite what others have saved.
	 */
	isFed = false;

	private readonly replicas = new Map<string, Replica>();
	private readonly workflows = new Map<string, WorkflowState>();
	private readonly texts = new Map<string, { revision: number; text: string }>();
	private readonly joinedStamps = new Map<string, number>();
	private readonly prunedAt = new Map<string, number>();

	/** @param writer tells this process's snapshots from those of others; letters and digits */
	constructor(readonly writer: string) {}

	/**
	 * The state of a workflow, together with what its loaded static data holds. Puts the live
	 * snapshot in its place, without marking the static data as changed.
	 *
	 * @param staticData the workflow's global static data, as n8n gives it
	 * @param now epoch seconds
	 */
	open(staticData: IDataObject, workflowId: string, now: number): WorkflowState {
		this.now = Math.max(this.now, now);
		let workflow = this.workflows.get(workflowId);
		if (!workflow) {
			workflow = new WorkflowState(this);
			this.workflows.set(workflowId, workflow);
		}

		const saved: unknown = staticData[KEY];
		if (saved instanceof LiveSnapshot) return workflow;
		if (isSnapshot(saved)) {
			const isOwn = saved.writer === this.writer;
			// What this process wrote holds nothing that it does not know.
			if (isOwn) {
				workflow.noteOwnRow(Number(saved.revision));
			} else {
				workflow.join(saved);
				workflow.isLoaded = true;
				workflow.noteOthersRow();
			}
			this.isFed = true;
		}
		// A plain assignment would mark the static data as changed and cause a save.
		Object.defineProperty(staticData, KEY, {
			value: new LiveSnapshot(workflow),
			configurable: true,
			enumerable: true,
			writable: true,
		});
		return workflow;
	}

	/** Has n8n save the static data when the webhook ends. */
	save(staticData: IDataObject, workflow: WorkflowState): void {
		staticData[KEY] = new LiveSnapshot(workflow) as unknown as IDataObject;
		this.beforeSave(staticData);
	}

	replica(businessNumberId: string): Replica {
		let replica = this.replicas.get(businessNumberId);
		if (!replica) {
			replica = new Replica();
			this.replicas.set(businessNumberId, replica);
		}
		replica.now = this.now;
		return replica;
	}

	/** To be called when n8n is about to save the static data. */
	beforeSave(staticData: IDataObject): void {
		const snapshot: unknown = staticData[KEY];
		if (snapshot instanceof LiveSnapshot) snapshot.beforeSave();
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
		if (this.now - (this.prunedAt.get(businessNumberId) ?? 0) >= PRUNE_EVERY_SECONDS) {
			replica.prune(this.now);
			this.prunedAt.set(businessNumberId, this.now);
		}
		const known = this.texts.get(businessNumberId);
		if (known?.revision === replica.revision) return known.text;

		const { revision } = replica;
		const text = encode(replica, { writer: this.writer, revision });
		this.texts.set(businessNumberId, { revision, text });
		return text;
	}
}

function isSnapshot(value: unknown): value is Snapshot {
	return typeof value === 'object' && value !== null;
}
