import { requiredLabel } from '../input/text';
import { webAddress } from '../input/webAddress';

import { MAX_BUTTON_TEXT } from './interactive';
import type { LinkButton } from './types';

export interface LinkButtonInput {
	/** The text of the button. */
	buttonText: unknown;
	/** The web address that it opens. */
	url: unknown;
}

/**
 * A button that opens a web page.
 *
 * @throws InputError('Button Text' or 'URL')
 */
export function linkButton({ buttonText, url }: LinkButtonInput, where = ''): LinkButton {
	const hint = 'Use an address that begins with https://.';
	return {
		name: 'cta_url',
		parameters: {
			display_text: requiredLabel('Button Text', buttonText, MAX_BUTTON_TEXT, where),
			url: webAddress('URL', url, { protocols: ['https:', 'http:'], hint }, where),
		},
	};
}
