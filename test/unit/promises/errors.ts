import type { Page } from './page';

/** `docs/errors.md`, sentence by sentence. */
export const errors: Page = {
	page: 'docs/errors.md',
	promises: {
		'Every message of the nodes has two sentences: what happened, and what to do.': [
			'engine/messages: a refusal by Meta › of code %i is told in two sentences and with the item',
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
			'unit/conversation/properties: the texts of every decision › say what to do where a message is held back',
		],
		'With On Error set to Continue or Continue (using error output) the item holds error (what happened), message (how to mend it) and details:':
			[
				"engine/messages: with 'On Error' set to go on › gives what went wrong as the data of its item, and sends the others",
				"engine/messages: with 'On Error' set to go on › gives what Meta refused with its kind and code",
			],
		'details.kind is one of the kinds below; branch on it.': [
			'unit/promises/errorsPage: every kind of a refusal is in the list of kinds',
		],
		'details.decision is there when the rules held the message back (shortened here); nothing was sent, unless error says that parts of a text were.':
			[
				"engine/window: WhatsApp's own word › when it comes at once leads to what was chosen: %s",
				'engine/lastMoment: between the parts of a long text › the window closes: what did not go out is told, and no try sends anything twice',
			],
		'details.field names the field that it is about; nothing was sent.': [
			"engine/messages: with 'On Error' set to go on › gives what went wrong as the data of its item, and sends the others",
		],
		"For refusals by WhatsApp details has code (Meta's), details (Meta's words), retry, and traceId for Meta's support.":
			[
				"engine/messages: with 'On Error' set to go on › gives what Meta refused with its kind and code",
				"unit/transport/errors: readGraphError: Meta's error object › reads code, subcode, details and trace ID",
			],
		'What WhatsApp refuses later comes as a status with errorKind, explanation, hint and retry: see tracking.':
			['engine/tracking: a failed status › says what happened and what to do: %d'],
		'input | found before anything was sent; details.field names the field | mend the field': [
			"engine/messages: wrong input › in '%s' stops before any request: %j",
			"engine/messages: with 'On Error' set to go on › gives what went wrong as the data of its item, and sends the others",
		],
		"windowClosed | the window is closed or unknown, by our records (then details.decision says why) or by WhatsApp's answer | send a template: window":
			[
				"engine/window: WhatsApp's own word › when it comes at once leads to what was chosen: %s",
				'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
			],
		'consentMissing | the policy asks for an opt-in, and none is on record | record one': [
			'engine/consent: a button › who %s is told so where the category of a template is not known',
		],
		'personHasConversation, otherResponderHasConversation | a person of your business, or another responder of the number, has the conversation | resume, or send as a person':
			[
				'engine/owner: Sent By › T37: the error tells its kind as data',
				'engine/owner: another responder › E42, E43: has what it took, until Meta delivers a message to us',
			],
		'optedOut | the customer opted out, or stopped marketing messages | leave the customer alone': [
			'engine/consent: a button › who %s is told so where the category of a template is not known',
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'marketingLimited | WhatsApp holds marketing to this customer back for now | wait a day at least':
			[
				'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
				'engine/promises/consent: after 131049 marketing templates are held back for 24 hours, also after a restart › %s',
			],
		'unreachable | not on WhatsApp, or cannot get this message | check the number, or take another channel':
			['unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own'],
		'templateMissing | no such template in this language, or not approved | choose it from the list':
			['unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own'],
		'templateParameters | the values do not fit the template | fill every field': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
		],
		'templatePaused | WhatsApp paused or disabled the template, or its Flow | choose another one': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
			'engine/templates: message: sendTemplate › says it when a template was paused after it was chosen, first by Meta, then by itself',
		],
		'media | WhatsApp could not fetch or take the file | check link, type and size': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
		],
		'rateLimited | too many messages or requests | send more slowly': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
		],
		'auth, permission | the token is not accepted, or lacks a permission; the account or number may not do this | Account → Check Setup':
			['unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own'],
		'billing | WhatsApp cannot charge the account | add a payment method at Meta': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
		],
		'temporary | WhatsApp is down or does not answer | see the next section': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
			'unit/transport/errors: readGraphError: anything else › HTTP status %i is %s, retry %s',
		],
		'unknown | anything else | read details': [
			'unit/transport/errors: describeCode › takes %i as it comes',
		],
		'details.retry, and retry of a failed status, say it:': [
			"engine/messages: with 'On Error' set to go on › gives what Meta refused with its kind and code",
			'engine/tracking: a failed status › says what happened and what to do: %d',
		],
		'safe: it was certainly not sent.': [
			'unit/transport/errors: describeCode › repeats only what was certainly not sent',
			'unit/transport/cloudApi: when %s › it is %s to repeat %s',
		],
		'The same message may go out again.': [
			'unit/transport/errors: describeCode › repeats only what was certainly not sent',
		],
		'risky: it may have been sent, such as after a connection that broke off.': [
			'unit/transport/errors: readGraphError: anything else › no answer at all may have been sent all the same: %s',
			'engine/messages: a refusal by Meta › by a broken connection (%s) sends nothing again',
		],
		'never: useless or harmful without a change.': [
			'unit/transport/errors: describeCode › %i is %s, retry %s, in plain sentences of its own',
		],
		"When a limit is reached (130429, 131056, Meta's other limits that are safe, and HTTP status 429) the node waits and tries again by itself, some times.":
			[
				'unit/nodes/rate: a refusal › %s is tried again until it passes',
				'unit/nodes/rate: a refusal › gives its error in the end',
				'engine/providers: through $name › a limit told as %s is waited for',
			],
		'If the answer says how long (Retry-After), it waits that long; if that is more than 64 seconds, it stops and tells it.':
			[
				'unit/nodes/rate: a refusal › is tried again when the provider wants it',
				'unit/nodes/rate: a refusal › is not waited for longer than the longest pause',
				'engine/providers: through $name › a limit of an hour is not waited for, and told',
			],
		'Nothing else is repeated by itself.': [
			'unit/nodes/rate: a refusal › of another sort is not tried again',
			'unit/nodes/rate: a refusal › %s is not tried again: it may have been sent, or it would be refused again',
			'engine/messages: a refusal by Meta › by a broken connection (%s) sends nothing again',
		],
		"With n8n's Retry On Fail items that went out, or may have, are not sent a second time, however many there are.":
			[
				'engine/lastMoment: Retry On Fail › sends nothing twice of a list',
				'unit/nodes/repeatedRun: RepeatedRun › does again nothing but what failed, whatever the number of items',
				"engine/messages: with 'On Error' set to go on › does not send twice what went well when n8n repeats the run",
			],
		'What came of them is kept in memory until the run needs no further try, or for ten minutes after its last one; n8n waits five seconds at most between two.':
			[
				'unit/promises/errorsPage: what came of the items of a repeated run › is kept for ten minutes after its last try',
				'unit/promises/errorsPage: what came of the items of a repeated run › is kept until the run needs no further try',
			],
		'After a pause the node decides again.': [
			'unit/nodes/rate: what is asked before each try › is asked after all waiting, and again after each pause',
			'engine/lastMoment: between two tries › the window closes: the message is not tried again',
		],
		'What a refusal tells about the customer (131047, 131049, 131050) is on record at once, and the message of the error says so.':
			[
				'engine/lastMoment: a refusal that comes at once › 131047 closes the window: %s',
				'engine/promises/consent: 131050, at once, whichever operation sent it › %s',
				'engine/promises/consent: after 131049 marketing templates are held back for 24 hours, also after a restart › %s',
			],
		'131047 | windowClosed | a free-form message outside the window': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131026 | unreachable | not on WhatsApp, an app that is too old, or terms not accepted': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131049 | marketingLimited | this customer gets no more marketing for now': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131050 | optedOut | the customer stopped marketing messages': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131042 | billing | no working payment method': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131030 | permission | the recipient is not on the list of the test number': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'132000, 132012 | templateParameters | number or form of the values': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'132001 | templateMissing | name or language of the template, or it is not approved': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'132015, 132016 | templatePaused | paused for low quality; disabled for good': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'131052, 131053 | media | the file could not be fetched or taken': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'130429, 131056 | rateLimited | too fast for the number; too fast for one customer': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'190 | auth | the token is wrong or has ended': [
			'unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind',
		],
		'"No marketing opt-in from this contact is on record" | See consent.': [
			'engine/identity: a number that came to somebody else › %s: the code is the new owner’s, and nothing is taken for the other’s',
		],
		'"…not known whether this contact has opted out" | n8n was started anew and could not ask the trigger. See after a restart.':
			[
				'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
			],
		'A template is missing from the list | Only approved ones are shown. Is the Business Account ID the right one? Or give its name and language by hand, such as order_ticket|en_US.':
			['engine/templates: in the editor › lists the approved templates, page by page'],
		"A new template field does not appear | Press the refresh button beside the template's fields.":
			['engine/templates: in the editor › sees at once that a template has changed'],
	},
	ofOthers: [],
	advice: [
		'For the trigger that stays silent see the trigger does not fire.',
		'Make sure first that it did not arrive.',
		'Messages are accepted, but do not arrive | Let the trigger report Delivery Status. A failed status says why.',
		'A window is unknown although the customer wrote | Did the message come before the trigger was published, or to another number? Do trigger and node have the same Conversation State? See limits.',
	],
};
