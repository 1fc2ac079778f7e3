import { joinItems, messagesOf, withMessages } from '../../../nodes/core/burst/joinedItem';

const common = { event: 'message', contact: '4915', businessNumberId: '1', late: false };
const text = (n: number, more = {}) => ({
	...common,
	messageId: `wamid.${n}`,
	type: 'text',
	text: `part ${n}`,
	timestamp: `2026-11-20T12:00:0${n}.000Z`,
	window: { state: 'open', openedAt: `${n}` },
	raw: { id: `wamid.${n}` },
	...more,
});
const media = { id: '7', mimeType: 'image/jpeg' };

describe('messages in a row', () => {
	it('are the item of the last one, with the texts of all', () => {
		const item = joinItems([text(1), text(2, { text: '' }), text(3)]);
		expect(item).toEqual({
			...text(3),
			text: 'part 1\npart 3',
			messages: [1, 2, 3].map((n) => ({
				messageId: `wamid.${n}`,
				type: 'text',
				text: n === 2 ? '' : `part ${n}`,
				timestamp: `2026-11-20T12:00:0${n}.000Z`,
			})),
		});
	});

	it('show the first file, and the ad that brought the contact', () => {
		const referral = { sourceId: '9' };
		const item = joinItems([
			text(1, { referral }),
			text(2, { type: 'image', kind: 'image', text: 'this one', media }),
			text(3, { type: 'document', text: '', media: { ...media, id: '8' } }),
			text(4),
		]);
		expect(item).toMatchObject({
			messageId: 'wamid.4',
			type: 'image',
			kind: 'image',
			media,
			referral,
			text: 'part 1\nthis one\npart 4',
		});
	});

	it('may be less: what was left out leaves no trace', () => {
		const item = joinItems([text(1), text(2, { type: 'image', media }), text(3)]);
		const [first] = messagesOf(item)!;
		const left = withMessages(item, [first]);
		expect(left).toEqual({
			...text(1),
			window: text(3).window,
			raw: text(3).raw,
			messages: [first],
		});
	});

	it('are of a joined message alone', () => {
		expect(messagesOf(text(1))).toBeUndefined();
		expect(messagesOf({ event: 'account', messages: [] })).toBeUndefined();
	});
});
