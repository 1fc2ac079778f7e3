/**
 * An address taken apart; undefined where the text is no complete address.
 *
 * `URL.canParse` is not asked: in Node 20 it says no to addresses with letters such as 'ü' once it
 * has been called some thousand times (its fast path reads Latin-1 as UTF-8).
 */
export function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
