import type { IWebhookFunctions } from 'n8n-workflow';

import type { EventFacts } from '../../core/events/factsOf';
import type { WebhookEvent } from '../../core/events/types';
import type { ConversationStore } from '../../core/state/conversationStore';
import { processState } from '../../core/state/processState';
import type { WorkflowState } from '../../core/state/staticDataStore';
import type { Provider } from '../../shared/providers/provider';
import { now, openState } from '../../shared/workflowState';
import { noteOwnRegistration } from '../registration/otherTriggers';
import { storeOf } from '../stateStore';
import { businessNumberOf } from '../thisTrigger';

/** A proven delivery on its way, and the trigger that received it. */
export interface Delivery {
	context: IWebhookFunctions;
	provider: Provider;
	/** What this process knows, joined with the workflow's row. */
	state: WorkflowState;
	/** Where other processes see it too; undefined where this one is all. */
	store: ConversationStore | undefined;
	/** Epoch seconds. */
	receivedAt: number;
	/** Whether it came to the short-lived address of a test in the editor. */
	isTest: boolean;
	/** The number that the trigger is for; '' when none was chosen. */
	businessNumberId: string;
}

/** An event of a delivery, with what it tells about its contact. */
export interface Told {
	event: WebhookEvent;
	/** undefined when it tells nothing. */
	told: EventFacts | undefined;
}

/** Opens the state for a delivery that is proven. n8n has read the workflow's row for it. */
export function openDelivery(context: IWebhookFunctions, provider: Provider): Delivery {
	const isTest = context.getMode() === 'manual';
	const state = openState(context);
	if (!isTest) state.saver.loaded();
	noteOwnRegistration(context, state);
	processState.isFed = true;
	return {
		context,
		provider,
		state,
		store: storeOf(context, (name) => context.getNodeParameter(name, '')),
		receivedAt: now(),
		isTest,
		businessNumberId: businessNumberOf(context),
	};
}
