import type { HeaderInput } from '../../../nodes/core/messages/header';
import {
	replyButtonsMessage,
	type ReplyButtonsInput,
} from '../../../nodes/core/messages/replyButtons';

import { refusal } from './refusal';

const yes = { id: 'yes', title: 'Yes' };
const no = { id: 'no', title: 'No' };
const input: ReplyButtonsInput = { body: 'Shall we?', buttons: [yes, no] };

describe('replyButtonsMessage', () => {
	it('builds a text with buttons', () => {
		expect(replyButtonsMessage(input)).toEqual({
			type: 'interactive',
			interactive: {
				type: 'button',
				body: { text: 'Shall we?' },
				action: {
					buttons: [
						{ type: 'reply', reply: yes },
						{ type: 'reply', reply: no },
					],
				},
			},
		});
	});

	it.each<[string, HeaderInput, unknown]>([
		['text', { type: 'text', text: 'Hi' }, { type: 'text', text: 'Hi' }],
		['no text', { type: 'text', text: ' ' }, undefined],
		['image', { type: 'image', source: { id: '1' } }, { type: 'image', image: { id: '1' } }],
		[
			'video',
			{ type: 'video', source: { link: 'https://example.com/a.mp4' } },
			{ type: 'video', video: { link: 'https://example.com/a.mp4' } },
		],
		[
			'document',
			{ type: 'document', source: { id: '1' }, fileName: 'bill.pdf' },
			{ type: 'document', document: { id: '1', filename: 'bill.pdf' } },
		],
	])('takes a header: %s', (_name, header, built) => {
		expect(replyButtonsMessage({ ...input, header }).interactive.header).toEqual(built);
	});

	it.each<[string, unknown, unknown]>([
		['text', 'Bye', { text: 'Bye' }],
		['the longest', 'x'.repeat(60), { text: 'x'.repeat(60) }],
		['empty', '', undefined],
		['none', undefined, undefined],
	])('takes a footer: %s', (_name, footer, built) => {
		expect(replyButtonsMessage({ ...input, footer }).interactive.footer).toEqual(built);
	});

	it.each<[string, object[], object[]]>([
		['one', [yes], [yes]],
		['three', [yes, no, { id: 'x', title: 'Later' }], [yes, no, { id: 'x', title: 'Later' }]],
		[
			'the title as ID',
			[{ title: 'Yes' }, { title: 'No', id: ' ' }],
			[
				{ id: 'Yes', title: 'Yes' },
				{ id: 'No', title: 'No' },
			],
		],
		['trimmed', [{ id: ' a ', title: ' A ' }], [{ id: 'a', title: 'A' }]],
		['numbers', [{ id: 1, title: 2 }], [{ id: '1', title: '2' }]],
		[
			'the longest',
			[{ id: 'i'.repeat(256), title: '😀'.repeat(20) }],
			[{ id: 'i'.repeat(256), title: '😀'.repeat(20) }],
		],
		['the same ID and title on one button', [{ id: 'A', title: 'A' }], [{ id: 'A', title: 'A' }]],
	])('takes buttons: %s', (_name, buttons, replies) => {
		const { action } = replyButtonsMessage({
			...input,
			buttons: buttons as ReplyButtonsInput['buttons'],
		}).interactive;
		expect(action.buttons.map(({ reply }) => reply)).toEqual(replies);
	});

	it.each<[string, Partial<ReplyButtonsInput>, string, RegExp]>([
		['no body', { body: '' }, 'Body', /^'Body' is empty/],
		['a long body', { body: 'x'.repeat(1025) }, 'Body', /1025 characters.* 1024/],
		['a long footer', { footer: 'x'.repeat(61) }, 'Footer', /61 characters.* 60/],
		['a long header', { header: { type: 'text', text: 'x'.repeat(61) } }, 'Header', /61 .* 60/],
		[
			'no file in the header',
			{ header: { type: 'image', source: { id: '' } } },
			'Media ID',
			/empty/,
		],
		[
			'http in the header',
			{ header: { type: 'video', source: { link: 'http://x.de' } } },
			'Link',
			/https/,
		],
		[
			'a file name for an image',
			{ header: { type: 'image', source: { id: '1' }, fileName: 'a.png' } },
			'File Name',
			/type image/,
		],
		['no buttons', { buttons: [] }, 'Buttons', /0 entries/],
		[
			'four buttons',
			{ buttons: [yes, no, { title: 'c' }, { title: 'd' }] },
			'Buttons',
			/4 entries/,
		],
		[
			'no text',
			{ buttons: [yes, { title: ' ' }] },
			'Button Text',
			/^Button 2: 'Button Text' is empty/,
		],
		[
			'a long text',
			{ buttons: [yes, { title: 'x'.repeat(21) }] },
			'Button Text',
			/^Button 2: 'Button Text' has 21 characters.* 20/,
		],
		[
			'a long ID',
			{ buttons: [{ title: 'x', id: 'x'.repeat(257) }] },
			'Button ID',
			/^Button 1: 'Button ID' has 257 characters.* 256/,
		],
		[
			'the same text twice',
			{ buttons: [yes, no, { title: ' Yes ', id: 'x' }] },
			'Button Text',
			/^Button 3: 'Button Text' is the same as that of button 1/,
		],
		[
			'the same ID twice',
			{ buttons: [yes, { title: 'A', id: 'yes' }] },
			'Button ID',
			/^Button 2: 'Button ID' is the same as that of button 1/,
		],
		[
			'an ID that is the text of another without ID',
			{ buttons: [{ title: 'A' }, { title: 'B', id: 'A' }] },
			'Button ID',
			/^Button 2: 'Button ID' is the same/,
		],
		['an object as text', { buttons: [{ title: {} }] }, 'Button Text', /^Button 1: .*not text/],
		[
			'a button with something unknown',
			{ buttons: [{ title: 'Yes', payload: 'y' } as never] },
			'Buttons',
			/^Button 1: 'Buttons' has an entry 'payload'/,
		],
	])('refuses %s', (_name, change, field, message) => {
		const thrown = refusal(() => replyButtonsMessage({ ...input, ...change }));
		expect(thrown.field).toBe(field);
		expect(thrown.message).toMatch(message);
	});
});
