import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { providerOf } from '../../shared/provider';
import { answerBell, noteListening } from '../listening';

import { admit } from './admit';
import { handOverAnswers } from './answers';
import { openDelivery } from './delivery';
import { keep } from './keep';
import { observe } from './observe';
import { isProven } from './prove';
import { read, readBody } from './read';
import { refuse } from './refuse';
import { explainRiddle } from './riddle';
import { start } from './start';

/**
 * A delivery: proven, read, its answers handed to the runs that wait for them, the rest admitted,
 * observed, and turned into the items that start the workflow, when the contact has said all.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const answer = answerBell(context);
	if (answer) return answer;
	const provider = providerOf(context);
	if (!(await isProven(context, provider))) return refuse(context, 401);
	const body = readBody(context);
	if (body === undefined) return refuse(context, 400);
	const delivery = openDelivery(context, provider);
	const { events, isUnsure } = await read(delivery, body);
	noteListening(context, new Set(events.flatMap(({ event }) => event.businessNumberId || [])));

	const answers = await handOverAnswers(delivery, events, isUnsure);
	// From here to the start without a pause: another delivery may bring the same.
	const { news, starting, isBusy } = admit(delivery, answers.others);
	const learned = [...answers.learned, ...observe(delivery, news)];
	const webhookResponse = explainRiddle(delivery, body, events);
	if (isBusy) return refuse(context, 503);
	if (starting.length === 0 || answers.holdsUpOthers) {
		await keep(delivery, learned);
		return answers.isBusy ? refuse(context, 503) : { webhookResponse };
	}
	const { items, isHeld } = await start(delivery, starting, learned);
	// What could not be handed over comes again, and has held up the others for long enough.
	const response = isHeld && !answers.isBusy ? { webhookResponse } : refuse(context, 503);
	return { ...(items && { workflowData: [items] }), ...response };
}
