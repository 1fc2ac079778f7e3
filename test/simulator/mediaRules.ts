import { GraphError, invalidParameter } from './errors';
import type { Json } from './types';

/** Tells whether the business number may send the media with this ID. */
export type MediaExists = (id: string) => boolean;

/** Whether a text is a link from which Meta would fetch a file. */
export function isHttpsLink(link: unknown): boolean {
	return typeof link === 'string' && /^https:\/\/[^\s/]+/.test(link);
}

/** A media object needs an ID that was uploaded or a public https link. */
export function checkMedia(param: string, { id, link }: Json, mediaExists: MediaExists): void {
	if (id !== undefined) {
		if (!mediaExists(String(id))) {
			throw invalidParameter(
				`Param ${param}['id'] is not a valid whatsapp business account media attachment ID`,
			);
		}
		return;
	}
	if (link === undefined) {
		throw new GraphError(131008, { details: `${param}: either id or link is required` });
	}
	if (!isHttpsLink(link)) {
		throw new GraphError(131009, { details: `${param}['link'] is not a valid https address` });
	}
}
