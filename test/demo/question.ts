import type { INode, INodeCredentialsDetails } from 'n8n-workflow';

import type { WorkflowDefinition } from '../n8n/client';

import { to, webhookNode, whatsApp } from './desk';

/** Path of the webhook that has a customer asked. */
export const QUESTION_PATH = 'a-question';

/** n8n tells by the node's ID where a run waits. */
const QUESTION_ID = '5b0e8f7a-93c4-4d12-8a6e-2f7c1d9b3e40';

/** Puts a question, reminds after an hour, gives up after three, and says what came of it. */
export function questionWorkflow(credential: INodeCredentialsDetails): WorkflowDefinition {
	const webhook = webhookNode('The Page Asks', QUESTION_PATH, [0, 0], 'onReceived');
	const ask: INode = {
		...whatsApp(
			'Ask',
			[240, 0],
			{
				resource: 'message',
				operation: 'sendAndWait',
				to: '={{ $json.body.to }}',
				message: 'Two blue lamps are left. Shall we keep one for you?',
				responseType: 'buttons',
				buttons: {
					button: [
						{ title: 'Yes, please', id: 'yes' },
						{ title: 'No, thank you', id: 'no' },
					],
				},
				otherAnswers: 'askAgain',
				askAgainTimes: 2,
				askAgainMessage: 'Please tap one of the buttons: shall we keep a blue lamp for you?',
				whenWindowClosed: 'stop',
				whenWindowUnknown: 'treatAsClosed',
				options: {
					remindAfter: {
						values: {
							amount: 1,
							unit: 'hours',
							times: 1,
							message: 'Do you still want the blue lamp?',
						},
					},
					limitWaitTime: {
						values: { limitType: 'afterTimeInterval', resumeAmount: 3, resumeUnit: 'hours' },
					},
				},
			},
			credential,
		),
		id: QUESTION_ID,
	};
	const say = (name: string, text: string, y: number) =>
		whatsApp(
			name,
			[480, y],
			{
				resource: 'message',
				operation: 'send',
				to: '={{ $json.contact }}',
				messageType: 'text',
				text,
			},
			credential,
		);
	const answered = say(
		'After the Answer',
		"={{ $json.answerId === 'yes' ? 'It is yours! We keep it for a week.' : 'All right, thank you.' }}",
		-80,
	);
	const unanswered = say('Without an Answer', 'The lamp is back on the shelf.', 80);
	return {
		name: 'A Question',
		nodes: [webhook, ask, answered, unanswered],
		connections: {
			[webhook.name]: { main: [[to(ask)]] },
			[ask.name]: { main: [[to(ask)], [to(answered)], [to(unanswered)]] },
		},
	};
}
