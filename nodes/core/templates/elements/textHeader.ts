import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext } from '../element';
import { textComponent, textParametersOf } from '../textComponent';

const HEADER_LIMIT = 60;

/** A header of text, with at most one placeholder (Meta: Template components). */
export function textHeader(component: ComponentDefinition, context: ElementContext): Element {
	const parameters = textParametersOf('header', component, context);
	return textComponent('header', component.text ?? '', parameters, {
		limit: HEADER_LIMIT,
		named: context.named,
	});
}
