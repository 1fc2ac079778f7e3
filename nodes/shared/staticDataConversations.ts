import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { ConversationStore } from '../core/state/conversationStore';
import type { WorkflowState } from '../core/state/workflowState';

import { saveState } from './workflowState';

/** Conversation state in this process, saved with the workflow. What is stored is known already. */
export class StaticDataConversations implements ConversationStore {
	readonly isShared = false;

	constructor(
		private readonly context: IExecuteFunctions | IWebhookFunctions,
		private readonly state: WorkflowState,
	) {}

	async load(): Promise<void> {}

	async loadAll(): Promise<void> {}

	async save(): Promise<void> {
		saveState(this.context, this.state, 'urgent');
	}

	async remove(): Promise<void> {
		saveState(this.context, this.state, 'urgent');
	}

	wasSeen(): boolean {
		return false;
	}
}
