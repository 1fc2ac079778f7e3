import { callCounts, messageCounts } from '../../../nodes/core/conversation/counting';

const ALL = { reactions: true, edits: true, unsupported: true };

describe('messageCounts', () => {
	it.each([
		'text',
		'image',
		'audio',
		'video',
		'document',
		'sticker',
		'location',
		'contacts',
		'order',
		'button', // quick reply of a template
		'interactive', // button, list, flow and call-permission replies
	])('%s counts, whatever the options', (type) => {
		expect(messageCounts(type)).toBe(true);
		expect(messageCounts(type, { reactions: false, edits: false, unsupported: false })).toBe(true);
	});

	it.each([
		['reaction', 'reactions'],
		['edit', 'edits'],
		['revoke', 'edits'],
		['unsupported', 'unsupported'],
		['unknown', 'unsupported'],
	] as const)("%s counts only with the option '%s'", (type, option) => {
		expect(messageCounts(type)).toBe(false);
		expect(messageCounts(type, { ...ALL, [option]: false })).toBe(false);
		expect(messageCounts(type, { [option]: true })).toBe(true);
	});

	it.each(['system', 'media_placeholder', 'request_welcome'])(
		'%s never counts, whatever the options',
		(type) => {
			expect(messageCounts(type)).toBe(false);
			expect(messageCounts(type, ALL)).toBe(false);
		},
	);
});

describe('callCounts', () => {
	it.each([
		['E16: a call of the contact', 'inbound', 'connect', true],
		['E16: the end of such a call, whose time is later', 'inbound', 'terminate', false],
		['E17: a call of the business, accepted', 'outbound', 'accepted', true],
		['E18: a call of the business, not accepted', 'outbound', 'rejected', false],
		['E18: a call of the business, still ringing', 'outbound', 'ringing', false],
		['a call of the business, starting', 'outbound', 'connect', false],
		['a call of the business, over', 'outbound', 'terminate', false],
	] as const)('%s', (_name, direction, event, counts) => {
		expect(callCounts({ direction, event })).toBe(counts);
	});
});
