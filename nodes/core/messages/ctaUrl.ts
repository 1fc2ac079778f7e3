import { interactive, partsOf, type PartsInput } from './interactive';
import { linkButton, type LinkButtonInput } from './linkButton';
import type { CtaUrlMessage } from './types';

/**
 * A text with a button that opens a web page (Meta: Interactive call-to-action URL button messages).
 * Nothing comes back when it is tapped.
 *
 * @throws InputError('Body', 'Header', 'Footer', 'Button Text', 'URL', or a field of the header's
 * file)
 */
export function ctaUrlMessage(input: PartsInput & LinkButtonInput): CtaUrlMessage {
	return interactive('cta_url', partsOf(input), linkButton(input));
}
