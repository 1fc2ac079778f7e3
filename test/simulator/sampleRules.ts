import { invalidParameter } from './errors';
import type { Json } from './types';
import type { Uploads } from './uploads';

/** Which types of file show what a header will hold. */
const TYPES: Record<string, RegExp> = {
	IMAGE: /^image\//,
	VIDEO: /^video\//,
	DOCUMENT: /^application\/pdf$/,
};

/**
 * Whether each header with a file has a sample that was uploaded for this app (Meta: Template
 * components). Meta does not say with which subcode it refuses one.
 *
 * @throws GraphError 100
 */
export function checkSamples(components: unknown, uploads: Uploads): void {
	if (!Array.isArray(components)) return;
	for (const { type, format, example, cards } of components as Json[]) {
		for (const card of (cards ?? []) as Json[]) checkSamples(card.components, uploads);
		const expected = TYPES[String(format).toUpperCase()];
		if (String(type).toUpperCase() !== 'HEADER' || !expected) continue;
		const [handle] = ((example as Json | undefined)?.header_handle ?? []) as unknown[];
		const uploaded = uploads.typeOf(String(handle));
		if (uploaded === undefined || !expected.test(uploaded)) {
			throw invalidParameter(
				`The ${String(format)} header needs the handle of a sample that was uploaded for this app.`,
			);
		}
	}
}
