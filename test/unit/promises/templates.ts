import type { Page } from './page';

/** `docs/templates.md`, sentence by sentence. */
export const templates: Page = {
	page: 'docs/templates.md',
	promises: {
		'A template may go out at any time, if it is approved and consent allows it.': [
			'engine/templates: message: sendTemplate › does not send a %s template',
			'unit/conversation/properties: templates › are never refused because of the window',
			'engine/templates: marketing templates › need an opt-in',
		],
		"It does not open the window: the customer's answer does.": [
			'engine/templates: message: sendTemplate › does not open the window',
		],
		'In Send Template (or under Template Instead of Send) choose one from the list, which shows the approved ones.':
			[
				'engine/templates: in the editor › lists the approved templates, page by page',
				'engine/templates: in the editor › asks for the fields of the fallback template by its own parameter',
			],
		'Whole Text shows what it says; click on it to read all of it.': [
			'engine/templates: in the editor › shows the whole text of a template above its fields, which is no value of it',
		],
		'One field appears for each value: the values of header and text, the ends of links, and the file of a header with an image, a video or a document.':
			[
				'engine/templates: in the editor › asks for one field for each value, with the words around it',
				'unit/templates/fields: fieldsOf › %s',
			],
		'Positional ({{1}}) and named ({{name}}) values both work.': [
			'unit/templates/properties: positional templates › get one parameter per placeholder, in the order of the numbers',
			'unit/templates/properties: named templates › carry the name with each value, however the values are ordered',
		],
		'So do location and product headers, coupon codes, one-time passwords, Flows, catalogs, product lists, limited-time offers, carousels, call buttons and buttons to pay a bill.':
			[
				'unit/contract/templates: fit: %s',
				'unit/templates/components: componentsOf › fills every card of a carousel',
			],
		'By name and language it reads order_ticket|en_US, also as an expression.': [
			'engine/templates: message: sendTemplate › may be given by name alone, and with an expression',
			'unit/templates/definition: template key › reads %j',
		],
		'A template that changed at Meta: press the refresh button beside its fields.': [
			'engine/templates: in the editor › sees at once that a template has changed',
		],
		'While sending, a definition is kept for ten minutes.': [
			'engine/promises/templates: while sending, a definition is kept for ten minutes',
		],
		"A value may hold no line breaks, no tabs, and no more than four spaces in a row: that is WhatsApp's rule, and the node says so before it sends.":
			['engine/templates: message: sendTemplate › sends and uploads nothing when %s'],
		'The option Clean Up Parameter Values makes one space of them instead.': [
			'engine/promises/templates: Clean Up Parameter Values makes one space of line breaks, tabs and spaces',
		],
		'Authentication templates with a code button go to phone numbers alone.': [
			'engine/promises/templates: a code button goes to the phone number that WhatsApp named with the user ID, else nowhere',
			'unit/templates/usability: requiresPhoneNumber (T32) › %s: %#',
		],
		'For a user ID the node takes the phone number that WhatsApp named with it; where none is known, nothing is sent.':
			[
				'engine/promises/templates: a code button goes to the phone number that WhatsApp named with the user ID, else nowhere',
			],
		"The payload of a quick-reply button comes back in the trigger's reply.id when it is tapped.": [
			'engine/promises/templates: the payload of a quick-reply button comes back in reply.id, and OPT_OUT records an opt-out',
		],
		'OPT_OUT there records an opt-out.': [
			'engine/promises/templates: the payload of a quick-reply button comes back in reply.id, and OPT_OUT records an opt-out',
			'engine/consent: a button › opts out by its payload: %s',
		],
		"In the template's fields, write the name of that binary field into Document.": [
			'engine/templates: message: sendTemplate › sends a bill with the PDF of the previous node',
		],
		'A public https link or a media ID is fine too.': [
			'engine/templates: message: sendTemplate › sends a file by %s without an upload',
		],
		'The node checks the file and the values, uploads the PDF, and sends the template.': [
			'engine/templates: message: sendTemplate › sends a bill with the PDF of the previous node',
			'engine/templates: message: sendTemplate › refuses a file that WhatsApp does not take as the header',
			'engine/templates: message: sendTemplate › sends and uploads nothing when %s',
		],
		"The customer sees the file's own name; the field Document File Name gives it another one.": [
			"engine/templates: message: sendTemplate › shows the file's own name when no other was given",
			'engine/templates: message: sendTemplate › sends a bill with the PDF of the previous node',
		],
		'The examples Order Ticket and Bill and Reminder do this.': [
			'e2e/orders: an order › is answered with its ticket: the file as it was, and every value in its place',
			"e2e/examples: the example › 'Bill and Reminder' (with a wait of a second in place of a day) › sends $templates for a bill with paid: $paid",
		],
		'To send one file to many, upload it once with Media → Upload and give its media ID.': [
			'engine/messages: a free-form message › goes out with a file that was uploaded before, any number of times',
			'engine/templates: message: sendTemplate › sends a file by %s without an upload',
		],
		'Template → Preview shows the text with your values, and the data that would be sent, without sending.':
			['engine/templates: template: preview › shows the text and the payload, and sends nothing'],
		'The option Dry Run of Send and Send Template goes one step further: it decides, checks everything, and shows in request what would be sent; a file that is not uploaded yet has the ID 0 there.':
			[
				'engine/promises/templates: Dry Run of Send Template decides, checks everything, and shows the request',
				'engine/dryRun: shows the request of a template, and uploads nothing',
			],
		'Create | registers a template with Meta, which reviews it; its rules are checked before': [
			'engine/templateManagement: template: create › registers a ticket template, with the file of the item as a sample',
			'engine/templateManagement: template: create › refuses %s before Meta sees it',
		],
		'Create From Library | takes over a template that Meta has written, with your own links and phone number; as a rule it is approved at once':
			["engine/templateManagement: Meta's library › gives a template, which can be sent at once"],
		"Get Many From Library | searches Meta's library by word, topic, use case, industry and language":
			[
				"engine/templateManagement: Meta's library › is searched by a word",
				"engine/templateManagement: Meta's library › is filtered by %j",
			],
		'Get Analytics | how often a template was sent, delivered, read and tapped in the last 90 days, and its quality':
			[
				"engine/templateManagement: Meta's figures › of a template: sent, delivered, read, tapped, and its quality",
			],
		'Compare | which of two templates is blocked less often, and why people block; Meta compares those sent at least 1,000 times':
			[
				"engine/templateManagement: Meta's figures › compare two templates, the one that is blocked less often first",
				"engine/templateManagement: Meta's figures › are not told of templates that were seldom sent, nor of one and the same",
			],
		'Edit | replaces the whole content; Meta reviews it again. One edit of an approved template a day, ten in 30 days':
			[
				'engine/templateManagement: template: edit › replaces the content, keeps the category, and has it reviewed again',
			],
		'Delete | in one or all of its languages': [
			'engine/templateManagement: template: delete › deletes the chosen language alone',
			'engine/templateManagement: template: delete › deletes all languages of %s',
		],
		'Get, Get Many | with status, category, quality and fields, whether approved or not': [
			'engine/templateManagement: template: getMany › gives one item for each template, with all that says what it is',
			'engine/templateManagement: template: get › gives templates that cannot be sent too, and says why',
		],
		'Preview | see above': [
			'engine/templates: template: preview › shows the text and the payload, and sends nothing',
		],
		"The trigger's Account Event tells of approval, rejection, pausing and changes of the category, where it has the callback of the app (see Callback Level); its explanation says what the new status means, and for how long a pause lasts, if Meta tells.":
			[
				'unit/events/otherEvents: account events › give the template whose status changed',
				"engine/registration: with 'Callback Level' set to 'App' › receives what goes to the app alone",
				'unit/events/otherEvents: account events › say what a pause means, for how long Meta says it lasts, and when it ends',
			],
		'The example Create Templates goes the whole way: it creates a ticket and a bill, and sends them when they are approved.':
			[
				"e2e/examples: the example › 'Create Templates' › has both reviewed in an empty account, and sends each when it is approved",
			],
		'What Meta tells of read messages and taps is an estimate, and it is not told everywhere; what is not told is null, which is not 0.':
			["engine/templateManagement: Meta's figures › are null, not 0, where Meta tells none"],
		'A header with an image, a video or a document needs a sample for the review: let a node before make or fetch the file, and write the name of its binary field into Header Sample, also of the cards of a carousel.':
			[
				'engine/templateManagement: template: create › registers a ticket template, with the file of the item as a sample',
				'engine/templateManagement: template: create › registers a carousel, with one upload for the file that its cards share',
				'engine/templateManagement: template: edit › uploads a new sample, once the rest is known to be right',
			],
		'The node uploads it for your Meta app; a PDF, a JPEG or PNG, or an MP4 will do.': [
			'engine/templateManagement: where the credential does not name the app › the access token tells it',
			'engine/templateManagement: template: create › refuses a sample that could be sent, and cannot be a sample',
		],
		"A handle that Meta's upload API has returned will do too.": [
			'engine/templateManagement: template: create › takes a handle in place of a file',
		],
	},
	ofOthers: [
		"The texts of Meta's library are fixed, and when such a template is sent, Meta takes for each value only its own type, such as a date or an amount: see bodyTypes.",
		'Approval takes minutes to a day, mostly.',
	],
	advice: [
		'Create templates in WhatsApp Manager or from n8n, and wait for their approval.',
		'Have a template approved whose header is a document.',
		'Let a node before make or fetch the PDF: an HTTP Request that downloads it, Read/Write Files, or whatever your shop has.',
		'It ends up in a binary field, mostly data.',
		'Fill the other fields from the order.',
	],
};
