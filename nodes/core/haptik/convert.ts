import { InputError } from '../inputError';

import { convertHsl, type ConvertedHsl } from './hsl';
import { convertHsm, isHsm, type ConvertedHsm } from './hsm';
import { PAYLOAD_FIELD, payloadIn } from './payload';

/** What a payload of Haptik becomes. */
export type Conversion = ConvertedHsl | ConvertedHsm;

/**
 * Converts what a Haptik bot sends (rule D17): an HSL element into a free-form message, an HSM into
 * a template. Nothing is dropped silently: what has no counterpart is refused where the message
 * would not be the same without it, and else there is a note.
 *
 * @param value a payload as an object or as JSON text
 * @returns undefined for a text that is no payload
 * @throws InputError('Text') that names the part
 */
export function convertHaptik(value: unknown): Conversion | undefined {
	return ofPayload(() => {
		const payload = payloadIn(value);
		if (!payload) return undefined;
		return isHsm(payload) ? convertHsm(payload) : convertHsl(payload);
	});
}

/** Runs what reads a payload: what does not fit is refused as the field that holds the payload. */
export function ofPayload<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw aboutPayload(error);
	}
}

function aboutPayload(error: unknown): unknown {
	if (!(error instanceof InputError)) return error;
	return new InputError(
		PAYLOAD_FIELD,
		`The Haptik payload in '${PAYLOAD_FIELD}' cannot be converted: ${error.message}`,
		error.hint,
	);
}
