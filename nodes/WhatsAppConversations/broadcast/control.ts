import type { IDataObject } from 'n8n-workflow';

import type { BroadcastBook } from '../../core/broadcast/book';
import { summaryOf } from '../../core/broadcast/report';
import { InputError } from '../../core/inputError';
import { broadcastNameOf } from '../input/broadcastName';
import type { Item } from '../run/item';

/** The ledger of the broadcast that an item names. @throws InputError where there is none */
export async function knownBook({ session }: Item, name: string): Promise<BroadcastBook> {
	const book = await session.broadcasts.book(name);
	if (!book.ledger.isEmpty) return book;
	throw new InputError(
		'Broadcast Name',
		`There is no broadcast with the 'Broadcast Name' '${name}'.`,
		"Choose it from the list 'Broadcast Name', or write the name as in the operation 'Send'.",
	);
}

/**
 * Pauses, stops or resumes a broadcast. A run under way sees it before its next message, in another
 * process too.
 *
 * @returns the summary of the broadcast
 */
export async function control(
	item: Item,
	event: 'paused' | 'resumed' | 'stopped',
): Promise<IDataObject> {
	const name = broadcastNameOf(item);
	const book = await knownBook(item, name);
	const nothing = { contact: '', names: [], messageId: '', reason: '', details: '' };
	const attempt = `by ${item.session.executionId}`;
	await book.write({ ...nothing, event, at: item.session.now(), attempt });
	return summaryOf(name, book.ledger);
}
