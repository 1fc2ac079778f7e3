import { InputError } from '../inputError';

import { readDefinition, type TemplateDefinition } from './definition';
import { hasOtpButton } from './otp';
import { statusMend } from './status';

/** Only approved templates may be sent (rules R38 and T30); undefined for those. */
export function notApproved(
	definition: Pick<TemplateDefinition, 'name' | 'language' | 'status'>,
): InputError | undefined {
	const { name, language, status } = readDefinition(definition);
	if (status.toUpperCase() === 'APPROVED') return undefined;
	return new InputError(
		'Template',
		`Template '${name}' (${language}) has ${status ? `the status ${status}` : 'no status'}. Only approved templates can be sent.`,
		statusMend(status),
	);
}

/**
 * Whether a template can go to a phone number only, not to a business-scoped user ID (rule T32):
 * authentication with one-tap, zero-tap or copy-code.
 */
export function requiresPhoneNumber(definition: TemplateDefinition): boolean {
	return hasOtpButton(definition);
}
