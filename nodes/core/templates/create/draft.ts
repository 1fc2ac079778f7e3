/** What the user gives to register a template. Absent parts are undefined or ''. */
export interface TemplateDraft {
	/** Lower-case letters, digits and underscores. */
	name: string;
	/** Meta's code, such as `en_US`. */
	language: string;
	/** `MARKETING`, `UTILITY` or `AUTHENTICATION`, in any letter case. */
	category: string;
	header?: HeaderDraft;
	/** Text with placeholders, {{1}} or {{first_name}}. Authentication templates have none. */
	body?: string;
	/** A sample value for each placeholder of the body, by its name: `1` or `first_name`. */
	examples?: Record<string, string>;
	footer?: string;
	buttons?: ButtonDraft[];
	/** The line of a limited-time offer. */
	offer?: { text: string; expires?: boolean };
	/** The cards of a carousel. */
	cards?: CardDraft[];
	/** Asks the contact for the permission to call. */
	callPermission?: boolean;
	/** Authentication templates only: adds the warning not to share the code. */
	securityRecommendation?: boolean;
	/** Authentication templates only: says for how many minutes the code is valid. */
	codeExpirationMinutes?: number;
}

export interface HeaderDraft {
	/** `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION` or `PRODUCT`, in any letter case. */
	format: string;
	/** Text headers: with at most one placeholder. */
	text?: string;
	/** Text headers: a sample value for the placeholder. */
	example?: string;
	/**
	 * Media headers: the handle of a sample file, from Meta's Resumable Upload API; until it is
	 * uploaded, the name of its binary field.
	 */
	handle?: string;
}

export interface ButtonDraft {
	/** Meta's button type, such as `URL` or `QUICK_REPLY`, in any letter case. */
	type: string;
	text?: string;
	/** URL buttons: a link that may end in one placeholder. */
	url?: string;
	/** URL buttons with a placeholder, and copy-code buttons: a sample value. */
	example?: string;
	phoneNumber?: string;
	/** Flow buttons: one of `flowId`, `flowName` and `flowJson`. */
	flowId?: string;
	flowName?: string;
	flowJson?: string;
	/** Flow buttons: the first screen. */
	screen?: string;
	/** Call buttons: how long the button works. */
	minutes?: number;
	/** One-time password buttons: `COPY_CODE`, `ONE_TAP` or `ZERO_TAP`. */
	otpType?: string;
	autofillText?: string;
	/** One-tap and zero-tap: the Android apps that may receive the code. */
	apps?: Array<{ packageName: string; signatureHash: string }>;
	/** Zero-tap: Meta's terms are accepted. */
	termsAccepted?: boolean;
}

/** A card of a carousel, a small template of its own. */
export type CardDraft = Pick<TemplateDraft, 'header' | 'body' | 'examples' | 'buttons'>;
