import { InputError } from '../../core/inputError';
import type { LibraryTemplate } from '../../core/templates/library';
import { templateKey } from '../../core/templates/templateKey';
import type { LibraryApi } from '../../core/transport/libraryApi';
import { untilEnough } from '../input/list';
import type { Item } from '../run/item';

import { templateKeyOf } from './stored';

const FIELD = 'Library Template';

/**
 * The template of Meta's library that the parameter 'Library Template' chooses.
 *
 * @throws InputError when there is none, or it is there in several languages and none was named;
 * ProviderRefusal
 */
export async function libraryTemplate(item: Item, api: LibraryApi): Promise<LibraryTemplate> {
	const { name, language } = templateKeyOf(item, 'libraryTemplate', FIELD);
	const listed = await untilEnough(
		async (after) => await api.list({ name, language, after }),
		Infinity,
	);
	const found = listed.filter(
		(one) => one.name === name && (language === undefined || one.language === language),
	);
	if (found.length === 1) return found[0];
	const keys = found.map((one) => templateKey(one)).join(', ');
	throw new InputError(
		FIELD,
		found.length > 1
			? `'${FIELD}' holds '${name}', which exists in several languages.`
			: `'${FIELD}' names '${name}'${language ? ` in the language '${language}'` : ''}, which Meta's library does not have.`,
		found.length > 1 ? `Give one of these: ${keys}.` : 'Choose a template from the list.',
	);
}
