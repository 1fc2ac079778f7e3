import type { IDataObject } from 'n8n-workflow';

import { questionsOf } from '../../demo/questions';
import type { Execution } from '../../n8n/client';

const asked = {
	answered: false,
	answer: '',
	askedAt: '2026-05-04T10:00:00.000Z',
	phone: '+15551230001',
	messageId: 'wamid.1',
	question: { id: 'q', type: 'buttons', choices: [] },
};

const answered = { ...asked, answered: true, answer: 'Yes', question: undefined };

const inLoop = (item: IDataObject) => ({ body: {}, askedBefore: { item } });

/** An execution in which 'Ask' put out items, run by run, and with what it waits. */
function executionOf(runs: object[][][], waiting?: object): Execution {
	const toItems = (output: object[]) => output.map((json) => ({ json }));
	return {
		workflowData: {
			nodes: [
				{ name: 'Ask', parameters: { operation: 'sendAndWait' } },
				{ name: 'Send', parameters: { operation: 'send' } },
			],
		},
		data: {
			executionData: {
				nodeExecutionStack: waiting
					? [{ node: { name: 'Ask' }, data: { main: [[{ json: waiting }]] } }]
					: [],
			},
			resultData: {
				runData: {
					Ask: runs.map((outputs) => ({ data: { main: outputs.map(toItems) } })),
					Send: [{ data: { main: [[{ json: { answered: true } }]] } }],
				},
			},
		},
	} as unknown as Execution;
}

const question = {
	node: 'Ask',
	at: Date.parse(asked.askedAt),
	contact: '+15551230001',
	messageId: 'wamid.1',
};

it.each([
	['waits', executionOf([], asked), ''],
	['waits', executionOf([[[inLoop(asked)]]], inLoop(asked)), ''],
	['answered', executionOf([[[answered]]]), 'Yes'],
	['answered', executionOf([[[inLoop(asked)]], [[], [answered]]]), 'Yes'],
	['over', executionOf([[[asked]]]), ''],
])('finds a question that %s', (state, execution, answer) => {
	expect(questionsOf(execution)).toEqual([{ ...question, state, answer }]);
});

it('takes nothing else for a question', () => {
	expect(questionsOf(executionOf([[[{ body: {} }]]]))).toEqual([]);
});
