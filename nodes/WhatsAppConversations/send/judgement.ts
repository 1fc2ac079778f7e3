import type { JudgedMessage } from '../../core/conversation/applySetting';
import { decide, type ContactState } from '../../core/conversation/decide';
import { explain, whyNotOpen } from '../../core/conversation/explain';
import { isByPerson } from '../input/sentBy';
import type { Item } from '../run/item';
import { decisionView, explanationContext } from '../views/decisionView';

import { doubtfulNumberOf } from './addressee';
import { contactStateOf } from './contactState';
import { DecisionError } from './decisionError';
import type { Draft } from './draft';

/** What was decided about a free-form message, and by what. */
export interface Judgement extends JudgedMessage {
	state: ContactState;
}

/** Decides about the free-form message by what is known now. */
export async function judge(item: Item, draft: Draft): Promise<Judgement> {
	const { sender, options, policy, reading } = draft;
	const state = await contactStateOf(item, draft, reading);
	const now = item.session.now();
	const confirmsOptOut = options.confirmsOptOut === true;
	const takesOver = options.takeOver === true;
	const byPerson = isByPerson(options);
	const message = { kind: 'freeForm', confirmsOptOut, takesOver, byPerson } as const;
	const decision = decide(message, state, policy, now);
	const doubtfulNumber = doubtfulNumberOf(item, draft.recipient);
	const about = explanationContext(item.timeZone, { ...state, now, sender, doubtfulNumber });
	return { decision, state, text: explain(decision, about), closed: whyNotOpen(decision, about) };
}

/** By the time the message was to go out, something else had to be done than was decided before. */
export class Overtaken extends DecisionError {
	constructor({ decision, text }: Judgement) {
		const told = { reason: decision.reason, ...text };
		super(told, decisionView(decision, told, false));
	}
}
