import type { ComponentDefinition } from '../definition';
import type { Element, ElementContext } from '../element';
import { CODE_FIELD } from '../otp';
import { placeholdersOf } from '../placeholders';
import { textComponent, textParametersOf } from '../textComponent';

/**
 * The body (Meta: Template components). In an authentication template the one-time code fills it
 * together with the button, so the body asks for nothing itself.
 */
export function body(component: ComponentDefinition, context: ElementContext): Element {
	const limits = { limit: context.bodyLimit, named: context.named };
	const placeholders = placeholdersOf(component.text);
	if (context.otp && placeholders.length <= 1) {
		const code = { name: placeholders[0] ?? '1', field: CODE_FIELD };
		const text = component.text ?? `{{${code.name}}}`;
		return { ...textComponent('body', text, [code], limits), fields: [] };
	}
	const parameters = textParametersOf('body', component, context);
	return textComponent('body', component.text ?? '', parameters, limits);
}
