import { readDefinition, type ButtonDefinition, type TemplateDefinition } from './definition';
import type { TemplateField } from './element';
import { placeholdersOf } from './placeholders';

/** The one value of an authentication template; it fills the body and the button. */
export const CODE_FIELD: TemplateField = {
	id: 'code',
	label: 'Verification Code',
	required: true,
	type: 'string',
	example: '123456',
	oneLine: true,
};

/**
 * Whether a button carries the one-time code. It is created as type `OTP`, but the template list
 * returns it as a URL button (Meta: Authentication templates). Such templates have no other links.
 */
export function isOtpButton({ type, url }: ButtonDefinition, category: string): boolean {
	const kind = type.toUpperCase();
	if (kind === 'OTP') return true;
	return (
		category.toUpperCase() === 'AUTHENTICATION' && kind === 'URL' && placeholdersOf(url).length > 0
	);
}

/** Whether a template has a button for the one-time code: one-tap, zero-tap or copy-code. */
export function hasOtpButton(definition: TemplateDefinition): boolean {
	const { components, category } = readDefinition(definition);
	return components.some(({ buttons = [] }) =>
		buttons.some((button) => isOtpButton(button, category)),
	);
}
