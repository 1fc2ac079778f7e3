import type { IDataObject } from 'n8n-workflow';

import { decide, type ContactState, type Decision } from '../../core/conversation/decide';
import type { ExplanationContext } from '../../core/conversation/explain';
import { marketingFields } from '../../core/messages/marketing';
import { policyOf } from '../input/policy';
import type { Item } from '../run/item';
import type { Reading } from '../state/conversations';
import type { ReadyTemplate } from '../templates/readyTemplate';
import { explanationContext } from '../views/decisionView';

import { addresseeOfTemplate } from './addressee';
import { contactStateOf } from './contactState';
import { requirePermission } from './decisionError';
import { deliver } from './deliver';
import { bodyOf, type Envelope } from './envelope';
import { DecidedPermit } from './permit';

/** What the rules say about a template to this contact, now. */
export function judgeTemplate(
	{ session, options, timeZone }: Item,
	{ sender }: Envelope,
	{ definition: { name }, category }: ReadyTemplate,
	state: ContactState,
): { decision: Decision; about: ExplanationContext } {
	const now = session.now();
	const decision = decide({ kind: 'template', category }, state, policyOf(options), now);
	const about = { ...state, now, sender, template: { name, category } };
	return { decision, about: explanationContext(timeZone, about) };
}

/**
 * Sends a template: before anything is uploaded, and again when its turn has come, it is decided
 * whether it may go out.
 *
 * @param allow gives the decision as items show it, and throws when the template must not go out
 * @returns the item that tells of it
 * @throws InputError, ProviderRefusal, and what `allow` throws
 */
export async function sendTemplate(
	item: Item,
	envelope: Envelope,
	template: ReadyTemplate,
	allow: () => Promise<IDataObject>,
): Promise<IDataObject> {
	const { definition } = template;
	const way = marketingFields(item.options, String(definition.category ?? ''));
	const permit = new DecidedPermit(template.isWaitedFor, allow);
	await permit.renew();
	const addressed: Envelope = {
		...envelope,
		// By now it is known which names are one contact.
		recipient: addresseeOfTemplate(item, envelope, definition),
		templateCategory: definition.category,
	};
	const message = await template.message(envelope.sender.id);
	const body = { ...bodyOf(addressed, message), ...way };
	const accepted = await deliver(item.session, addressed, body, permit);
	return {
		...accepted,
		sentAs: 'template',
		decision: permit.view,
		preview: { ...template.preview() },
	};
}

/**
 * Sends a template that was asked for, if the rules let it through.
 *
 * @throws DecisionError, InputError, ProviderRefusal
 */
export async function sendPermitted(
	item: Item,
	envelope: Envelope,
	template: ReadyTemplate,
): Promise<IDataObject> {
	const reading: Reading = {};
	return await sendTemplate(item, envelope, template, async () => {
		const state = await contactStateOf(item, envelope, reading);
		const { decision, about } = judgeTemplate(item, envelope, template, state);
		return requirePermission(decision, about);
	});
}
