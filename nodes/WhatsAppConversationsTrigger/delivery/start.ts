import type { INodeExecutionData } from 'n8n-workflow';

import { ranMs } from '../../shared/workflowState';

import type { Candidate } from './admit';
import type { Delivery } from './delivery';
import { itemsOf, joinedItems } from './items';
import { takeTurn } from './join';
import { share } from './keep';
import type { Learned } from './observe';

/** What becomes of the events that start the workflow. */
export interface Start {
	/** The items of the run that this delivery starts; undefined where another one starts it. */
	items?: INodeExecutionData[];
	/** Whether n8n holds the run that another delivery starts; of this one's n8n's own answer tells. */
	isHeld: boolean;
}

/** Starts the workflow for events, at once or when the contact has said all. */
export async function start(
	delivery: Delivery,
	starting: Candidate[],
	learned: Learned[],
): Promise<Start> {
	if (!delivery.isTest) beginStart(delivery, starting);
	// The run keeps what its items tell.
	const beyondItems = learned.filter(({ isMoreThanItem }) => isMoreThanItem);
	const [turn] = await Promise.all([takeTurn(delivery, starting), share(delivery, beyondItems)]);
	if (turn?.role === 'follower') return { isHeld: turn.isHeld };
	const messages = turn?.messages ?? starting;
	const items = itemsOf(delivery, messages);
	if (!delivery.isTest) startNow(delivery, messages);
	return { items: turn ? joinedItems(items) : items, isHeld: true };
}

/**
 * Notes that a run begins for events. They count as handled only when n8n has answered that it holds
 * the execution, or when its run has begun; until then a repetition is sent away to come again later,
 * also where the sender of the first one has lost patience.
 */
function beginStart(delivery: Delivery, starting: Candidate[]): void {
	const { context, state, receivedAt } = delivery;
	const keys = starting.map(({ key }) => key);
	const response = context.getResponseObject();
	const isOver = new Promise((resolve) => response.once('finish', resolve).once('close', resolve));
	state.starts.begin(keys, response, isOver, receivedAt, Date.now());
	response.once('finish', () => state.starts.lookAt(keys[0]));
}

/** Notes that n8n gets the run of these events now. */
function startNow({ state }: Delivery, starting: Candidate[]): void {
	state.saver.deliveryCame(starting[0].key, ranMs());
}
