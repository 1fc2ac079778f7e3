import { optionalText, requiredText } from '../input/text';

import { headerOf, type HeaderInput } from './header';
import type { Interactive, InteractiveParts } from './types';

/** The longest body, in characters (Meta: the pages on interactive messages). */
export const MAX_BODY = 1024;

/** The longest footer, in characters. */
const MAX_FOOTER = 60;

/** The longest text of a button, in characters. */
export const MAX_BUTTON_TEXT = 20;

/** The longest ID of a button, in characters. */
export const MAX_BUTTON_ID = 256;

export interface PartsInput {
	header?: HeaderInput;
	body: unknown;
	footer?: unknown;
}

/**
 * What stands around the action of an interactive message.
 *
 * @param maxBody the limit of the body, in characters
 * @throws InputError('Header', 'Body', 'Footer', or a field of the header's file)
 */
export function partsOf(input: PartsInput, maxBody = MAX_BODY): InteractiveParts {
	const header = input.header && headerOf(input.header);
	const footer = optionalText('Footer', input.footer, MAX_FOOTER);
	return {
		...(header && { header }),
		body: { text: requiredText('Body', input.body, maxBody) },
		...(footer !== undefined && { footer: { text: footer } }),
	};
}

/**
 * As {@link partsOf}, for messages whose body may be left out.
 *
 * @throws InputError('Body' or 'Footer')
 */
export function optionalPartsOf(input: {
	body?: unknown;
	footer?: unknown;
}): Pick<Partial<InteractiveParts>, 'body' | 'footer'> {
	const body = optionalText('Body', input.body, MAX_BODY);
	const footer = optionalText('Footer', input.footer, MAX_FOOTER);
	return {
		...(body !== undefined && { body: { text: body } }),
		...(footer !== undefined && { footer: { text: footer } }),
	};
}

/** An interactive message out of its parts. */
export function interactive<Type extends string, Action, Parts>(
	type: Type,
	parts: Parts,
	action: Action,
): Interactive<Type, Action, Parts> {
	return { type: 'interactive', interactive: { type, ...parts, action } };
}
