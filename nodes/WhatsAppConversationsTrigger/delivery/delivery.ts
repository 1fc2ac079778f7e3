import type { IWebhookFunctions } from 'n8n-workflow';

import type { EventFacts } from '../../core/events/factsOf';
import type { WebhookEvent } from '../../core/events/types';
import type { Conversations } from '../../core/state/conversations';
import type { WorkflowState } from '../../core/state/workflowState';
import { openConversations } from '../../shared/conversations';
import type { Provider } from '../../shared/providers/provider';
import { now, openState } from '../../shared/workflowState';
import { noteOwnRegistration } from '../registration/otherTriggers';
import { listenedNumberOf } from '../thisTrigger';

/** A proven delivery on its way, and the trigger that received it. */
export interface Delivery {
	context: IWebhookFunctions;
	provider: Provider;
	/** The workflow's share of what this process knows, joined with the workflow's row. */
	state: WorkflowState;
	conversations: Conversations;
	/** Epoch seconds. */
	receivedAt: number;
	/** Whether it came to the short-lived address of a test in the editor. */
	isTest: boolean;
	/** The number that the trigger is for; '' where none was chosen, and none was found. */
	businessNumberId: string;
	/** By message: whether its word or button has changed consent, or only said it once more. */
	consentChanges: Map<string, boolean>;
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
	state.received(isTest);
	noteOwnRegistration(context, state);
	return {
		context,
		provider,
		state,
		conversations: openConversations(context, (name) => context.getNodeParameter(name, '')),
		receivedAt: now(),
		isTest,
		businessNumberId: listenedNumberOf(context),
		consentChanges: new Map(),
	};
}
