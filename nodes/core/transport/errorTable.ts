/** What sort of refusal it is; workflows may branch on it. */
export type ErrorKind =
	| 'windowClosed'
	| 'optedOut'
	| 'marketingLimited'
	| 'unreachable'
	| 'templateMissing'
	| 'templateParameters'
	| 'templatePaused'
	| 'media'
	| 'rateLimited'
	| 'auth'
	| 'permission'
	| 'billing'
	| 'temporary'
	| 'unknown';

/**
 * Whether the same request may be sent again: `safe` means that it was certainly not sent, `risky`
 * that it may have been sent, so that the contact could get it twice, `never` that a repetition
 * without a change is useless or harmful.
 */
export type Retry = 'safe' | 'risky' | 'never';

export interface CodeDescription {
	kind: ErrorKind;
	retry: Retry;
	/** What happened; one sentence. */
	message: string;
	/** How to mend it; one sentence. */
	hint: string;
}

interface Row extends CodeDescription {
	/** Single codes, and ranges as `[first, last]`. */
	codes: Array<number | [number, number]>;
	/** The row holds for this subcode only. */
	subcode?: number;
}

/**
 * Meta's codes (Meta: Error codes). The first row that fits counts, so rows for a
 * subcode stand before the row of their code, and single codes before ranges.
 */
const ROWS: Row[] = [
	// Window, consent, reach
	{
		codes: [131047, 470],
		kind: 'windowClosed',
		retry: 'never',
		message:
			"WhatsApp refused the free-form message because the contact's 24-hour customer service window is closed.",
		hint: "Send a template, or set 'When the Window Is Closed' to 'Send a Template Instead'.",
	},
	{
		codes: [131050],
		kind: 'optedOut',
		retry: 'never',
		message: 'The contact has stopped marketing messages from this business number.',
		hint: 'Send no more marketing templates; only the contact can resume them, in WhatsApp.',
	},
	{
		codes: [131049],
		kind: 'marketingLimited',
		retry: 'never',
		message:
			'WhatsApp held the marketing message back because this contact gets no more of them for now.',
		hint: 'Wait at least 24 hours before the next marketing template to this contact.',
	},
	{
		codes: [130472],
		kind: 'marketingLimited',
		retry: 'never',
		message:
			'WhatsApp held the marketing message back because the contact belongs to one of its experiments.',
		hint: 'Do not send it again; a utility template or an answer in an open window can still reach the contact.',
	},
	{
		codes: [131026],
		kind: 'unreachable',
		retry: 'never',
		message:
			'WhatsApp cannot reach this contact: the number is not on WhatsApp, its app is too old, or the terms were not accepted.',
		hint: 'Check the number with its country code, or reach the person on another channel.',
	},
	{
		codes: [131021],
		kind: 'unreachable',
		retry: 'never',
		message: 'The recipient is the business number itself.',
		hint: "Write the contact's number into 'To'.",
	},
	{
		codes: [130403],
		kind: 'unreachable',
		retry: 'never',
		message: 'This business number has blocked the contact.',
		hint: "Unblock the contact first: 'Contact' → 'Unblock'.",
	},
	{
		codes: [131062],
		kind: 'unreachable',
		retry: 'never',
		message: 'WhatsApp sends this message to phone numbers only, not to user IDs.',
		hint: "Write the contact's phone number into 'To'.",
	},
	{
		codes: [131043],
		kind: 'unreachable',
		retry: 'never',
		message: 'The message expired before it reached the contact.',
		hint: 'Send it again only if its content still holds.',
	},
	{
		codes: [137000],
		kind: 'unreachable',
		retry: 'never',
		message: "The contact's identity has changed since the given identity hash was taken.",
		hint: 'Make sure that you still write to the same person, then send with the new hash or without one.',
	},

	// Templates
	{
		codes: [132001],
		kind: 'templateMissing',
		retry: 'never',
		message: 'The template does not exist in this language, or it is not approved.',
		hint: 'Choose an approved template and its exact language from the list.',
	},
	{
		codes: [134102],
		kind: 'templateMissing',
		retry: 'never',
		message: 'The template is not available to the Marketing Messages API.',
		hint: 'Check in WhatsApp Manager that the account is set up for the Marketing Messages API.',
	},
	{
		codes: [132000],
		kind: 'templateParameters',
		retry: 'never',
		message: 'The number of values does not fit the template.',
		hint: 'Fill every field of the template and remove those that it does not have.',
	},
	{
		codes: [132005],
		kind: 'templateParameters',
		retry: 'never',
		message: 'The text of the template is too long with these values filled in.',
		hint: 'Shorten the values.',
	},
	{
		codes: [132008, 132012, 132018],
		kind: 'templateParameters',
		retry: 'never',
		message: 'A value does not have the form that the template asks for.',
		hint: "Fill every field, without line breaks, tabs or more than four spaces in a row, which the option 'Clean Up Parameter Values' takes out.",
	},
	{
		codes: [132015],
		kind: 'templatePaused',
		retry: 'never',
		message: 'WhatsApp has paused the template because of low quality or pacing.',
		hint: 'Wait until it is active again in WhatsApp Manager, or choose another template.',
	},
	{
		codes: [132016],
		kind: 'templatePaused',
		retry: 'never',
		message: 'WhatsApp has disabled the template for good because it was paused too often.',
		hint: 'Choose another template, or create a new one with other content.',
	},
	{
		codes: [132007],
		kind: 'templatePaused',
		retry: 'never',
		message: "The content of the template goes against WhatsApp's policy.",
		hint: 'Change the template in WhatsApp Manager, or choose another one.',
	},
	{
		codes: [132068],
		kind: 'templatePaused',
		retry: 'never',
		message: 'The flow of this message is blocked.',
		hint: 'Correct the flow in WhatsApp Manager, or choose another one.',
	},
	{
		codes: [134101],
		kind: 'templatePaused',
		retry: 'never',
		message: 'The template is not yet ready for the Marketing Messages API.',
		hint: 'Send it again after ten minutes.',
	},
	{
		codes: [2388019],
		kind: 'permission',
		retry: 'never',
		message: 'The account has reached its largest number of templates.',
		hint: 'Delete templates that are no longer used.',
	},
	{
		codes: [
			[2388000, 2388099],
			[2388200, 2388299],
		],
		kind: 'templateParameters',
		retry: 'never',
		message: 'WhatsApp did not take the template as it was written.',
		hint: 'Change the template as the details say.',
	},

	// Media
	{
		codes: [131052],
		kind: 'media',
		retry: 'never',
		message: 'WhatsApp could not fetch the file.',
		hint: 'Check that the link is public and the file at most 100 MB, or upload the file and send its ID.',
	},
	{
		codes: [131053],
		kind: 'media',
		retry: 'never',
		message: 'WhatsApp could not take the file.',
		hint: 'Check that the type, the format and the size are among those that WhatsApp supports.',
	},

	// Limits
	{
		codes: [4],
		kind: 'rateLimited',
		retry: 'safe',
		message: 'The Meta app has made too many requests, so this one was not carried out.',
		hint: 'Wait a while and send more slowly.',
	},
	{
		codes: [80007],
		kind: 'rateLimited',
		retry: 'safe',
		message:
			'The WhatsApp business account has made too many requests, so this one was not carried out.',
		hint: 'Wait a while and send more slowly.',
	},
	{
		codes: [130429],
		kind: 'rateLimited',
		retry: 'safe',
		message: 'The business number has sent too many messages at once, so this one was not sent.',
		hint: 'Send more slowly: most numbers may send 80 messages per second.',
	},
	{
		codes: [131056],
		kind: 'rateLimited',
		retry: 'safe',
		message: 'This contact was sent too many messages in a short time, so this one was not sent.',
		hint: 'Leave about six seconds between two messages to the same contact.',
	},
	{
		codes: [17, 613, 80008],
		kind: 'rateLimited',
		retry: 'risky',
		message: 'Too many requests were made in a short time.',
		hint: 'Wait a while and send more slowly.',
	},
	{
		codes: [131048],
		kind: 'rateLimited',
		retry: 'never',
		message:
			'WhatsApp limits this business number because too many of its messages were blocked or reported as spam.',
		hint: 'Check the quality rating in WhatsApp Manager, and do not send again until it has recovered.',
	},
	{
		codes: [132069],
		kind: 'rateLimited',
		retry: 'never',
		message:
			'The flow of this message is throttled, and its messages of the last hour are used up.',
		hint: 'Wait an hour, and correct the flow in WhatsApp Manager.',
	},
	{
		codes: [138009],
		kind: 'rateLimited',
		retry: 'never',
		message: 'This contact was asked for the permission to call too often.',
		hint: 'Ask at most once in 24 hours and twice in seven days.',
	},

	// Access
	{
		codes: [190],
		subcode: 463,
		kind: 'auth',
		retry: 'never',
		message: 'The access token has expired.',
		hint: 'Create a permanent token for a system user and put it into the credential.',
	},
	{
		codes: [0, 104, 190],
		kind: 'auth',
		retry: 'never',
		message: 'Meta did not accept the access token.',
		hint: 'Put a valid token into the credential, best a permanent one of a system user.',
	},
	{
		codes: [3, 10, [200, 299], 131005],
		kind: 'permission',
		retry: 'never',
		message: 'The access token does not have the permission that this request needs.',
		hint: "Give the token's system user 'whatsapp_business_messaging', 'whatsapp_business_management' and access to this business account.",
	},
	{
		codes: [33],
		kind: 'permission',
		retry: 'never',
		message: 'The business number does not exist any more, or this access token cannot see it.',
		hint: 'Check the phone number ID.',
	},
	{
		codes: [100],
		subcode: 33,
		kind: 'permission',
		retry: 'never',
		message:
			'The phone number ID, account ID or media ID does not exist, or this access token cannot see it.',
		hint: 'Check the IDs and the credential; an uploaded file is kept for 30 days, a received one for seven.',
	},
	{
		codes: [803],
		kind: 'permission',
		retry: 'never',
		message: 'One of the IDs does not exist, or this access token cannot see it.',
		hint: 'Check the IDs and the credential.',
	},
	{
		codes: [2200],
		kind: 'unknown',
		retry: 'never',
		message: 'Meta asked the callback address for its challenge, and did not get the right answer.',
		hint: 'Make sure that the address can be reached from the internet over https with a valid certificate, and that nothing answers in the place of n8n.',
	},
	{
		codes: [368, 131031],
		kind: 'permission',
		retry: 'never',
		message: 'Meta has restricted or locked the account because of its policies.',
		hint: 'Look at Business Support Home in the Meta Business Suite, and ask for a review there.',
	},
	{
		codes: [130497],
		kind: 'permission',
		retry: 'never',
		message: 'This business account may not write to people in this country.',
		hint: "Read Meta's list of countries and industries, or reach the person on another channel.",
	},
	{
		codes: [131030],
		kind: 'permission',
		retry: 'never',
		message: "The test number may not write to this contact, who is not on the number's list.",
		hint: 'Add the contact to the list of recipients in the app dashboard (numbers of Argentina, Brazil and Mexico in the form without the additional 9 or 1), or use a real business number.',
	},
	{
		codes: [131037],
		kind: 'permission',
		retry: 'never',
		message: 'The business number has no approved display name.',
		hint: 'Have a display name approved in WhatsApp Manager.',
	},
	{
		codes: [131045, 133006, 133010],
		kind: 'permission',
		retry: 'never',
		message: 'The business number is not verified or not registered for the Cloud API.',
		hint: 'Verify and register the number in WhatsApp Manager.',
	},
	{
		codes: [133000],
		kind: 'permission',
		retry: 'never',
		message: 'An earlier deregistration of the business number was not completed.',
		hint: 'Deregister the number again, then register it.',
	},
	{
		codes: [133005],
		kind: 'permission',
		retry: 'never',
		message: 'The PIN for two-step verification is wrong.',
		hint: 'Give the right PIN, or set a new one in WhatsApp Manager.',
	},
	{
		codes: [133008, 133009],
		kind: 'permission',
		retry: 'never',
		message: 'The PIN for two-step verification was tried too often or too quickly.',
		hint: 'Wait as long as the details say before the next try.',
	},
	{
		codes: [133015],
		kind: 'permission',
		retry: 'never',
		message: 'The business number was deleted a short while ago, and the deletion is not complete.',
		hint: 'Wait five minutes before you register the number again.',
	},
	{
		codes: [133016],
		kind: 'permission',
		retry: 'never',
		message: 'The business number was registered or deregistered too often.',
		hint: 'Wait 72 hours before the next try.',
	},
	{
		codes: [134011],
		kind: 'permission',
		retry: 'never',
		message: 'The terms of service for payments in WhatsApp have not been accepted.',
		hint: 'Accept them in WhatsApp Manager.',
	},
	{
		codes: [131064],
		kind: 'permission',
		retry: 'never',
		message: 'WhatsApp limits the account because templates were put into a wrong category.',
		hint: 'Check the categories of the templates in WhatsApp Manager.',
	},
	{
		codes: [131061],
		kind: 'permission',
		retry: 'never',
		message: 'A template with a maximum price can be sent only through the Marketing Messages API.',
		hint: "Set the option 'Marketing Messages API' of Send Template, or remove its maximum price.",
	},
	{
		codes: [131063],
		kind: 'permission',
		retry: 'never',
		message: 'The account does not let marketing templates go through the Cloud API.',
		hint: "Set the option 'Marketing Messages API' of Send Template, or allow them in WhatsApp Manager.",
	},
	{
		codes: [131042, 131044],
		kind: 'billing',
		retry: 'never',
		message: 'WhatsApp cannot charge the business account for this message or call.',
		hint: "Add or renew the payment method in Meta's Billing Hub.",
	},

	// Temporary
	{
		codes: [1],
		kind: 'temporary',
		retry: 'risky',
		message: 'Meta could not carry out the request, and did not say why.',
		hint: "Check the fields and Meta's status page; before you send again, make sure that the message did not arrive.",
	},
	{
		codes: [2, 131000, 131016, 133004],
		kind: 'temporary',
		retry: 'risky',
		message: 'WhatsApp is down or overloaded for the moment.',
		hint: 'Send again later, and make sure first that the message did not arrive.',
	},
	{
		codes: [131057],
		kind: 'temporary',
		retry: 'risky',
		message: 'The business number is in maintenance, for example to raise its throughput.',
		hint: 'Send again after a minute.',
	},

	// The request itself
	{
		codes: [2046],
		kind: 'unknown',
		retry: 'never',
		message: 'The order cannot go from the status that it has to this one.',
		hint: 'Leave an order that is completed or canceled as it is, and one that has begun not back to pending.',
	},
	{
		codes: [2047],
		kind: 'unknown',
		retry: 'never',
		message: 'The order cannot be canceled because its payment has begun or is done.',
		hint: 'Give the money back by the payment gateway, and tell the contact so.',
	},
	{
		codes: [131008],
		kind: 'unknown',
		retry: 'never',
		message: 'The request lacks a value that WhatsApp needs.',
		hint: 'Fill the field that the details name.',
	},
	{
		codes: [100, 131009, 135000],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp did not accept one of the values in the request.',
		hint: 'Correct the value that the details name; a message to react to or to mark as read must exist and be at most 30 days old.',
	},
	{
		codes: [131051],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp does not support this type of message.',
		hint: 'Send another type, for example a text with a link.',
	},
	{
		codes: [131060],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp cannot show this message to the business.',
		hint: 'Ask the contact to send it in another form.',
	},
	{
		codes: [131055, 134100],
		kind: 'unknown',
		retry: 'never',
		message: 'The Marketing Messages API takes marketing templates only.',
		hint: "Remove the option 'Marketing Messages API': then it goes through the Cloud API.",
	},
	{
		codes: [131059],
		kind: 'unknown',
		retry: 'never',
		message: 'The place in the list has expired.',
		hint: 'Read the list again from its beginning.',
	},
	{
		codes: [131020, 131041, [131201, 131215]],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp refused a request that concerns a group.',
		hint: 'Act on the details; this node writes to single contacts only.',
	},
	{
		codes: [[138000, 138018]],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp refused a request that concerns a call.',
		hint: 'Check the call settings of the business number and act on the details.',
	},
	{
		codes: [139101],
		kind: 'unknown',
		retry: 'never',
		message: 'The business number has blocked 64,000 contacts, which is as many as it can.',
		hint: 'Unblock some of them first.',
	},
	{
		codes: [[139100, 139103]],
		kind: 'unknown',
		retry: 'never',
		message: 'WhatsApp did not block or unblock all of the contacts.',
		hint: 'Only contacts who wrote in the last 24 hours can be blocked; act on the details.',
	},

	// Usernames of business numbers
	{
		codes: [147001],
		kind: 'unknown',
		retry: 'never',
		message: 'This username is not to be had.',
		hint: 'Choose another one; those that Meta keeps for the number are shown by Get Username.',
	},
	{
		codes: [147002],
		kind: 'permission',
		retry: 'never',
		message: 'The business number may not have a username yet.',
		hint: 'Check in WhatsApp Manager what Meta asks for first.',
	},
	{
		codes: [147003, 147004],
		kind: 'permission',
		retry: 'never',
		message: 'Meta keeps this username for the Facebook page or Instagram account that has it.',
		hint: 'Link that account with the business in WhatsApp Manager first.',
	},
	{
		codes: [147005],
		kind: 'unknown',
		retry: 'never',
		message: 'Another number of your business has this username.',
		hint: "Turn 'Move From Another Number' on to move it.",
	},
];

/**
 * What a code of Meta's means, from a reply or from a `failed` status.
 *
 * @param subcode Meta's `error_subcode`
 */
export function describeCode(code: number, subcode?: number): CodeDescription {
	const row = rowOf(code, subcode);
	if (row) return { kind: row.kind, retry: row.retry, message: row.message, hint: row.hint };
	return {
		kind: 'unknown',
		retry: 'never',
		message: `WhatsApp refused the request with code ${code}.`,
		hint: "Act on the details, or look the code up in Meta's list of codes for the Cloud API.",
	};
}

/** Whether the table says what a code means. */
export function isKnownCode(code: number, subcode?: number): boolean {
	return rowOf(code, subcode) !== undefined;
}

function rowOf(code: number, subcode?: number): Row | undefined {
	return ROWS.find(
		({ codes, subcode: only }) =>
			(only === undefined || only === subcode) &&
			codes.some((entry) =>
				typeof entry === 'number' ? entry === code : entry[0] <= code && code <= entry[1],
			),
	);
}
