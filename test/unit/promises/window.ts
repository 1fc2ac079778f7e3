import type { Page } from './page';

/** `docs/window.md`, sentence by sentence. */
export const window: Page = {
	page: 'docs/window.md',
	promises: {
		"A customer's message or call opens the customer service window for 24 hours.": [
			'engine/window: what the books of the simulator say is what the nodes say, hour by hour',
			"engine/trigger: events besides messages › open the window by the contact's call",
		],
		'Each further message or call starts the 24 hours anew.': [
			'unit/conversation/events: events › $name › text, margin %i',
			'engine/deliveries: deliveries out of order › each start a run, and the newest message alone counts',
		],
		'While it is open, you may send anything.': [
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
			'unit/conversation/decisionTable: free-form messages › T1, R2, R8: open window',
		],
		'When it is closed, WhatsApp takes only approved templates.': [
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
		],
		'The window belongs to one customer and one business number.': [
			'engine/window: who knows the window › nobody for another business number',
			'unit/conversation/events: E33: two business numbers › a message to A opens nothing on B',
		],
		"The time counts from the customer's message, not from its arrival at n8n.": [
			'engine/deliveries: a delivery that was delayed › by %s starts one run, with the window of its own time',
			'engine/trigger: a signed delivery › of a message that is a day old says that the window is closed',
		],
		'If n8n was off for an hour, you have 23 hours left.': [
			'engine/deliveries: a delivery that was delayed › by %s starts one run, with the window of its own time',
		],
		'The window is looked at when the message goes out, not when the workflow started: a Wait node in between is taken into account.':
			[
				'engine/promises/window: a Wait node in between is taken into account',
				'unit/conversation/window: the clock › E8: what counts is the time of the send, not the start of the run',
			],
		'The nodes close the window 60 seconds early, because Meta does not say whether the last second counts.':
			[
				'engine/promises/window: 60 seconds early, and what Safety Margin makes of them › with %j it is closed after %i seconds',
				'unit/conversation/window: lasts 24 hours and closes a minute early by default',
			],
		'The option Safety Margin of Send and of Conversation → Get changes that; 0 is possible.': [
			'engine/promises/window: 60 seconds early, and what Safety Margin makes of them › with %j it is closed after %i seconds',
		],
		'The option Dry Run of Send, or Conversation → Get, tells what would happen now, and why, without sending.':
			[
				'engine/promises/window: Get tells what would happen now, and why, without sending',
				'engine/dryRun: still says what the rules do not allow',
			],
		'Send a Template Instead | sends the template that you choose and fill right there': [
			"engine/window: 'Send a Template Instead' › sends the template with its values and shows how it reads",
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
		],
		'Hold Until the Contact Replies | sends the template now, and the message itself when the contact replies':
			[
				'engine/hold: a message that is held until the contact replies › goes out when the contact writes, after a template',
				'engine/hold: a message that is held until the contact replies › goes out at a tap on the template, also when n8n has started anew',
			],
		"Use the 'Closed' Output | sends nothing; the item leaves through a second output, with the reasons":
			[
				"engine/window: the output 'Window Closed' › passes the contact on with the reason",
				"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
			],
		'Stop With an Error (the default) | sends nothing; the execution stops and says why': [
			"engine/window: 'Stop With an Error' › is the default",
			"engine/window: 'Stop With an Error' › says when the window closed and what can be done",
		],
		'Send Anyway | sends the message; WhatsApp will most likely refuse it later': [
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
		],
		'The decision holds when the message leaves.': [
			'engine/lastMoment: while the file goes up › the window closes: nothing goes out, and the error says so',
			'engine/lastMoment: while the file goes up › the contact stops: a template is held back',
		],
		"The node decides once before it uploads files, and again immediately before each try: after the upload, after waiting for the message's turn, after a pause that WhatsApp asks for, and before each part of a long text.":
			[
				'engine/lastMoment: while the file goes up › the window closes: nothing goes out, and the error says so',
				'engine/lastMoment: between two tries › the window closes: the message is not tried again',
				'engine/lastMoment: between the parts of a long text › the window closes: what did not go out is told, and no try sends anything twice',
				'unit/nodes/rate: what is asked before each try › is asked after all waiting, and again after each pause',
			],
		'Where the window has closed meanwhile, or the customer has opted out, it does what it would have done in the first place, and the item tells the decision that held.':
			[
				"engine/lastMoment: while the file goes up › the window closes: the item goes to the output 'Window Closed'",
				'engine/lastMoment: while the file goes up › the window closes: the template goes out instead',
				'engine/lastMoment: while the file goes up › the contact stops: an answer that goes out tells the decision that held',
			],
		'If parts of a text went out before, the error says how many.': [
			'engine/lastMoment: between the parts of a long text › the window closes: what did not go out is told, and no try sends anything twice',
		],
		"With the state in a data table the node reads the customer's row again when the last reading is more than a second old.":
			[
				'engine/lastMoment: while the file goes up › another process of n8n records the stop in the table',
			],
		'If WhatsApp refuses a message at once because of the window, the node notes that the window is closed, and then does what you chose.':
			["engine/window: WhatsApp's own word › when it comes at once leads to what was chosen: %s"],
		'With Send Anyway the error says that the window counts as closed from now on.': [
			'engine/lastMoment: a refusal that comes at once › Send Anyway says what it has learned',
		],
		'If it refuses it later by a failed status with the code 131047, the trigger notes it: the window counts as closed until the customer writes again.':
			[
				"engine/window: WhatsApp's own word › closes the window when it comes later, for this contact and the next message",
				'engine/trigger: events besides messages › open it again when the contact writes afterwards',
			],
		'A template in place of the message has to pass the rules for templates itself: consent, values, files.':
			[
				"engine/window: 'Send a Template Instead' › sends nothing at all when %s, and says both reasons",
				"engine/window: 'Send a Template Instead' › is not sent to somebody who has not agreed to marketing",
				"unit/conversation/applySetting: T13: 'Send a Template Instead', the template does not pass › %s › refused by %s › says both why the window did not do and why the template did not",
			],
		'If it does not, nothing is sent, and both reasons are told.': [
			"engine/window: 'Send a Template Instead' › sends nothing at all when %s, and says both reasons",
			"engine/window: 'Send a Template Instead' › is not sent to somebody who has not agreed to marketing",
		],
		'Closed means: it is known that the customer has not written within 24 hours.': [
			'engine/window: who knows the window › an unknown contact is closed only after a day of watching without a gap',
			'unit/conversation/window: windowOf › closed by the clock, %s',
			'unit/conversation/window: windowOf › nothing on record; %s',
		],
		'Unknown means that nothing is on record, and that n8n has not watched the number for a whole day without a break.':
			[
				'engine/window: who knows the window › an unknown contact is closed only after a day of watching without a gap',
				'unit/conversation/window: windowOf › nothing on record; %s',
			],
		'A break is a restart of n8n, or the time before you published the trigger.': [
			'engine/window: who knows the window › an unknown contact is closed only after a day of watching without a gap',
			'engine/registration: a deactivation › ends the watch: what is not on record is unknown from then on',
		],
		'What is on record survives a restart: the first workflow that asks has it read.': [
			'engine/window: who knows the window › a workflow that has never run, first after a restart: the trigger is asked for it',
			'engine/restart: the sender that runs first after a restart › knows the window, when it %s',
		],
		'With the state in a data table one process of many cannot tell, so without a record the window is always unknown.':
			[
				'engine/dataTable: the node › takes a contact without a row for unknown, however long it has been there',
			],
		'It is unknown too when a customer has changed the phone number or the user ID within the 24 hours and has not written since: Meta does not say whether a window survives that.':
			[
				'engine/promises/window: unknown within the 24 hours after a change of the number, closed after them',
				'unit/conversation/window: windowOf › a number changed %s (E36)',
			],
		'When the 24 hours are over, it is closed.': [
			'engine/promises/window: unknown within the 24 hours after a change of the number, closed after them',
		],
		'Treat as Closed (the default) | what you chose for a closed window': [
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
		],
		'Try the Free-Form Message | sends the message; WhatsApp may still refuse it later': [
			"engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s",
		],
		"If you keep the time of the customer's last message in a database or a CRM of your own, give it in the option Contact's Last Message At, or record it once with Conversation → Record Inbound.":
			[
				"engine/window: 'Contact's Last Message At' › opens the window: %s",
				'engine/conversation: Record Inbound › opens the window from the time given, for all workflows, also after a restart',
			],
		'The later of that time and what is on record counts.': [
			"engine/window: 'Contact's Last Message At' › is joined with what is on record: the later one counts",
			'engine/conversation: Record Inbound › takes nothing back',
		],
		'A time in the future is refused; by up to a minute, as clocks differ, it counts as now.': [
			"engine/window: 'Contact's Last Message At' › is refused in the future: %s",
			"engine/window: 'Contact's Last Message At' › may be a minute ahead of the clock here, and counts no further than now",
			'engine/conversation: Record Inbound › allows a minute between two clocks, and opens no window for longer than a day',
			'engine/conversation: Record Inbound › opens no window for %j',
		],
		"Without a time Record Inbound refuses and Contact's Last Message At adds nothing: nothing given is not now.":
			[
				"engine/window: 'Contact's Last Message At' › opens nothing when it is empty: %j",
				'engine/conversation: Record Inbound › opens no window for %j',
			],
		'Times may be ISO, 2026-11-20 10:05:00 as databases write it (in the time zone of the workflow), Unix times, or dates of n8n.':
			[
				"engine/window: 'Contact's Last Message At' › opens the window: %s",
				'engine/conversation: Record Inbound › reads the time of %s',
			],
		'text, media, sticker, location, contacts, order; a tap on a button or list row, also of a template; an answered Flow | yes':
			[
				'unit/conversation/counting: messageCounts › %s counts, whatever the options',
				'engine/trigger: a signed delivery › of type %s opens the window only on request',
			],
		'a call of the customer, answered or not; a call of yours that the customer accepts | yes; only the webhook field calls reports them':
			[
				'unit/conversation/counting: callCounts › %s',
				"engine/trigger: events besides messages › open the window by the contact's call",
			],
		'reactions; edits and deletions; messages that WhatsApp cannot show | not unless you add them under Also Counts as a Message in the trigger: Meta does not say whether they do':
			[
				"unit/conversation/counting: messageCounts › %s counts only with the option '%s'",
				'engine/trigger: a signed delivery › of type %s opens the window only on request',
			],
		'your messages, templates, deliveries, read receipts, typing | never': [
			'unit/conversation/facts: what opens the window › D2: there is no place for anything that the business sent',
			"engine/window: 'Send a Template Instead' › does not open the window",
			'engine/templates: message: sendTemplate › does not open the window',
		],
		'changes of a number, synchronised history, messages in groups | no': [
			'unit/conversation/counting: messageCounts › %s never counts, whatever the options',
			'engine/consent: a stop word › in a group says nothing',
		],
		"The window starts when the business responds. | It starts with the customer's message or call. Your reply changes nothing.":
			[
				'unit/conversation/facts: what opens the window › R5, R6, D2: no fact but a message or call of the contact',
				'unit/conversation/facts: what opens the window › D2: there is no place for anything that the business sent',
			],
		"A template opens the window. | No. Only the customer opens it. A template with a quick-reply button helps: the customer's tap is a message.":
			[
				'engine/templates: message: sendTemplate › does not open the window',
				'engine/messages: a free-form message › comes back as a message of the contact when a button is tapped',
			],
		'Free-form messages are allowed while "the conversation is open". | The customer\'s message alone gives permission. Conversation was a word of the price list.':
			[
				'unit/conversation/facts: what opens the window › R5, R6, D2: no fact but a message or call of the contact',
			],
		'In the window templates are not allowed. | They are, at any time.': [
			'unit/conversation/properties: templates › are never refused because of the window',
			'unit/conversation/decisionTable: templates › %s › T17, R9, R10: open window',
		],
		'WhatsApp accepted it, so it was delivered; outside the window the API says so. | Outside the window WhatsApp mostly accepts a message and drops it later. You hear of it in a status alone. The output says accepted, never more.':
			[
				"engine/window: WhatsApp's own word › closes the window when it comes later, for this contact and the next message",
				"engine/window: 'Send a Template Instead' › sends the template with its values and shows how it reads",
			],
		'Providers cannot send authentication templates. | WhatsApp has them. The nodes send them; through Clickatell with a warning.':
			[
				'engine/templates: message: sendTemplate › is accepted by WhatsApp with %s',
				'engine/providers: through Clickatell › an authentication template goes out with a warning, once, any other without',
			],
		'Templates may not be promotional. | There is the category marketing. It has the strictest rule for consent.':
			['engine/templates: marketing templates › need an opt-in'],
		'Templates carry no media. | The header may be an image, a video, a document or a location.': [
			'engine/templates: message: sendTemplate › is accepted by WhatsApp with %s',
			'unit/templates/components: componentsOf › sends a location as texts, without what is absent',
		],
		"Approval takes weeks. | Mostly minutes to a day. The trigger's Account Event tells when it is done.":
			['unit/events/otherEvents: account events › give the template whose status changed'],
		'Any file can be sent. | Each type has its formats and its size. The nodes check images, audio, video and stickers before the upload; of documents the size, and whether WhatsApp takes such a file at all.':
			[
				'unit/messages/mediaTypes: checkMediaFile: types › refuses as %s: %s',
				'unit/messages/mediaTypes: checkMediaFile: sizes › refuses %s (%s) one byte above',
				'unit/messages/mediaTypes: checkMediaFile: types › refuses a document of type %s, which cannot be uploaded at all',
			],
		'The phone number identifies the customer. | Customers with a username may come without a phone number. contact then holds the user ID, and To takes it.':
			[
				"engine/messages: the recipient › is what the trigger calls 'contact', whatever that is",
				'engine/messages: the recipient › may be a user ID, which goes into a field of its own',
			],
		'The number has to be looked up first. | There is no such look-up any more. A number that is not on WhatsApp comes back as unreachable.':
			['unit/promises/errorsPage: frequent codes of Meta › $code is of the kind $kind'],
		'An opt-in must be given outside of WhatsApp. | Any way is fine that names your business, says what it is about, and obeys the law. Record what proves it.':
			['engine/conversation: Record Consent › permits nothing with %s'],
		'A customer who comes from an ad has 72 hours. | The 72 hours of this free entry point change the price alone. Permission still ends after 24 hours.':
			[
				'unit/conversation/decisionTable: free-form messages › T6, R35: the free entry point permits nothing',
			],
		'A conversation lasts 24 hours and then ends. | The window slides: each message of the customer starts it anew.':
			['unit/conversation/events: events › $name › text, margin %i'],
		'Files are sent as a button with a link. | They can be sent as they are. A link button is possible too.':
			[
				'engine/messages: a free-form message › is uploaded first: %s',
				'unit/messages/ctaUrl: ctaUrlMessage › builds a text with a link',
			],
	},
	ofOthers: [
		'Guides of providers and older documents say many things about WhatsApp.',
		'What is true of WhatsApp now, and what the nodes do:',
		'You pay for each conversation; replies in the window cost nothing. | Since July 2025 each delivered message has a price. Since 1 October 2026 Meta charges for answers in the window too, and for utility templates in the window. Ask Meta for the price and the monthly allowance.',
	],
	advice: [],
	measured: [
		'A test plays 30 days of 10,000 contacts, with deliveries that come late, twice and in another order, and with restarts and crashes of n8n.',
		'Every decision is judged by books that know nothing of the nodes.',
		'No free-form message went out outside the window.',
		'Of those inside, 0.84 % were held back: 0.64 % by the safety margin, and 0.20 % because the delivery came late.',
	],
};
