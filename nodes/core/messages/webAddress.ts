import { InputError } from '../inputError';
import { parseUrl } from '../parseUrl';

import { NO_LIMIT, requiredLabel } from './fields';

/** What a web address consists of (RFC 3986); other characters are percent-encoded. */
const PLAIN = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;

/**
 * A complete web address: as it was typed, or, where that has spaces or letters outside ASCII, as
 * browsers write it.
 *
 * @param field display name of the parameter
 * @param protocols what it may begin with: `https:`
 * @param hint how to mend an address that begins with something else
 * @throws InputError when it is empty, incomplete, or of another protocol
 */
export function webAddress(
	field: string,
	value: unknown,
	protocols: string[],
	hint: string,
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
