import type { ButtonDefinition } from '../definition';
import type { Element, ElementContext, TemplateField } from '../element';
import { checkLength } from '../textRules';

const COUPON_LIMIT = 20;

/** A button that copies a coupon code (Meta: Coupon code templates). */
export function couponButton(
	{ text = 'Copy Code', example }: ButtonDefinition,
	index: number,
	context: ElementContext,
): Element {
	const sample = [example].flat()[0];
	const field: TemplateField = {
		id: `${context.idPrefix}button:${index}:code`,
		label: `${context.labelPrefix}Coupon Code: ${text}`,
		required: true,
		type: 'string',
		oneLine: true,
		...(sample && { example: sample }),
	};
	return {
		fields: [field],
		check: (values) => checkLength(field, values[field.id], COUPON_LIMIT),
		components: (values) => [
			{
				type: 'button',
				sub_type: 'copy_code',
				index: String(index),
				parameters: [{ type: 'coupon_code', coupon_code: values[field.id] }],
			},
		],
		preview: (values) => ({
			buttons: [{ type: 'COPY_CODE', text, code: values[field.id] ?? '{{code}}' }],
		}),
	};
}
