import type { TemplateDefinition } from './definition';
import type { TemplateField } from './element';
import { elementsOf } from './elements';

/**
 * The values that a template asks for, in reading order (rule R36); empty for a static template.
 * @throws InputError when the template has an element that this version cannot fill
 */
export function fieldsOf(definition: TemplateDefinition): TemplateField[] {
	return elementsOf(definition).flatMap(({ fields }) => fields);
}
