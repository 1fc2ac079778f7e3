import { InputError } from '../../inputError';
import type { MediaKind } from '../../messages/types';

/** What a sample may be: less than what is sent (Meta: Resumable Upload API, `file_type`). */
const SAMPLE_TYPES: Partial<Record<MediaKind, string[]>> = {
	image: ['image/jpeg', 'image/png'],
	video: ['video/mp4'],
	document: ['application/pdf'],
};

/**
 * Checks the type of a sample for a header, once the file is known to be one that WhatsApp takes.
 *
 * @param label display name of the field that names the file
 * @throws InputError for a type that can be sent, and cannot be a sample
 */
export function checkSampleType(kind: MediaKind, mimeType: string, label: string): void {
	const types = SAMPLE_TYPES[kind] ?? [];
	if (types.includes(mimeType)) return;
	throw new InputError(
		label,
		`'${label}' holds a file of type ${mimeType}, which Meta does not take as a sample.`,
		`Use a file of type ${types.join(' or ')}; what you send later may be of another type.`,
	);
}

/** Whether a text is what an upload gave, such as `4::aW1hZ2UvcG5n:ARZ…`, and no name of a field. */
export function isHandle(text: string): boolean {
	return /^\d+:/.test(text);
}
