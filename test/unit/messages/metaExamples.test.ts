import Ajv, { type ValidateFunction } from 'ajv';

import { requestBody } from '../../../nodes/core/messages/envelope';
import { markReadBody } from '../../../nodes/core/messages/markRead';
import { mediaMessage } from '../../../nodes/core/messages/media';
import { reactionMessage } from '../../../nodes/core/messages/reaction';
import { parseRecipient } from '../../../nodes/core/messages/recipient';
import { replyButtonsMessage } from '../../../nodes/core/messages/replyButtons';
import { textMessage } from '../../../nodes/core/messages/text';
import type { CloudMessage, MediaContent } from '../../../nodes/core/messages/types';
import { describeWithFixtures, readFixture } from '../../fixtures';

const FOLDER = 'meta-openapi-v23';

type Example = CloudMessage & { to: string; context?: { message_id: string } };

/** A request example of Meta's, with real values in place of its placeholders. */
function example<T = Example>(name: string): T {
	const text = JSON.stringify(
		readFixture(FOLDER, 'rest', 'phone_number_id_messages__post', `req_${name}.json`),
	);
	return JSON.parse(
		text
			.replace('{{Recipient-Phone-Number}}', '+16505551234')
			.replace(/<?http\(s\)[^"]*/, 'https://example.com/file')
			.replace(/<\w+_OBJECT_ID>/, '1037543291543636'),
	) as T;
}

/** The same message, made by our builders from the values of the example. */
function rebuilt(message: CloudMessage): CloudMessage {
	switch (message.type) {
		case 'text':
			return textMessage(message.text.body, message.text.preview_url);
		case 'reaction':
			return reactionMessage(message.reaction.message_id, message.reaction.emoji);
		case 'interactive':
			return replyButtonsMessage({
				body: message.interactive.body.text,
				buttons: message.interactive.action.buttons.map(({ reply }) => reply),
			});
		case 'template':
			return message;
		default: {
			const content = (message as unknown as Record<string, MediaContent>)[message.type];
			return mediaMessage(message.type, content, {
				caption: content.caption,
				fileName: content.filename,
			});
		}
	}
}

describeWithFixtures("Meta's request examples", () => {
	const media = ['image', 'video', 'audio', 'document', 'sticker'];
	const names = [
		'send_text_message',
		'send_reply_to_text_message',
		'send_reply_with_reaction_message',
		'send_reply_button',
		...media.flatMap((kind) => [`send_${kind}_message_by_id`, `send_${kind}_message_by_url`]),
		...media.flatMap((kind) => [
			`send_reply_to_${kind}_message_by_id`,
			`send_reply_to_${kind}_message_by_url`,
		]),
	];

	it.each(names)('%s is what the builders make', (name) => {
		const body = example(name);
		const options = { replyTo: body.context?.message_id };
		expect(requestBody(parseRecipient(body.to), rebuilt(body), options)).toEqual(body);
	});

	it('send_typing_indicator_and_read_receipt is what markReadBody makes', () => {
		const body = example<{ message_id: string }>('send_typing_indicator_and_read_receipt');
		expect(markReadBody(body.message_id, true)).toEqual(body);
	});
});

describeWithFixtures("Meta's request schema", () => {
	// Compiled inside the tests: without the fixtures there is nothing to compile.
	let validate: ValidateFunction;
	beforeAll(() => {
		validate = new Ajv({ allErrors: true }).compile(
			readFixture<object>(FOLDER, 'messages-request.repaired.schema.json'),
		);
	});

	function expectValid(body: unknown): void {
		validate(body);
		expect(validate.errors ?? []).toEqual([]);
	}

	const id = { id: '1037543291543636' };
	const link = { link: 'https://example.com/file' };
	const buttons = [{ title: 'Yes' }, { title: 'No', id: 'no' }];
	const messages: Array<[string, CloudMessage]> = [
		['text', textMessage('Hello', true)],
		['longest text', textMessage('x'.repeat(4096))],
		['image', mediaMessage('image', id, { caption: 'A' })],
		['video', mediaMessage('video', link, { caption: 'x'.repeat(1024) })],
		['audio', mediaMessage('audio', id)],
		['document', mediaMessage('document', link, { caption: 'A', fileName: 'a.pdf' })],
		['sticker', mediaMessage('sticker', id)],
		['reaction', reactionMessage('wamid.A=', '👍')],
		['removed reaction', reactionMessage('wamid.A=', '')],
		[
			'longest buttons',
			replyButtonsMessage({
				body: 'x'.repeat(1024),
				header: { type: 'text', text: 'x'.repeat(60) },
				footer: 'x'.repeat(60),
				buttons: [{ title: 'x'.repeat(20), id: 'x'.repeat(256) }, ...buttons],
			}),
		],
		...(['image', 'video', 'document'] as const).map((type): [string, CloudMessage] => [
			`buttons below ${type}`,
			replyButtonsMessage({ body: 'A', header: { type, source: id }, buttons }),
		]),
	];

	it.each(messages)('accepts %s', (_name, message) => {
		const recipient = parseRecipient('+1 650 555 1234');
		expectValid(requestBody(recipient, message));
		expectValid(requestBody(recipient, message, { replyTo: 'wamid.A=' }));
	});

	it.each([true, false])('accepts mark as read, typing %s', (typing) => {
		expectValid(markReadBody('wamid.A=', typing));
	});

	it('would notice a wrong body', () => {
		expect(() =>
			expectValid({ ...requestBody(parseRecipient('+16505551234'), messages[0][1]), x: 1 }),
		).toThrow();
	});
});
