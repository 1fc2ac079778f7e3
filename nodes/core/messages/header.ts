import { optionalText } from '../input/text';

import { mediaContent, type MediaSource } from './media';
import type { InteractiveHeader } from './types';

/** The longest text of a header, in characters (Meta: the pages on interactive messages). */
export const MAX_HEADER = 60;

/** What a form gives for the header of an interactive message: a text or a file. */
export type HeaderInput =
	| { type: 'text'; text: unknown }
	| { type: 'image' | 'video' | 'document'; source: MediaSource; fileName?: unknown };

/**
 * The header of an interactive message; `undefined` for a text header without text.
 *
 * @throws InputError('Header', or a field of the file)
 */
export function headerOf(header: HeaderInput): InteractiveHeader | undefined {
	if (header.type === 'text') {
		const text = optionalText('Header', header.text, MAX_HEADER);
		return text === undefined ? undefined : { type: 'text', text };
	}
	const content = mediaContent(header.type, header.source, { fileName: header.fileName });
	return { type: header.type, [header.type]: content } as InteractiveHeader;
}
