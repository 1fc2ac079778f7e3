import { requiredLabel } from '../../core/input/text';
import type { Item } from '../run/item';

/** It goes into the note of every message, which holds 512 characters. */
const MOST_CHARACTERS = 100;

/** The parameter 'Broadcast Name'. @throws InputError where it is empty or too long */
export function broadcastNameOf(item: Item): string {
	return requiredLabel('Broadcast Name', item.chosen('broadcastName'), MOST_CHARACTERS);
}
