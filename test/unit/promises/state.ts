import type { Page } from './page';

/** `docs/state.md`, sentence by sentence. */
export const state: Page = {
	page: 'docs/state.md',
	promises: {
		'per contact and business number: phone number, user ID, time of the last message, refusals, free entry point, limits | 7 days after the last of these, and as long as one of the next four rows keeps the contact':
			[
				'engine/promises/state: for how long › 7 days for the time of the last message',
				'engine/promises/state: for how long › longer where %s keeps the contact',
				'unit/state/memory/replica: Replica › prune › keeps a contact because of %s',
			],
		'that a phone number and a user ID are one contact, and since when | 90 days after they were last seen together; where there is consent it is kept longer, but counts no more. Meta may leave the number out after 30 days without a message':
			[
				'engine/promises/state: for how long › 90 days for number and user ID being one contact, with %s',
			],
		'that a contact gave up a number or a user ID | 90 days, and as long as there is consent from before':
			[
				'unit/promises/statePage: that a contact gave up a number is kept › for 90 days',
				'unit/promises/statePage: that a contact gave up a number is kept › as long as there is consent from before',
			],
		'consent, as recorded or reported by WhatsApp | never dropped by age': [
			'engine/state: with time › consent stays',
			'unit/state/memory/replica: Replica › prune › keeps a contact because of %s',
		],
		'what your workflows have remembered of the contact | as long as they said, a year at most': [
			'unit/state/conversations: Conversations %s › remember facts of the user for as long as they say, also after a restart',
			'engine/conversation: facts of the user › are kept for a year at most, and in 1,024 bytes',
		],
		'which deliveries have started the workflow (as short hashes) | 8 days, because Meta repeats deliveries for 7; what is older than that starts nothing, unless asked to':
			[
				'unit/state/deliveries/seenMessages: SeenMessages › knows a message as long as Meta repeats it, which is seven days',
				'unit/state/deliveries/seenMessages: SeenMessages › forgets a message nine days later',
				'engine/deliveries: an event that is older than Meta repeats deliveries › starts nothing, and is learned from',
			],
		'the profile name, and when one last wrote to the contact: of the latest 2,000 contacts of a number (in a data table of all) | 7 days after the later of the two':
			[
				'unit/state/memory/contactNotes: ContactNotes › are those of the latest contacts, and of the last days',
				'unit/state/conversations: Conversations %s › know after a restart what a contact is called, and when one has written to it',
			],
		'where triggers listen, or that they no longer do | without end': [
			'unit/state/listeners: a trigger › listens to its numbers until it is unpublished, and again when it is published again',
		],
		'what the trigger registered at Meta | until the workflow is unpublished': [
			'unit/state/staticDataStore: StaticDataStore › registrations › are gone for good when they were undone',
			'engine/registration: a deactivation › knows after a restart what to undo',
		],
		'who was forgotten (as hashes) | without end': [
			'unit/promises/statePage: who was forgotten is kept as a hash, without end',
		],
		'the last 10,000 messages sent for each number, so that their statuses find them | while n8n runs; after that the note in the message tells, see tracking':
			[
				'unit/state/memory/replica: Replica › sent messages › are forgotten oldest first, so that they do not fill the memory',
				'engine/tracking: a status tells of its send › after a restart, by what WhatsApp brings back: %s',
			],
		'Texts and files of messages are not kept.': [
			'engine/promises/state: texts and files of messages are not kept',
		],
		'Everything joins: what arrives twice, late or in another order changes nothing.': [
			'unit/state/memory/replica: Replica › joins › does not care in which order and how often it is told',
			'unit/conversation/facts: joinFacts › does not care which comes first',
		],
		"The default, called This n8n's Memory and Static Data: nothing to set up, for n8n in one process.":
			['engine/window: who knows the window › a workflow without a trigger'],
		'All workflows of one n8n process share what is known in its memory.': [
			'engine/window: who knows the window › a workflow without a trigger',
		],
		"So a workflow that only sends, such as the order webhook, sees the windows that another workflow's trigger recorded.":
			['engine/window: who knows the window › a workflow without a trigger'],
		'Each workflow keeps a copy in its static data, which n8n saves in its own database with the workflow.':
			[
				'engine/state: knows all windows in every workflow of the number, each after a restart from its own row',
			],
		'It survives restarts.': [
			'engine/state: knows all windows in every workflow of the number, each after a restart from its own row',
		],
		'A contact known by phone number alone takes 13 bytes, one with a user ID 37, and one of whom more is known (consent, refusals) two to three times that; name and last send of the latest 2,000 take some 30 bytes each.':
			[
				'engine/state: the row › takes little room for each contact',
				'unit/promises/statePage: how many bytes of static data a contact takes › %s: %i',
				'unit/promises/statePage: how many bytes of static data a contact takes › of whom more is known, such as %s: two to three times that',
			],
		'What many executions learn at once is saved together: an execution saves only what no other one has saved by its end.':
			[
				'engine/state: the row › is written by few of many executions that overlap, and holds what all of them learned',
				'unit/state/row/saveAnswer: whether n8n saves when a run ends › %s',
			],
		'While many are under way that take less than a second, the row is written about once a second.':
			[
				'engine/state: the row › is left to quick runs under way, but not by one %s: %s',
				'unit/state/row/saveAnswer: whether n8n saves when a run ends › %s',
			],
		'A crash may then forget what the last two seconds told of windows, never a message.': [
			'unit/state/row/saveAnswer: whether n8n saves when a run ends › %s',
			'engine/crash: an execution that n8n begins after a crash › forgets no window, with %s behind the trigger',
		],
		'What a run tells of consent it saves itself, and so does every later run and delivery of each workflow of the number, until n8n has loaded a copy that holds it: no opt-out is forgotten because the database could not write once.':
			[
				'engine/state: the row › is left to quick runs under way, but not by one %s: %s',
				'engine/state: when the database refuses to save the no that came by %s › it is in the row after %s (%s)',
				'engine/state: when the database refuses to save the no that came by %s › and refuses again, it is there after the second time: %s (%s)',
			],
		'Nothing is forgotten by a clock that is ahead for a moment: what is over leaves the copy with the next save after an hour has passed.':
			[
				'engine/state: with time › nothing is lost by a clock that is weeks ahead for a moment, and saving goes on',
				'unit/state/staticDataStore: StaticDataStore › reading rows › forgetting contacts of no more use › comes %s',
			],
		'After a restart a workflow loads its copy when it first runs or receives something.': [
			'engine/state: knows all windows in every workflow of the number, each after a restart from its own row',
		],
		"So that nothing is sent before the triggers' copies are loaded, every copy says where the triggers of this n8n listen; the first run that asks about a business number calls them there once, which makes n8n read their copies.":
			[
				'engine/restart: the sender that runs first after a restart › knows the window, when it %s',
				'engine/restart: the sender that runs first after a restart › wakes the trigger once, for all messages at once',
			],
		'It starts nothing, and is proved by a secret that is made for that call and known to this process alone.':
			[
				'engine/restart: the sender that runs first after a restart › starts no run and no watching by that',
				'engine/restart: a wake-up › without the secret of this process is refused',
				'unit/nodes/doorbell: the secret › is another one each time, and is good for nothing afterwards',
			],
		'A workflow whose copy names no trigger asks Meta, or 360dialog, once where the deliveries go, and calls the triggers of this n8n that are named; Meta tells it to a token with the permission whatsapp_business_management.':
			[
				'engine/restart: the sender that runs first after a restart › heeds STOP, when it never ran: %s',
				'engine/restart: who has no trigger › or whose deliveries go elsewhere, sends as before',
			],
		"What a workflow without a trigger learns (Record Consent, Record Inbound, Forget, refusals) is written into the triggers' copies too, when the run ends.":
			[
				'engine/restart: what a workflow without a trigger learned › is heeded by another one that runs first after a restart: %s',
			],
		'Where a trigger cannot be called, consent is uncertain.': [
			'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
		],
		'When n8n was killed, it begins the executions that it had stored, and gives them no static data.':
			[
				'engine/crash: an execution that n8n begins after a crash › forgets no window, with %s behind the trigger',
			],
		'Such a run saves none, also not those of other nodes in the workflow, because that would replace all that the row holds.':
			[
				'engine/crash: an execution that n8n begins after a crash › forgets no window, with %s behind the trigger',
				'engine/state: the row › is not wiped when n8n repeats an execution with its original workflow',
			],
		'For queue mode, for more than one n8n process, or if you want to look at the state yourself, keep it in a data table of n8n: one row for each contact of a business number (a user ID with its phone numbers, or a number without one), with columns that people can read (contact, name, lastMessageAt, windowExpiresAt, consent, optedOutAt, handedOverUntil …).':
			[
				'engine/dataTable: the trigger › writes a row that people can read',
				'unit/state/table/dataTableStore: what one process stores › is one row, though something was told of the number alone before',
			],
		'Run Conversation → Create State Table once, with that credential.': [
			'engine/dataTable: the operation Create State Table › creates the table that the other nodes take',
		],
		'The example Create the State Table does that.': [
			"e2e/examples: the example › 'Create the State Table' makes it once",
		],
		'A node that is left at the default neither sees nor feeds the table.': [
			'engine/promises/state: the data table › a node that is left at the default neither sees nor feeds it',
		],
		'When you switch, what the process knows of a contact from before goes into the table with the next news of that contact.':
			[
				'engine/promises/state: the data table › when you switch, what is known goes into it with the next news of the contact',
			],
		"If the table does not answer, the trigger has Meta bring a message again for up to three minutes, as long as n8n's main process may need to restart: the message may be the answer to a question that only the table knows.":
			[
				'engine/dataTable: the trigger › waits three minutes for a table that does not answer, then goes on without it',
				'engine/dataTable: the trigger › waits anew when the table was there meanwhile',
				'engine/dataTable: a question in free text › gets its answer when the process that gets it can read the table again',
			],
		"If the table cannot be reached for longer, nothing is lost for good and no message is dropped: the trigger still starts its workflow, news is kept in memory and written later, and replies in the execution of the trigger's item go on, because the item carries the window.":
			[
				'engine/dataTable: the trigger › delivers the message when the table is gone, and says so',
				'engine/dataTable: the trigger › writes later what it could not write',
				'engine/dataTable: the node › when the table cannot be reached › believes the item of the trigger that started the run',
				'unit/state/table/dataTableStore: a table that cannot be reached › loses no stop, however many contacts have news meanwhile',
			],
		'Everything else counts as unknown until the table answers, and the output says why.': [
			'engine/dataTable: the node › when the table cannot be reached › does not trust its own memory, says why, and follows the setting',
		],
		'Get, Get Many, the Record operations and Forget stop then, because they need to be exact.': [
			'engine/dataTable: the node › when the table cannot be reached › does not pretend that %s was done',
		],
		'Once a day the rows go in which nothing matters any more (keepUntil, by the times above); those with consent stay.':
			[
				'unit/state/table/dataTableStore: rows that nobody needs any more › %s, after some days: %#',
				'unit/state/table/dataTableStore: rows that nobody needs any more › go once a day, and another day where that is not possible',
			],
		'You may delete rows, but no columns.': [
			'unit/state/table/dataTableStore: a writer who comes too late › inserts a row again that somebody has deleted',
			'engine/dataTable: the operation Create State Table › names the columns that a table of this name lacks',
		],
		'The trigger passes each message, status or other event on once for each trigger node:': [
			'engine/trigger: a delivery that comes again › starts nothing',
			'engine/trigger: a delivery that comes again › starts every workflow that listens, once',
			'unit/nodes/deliveryKey: %s has one key, whenever it arrives',
		],
		'While n8n turns a delivery into an execution, a repetition is answered 503 and comes again later, also where the sender of the first one has hung up: n8n still starts its run.':
			[
				'engine/trigger: a delivery that comes again › is sent away while n8n is still taking the first one in',
				'engine/deliveries: a sender without patience › starts one run, however often it comes again while n8n is slow',
			],
		"Only n8n's own answer ends that.": [
			'unit/state/deliveries/starts: a delivery that n8n turns into a run › is under way until n8n answers that it holds the execution, and is seen then',
		],
		'If there is none for 15 minutes, the next repetition is let in; should n8n begin both runs after all, the second one passes nothing on.':
			[
				'unit/state/deliveries/starts: a delivery that n8n turns into a run › is free again after a quarter of an hour without an answer',
				'engine/deliveries: a sender without patience › is let in again when n8n never answers, and still starts one run',
			],
		"It is checked again where the run begins: of two runs of one event the second passes nothing on, ends without an error, and says so in n8n's log.":
			['engine/deliveries: a run that n8n begins of a delivery › %s'],
		"A retry by n8n's button, and a run that n8n begins anew, pass it on as before.": [
			'engine/deliveries: a run that n8n begins of a delivery › %s',
		],
		'A run passes its items on when n8n has answered the delivery, which takes milliseconds, or when the sender has hung up (after two minutes in any case).':
			[
				'unit/state/deliveries/starts: a delivery that n8n turns into a run › is waited for until the sender has the answer',
			],
		"If n8n is killed before, the run has done nothing, and Meta's repetition starts another one.":
			[
				'unit/state/deliveries/starts: a delivery that n8n turns into a run › is waited for until the sender has the answer',
				'engine/deliveries: a sender without patience › starts a run when it comes again after n8n failed',
			],
		'What is older than seven days starts nothing, because it cannot be known whether it has before.':
			[
				'engine/deliveries: an event that is older than Meta repeats deliveries › starts nothing, and is learned from',
			],
		'Its window and consent are learned.': [
			'engine/deliveries: an event that is older than Meta repeats deliveries › starts nothing, and is learned from',
		],
		"The trigger's option Start for Messages Older Than Seven Days lets it start the workflow.": [
			'engine/deliveries: an event that is older than Meta repeats deliveries › starts the workflow when it was asked to',
		],
		'An execution that n8n stored and then refused (its database was locked in between) waits in n8n until it starts again, and then runs.':
			['e2e/faults: n8n whose database is locked › starts each message of %s once'],
		'Within one process the trigger drops it; after a restart it cannot know that the repetition was handled by the process before.':
			['engine/deliveries: a run that n8n begins of a delivery › %s'],
		'With the data table it does not, unless both runs begin in the same moment.': [
			'engine/dataTable: the trigger › passes %s',
		],
		"A message whose clock is ahead of n8n's counts from its arrival, so no window lasts longer than 24 hours from then; a repetition counts from the first arrival.":
			[
				'engine/deliveries: a message from a clock that runs ahead › by %s counts from its first arrival, however often it comes',
				'engine/conversation: Record Inbound › allows a minute between two clocks, and opens no window for longer than a day',
			],
		"With the default state a reply in the same execution as the trigger is right, because the trigger's item carries the window.":
			[
				'engine/window: who knows the window › in the queue mode of n8n › a reply in the run that the message started, by the item of the trigger',
			],
		'Everything else is unknown there: an order workflow, a reply in another workflow; and consent is uncertain.':
			[
				'engine/window: who knows the window › in the queue mode of n8n › nobody in another worker: there it is unknown, never closed',
				'engine/restart: a trigger that cannot be asked › in another process leaves it uncertain too',
			],
		'The output pane then says so.': [
			'engine/dataTable: a worker of the queue mode with the default store › is told that it does not see what the trigger recorded',
		],
		'Conversation → Forget erases a contact: window, consent and identifiers, for the chosen number and for what was recorded for all numbers.':
			[
				'engine/conversation: Forget › erases a contact, also from what is saved, and tells whether anything was known',
				'unit/state/memory/replica: Replica › forget › leaves nothing of a contact, under none of its identifiers',
			],
		"Older data that come back, from another workflow's copy, a backup or a repeated delivery, are not taken in again: for that a hash of each identifier stays, with the time.":
			[
				'engine/conversation: Forget › stays so when old copies come back, and begins afresh with a new message',
				'unit/state/memory/replica: Replica › forget › stays forgotten when %s from before comes again',
			],
		'A contact who writes later begins afresh.': [
			'engine/conversation: Forget › stays so when old copies come back, and begins afresh with a new message',
		],
		"The copies in other workflows' static data are cleaned when those workflows run next.": [
			'engine/promises/state: Forget: the copies in other workflows are cleaned when those run next',
		],
		'That goes for an opt-out too: with the rest of the consent it is erased.': [
			'engine/identity: forgets what a contact had before too, and nobody else',
		],
		'Mexican, Argentine and Brazilian mobile numbers reach n8n with and without an extra digit; numbers of Benin and mobile numbers of Ivory Coast grew by two digits (by their public numbering plans).':
			[
				'unit/conversation/contact: canonicalPhone (D13) › %s: with and without the extra digit it is one number',
			],
		'They are compared in one form, and never changed when you send.': [
			'unit/state/memory/replica: Replica › identities (D12, D13) › are one contact with and without the optional digits of %s',
			'engine/promises/state: a number with two forms is never changed when you send',
		],
		'A Brazilian landline has one form: it is never taken for a mobile number.': [
			'engine/identity: a landline and a mobile phone in Brazil (E50) › are two people',
		],
		'Number and user ID that WhatsApp named together are one contact; you may ask and send with either.':
			['engine/trigger: counts a contact by either of its names once both have come together'],
		'WhatsApp reports it as a message of the type system.': [
			'unit/events/identityChange: a reported change (E45, E51, E52) › %s',
		],
		'The new number and user ID have the consent of the old ones, also that for all business numbers.':
			[
				'engine/identity: a new user ID › told %s takes the no along (E51)',
				'engine/identity: consent for all business numbers › %s: a no goes along, also from another business number',
			],
		'Whether the window survives is not documented, so it is unknown until the customer writes.': [
			'engine/promises/window: unknown within the 24 hours after a change of the number, closed after them',
		],
		'The old number belongs to no contact from then on.': [
			'unit/state/memory/identityRules: whose an identifier is › %s: %#',
		],
		"When a number arrives with another user ID than before, it is another person's from that time on, reported or not.":
			[
				'engine/identity: a number that came to somebody else › %s: the code is the new owner’s, and nothing is taken for the other’s',
			],
		'The new one has neither the window nor an opt-in of the earlier one, who stays reachable by the user ID.':
			[
				'engine/identity: a number that came to somebody else › %s: the code is the new owner’s, and nothing is taken for the other’s',
			],
		'An opt-out that was said with the number stays with the number, because a no errs on the safe side: Get marks it byEarlierOwner, and the explanation says so.':
			[
				'engine/identity: a number that came to somebody else › keeps a no, and says that it may be an earlier owner’s',
			],
		"What goes to a user ID never goes to a number that was another person's, or is known only in another form.":
			[
				'engine/identity: a number that came to somebody else › never gets a code for a user ID whose number is not known',
				'engine/identity: a number that came to somebody else › %s: the code is the new owner’s, and nothing is taken for the other’s',
			],
		'Where only a number will do (a one-time code) and none is known, the message is refused.': [
			'engine/promises/templates: a code button goes to the phone number that WhatsApp named with the user ID, else nowhere',
			'engine/identity: a number that came to somebody else › never gets a code for a user ID whose number is not known',
		],
		'Consent is that of the identifier for which it was said: Record Consent by number holds for the user ID as long as both are one contact.':
			[
				'engine/consent: Record Consent › by phone number holds for the user ID that belongs to it',
				'unit/state/memory/identityRules: whose an identifier is › %s: %#',
			],
		'After a restart what triggers have on record is known to all workflows, with two exceptions: a trigger that cannot be called (see consent), and, at providers that cannot be asked where they deliver, a workflow that has never run since this version.':
			[
				'engine/restart: the sender that runs first after a restart › heeds STOP, when it never ran: %s',
				'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
			],
		'A customer who wrote while n8n was off is known as soon as Meta has delivered the message again.':
			[
				'engine/deliveries: a delivery that was delayed › by %s starts one run, with the window of its own time',
			],
		"Importing or overwriting a workflow by n8n's API with static data in it (a CI job, a backup) puts back that old state.":
			[
				'engine/promises/state: an imported old row is mended by the next save, and counts after a restart',
			],
		'While n8n runs, the next save mends it; after a restart it is what counts.': [
			'engine/promises/state: an imported old row is mended by the next save, and counts after a restart',
		],
		'Manual runs in the editor do not save what they learn into static data.': [
			'engine/promises/state: manual runs do not save what they learn; the process remembers it until it ends',
		],
		'The process remembers it until it ends.': [
			'engine/promises/state: manual runs do not save what they learn; the process remembers it until it ends',
		],
		'Renaming a node or a workflow loses nothing.': [
			'engine/state: the row › survives the renaming of the trigger',
		],
		'Retrying a failed execution with original workflow after a restart: n8n starts it without the saved state, and it saves none.':
			[
				'engine/state: the row › is not wiped when n8n repeats an execution with its original workflow',
				"e2e/editorRuns: of a workflow as a whole › 'Retry' with the %s workflow runs it, and nothing is forgotten",
			],
		'Groups are passed on as events, but have no window here, and cannot be written to.': [
			'engine/consent: a stop word › in a group says nothing',
			'unit/messages/recipient: parseRecipient › refuses: %s',
		],
		'If the state is lost, nothing goes wrong for long: a window that is not known is treated as closed, so at worst a template goes out where a free-form message would have done.':
			["engine/window: when the window is › %s, with '%s' and '%s': %s goes out, %s, %s"],
	},
	ofOthers: [
		"Conversation State, under the trigger's Options and in the other node, says where.",
		'All data tables of an n8n together may take 200 MB (N8N_DATA_TABLES_MAX_SIZE_BYTES).',
		'Meta repeats a delivery that it has no answer to, for up to seven days; so do many proxies.',
		'n8n makes the rest impossible:',
		'A kill after the answer (a power cut, no memory left) cuts the run short.',
		'n8n shows it as crashed and does not begin it again, and Meta does not repeat what was answered.',
		"A kill while a run is under way whose sender had hung up before n8n's answer: the repetition starts a second run, which does again what the first had done until then.",
		'With the default state in queue mode workers know nothing of each other, so a delivery that n8n queued twice may run twice.',
		'n8n gives the workers of its queue mode no static data.',
		'Customers with a username may come without a phone number.',
		'One process with the default state.',
		'Two n8n instances share no memory, even on one database.',
		'Duplicating a workflow copies none.',
	],
	advice: [
		'In n8n under Settings → n8n API create a key.',
		'Where scopes can be chosen, it needs dataTable:list, dataTable:read, dataTable:create, and dataTableRow:read, dataTableRow:create, dataTableRow:update, dataTableRow:delete.',
		'With it create a credential n8n Data Table API.',
		'Its Base URL is the address at which the editor opens, without a path; behind a proxy the inner one is quicker.',
		'Set Conversation State to n8n Data Table and choose the State Table in the trigger and in every other node of this package.',
		'Retry it in n8n if it matters.',
		"Use the data table, or Contact's Last Message At with your own data.",
		'With several business numbers run it for each.',
		'See privacy.',
		'If the new owner wants your messages, record that opt-in.',
		'Use the data table.',
		'Choose with currently saved workflow instead.',
		'Consent is another matter: keep a list of opt-outs of your own beside it.',
	],
};
