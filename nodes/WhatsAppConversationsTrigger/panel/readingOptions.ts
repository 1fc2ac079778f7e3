import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_WORDS } from '../../core/conversation/keywords';

const { stopWords, startWords, stopPayloads, startPayloads } = DEFAULT_WORDS;

/** What 'Options' has in every version: how deliveries are read, and which start the workflow. */
export const readingOptions: INodeProperties[] = [
	{
		displayName: 'Also Counts as a Message',
		name: 'alsoCounts',
		type: 'multiOptions',
		options: [
			{ name: 'Edits and Deletions', value: 'edits' },
			{ name: 'Reactions', value: 'reactions' },
			{ name: 'Unsupported Messages', value: 'unsupported' },
		],
		default: [],
		description:
			'What opens the customer service window beside messages and calls. Meta does not say whether these do, so by default they do not.',
	},
	{
		displayName: 'Download Media',
		name: 'downloadMedia',
		type: 'boolean',
		default: false,
		description:
			"Whether to put the photo, document, audio or video of a message into the binary field 'data' of its item. If that does not succeed, the item says why in 'mediaError'.",
	},
	{
		displayName: 'Inner Address',
		name: 'innerAddress',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://localhost:5678',
		description:
			"Where this n8n is reached from inside, in order to hand the answers to questions of 'Send and Wait for Response' to the runs that wait for them. Needed only where neither the public address nor the port of n8n can be reached from within.",
	},
	{
		displayName: 'Join Messages Sent in a Row',
		name: 'joinMessages',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to wait until the contact has been quiet for a moment, and to start once for all messages of a row: up to a second behind a finished sentence, two or three behind a fragment or a photo, eight at most. Taps, answers to questions and stop words do not wait.',
	},
	{
		displayName: 'Pause When a Colleague Answers in the App (Hours)',
		name: 'pauseForAppHours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 720 },
		default: 12,
		description:
			'For how many hours after a message from the WhatsApp Business app the colleague who wrote it has the conversation, so that automatic messages are held back. 0, or without this option: not at all.',
	},
	{
		displayName: 'Start Also for Answers',
		name: 'startForAnswers',
		type: 'boolean',
		default: false,
		description:
			"Whether an answer to a question of 'Send and Wait for Response' starts this workflow as well. It goes to the run that waits for it either way.",
	},
	{
		displayName: 'Start Also in Standby',
		name: 'startForStandby',
		type: 'boolean',
		default: false,
		description:
			"Whether copies of what another responder of the number handles start this workflow; such items have 'standby'. Windows and consent are learned from them either way.",
	},
	{
		displayName: 'Start Button Payloads',
		name: 'startPayloads',
		type: 'string',
		default: startPayloads,
		description:
			'Payloads of quick replies, and IDs of buttons and list rows, that do what a start word does. Separate them by commas.',
	},
	{
		displayName: 'Start for Messages Older Than Seven Days',
		name: 'startForOld',
		type: 'boolean',
		default: false,
		description:
			'Whether events start the workflow that arrive more than seven days after they happened. Meta repeats a delivery for seven days, so nobody knows whether such an event has started it before. Windows and consent are learned from it either way.',
	},
	{
		displayName: 'Start Words',
		name: 'startWords',
		type: 'string',
		default: startWords,
		description:
			'Messages that take back an earlier opt-out. They are no opt-in, and do not lift a stop of marketing in WhatsApp. Separate them by commas; capital letters make no difference.',
	},
	{
		displayName: 'Stop and Start Words',
		name: 'consentWords',
		type: 'boolean',
		default: true,
		description:
			"Whether to record an opt-out when a whole message is a stop word, and to take it back at a start word. The item then has 'consentWord', so that the workflow can confirm it.",
	},
	{
		displayName: 'Stop Button Payloads',
		name: 'stopPayloads',
		type: 'string',
		default: stopPayloads,
		description:
			'Payloads of quick replies, and IDs of buttons and list rows, that do what a stop word does. Separate them by commas.',
	},
	{
		displayName: 'Stop Words',
		name: 'stopWords',
		type: 'string',
		default: stopWords,
		description:
			'Messages that opt the contact out of everything but answers. Separate them by commas; capital letters make no difference.',
	},
	{
		displayName: 'Text for Late Answers',
		name: 'lateAnswerText',
		type: 'string',
		default: '',
		placeholder: 'e.g. This question is closed. Please write to us.',
		description:
			"What a contact gets who taps on a question of 'Send and Wait for Response' when nobody waits for the answer any more, once for each question. It is sent in the window that the tap has opened.",
	},
	{
		displayName: 'When a Person Has the Conversation',
		name: 'whenPersonHasIt',
		type: 'options',
		options: [
			{
				name: 'Start the Workflow',
				value: 'start',
				description: "Starts; the item says in 'owner' who has the conversation",
			},
			{
				name: "Use the 'Person' Output",
				value: 'output',
				description: 'Starts, and passes them to a second output of this node',
			},
			{
				name: 'Skip',
				value: 'skip',
				description: 'Starts nothing; windows and consent are learned all the same',
			},
		],
		default: 'start',
		description:
			"What to do with messages and calls of contacts whose conversation was handed over to a person, by 'Hand Over' or from the app",
	},
];
