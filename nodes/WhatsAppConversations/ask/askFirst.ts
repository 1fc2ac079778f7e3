import { waitingItem } from '../../core/ask/waitingItem';
import type { Result } from '../actions/operation';
import type { Item } from '../run/item';
import { envelopeOf } from '../send/envelope';
import { outcomeView } from '../views/outcomeView';

import { askByTemplate, askFreely } from './ask';
import { beginAsking, waitInLoop } from './askAgain';
import { inLoop } from './inLoop';
import { awaitOtherAnswers } from './otherAnswers';
import { sayIfUnheard, sayIfUnreached } from './preflight';
import { responseTypeOf } from './questionForm';
import { waitTill } from './waitLimit';
import { wayBackOf } from './wayBack';

/** Puts a question for the first time, and has n8n keep the run. @throws what the send throws */
export async function askFirst(item: Item): Promise<Result> {
	const { session } = item;
	const type = responseTypeOf(item);
	const until = waitTill(item);
	const how = inLoop(item, type);
	const asking = how && beginAsking(item, how, until);
	const envelope = await envelopeOf(item);
	const waiting = await wayBackOf(item, envelope);
	sayIfUnheard(item, envelope.sender.id);
	const reach = sayIfUnreached(item);
	const askedAt = session.now();
	const { sent, choices } =
		type === 'template'
			? await askByTemplate(item, envelope, waiting)
			: await askFreely(item, envelope, type, waiting);
	await reach;
	const messageId = String(sent.messageId);
	await awaitOtherAnswers(item, envelope, { type, waiting, messageId, askedAt, until });
	const shown = outcomeView(item.getNode(), sent);
	const json = waitingItem(shown, { id: waiting.binding, type, choices }, askedAt);
	if (asking) {
		const counts = { reminders: 0, ...(asking.asksAgain && { askedAgain: 0 }) };
		return await waitInLoop(item, { ...asking, item: { ...json, ...counts } });
	}
	await item.wait(json, until);
	return { json };
}
