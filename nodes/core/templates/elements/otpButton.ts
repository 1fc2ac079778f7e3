import type { ButtonDefinition } from '../definition';
import type { Element } from '../element';
import { CODE_FIELD } from '../otp';
import { checkLength } from '../textRules';

const CODE_LIMIT = 15;

/**
 * The button of an authentication template: copy-code, one-tap or zero-tap. Whatever its kind, the
 * code is sent as if for a URL button (Meta: Authentication templates).
 */
export function otpButton({ text = 'Copy Code' }: ButtonDefinition, index: number): Element {
	return {
		fields: [CODE_FIELD],
		check: (values) => checkLength(CODE_FIELD, values[CODE_FIELD.id], CODE_LIMIT),
		components: (values) => [
			{
				type: 'button',
				sub_type: 'url',
				index: String(index),
				parameters: [{ type: 'text', text: values[CODE_FIELD.id] }],
			},
		],
		preview: (values) => ({
			buttons: [{ type: 'OTP', text, code: values[CODE_FIELD.id] ?? '{{code}}' }],
		}),
	};
}
