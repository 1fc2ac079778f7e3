import { Conversations, type ContactNews } from './conversations';

/**
 * Kept in the memory of this process, which is the only one, and saved with the workflow: whatever
 * there is to know is in memory.
 */
export class MemoryConversations extends Conversations {
	readonly isShared = false;
	readonly lastReadMs = Infinity;

	async load(): Promise<void> {}

	protected async loadAll(): Promise<void> {}

	async share(): Promise<void> {}

	protected async keep(_id: string, _news: ContactNews, isNew: boolean): Promise<void> {
		if (isNew) this.saveRow('urgent');
	}

	protected async erase(): Promise<void> {
		this.saveRow('urgent');
	}

	wasSeenElsewhere(): boolean {
		return false;
	}
}
