/** The content of a text that is JSON; undefined for any other text. */
export function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The content of a text that is JSON, or else the text. */
export function jsonOrText(text: string): unknown {
	const json = jsonIn(text);
	return json === undefined ? text : json;
}
