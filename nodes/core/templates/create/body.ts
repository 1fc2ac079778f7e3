import type { ComponentDefinition } from '../definition';

import { refuseIf, requiredText } from './checks';
import type { TemplateDraft } from './draft';
import { sampledText } from './sampledText';

/**
 * The body of a new template or card (Meta: Template components, Template review).
 * @param limit longest text, in characters
 * @param prefix put before each display name: '' or 'Card 1 · '
 * @throws InputError
 */
export function bodyToCreate(
	{ body, examples }: Pick<TemplateDraft, 'body' | 'examples'>,
	limit: number,
	prefix = '',
): ComponentDefinition {
	const label = `${prefix}Body`;
	const text = requiredText(label, body, limit);
	const sampled = sampledText(
		'body',
		{ text: label, examples: `${prefix}Examples` },
		text,
		examples,
	);
	refuseIf(
		/^\{\{\w+\}\}|\{\{\w+\}\}$/.test(sampled.text),
		label,
		`'${label}' starts or ends with a placeholder, which Meta refuses.`,
		'Put words before the first and after the last placeholder.',
	);
	return { type: 'BODY', ...sampled };
}
