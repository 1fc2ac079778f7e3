import { bindingOf, isBound } from '../../core/ask/binding';
import type { Waiting } from '../../core/ask/reference';
import { BINDING_PARAMETER, waitingAt } from '../../core/ask/resumeAddress';
import { InputError } from '../../core/inputError';
import type { Item } from '../run/item';
import type { Envelope } from '../send/envelope';

/**
 * The way back of the answer to a question: n8n signs where the run waits, together with whom it was
 * asked of and by which number.
 *
 * @param before the binding of a question that is put once more: taps on either message answer it
 * @throws InputError when n8n gives no address for it, or the contact is another one than before
 */
export async function wayBackOf(
	item: Item,
	{ sender, recipient }: Envelope,
	before?: string,
): Promise<Waiting> {
	const { session } = item;
	// Brings up to date which names are one contact: the answer may come under the other one.
	await session.conversations.contactState(sender.id, recipient);
	const names = session.conversations.namesOf(sender.id, recipient);
	if (before !== undefined && !isBound(before, sender.id, names)) {
		throw new InputError(
			'To',
			"'To' gives another contact than the one who was asked, so the question was not put again.",
			"Let 'To' give the same contact each time, for example from the node before the question.",
		);
	}
	const binding = before ?? bindingOf(sender.id, names);
	const url = session.resumeUrl({ [BINDING_PARAMETER]: binding });
	if (url === undefined) {
		throw new InputError(
			'Operation',
			"'Send and Wait for Response' is not possible: this n8n is too old to tell where the answer resumes the run.",
			'Update n8n to 2.0 or later.',
		);
	}
	const waiting = waitingAt(url, session.executionId, item.getNode().id);
	if (waiting) return waiting;
	throw new InputError(
		'Operation',
		"'Send and Wait for Response' is not possible: this version of n8n gives the run an address of another form than this package knows.",
		'Update the package, or use another version of n8n.',
	);
}
