import type { Span } from './inline';

/** The same text, all of it bold but links and code. */
export function inBold(spans: Span[]): Span[] {
	return spans.map((span) => ({ ...span, styles: new Set([...span.styles, 'bold' as const]) }));
}
