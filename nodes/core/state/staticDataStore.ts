import type { IDataObject } from 'n8n-workflow';

import { FirstReceipts } from './deliveries/firstReceipts';
import type { SeenMessages } from './deliveries/seenMessages';
import { Listeners } from './listeners';
import { Replica } from './memory/replica';
import { LiveSnapshots } from './row/liveSnapshot';
import { isSnapshot, ownRow, type Snapshot } from './row/rowContent';
import type { Run } from './row/rowSaver';
import type { SaveAnswer } from './row/saveAnswer';
import { SettledTime } from './settledTime';
import { decodeInto, encode, readStamp } from './text/codec';
import { WorkflowState, type ProcessMemory } from './workflowState';

/** Our place in a workflow's global static data. The node scope would be lost when a node is renamed. */
const KEY = 'whatsAppConversations';

/**
 * Conversation state in memory, kept in workflow static data: a process-wide replica per business
 * number, of which every workflow that uses the number saves a copy.
 */
export class StaticDataStore implements ProcessMemory {
	/** What the clock showed when it was last looked at, epoch seconds: it may be wrong. */
	clock = 0;

	/** How long the process had run then, in milliseconds. */
	ranMs = 0;

	/** Where this n8n's triggers listen. */
	readonly listeners = new Listeners();
	readonly firstReceipts = new FirstReceipts();

	private hasBeenReached = false;
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
		this.reached();
		// What this process wrote holds nothing that it does not know.
		if (saved.writer === this.writer) {
			workflow.saver.loaded(ownRow(saved, this.writer), this.ranMs);
			return;
		}
		workflow.join(saved);
		workflow.saver.loaded({ by: 'anotherProcess' }, this.ranMs);
		this.settled.recall(Number(saved.madeAt));
	}

	/**
	 * Whether deliveries or saved state ever reached this process. Neither reaches a worker of n8n's
	 * queue mode: what it knows is a fraction, and must not overwrite what others have saved.
	 */
	get isReached(): boolean {
		return this.hasBeenReached;
	}

	reached(): void {
		this.hasBeenReached = true;
	}

	/** Marks the static data as changed, so that n8n saves them when the webhook or activation ends. */
	save(staticData: IDataObject, workflow: WorkflowState): void {
		staticData[KEY] = this.live.make(workflow) as IDataObject;
		this.live.announce(staticData[KEY]);
	}

	/** A run ends; after the answer `save` n8n saves the static data at once. */
	runEnds(
		staticData: IDataObject,
		workflow: WorkflowState,
		run: Run,
		isChangedByOthers: boolean,
	): SaveAnswer {
		const answer = workflow.saver.runEnds(run, isChangedByOthers, this.ranMs);
		if (answer === 'save') this.live.announce(staticData[KEY]);
		return answer;
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

	markUrgent(businessNumberId: string): void {
		this.urgent.set(businessNumberId, this.replica(businessNumberId).revision);
	}

	urgentRevision(businessNumberId: string): number | undefined {
		return this.urgent.get(businessNumberId);
	}

	/** By what time things may be forgotten for good, epoch seconds; undefined: not known yet. */
	get settledAt(): number | undefined {
		return this.settled.at;
	}

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
