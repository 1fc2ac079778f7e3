import type { IDataObject } from 'n8n-workflow';

import { decide, type Decision } from '../../core/conversation/decide';
import type { ReactionMessage } from '../../core/messages/types';
import { policyOf } from '../input/policy';
import { isByPerson } from '../input/sentBy';
import type { Item } from '../run/item';
import type { Reading } from '../state/conversations';
import { explanationContext } from '../views/decisionView';
import { outcomeView } from '../views/outcomeView';

import { contactStateOf } from './contactState';
import { requirePermission } from './decisionError';
import { deliver } from './deliver';
import { bodyOf, withoutQuote, type Envelope } from './envelope';
import { noteOwnership } from './ownership';
import { DecidedPermit } from './permit';
import { withSecondTry } from './secondTry';

/**
 * Sends a reaction. It needs the window, and no template can stand in for it (rule T14).
 *
 * @returns the item that tells of it
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendReaction(
	item: Item,
	envelope: Envelope,
	reaction: ReactionMessage,
): Promise<IDataObject> {
	const { session, options, timeZone } = item;
	const { sender } = envelope;
	const body = bodyOf(withoutQuote(envelope), reaction);
	const policy = policyOf(options);

	const message = { kind: 'reaction', byPerson: isByPerson(options) } as const;

	return await withSecondTry(async () => {
		const reading: Reading = {};
		let decision: Decision | undefined;
		const permit = new DecidedPermit(true, async () => {
			const state = await contactStateOf(item, envelope, reading);
			const now = session.now();
			decision = decide(message, state, policy, now);
			return requirePermission(decision, explanationContext(timeZone, { ...state, now, sender }));
		});
		await permit.renew();
		const accepted = await deliver(session, envelope, body, permit);
		if (decision) await noteOwnership(session, envelope, decision);
		const json = { ...accepted, sentAs: 'freeForm', decision: permit.view };
		return outcomeView(item.getNode(), json);
	});
}
