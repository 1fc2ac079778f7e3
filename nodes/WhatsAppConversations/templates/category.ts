import type { IDataObject } from 'n8n-workflow';

import type { TemplateCategory } from '../../core/conversation/decide';
import type { TemplateDefinition } from '../../core/templates/definition';

const CATEGORIES: TemplateCategory[] = ['marketing', 'utility', 'authentication'];

/** Meta's category; the option stands in where Meta gave none that is known here (rule T29). */
export function categoryOf(
	{ category }: TemplateDefinition,
	options: IDataObject,
): TemplateCategory {
	const known = (name: unknown) =>
		CATEGORIES.find((each) => each === String(name ?? '').toLowerCase());
	return known(category) ?? known(options.templateCategory) ?? 'unknown';
}
