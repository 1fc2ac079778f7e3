import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { ranMs, saveState } from '../../shared/workflowState';
import { answerBell, noteListening } from '../listening';
import { saveContacts } from '../stateStore';

import { admit, beginStart } from './admit';
import { openDelivery, type Delivery } from './delivery';
import { itemsOf } from './items';
import { observe, type Learned } from './observe';
import { isProven } from './prove';
import { read, readBody } from './read';
import { refuse } from './refuse';
import { explainUnexpected } from './unexpected';

/** How long a row may lack what the process knows, when a delivery comes that starts nothing. */
const SAVE_AFTER_MS = 5_000;

/** A delivery: proven, read, admitted, observed, and turned into the items that start the workflow. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const answer = answerBell(context);
	if (answer) return answer;
	if (!(await isProven(context))) return refuse(context, 401);
	const body = readBody(context);
	if (body === undefined) return refuse(context, 400);
	const delivery = openDelivery(context);
	const events = await read(delivery, body);
	noteListening(context, new Set(events.flatMap(({ event }) => event.businessNumberId || [])));

	// From here to the start without a pause: another delivery may bring the same.
	const { news, starting, isBusy } = admit(delivery, events);
	const learned = observe(delivery, news);
	if (learned.some(({ isAboutConsent }) => isAboutConsent)) delivery.state.changedUrgently();
	const webhookResponse = explainUnexpected(delivery, body, events);
	if (isBusy) return refuse(context, 503);
	if (starting.length === 0) {
		await keep(delivery, learned);
		return { webhookResponse };
	}
	const items = itemsOf(delivery, starting);
	if (!delivery.isTest) beginStart(delivery, starting);
	// The run keeps what its items tell.
	await share(
		delivery,
		learned.filter(({ isMoreThanItem }) => isMoreThanItem),
	);
	return { workflowData: [items], webhookResponse };
}

/** Keeps what was learned where no run will. */
async function keep(delivery: Delivery, learned: Learned[]): Promise<void> {
	await share(delivery, learned);
	const { context, state } = delivery;
	const { saver } = state;
	// A row may also lack what an earlier run knew, or told.
	const isBehind = saver.isOwed || saver.behindMs(ranMs()) > SAVE_AFTER_MS;
	if (learned.length > 0 || isBehind) saveState(context, state);
}

/** Puts what was learned where other processes see it too. */
async function share({ conversations, receivedAt }: Delivery, learned: Learned[]): Promise<void> {
	await saveContacts(
		conversations,
		learned.map(({ event }) => event),
		receivedAt,
	);
}
