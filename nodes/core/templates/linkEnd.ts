const SCHEME = /^https?:\/\//i;

/**
 * The end of a link of which a template has the fixed part. People give the whole link, also with
 * http or without any scheme, or its path; what they mean is the same (rule R42).
 *
 * @returns undefined for a link to another place, which would go out broken
 */
export function linkEnd(fixedPart: string, given: string): string | undefined {
	const value = given.trim();
	if (value.startsWith(fixedPart)) return value.slice(fixedPart.length);
	const rest = fixedPart.replace(SCHEME, '');
	// Behind a question mark anything may stand, another link too.
	if (/[?#]/.test(fixedPart)) {
		const bare = value.replace(SCHEME, '');
		return rest !== '' && startsWith(bare, rest) ? bare.slice(rest.length) : value;
	}
	const host = rest.replace(/\/.*$/s, '');
	const path = rest.slice(host.length);
	if (host === '' || host.includes('{{')) return value;

	const bare = value.replace(SCHEME, '');
	const isWhole = bare !== value;
	if (startsWith(bare, host) && /^([/?#]|$)/.test(bare.slice(host.length))) {
		return below(path, bare.slice(host.length));
	}
	if (isWhole || /^\/\/[^/]+\.[^/]+(\/|$)/.test(value)) return undefined;
	if (!value.startsWith('/') && path !== '') return value;
	const end = below(path, value);
	if (end !== undefined) return end;
	// A path of several parts begins at the root of the website: that is another place.
	return /^\/[^/]+\//.test(value) ? undefined : under(path, value);
}

/** What comes behind the fixed path; undefined for another path. */
function below(path: string, value: string): string | undefined {
	if (path === '') return under(path, value);
	if (value.startsWith(path)) return under(path, value.slice(path.length));
	// The fixed part may end with the slash that the link lacks.
	return `${value}/` === path ? '' : undefined;
}

/** The value behind the fixed path, with one slash between the two where there has to be one. */
function under(path: string, value: string): string {
	if (path.endsWith('/')) return value.replace(/^\/+/, '');
	if (path === '' && value !== '' && !/^[/?#]/.test(value)) return `/${value}`;
	return value;
}

function startsWith(text: string, host: string): boolean {
	return text.slice(0, host.length).toLowerCase() === host.toLowerCase();
}
