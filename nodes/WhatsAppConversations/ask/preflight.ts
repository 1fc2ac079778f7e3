import type { Item } from '../run/item';

/**
 * Says above the output when n8n does not reach itself at its public address. The trigger may still
 * hand the answer over, by the port of n8n or by its 'Inner Address', of which this node knows nothing.
 */
export async function sayIfUnreached({ session }: Item): Promise<void> {
	const self = await session.reachesItself();
	if (!self || self.isReached) return;
	session.hint(
		`n8n does not reach itself at ${self.address}, where the trigger hands the answer over. If answers do not arrive, give the option 'Inner Address' of the trigger an address that n8n can reach from inside, such as http://localhost:5678.`,
	);
}

/**
 * Says above the output when no trigger would hear the answer. One that is published before the answer
 * comes does.
 */
export function sayIfUnheard({ session }: Item, businessNumberId: string): void {
	if (session.conversations.hasTrigger(businessNumberId) !== false) return;
	session.hint(
		'No published workflow of this n8n receives what contacts write to this number, so the answer would be lost. Publish one with a WhatsApp Conversations Trigger of the number before it comes.',
	);
}
