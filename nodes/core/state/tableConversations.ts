import type { ContactIdentity } from '../conversation/contact';

import { Conversations, type ContactNews } from './conversations';
import type { Erasure } from './memory/replica';
import type { DataTableStore } from './table/dataTableStore';
import type { Urgency, WorkflowState } from './workflowState';

/** Kept in a data table that all processes share. */
export class TableConversations extends Conversations {
	readonly isShared = true;

	constructor(
		state: WorkflowState,
		saveRow: (urgency: Urgency) => void,
		private readonly table: DataTableStore,
	) {
		super(state, saveRow);
	}

	get lastReadMs(): number {
		return this.table.lastReadMs;
	}

	async load(businessNumberId: string, contacts: ContactIdentity[]): Promise<void> {
		await this.table.load(businessNumberId, contacts);
	}

	protected async loadAll(businessNumberId: string): Promise<void> {
		await this.table.loadAll(businessNumberId);
	}

	async share(businessNumberId: string, news: ContactNews[]): Promise<void> {
		await this.table.save(businessNumberId, news);
	}

	/** What is old in this process may be new to the others. */
	protected async keep(businessNumberId: string, news: ContactNews): Promise<void> {
		await this.table.save(businessNumberId, [news]);
	}

	protected async erase(businessNumberId: string, erasures: readonly Erasure[]): Promise<void> {
		await this.table.remove(businessNumberId, erasures);
	}

	wasSeenElsewhere(businessNumberId: string, contact: ContactIdentity, delivery: string): boolean {
		return this.table.wasSeen(businessNumberId, contact, delivery);
	}
}
