import { applySetting } from '../../core/conversation/applySetting';
import type { Result } from '../actions/operation';
import type { Item } from '../run/item';
import { contactView } from '../views/contactView';
import { decisionView } from '../views/decisionView';

import { DecisionError } from './decisionError';
import type { Draft } from './draft';
import { fallbackFor, sendFallback, type Fallback } from './fallback';
import { sendFreeForm } from './freeForm';
import { judge, Overtaken } from './judgement';
import { withSecondTry } from './secondTry';

/** Index of the output 'Closed'. */
const WINDOW_CLOSED_OUTPUT = 1;

/**
 * Sends a free-form message, or does what is set for a closed window.
 *
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendByWindow(item: Item, draft: Draft): Promise<Result> {
	const send = async () => {
		for (;;) {
			const result = await act(item, draft).catch(unlessOvertaken);
			if (result) return result;
		}
	};
	// 'Send Anyway' asks for nothing else instead.
	return draft.setting === 'sendAnyway' ? await send() : await withSecondTry(send);
}

/** Nothing was sent, and it has to be decided again. @throws any other error */
function unlessOvertaken(error: unknown): undefined {
	if (!(error instanceof Overtaken)) throw error;
}

/** Decides, and does what the decision and the setting ask for. */
async function act(item: Item, draft: Draft): Promise<Result> {
	const judgement = await judge(item, draft);
	const { decision } = judgement;
	const fallback =
		decision.outcome === 'templateNeeded' && draft.setting === 'template'
			? await fallbackFor(item, draft, judgement)
			: undefined;

	const applied = applySetting(draft.setting, judgement, fallback);
	switch (applied.action) {
		case 'stop':
			throw new DecisionError(applied, decisionView(decision, applied, false));
		case 'output':
			return {
				output: WINDOW_CLOSED_OUTPUT,
				json: {
					messageId: null,
					...contactView(draft.recipient),
					sentAs: null,
					decision: decisionView(decision, applied, false),
				},
			};
		case 'sendFreeForm':
			return { json: await sendFreeForm(item, draft, judgement) };
		case 'sendTemplate':
			return { json: await sendFallback(item, draft, fallback as Fallback) };
	}
}
