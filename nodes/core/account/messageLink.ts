import { requiredLabel, requiredText } from '../input/text';
import { InputError } from '../inputError';

/** Longest text that a link writes for people, in characters (Meta: QR codes and short links). */
const TEXT = 140;

/** What a link writes for people, who can change it. @throws InputError('Text') */
export function linkText(value: unknown): string {
	return requiredText('Text', value, TEXT);
}

/**
 * The code of a link, which was given by itself or as the whole link.
 *
 * @throws InputError('Message Link')
 */
export function linkCode(value: unknown): string {
	const text = requiredLabel('Message Link', value, 200);
	const code = /^(?:(?:https:\/\/)?wa\.me\/message\/)?([A-Za-z0-9]+)\/?$/.exec(text)?.[1];
	if (code) return code;
	throw new InputError(
		'Message Link',
		`'Message Link' is '${text}', which is neither a code nor a link of WhatsApp.`,
		'Choose the link from the list, or give it as https://wa.me/message/ and its code.',
	);
}
