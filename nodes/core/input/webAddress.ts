import { InputError } from '../inputError';
import { parseUrl } from '../parseUrl';

import { NO_LIMIT, requiredLabel } from './text';

/** What a web address consists of (RFC 3986); other characters are percent-encoded. */
const PLAIN = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;

export interface AddressRule {
	/** What an address may begin with: `https:`. */
	protocols: string[];
	/** How to mend one that begins with something else. */
	hint: string;
}

/**
 * A complete web address: as it was typed, or, where that has spaces or letters outside ASCII, as
 * browsers write it.
 *
 * @param field display name of the parameter
 * @throws InputError when it is empty, incomplete, or of another protocol
 */
export function webAddress(
	field: string,
	value: unknown,
	{ protocols, hint }: AddressRule,
	where = '',
): string {
	const text = requiredLabel(field, value, NO_LIMIT, where);
	const url = parseUrl(text);
	if (!url) {
		throw new InputError(
			field,
			`${where}'${field}' is not a complete web address: '${text}'.`,
			'Write the whole address, beginning with https://.',
		);
	}
	if (!protocols.includes(url.protocol)) {
		const beginnings = protocols.map((protocol) => `${protocol}//`).join(' or ');
		throw new InputError(field, `${where}'${field}' does not begin with ${beginnings}.`, hint);
	}
	return PLAIN.test(text) ? text : url.href;
}
