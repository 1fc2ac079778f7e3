import {
	choiceOf,
	choicesOf,
	payloadsWithWayBack,
	quickRepliesOf,
	templateChoices,
	withWayBack,
} from '../../../nodes/core/ask/question';
import { readReference } from '../../../nodes/core/ask/reference';
import { flowMessage } from '../../../nodes/core/messages/flow';
import { listMessage } from '../../../nodes/core/messages/list';
import { replyButtonsMessage } from '../../../nodes/core/messages/replyButtons';
import { textMessage } from '../../../nodes/core/messages/text';

const WAITING = {
	executionId: '123456',
	nodeId: '7b9f3c1e-52a1-4c44-8d0c-2f8f7f3f1a10',
	signature: 'ab'.repeat(32),
	binding: 'abcdefghijklmnop',
};

const answerOf = (text: string) => readReference(text)?.answerId;

const buttons = replyButtonsMessage({
	body: 'Shall we?',
	buttons: [{ title: 'Yes', id: 'yes' }, { title: 'No' }, { title: 'Later', id: 'x'.repeat(250) }],
});

const list = listMessage({
	body: 'When?',
	buttonText: 'Choose',
	sections: [
		{ title: 'Today', rows: [{ title: '9:00', id: 'today_9' }] },
		{
			title: 'Tomorrow',
			rows: [
				{ title: '9:00', id: 'tomorrow_9' },
				{ title: '10:00', id: '#1' },
			],
		},
	],
});

const template = {
	id: '1',
	name: 'confirm',
	language: 'en_US',
	status: 'APPROVED',
	category: 'UTILITY',
	components: [
		{ type: 'BODY', text: 'Shall we?' },
		{
			type: 'buttons',
			buttons: [
				{ type: 'URL', text: 'Shop', url: 'https://example.com' },
				{ type: 'quick_reply', text: 'Yes' },
				{ type: 'QUICK_REPLY', text: 'No' },
			],
		},
	],
};

describe('the answers to a question', () => {
	it('carry their way back in the IDs of buttons, with their own IDs or their places', () => {
		const sent = withWayBack(buttons, WAITING) as typeof buttons;
		const ids = sent.interactive.action.buttons.map(({ reply }) => reply.id);
		expect(ids.map(answerOf)).toEqual(['yes', 'No', '#2']);
		expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(256);
		expect(choiceOf(choicesOf(buttons), '#2')).toEqual({ id: 'x'.repeat(250), title: 'Later' });
	});

	it('carry it in the IDs of rows, over all sections', () => {
		const sent = withWayBack(list, WAITING) as typeof list;
		const ids = sent.interactive.action.sections.flatMap(({ rows }) => rows.map(({ id }) => id));
		expect(ids.map(answerOf)).toEqual(['today_9', 'tomorrow_9', '#2']);
		expect(choiceOf(choicesOf(list), '#2')).toEqual({ id: '#1', title: '10:00' });
	});

	it("carry it in a form's token, unless there is one already", () => {
		const flow = flowMessage({ body: 'Book', flowId: '1', buttonText: 'Book' });
		const sent = withWayBack(flow, WAITING) as typeof flow;
		expect(readReference(String(sent.interactive.action.parameters.flow_token))).toMatchObject(
			WAITING,
		);
		const own = flowMessage({ body: 'Book', flowId: '1', buttonText: 'Book', token: 'order-1' });
		expect(withWayBack(own, WAITING)).toEqual(own);
	});

	it('do not change what offers nothing to tap', () => {
		const text = textMessage('Why?');
		expect(withWayBack(text, WAITING)).toEqual(text);
		expect(choicesOf(text)).toEqual([]);
	});

	it('leave the message itself as it was', () => {
		const before = JSON.stringify(buttons);
		withWayBack(buttons, WAITING);
		expect(JSON.stringify(buttons)).toBe(before);
	});

	it('that were not offered are none', () => {
		const choices = choicesOf(buttons);
		for (const id of ['', 'maybe', '#7', '#x']) expect(choiceOf(choices, id)).toBeUndefined();
	});
});

describe('a template that asks', () => {
	it('offers its quick replies, by their place among all buttons', () => {
		expect(quickRepliesOf(template)).toEqual([
			{ field: 'button:1:payload', title: 'Yes' },
			{ field: 'button:2:payload', title: 'No' },
		]);
	});

	it.each([
		['their own texts', {}, [], ['Yes', 'No']],
		['the payloads that were given', { 'button:1:payload': 'ok' }, [], ['ok', 'No']],
		[
			'the answers of the same name',
			{},
			[
				{ id: 'n', title: 'No' },
				{ id: 'y', title: 'Yes' },
			],
			['y', 'n'],
		],
		[
			'the answers of the same place',
			{},
			[
				{ id: 'y', title: 'Yes!' },
				{ id: 'n', title: 'No!' },
			],
			['y', 'n'],
		],
		['their own texts where there are more of them', {}, [{ id: 'y', title: 'Go' }], ['Yes', 'No']],
	])('names them by %s', (_, values, instead, ids) => {
		expect(templateChoices(template, values, instead).map(({ id }) => id)).toEqual(ids);
	});

	it('carries the way back in their payloads', () => {
		const choices = templateChoices(template, { 'button:1:payload': 'x'.repeat(100) }, []);
		const payloads = payloadsWithWayBack(template, choices, WAITING);
		expect(Object.keys(payloads)).toEqual(['button:1:payload', 'button:2:payload']);
		expect(Object.values(payloads).map(answerOf)).toEqual(['#0', 'No']);
		for (const text of Object.values(payloads)) expect(text.length).toBeLessThanOrEqual(128);
	});
});
