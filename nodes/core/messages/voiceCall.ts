import { optionalNumber } from '../input/numbers';
import { optionalLabel, optionalText } from '../input/text';
import { InputError } from '../inputError';

import { interactive, MAX_BUTTON_TEXT, partsOf } from './interactive';
import type { VoiceCallMessage } from './types';

/** Meta: Send WhatsApp call button messages and deep links. */
const MAX_MINUTES = 43_200;
const MAX_PAYLOAD = 512;

export interface VoiceCallInput {
	body: unknown;
	/** WhatsApp's own words when empty. */
	buttonText?: unknown;
	/** How long the button works: 1 to 43,200 minutes (30 days); 7 days when empty. */
	minutes?: unknown;
	/** Text of one's own that the events of the call carry back; at most 512 characters. */
	payload?: unknown;
}

/**
 * A text with a button that calls the business number on WhatsApp.
 *
 * @throws InputError('Body', 'Button Text', 'Valid for Minutes' or 'Payload')
 */
export function voiceCallMessage(input: VoiceCallInput): VoiceCallMessage {
	const parts = partsOf({ body: input.body });
	const buttonText = optionalLabel('Button Text', input.buttonText, MAX_BUTTON_TEXT);
	const minutes = optionalNumber('Valid for Minutes', input.minutes, 1, MAX_MINUTES);
	if (minutes !== undefined && !Number.isInteger(minutes)) {
		throw new InputError(
			'Valid for Minutes',
			`'Valid for Minutes' is ${minutes}; WhatsApp takes whole minutes only.`,
			'Round the number.',
		);
	}
	const payload = optionalText('Payload', input.payload, MAX_PAYLOAD);
	const parameters = {
		...(buttonText !== undefined && { display_text: buttonText }),
		...(minutes !== undefined && { ttl_minutes: minutes }),
		...(payload !== undefined && { payload }),
	};
	return interactive('voice_call', parts, {
		name: 'voice_call',
		...(Object.keys(parameters).length > 0 && { parameters }),
	});
}
