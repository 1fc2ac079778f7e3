import { describeCode, type CodeDescription } from '../errorTable';

/**
 * Meta's codes for Clickatell's status names, which say the same (Clickatell: Message status codes).
 * A name may go on: `VOLUME_LIMIT` stands for all that begin so. 0 means that nobody says why.
 */
const STATUS_CODES: Record<string, number> = {
	WHATSAPP_RE_ENGAGEMENT_REQUIRED: 131047,
	STOP_MARKETING_MESSAGES: 131050,
	EXCESSIVE_MESSAGES_TO_RECIPIENT: 131049,
	RECIPIENT_DOES_NOT_EXIST: 131026,
	ANONYMOUS_USER_ID: 131062,
	INSUFFICIENT_ACCOUNT_BALANCE: 131042,
	WHATSAPP_ACCOUNT_PAYMENT_ISSUE: 131042,
	VOLUME_LIMIT: 80007,
	SPAM_RATE_LIMIT: 131048,
	SERVER_RATE_LIMIT: 130429,
	HSM_NOT_AVAILABLE: 132001,
	TEMPLATE_TEXT_TOO_LONG: 132005,
	TEMPLATE_FORMAT_MISMATCH: 132012,
	MEDIA: 131053,
	EXPIRED: 131043,
	STOPPED: 0,
	DELIVERY_FAILURE: 0,
	EXPERIMENTAL_NUMBER: 0,
};

/** Clickatell's names for what is on its way, as Meta has them where it does. */
const STATUSES: Record<string, string> = {
	UNKNOWN: 'unknown',
	QUEUED: 'queued',
	SCHEDULED: 'scheduled',
	SENT_TO_SUPPLIER: 'sent',
	DEVICE_ACK: 'delivered',
	READ: 'read',
};

/**
 * A status in Meta's words: by its name, because numbers differ between pages. A new name passes as
 * it is.
 */
export function statusOf(name: string): { status: string; code?: number } {
	if (Object.hasOwn(STATUSES, name)) return { status: STATUSES[name] };
	const known = Object.keys(STATUS_CODES).find((key) => name === key || name.startsWith(`${key}_`));
	return known ? { status: 'failed', code: STATUS_CODES[known] } : { status: name.toLowerCase() };
}

/** Meta's codes for those of Clickatell's answers (Clickatell: Error codes). */
const ANSWER_CODES: Array<[number[], number]> = [
	[[25, 130], 131042],
	[[26, 27, 28], 80007],
	[[29, 150, 151, 152], 131026],
	[[80, 81, 82, 83, 84, 85, 103, 104, 105], 131053],
	[[106, 134], 132001],
	[[131], 131047],
	[[132], 131048],
	[[133], 130429],
	[[140], 132005],
	[[141], 132012],
	[[7], 131005],
	[[100], 131008],
	[[101], 131009],
];

const NO_KEY: CodeDescription = {
	kind: 'auth',
	retry: 'never',
	message: 'Clickatell did not accept the API key.',
	hint: "Copy the key of the One API integration into the credential's 'API Key', without 'Bearer'.",
};

const NO_TEMPLATE: CodeDescription = {
	kind: 'templateMissing',
	retry: 'never',
	message:
		'Clickatell did not take the template: it may be unknown, not approved, or of another form.',
	hint: "Compare 'Template Name' and the values with the template in the Clickatell portal.",
};

/**
 * What a code of an answer means.
 *
 * @param isTemplate whether a template was to be sent: code 21 then means that template
 */
export function describeAnswerCode(code: number, isTemplate: boolean): CodeDescription {
	if ([1, 2, 3].includes(code)) return NO_KEY;
	if (code === 21 && isTemplate) return NO_TEMPLATE;
	const row = ANSWER_CODES.find(([codes]) => codes.includes(code));
	if (row) return describeCode(row[1]);
	return {
		kind: 'unknown',
		retry: 'never',
		message: `Clickatell refused the request with code ${code}.`,
		hint: "Act on the details, or look the code up in Clickatell's list of codes for the One API.",
	};
}
