import { textOf } from '../../core/input/text';
import { EmptyInput, InputError } from '../../core/inputError';
import type { Item } from '../run/item';

/** The parameter 'Media ID'. @throws InputError for what is no ID of the provider's */
export function mediaIdOf(item: Item): string {
	const id = textOf('Media ID', item.parameter('mediaId', '')).trim();
	if (item.provider.mediaIds.test(id)) return id;
	const hint =
		"Give the 'media.id' of an item of the trigger, or what the operation 'Upload' returned; it has digits only.";
	if (id === '') throw new EmptyInput('Media ID', hint);
	throw new InputError('Media ID', `'Media ID' is '${id}', which is not a media ID.`, hint);
}
