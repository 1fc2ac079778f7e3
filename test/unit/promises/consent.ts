import type { Page } from './page';

/** `docs/consent.md`, sentence by sentence. */
export const consent: Page = {
	page: 'docs/consent.md',
	promises: {
		'an answer in the open window | goes out | goes out | goes out, unless Block Replies After Opt-Out is on':
			[
				'engine/promises/consent: what is looked at › %s, in the open window: answer, utility template, marketing template',
				'engine/promises/consent: what is looked at › Block Replies After Opt-Out holds answers back',
			],
		'a utility or authentication template | goes out, and the decision says that no opt-in is on record | goes out | held back':
			[
				'engine/promises/consent: what is looked at › %s, after the window: utility template, marketing template',
				'unit/conversation/decisionTable: templates › %s › T20, T22: nothing on record, policy Warn',
			],
		'a marketing template | held back: an opt-in is required | held back | held back': [
			'engine/promises/consent: what is looked at › %s, in the open window: answer, utility template, marketing template',
			'engine/promises/consent: what is looked at › %s, after the window: utility template, marketing template',
		],
		'Two options change the column Nothing on record: Consent for Marketing Templates (Require by default) and Consent for Utility Templates (Warn by default).':
			[
				'engine/promises/consent: what is looked at › Require, Warn and Off: opt-in needed, said, not looked for',
				'unit/conversation/decisionTable: what a decision carries › the default policy',
			],
		'Require sends only with an opt-in on record, Warn sends and says so, Off does not look for one.':
			[
				'engine/promises/consent: what is looked at › Require, Warn and Off: opt-in needed, said, not looked for',
			],
		'An opt-out counts in any case.': [
			"engine/templates: marketing templates › never go out to somebody who has stopped them, with '%s'",
			'unit/conversation/decisionTable: templates › T23: opted out of everything',
		],
		'In the open window a utility template goes out without an opt-in and without a word about it, as an answer would.':
			[
				'engine/promises/consent: what is looked at › in the open window a utility template goes out without an opt-in, also with Require',
			],
		'The category is that which Meta gives.': [
			'unit/nodes/templateCategory: T29: Meta says %j, the option %j: %s',
		],
		'Where it is one that is not known here, the rule for marketing holds, unless the option Template Category stands in.':
			[
				'unit/nodes/templateCategory: T29: Meta says %j, the option %j: %s',
				'engine/consent: a button › who %s is told so where the category of a template is not known',
			],
		'Kind of Messages: Marketing, Utility, Authentication, or All.': [
			'unit/conversation/consent: consentFor › %s %j, asked for %s',
			'unit/conversation/consent: joinConsent › keeps scopes apart and sources apart',
		],
		'Holds For: This Business Number, or All Business Numbers that this n8n sends from.': [
			'engine/consent: Record Consent › for this number says nothing about another one',
			'engine/consent: Record Consent › for all numbers holds for another one, also after a restart',
		],
		'Evidence is what proves it, such as the form and its submission.': [
			'engine/consent: Record Consent › an opt-in ends when it was said to end, and leaves its proof',
		],
		'Said At is when the contact said it: {{ $now }} behind a form, the time of your own data in an import.':
			[
				'engine/conversation: Record Consent › says what counts now when an older word is recorded',
				'engine/conversation: Record Consent › permits nothing with %s',
			],
		'Other options: Wording (what was agreed to), Source, Ends At.': [
			'engine/consent: Record Consent › an opt-in ends when it was said to end, and leaves its proof',
		],
		'An opt-in without time or proof is refused, also one whose time lies more than a minute in the future.':
			[
				'engine/conversation: Record Consent › permits nothing with %s',
				'engine/promises/consent: an opt-in whose time lies %i seconds in the future is recorded: %j',
			],
		'An opt-out needs neither: without a time it counts from now, because a no costs nothing.': [
			'engine/conversation: Record Consent › records an opt-out with %s as one of now',
		],
		'The output says what was recorded, and what consent counts now: a newer word, or a stop at Meta, may overrule it.':
			[
				'engine/conversation: Record Consent › says what counts now when an older word is recorded',
				"engine/conversation: Record Consent › does not lift Meta's own stop",
			],
		'Of statements about the same thing the newest one holds; an older one never overrules a newer one, however late it is recorded.':
			[
				'engine/conversation: Record Consent › says what counts now when an older word is recorded',
				'engine/consent: a stop word › counts from the time when it was written, so a late one does not overrule a start word',
				'unit/conversation/naive: consent is what a naive replay of all statements gives',
			],
		'Two clocks may differ: when a form or an import and a message in WhatsApp contradict each other within two minutes, the no holds.':
			[
				'unit/conversation/consent: two statements within two minutes of each other (E54) › leave the no standing, unless one clock tells that the yes came after it',
			],
		'The proof of an opt-in stays on record after an opt-out.': [
			'engine/consent: a start word › brings back the opt-in that was on record',
			'engine/consent: Record Consent › an opt-in ends when it was said to end, and leaves its proof',
		],
		'Consent is never dropped by age.': [
			'engine/state: with time › consent stays',
			'unit/conversation/consent: joinConsent › never drops a record for its age',
		],
		'A phone number may pass to another person: then an opt-in that was recorded for the number does not count for the new owner, and an opt-out does (numbers and people).':
			[
				'engine/identity: a number that came to somebody else › %s: the code is the new owner’s, and nothing is taken for the other’s',
				'engine/identity: a number that came to somebody else › keeps a no, and says that it may be an earlier owner’s',
			],
		'Conversation → Get without Simplify shows all consentRecords with their proof.': [
			'engine/consent: Record Consent › an opt-in ends when it was said to end, and leaves its proof',
		],
		'The examples Consent by Keyword and Import Contacts show the form and the import.': [
			"e2e/consent: the example 'Consent by Keyword' › records the opt-in of the form with its proof",
			"e2e/examples: the example › 'Import Contacts' records who wrote and who agreed, and goes on after a row that cannot be read (with a stand-in for 'Extract from File')",
		],
		'The trigger records by itself:': [
			'engine/consent: a stop word › is recorded also by a trigger that no message starts',
		],
		'writes a stop word as the whole message, or taps a stop button | opted out of everything but answers':
			[
				'engine/consent: a stop word › opts out of everything, opens the window, and the item says so',
				'engine/consent: a button › opts out by its payload: %s',
			],
		'writes a start word, or taps a start button | an earlier opt-out is lifted. It is no opt-in: "yes" answers many a question':
			[
				'engine/consent: a start word › takes back the opt-out, and is no opt-in',
				'engine/consent: a button › takes it back by its payload',
			],
		'"stop" is a stop word; "Stop." and "please stop" are not.': [
			'engine/consent: a stop word › opts out of everything, opens the window, and the item says so',
			'engine/consent: a stop word › is not %j',
		],
		'Capital letters, hyphens and invisible characters make no difference: "OPT-OUT" is "opt out".':
			['unit/conversation/keywords: a text › %j is a stop word'],
		"The words of seven languages are there: see Stop Words and Start Words in the trigger's options.":
			[
				'unit/conversation/keywords: a text › %j is a stop word',
				'unit/conversation/keywords: a text › %j is a start word',
			],
		'Of buttons and list rows the payload or ID counts, not the title: OPT_OUT and OPT_IN, changed by Stop Button Payloads and Start Button Payloads.':
			[
				'engine/consent: a button › opts out by its payload: %s',
				'engine/consent: a button › with a stop word as its title says nothing',
				'engine/consent: the options of the trigger › name other payloads',
			],
		'A template\'s quick reply has its text for a payload where you gave none, so the opt-out button of WhatsApp Manager, "Stop promotions", counts too: it stops marketing alone.':
			["engine/consent: a button › of WhatsApp Manager's own opt-out stops marketing alone"],
		'Stop and Start Words switches all of it off.': [
			'engine/consent: the options of the trigger › %s: %j, %s',
		],
		'The item has consentWord (stop or start), so that your workflow can confirm it, and stoppedAtMeta.':
			[
				'engine/consent: a stop word › opts out of everything, opens the window, and the item says so',
				'engine/consent: a start word › after a stop at Meta changes nothing there, and the item says so',
			],
		'Who says STOP twice is confirmed once: consentChanged is true only when the word has changed what was on record (since version 1.1 of the trigger).':
			[
				'engine/triggerVersions: whether a word has changed consent › is told, so that a shop confirms a stop once',
				'engine/triggerVersions: whether a word has changed consent › is no when a start word takes nothing back',
			],
		'A stop word is a message like any other: it opens the window.': [
			'engine/consent: a stop word › opts out of everything, opens the window, and the item says so',
		],
		'The nodes record that': [
			'engine/consent: what the contact chooses in WhatsApp › stop, then resume: the opt-in counts again',
			'engine/promises/consent: 131050, at once, whichever operation sent it › %s',
		],
		"from Meta's event (consent, with the value stop, resume or signup), where the trigger gets it: Meta sends it to the callback of the app alone, see Callback Level;":
			[
				'engine/consent: what the contact chooses in WhatsApp › stop, then resume: the opt-in counts again',
				'engine/consent: what the contact chooses in WhatsApp › signup is an opt-in, with the link as evidence',
			],
		'from the code 131050, with which WhatsApp refuses a message: at once, to whichever operation sent it, or later by a failed status, to the trigger.':
			[
				'engine/promises/consent: 131050, at once, whichever operation sent it › %s',
				'engine/lastMoment: a refusal that comes at once › 131050 stops marketing, also after a restart: %s',
				'engine/consent: what the contact chooses in WhatsApp › 131050 twice is one entry',
			],
		'Only the customer can take back that stop, in WhatsApp; no start word and no Record Consent does. resume lifts the stop and is no opt-in. signup is one: the customer used a sign-up link of yours.':
			[
				'engine/consent: a start word › after a stop at Meta changes nothing there, and the item says so',
				"engine/conversation: Record Consent › does not lift Meta's own stop",
				'engine/consent: what the contact chooses in WhatsApp › resume is no opt-in by itself',
				'engine/consent: what the contact chooses in WhatsApp › signup is an opt-in, with the link as evidence',
			],
		'With the option Confirms an Opt-Out of Send this one message goes out in the open window, also when Block Replies After Opt-Out is on.':
			[
				"engine/consent: with 'Block Replies After Opt-Out' › one confirmation goes out, also after a restart",
				'engine/promises/consent: a second confirmation, with Block Replies After Opt-Out %j: %s',
			],
		'With that option on a second one does not, also when several executions send one at the same moment: they wait for each other in one process of n8n.':
			[
				'engine/promises/consent: a second confirmation, with Block Replies After Opt-Out %j: %s',
				'engine/lastMoment: the confirmation of an opt-out › goes out once, though several executions send it at once',
			],
		'With it off a second one goes out too, as every answer does.': [
			'engine/promises/consent: a second confirmation, with Block Replies After Opt-Out %j: %s',
		],
		'When WhatsApp holds a marketing message back because the customer gets too many (131049), that is no opt-out.':
			[
				'engine/promises/consent: after 131049 marketing templates are held back for 24 hours, also after a restart › %s',
				'unit/conversation/refusal: what a refusal changes › marketingLimited: holds marketing for 24 hours and changes no consent',
			],
		'The nodes hold marketing templates to this customer back for 24 hours, because each further try counts against it.':
			[
				'engine/promises/consent: after 131049 marketing templates are held back for 24 hours, also after a restart › %s',
				'engine/lastMoment: a refusal that comes at once › 131049 pauses marketing for a day: %s',
			],
		'What customers said is kept with the workflow whose trigger heard it.': [
			'engine/restart: the sender that runs first after a restart › heeds STOP, when it ran before; registration %s',
		],
		'n8n reads that when the workflow runs or receives something, so after a start of n8n the first send asks the triggers for it.':
			[
				'engine/restart: the sender that runs first after a restart › heeds STOP, when it never ran: %s',
				'engine/restart: the sender that runs first after a restart › wakes the trigger once, for all messages at once',
			],
		'A stop holds, whichever workflow runs first, also one that never ran before.': [
			'engine/restart: the sender that runs first after a restart › heeds STOP, when it never ran: %s',
			"engine/restart: the sender that runs first after a restart › heeds Meta's stop, when it ran before",
		],
		'Where a trigger cannot be asked, it is not known whether a customer has opted out.': [
			'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
		],
		'The decision then has the reason consentUncertain, and says why and how to mend it:': [
			'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
		],
		'an answer in the open window | goes out': [
			'engine/promises/consent: where a trigger cannot be asked › an answer in the open window goes out',
			'unit/conversation/decisionTable: after a start of n8n, before all rows were read (E55) › E55: an answer in the open window goes out',
		],
		'a utility or authentication template | Warn: goes out and says so · Require: held back, unless the opt-in is newer than the start · Off: goes out':
			[
				'engine/restart: a trigger that cannot be asked › leaves consent uncertain: marketing is held back, and the text says how to mend it',
				'unit/conversation/decisionTable: after a start of n8n, before all rows were read (E55) › E55: ${category} as the policy says',
			],
		'a marketing template | held back, whatever the option says and whatever opt-in is on record': [
			'engine/promises/consent: where a trigger cannot be asked › an answer in the open window goes out',
			'unit/conversation/decisionTable: after a start of n8n, before all rows were read (E55) › E55: marketing is held back, whatever the policy and the opt-in on record',
		],
		'It is tried again every 30 seconds, and ends with the next message that the trigger gets.': [
			'engine/promises/consent: where a trigger cannot be asked › it is tried again every 30 seconds',
			'engine/promises/consent: where a trigger cannot be asked › it ends with the next message that the trigger gets',
		],
		"the trigger's address did not answer | n8n must reach its own address, WEBHOOK_URL, from inside. A workflow that knows the trigger from before tries it on this machine too.":
			[
				'e2e/restart: an n8n that cannot reach its own address › asks the trigger on this machine',
				'unit/nodes/doorbell: a trigger that is rung for › %s',
			],
		'no published workflow listens there any more | Publish the workflow with the trigger. If it is gone for good, publish another one with a trigger for this number, a minute after the start of n8n or later: that takes its place, and what the lost one alone had on record is given up.':
			[
				'engine/restart: a trigger that cannot be asked › and is gone is given up when another trigger of the number is published',
				'unit/nodes/doorbell: a trigger that is rung for › %s',
			],
		'it is answered by another process of n8n | Use the data table. There consent is never uncertain.':
			[
				'engine/restart: a trigger that cannot be asked › in another process leaves it uncertain too',
				'engine/dataTable: the node › records consent for all processes',
			],
		'If you replace a trigger by another one, publish the new one first: when a trigger is unpublished, what it has on record goes to the other triggers of the number.':
			[
				'engine/restart: a trigger that cannot be asked › that was unpublished holds nothing back: what it knew has gone to the others',
			],
		'If you unpublish the last one, let each workflow that sends marketing run once before n8n restarts; then it knows that there is none.':
			[
				'engine/restart: a trigger that cannot be asked › that was unpublished for good ends the doubt once a sender has run, or another was published',
			],
	},
	ofOthers: [
		'WhatsApp wants an opt-in for every message that you start.',
		'A customer can stop your marketing messages in WhatsApp itself.',
		'WhatsApp allows one confirmation.',
	],
	advice: [
		'What counts as consent in law is for you to find out; the nodes keep the records and hold to them.',
		'Conversation → Record Consent, where the customer gives it: behind the web form, in the checkout, in an import.',
		'If you keep opt-ins in your own data alone, set Consent for Marketing Templates to Off or Warn and check them yourself.',
	],
};
