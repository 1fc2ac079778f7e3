import { categoryOf } from '../../../nodes/WhatsAppConversations/templates/category';
import type { TemplateDefinition } from '../../../nodes/core/templates/definition';

it.each([
	['UTILITY', undefined, 'utility'],
	['MARKETING', 'utility', 'marketing'],
	['', 'utility', 'utility'],
	['SOMETHING_NEW', 'authentication', 'authentication'],
	['SOMETHING_NEW', undefined, 'unknown'],
	['', undefined, 'unknown'],
])('T29: Meta says %j, the option %j: %s', (category, templateCategory, expected) => {
	const definition = { category } as TemplateDefinition;
	expect(categoryOf(definition, { templateCategory })).toBe(expected);
});
