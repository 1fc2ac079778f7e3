/**
 * The base64 in a text, without what is often around and between it: line breaks, spaces, and the
 * beginning of a data URL. What it decodes to has as many bytes as `Buffer.byteLength` says.
 *
 * @returns undefined when the text is no base64
 */
export function base64In(text: string): string | undefined {
	const base64 = text.replace(/^\s*data:[^,]{0,200};base64,/i, '').replace(/\s+/g, '');
	const [digits] = /^[\w+/-]*/.exec(base64)!;
	const padding = base64.length - digits.length;
	const isWhole = /^={0,2}$/.test(base64.slice(digits.length, digits.length + 3));
	return isWhole && padding <= 2 && digits.length % 4 !== 1 ? base64 : undefined;
}
