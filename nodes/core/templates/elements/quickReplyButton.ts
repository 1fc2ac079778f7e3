import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';
import { checkLength } from '../textRules';

const PAYLOAD_LIMIT = 512;

/** A button whose tap comes back as a message; a payload of one's own is optional. */
export function quickReplyButton(
	{ text = '' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const field: TemplateField = {
		id: `${context.idPrefix}button:${index}:payload`,
		label: `${context.labelPrefix}Payload: ${text}`,
		required: false,
		type: 'string',
		hint: "What the trigger reports when the contact taps the button; without it, the button's text",
	};
	return {
		fields: [field],
		check: (values) => checkLength(field, values[field.id] ?? '', PAYLOAD_LIMIT),
		components(values) {
			const payload = values[field.id];
			if (payload === undefined) return [];
			return [
				{
					type: 'button',
					sub_type: 'quick_reply',
					index: String(index),
					parameters: [{ type: 'payload', payload }],
				},
			];
		},
		preview: () => ({ buttons: [{ type: 'QUICK_REPLY', text }] }),
	};
}
