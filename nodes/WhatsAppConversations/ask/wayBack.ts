import { bindingOf } from '../../core/ask/binding';
import type { Waiting } from '../../core/ask/reference';
import { BINDING_PARAMETER, waitingAt } from '../../core/ask/resumeAddress';
import { InputError } from '../../core/inputError';
import type { Item } from '../run/item';
import type { Envelope } from '../send/envelope';

/**
 * The way back of the answer to a question: n8n signs where the run waits, together with whom it was
 * asked of and by which number.
 *
 * @throws InputError when n8n gives no address for it
 */
export async function wayBackOf(item: Item, { sender, recipient }: Envelope): Promise<Waiting> {
	const { session } = item;
	// Brings up to date which names are one contact: the answer may come under the other one.
	await session.conversations.contactState(sender.id, recipient);
	const binding = bindingOf(sender.id, session.conversations.namesOf(sender.id, recipient));
	const url = session.resumeUrl({ [BINDING_PARAMETER]: binding });
	const waiting = waitingAt(url, session.executionId, item.getNode().id);
	if (waiting) return waiting;
	throw new InputError(
		'Operation',
		"'Send and Wait for Response' is not possible: this version of n8n gives the run an address of another form than this package knows.",
		'Update the package, or use another version of n8n.',
	);
}
