const HIDDEN = '[hidden]';

/**
 * The text without anything that looks like a secret: access tokens of users, system users and apps
 * (`EAA…`, `app ID|secret`), values of `access_token=` and its kin, Bearer values.
 */
export function redact(text: string): string {
	return text
		.replace(
			/((?:_token|client_secret|appsecret_proof)["']?\s*[=:]\s*["']?)[^\s"'&]+/gi,
			`$1${HIDDEN}`,
		)
		.replace(/\b(Bearer\s+)[^\s"',;]+/gi, `$1${HIDDEN}`)
		.replace(/EAA[\w-]{8,}/g, HIDDEN)
		.replace(/\b\d{8,}\|[\w-]{8,}/g, HIDDEN);
}
