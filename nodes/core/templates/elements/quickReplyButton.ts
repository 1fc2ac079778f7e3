import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';
import { checkLength } from '../textRules';

const PAYLOAD_LIMIT = 512;

/** A button whose tap comes back as a message; an ID of one's own, Meta's payload, is optional. */
export function quickReplyButton(
	{ text = '' }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const field: TemplateField = {
		id: `${context.idPrefix}button:${index}:payload`,
		label: `${context.labelPrefix}Button ID: ${text}`,
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
