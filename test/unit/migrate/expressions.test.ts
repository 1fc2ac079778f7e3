import type { IDataObject } from 'n8n-workflow';

import { translate } from '../../../migrate/expressions';
import { oldItemsNode } from '../../../migrate/oldItems';
import type { Shape } from '../../../migrate/shapes';
import type { Values } from '../../../migrate/workflow';
import { shapeOf } from '../../../nodes/WhatsAppConversationsTrigger/itemShape';
import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';

import { oldItem, trigger } from './oldWorkflows';

const FULL = { ...trigger(), typeVersion: 1.1, parameters: { options: { simplify: false } } };

/** What our trigger gives of the delivery of which n8n's own gives `value`. */
function newItem(value: Values): IDataObject {
	const { field, ...inner } = value;
	const delivery = {
		object: 'whatsapp_business_account',
		entry: [{ id: '1', changes: [{ field, value: inner }] }],
	} as IDataObject;
	const [event] = parseDelivery(delivery, 1764450001);
	return shapeOf(FULL as never)(toItem(event, 1764450001));
}

function evaluate(expression: string, $json: unknown): unknown {
	const item = { json: $json };
	const one = { item, first: () => item, itemMatching: () => item };
	const world = {
		...{ $json, $: () => one, $input: one },
		...{ $node: { 'WhatsApp Trigger': item }, $items: () => [item] },
	};
	return new Function(...Object.keys(world), `return ${expression}`)(...Object.values(world));
}

const place = (shape: Shape, rest = {}) => ({
	input: new Set([shape]),
	of: () => new Set([shape]),
	isRecipient: false,
	isCondition: false,
	...rest,
});

const text = oldItem({ type: 'text', text: { body: 'Where is it?' }, context: { id: 'wamid.Q' } });
const photo = oldItem({
	type: 'image',
	image: { id: '77', mime_type: 'image/jpeg', sha256: 'x', caption: 'Broken' },
});
const voice = oldItem({
	type: 'audio',
	audio: { id: '78', mime_type: 'audio/ogg; codecs=opus', voice: true },
});
const tap = oldItem({
	type: 'interactive',
	interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
});
const row = oldItem({
	type: 'interactive',
	interactive: {
		type: 'list_reply',
		list_reply: { id: 'mon', title: 'Monday', description: '9:00' },
	},
});
const quick = oldItem({ type: 'button', button: { payload: 'good', text: 'Good' } });
const place1 = oldItem({
	type: 'location',
	location: { latitude: 48.1, longitude: 11.5, name: 'Shop' },
});
const status = {
	messaging_product: 'whatsapp',
	metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
	statuses: [
		{
			id: 'wamid.S',
			status: 'failed',
			timestamp: '1764450000',
			recipient_id: '16505551234',
			errors: [{ code: 131047, title: 'Re-engagement message' }],
		},
	],
	field: 'messages',
};

/** Expressions of published workflows, over the items of the old trigger. */
const CASES: Array<{ old: string; over: Values }> = [
	{ old: '$json.messages[0].from', over: text },
	{ old: '$json.contacts[0].wa_id', over: text },
	{ old: '$json.contacts[0].profile.name', over: text },
	{ old: "$json['contacts'][0]['profile']['name']", over: text },
	{ old: '$json.messages[0].text.body', over: text },
	{ old: '$json.messages[0].text.body.toLowerCase().trim()', over: text },
	{ old: '$json.messages?.[0]?.text?.body ?? "nothing"', over: photo },
	{ old: '$json.messages[0].id', over: text },
	{ old: '$json.messages[0].timestamp', over: text },
	{ old: 'new Date($json.messages[0].timestamp * 1000).toISOString()', over: text },
	{ old: '$json.messages[0].type', over: voice },
	{ old: '$json.messages[0].type === "text" ? $json.messages[0].text.body : "?"', over: text },
	{ old: '$json.messages[0].context.id', over: text },
	{ old: '$json.messages[0].image.id', over: photo },
	{ old: '$json.messages[0].image.caption', over: photo },
	{ old: '$json.messages[0].image.mime_type', over: photo },
	{ old: '$json.messages[0].audio.id', over: voice },
	{ old: '$json.messages[0].audio.mime_type', over: voice },
	{ old: '$json.messages[0].interactive.button_reply.id', over: tap },
	{ old: '$json.messages[0].interactive.button_reply.title', over: tap },
	{ old: '$json.messages[0].interactive.type', over: tap },
	{ old: '$json.messages[0].interactive.list_reply.description', over: row },
	{ old: '$json.messages[0].button.payload', over: quick },
	{ old: '$json.messages[0].button.text', over: quick },
	{ old: '$json.messages[0].location.latitude', over: place1 },
	{ old: '$json.messages[0]', over: text },
	{ old: '$json.messages', over: text },
	{ old: '$json.messages.length', over: text },
	{ old: '$json.messages !== undefined', over: status },
	{ old: '$json.statuses', over: text },
	{ old: '$json.statuses[0].status', over: status },
	{ old: '$json.statuses[0].id', over: status },
	{ old: '$json.statuses[0].recipient_id', over: status },
	{ old: '$json.statuses[0].errors[0].code', over: status },
	{ old: '$json.statuses?.[0]?.errors?.[0]?.title', over: status },
	{ old: '$json.metadata.phone_number_id', over: text },
	{ old: '$json.metadata.display_phone_number', over: text },
	{ old: '$json.metadata', over: text },
	{ old: '$json.contacts', over: text },
	{ old: '$json.field', over: text },
	{ old: '$json.messaging_product', over: text },
	{ old: "$('WhatsApp Trigger').item.json.messages[0].from", over: text },
	{ old: "$('WhatsApp Trigger').item?.json?.messages?.[0]?.from", over: text },
	{ old: "$('WhatsApp Trigger').first()?.json.messages[0].from", over: text },
	{ old: "$('WhatsApp Trigger').itemMatching(0).json.messages[0].from", over: text },
	{ old: "$('WhatsApp Trigger')\n  .item.json\n  .messages[0].from", over: text },
	{ old: '$node["WhatsApp Trigger"]["json"]["messages"][0]["from"]', over: text },
	{ old: "$items('WhatsApp Trigger', 0, 0)[0].json.messages[0].from", over: text },
	{ old: '$input.item?.json.messages[0].from', over: text },
	{ old: '`memory_${$json.contacts[0].wa_id}`', over: text },
];

describe('an expression over the old trigger', () => {
	it.each(CASES)('$old gives the same over the new one', ({ old, over }) => {
		const { text: now, left } = translate(old, place('trigger'));
		expect(left).toEqual([]);
		expect(now).not.toBe(old);
		expect(evaluate(now, newItem(over))).toEqual(evaluate(old, over));
	});

	// A text of ours is there, and empty, in each message.
	it.each([
		'$json.messages[0].text.body',
		'$json.messages[0].audio.id',
		'$json.messages[0].interactive.button_reply.id',
	])('%s as a condition is nothing where there was nothing', (old) => {
		const { text: now } = translate(old, place('trigger', { isCondition: true }));
		expect(evaluate(now, newItem(photo))).toBeUndefined();
	});

	it.each([
		{ old: '$json.messages[0]', over: status },
		{ old: '$json.messages[0].id', over: status },
		{ old: '$json.messages?.[0]?.timestamp', over: status },
		{ old: '$json.statuses[0]', over: text },
		{ old: '$json.statuses[0].id', over: text },
	])('$old tells messages from statuses where both come', ({ old, over }) => {
		const both = { isCondition: true, hasStatuses: true };
		const { text: now } = translate(old, place('trigger', both));
		expect(evaluate(now, newItem(over))).toBeUndefined();
		const other = over === text ? status : text;
		expect(evaluate(now, newItem(other))).toEqual(evaluate(old, other));
	});

	it('names the contact as the window is kept, where it says to whom', () => {
		const { text: now } = translate(
			'={{ $json.messages[0].from }}',
			place('trigger', { isRecipient: true }),
		);
		expect(now).toBe('={{ $json.contact }}');
	});

	it.each(['JSON.stringify($json)', '$json'])('%s is left', (old) => {
		expect(translate(old, place('trigger')).left).toEqual(['$json']);
	});

	it('says where the fields of a message are read in full', () => {
		expect(translate('$json.messages[0].timestamp', place('trigger')).readsRaw).toBe(true);
		const shown = '$json.metadata.display_phone_number';
		expect(translate(shown, place('trigger')).readsRaw).toBe(true);
		expect(translate('$json.messages[0].text.body', place('trigger')).readsRaw).toBe(false);
	});
});

describe('an expression over what is no trigger', () => {
	it.each<[Shape, string, string]>([
		['other', '$json.messages[0].from', '$json.messages[0].from'],
		['other', '$json.text', '$json.text'],
		['sent', '$json.messages[0].id', '$json.messageId'],
		['sent', '$json.contacts[0].wa_id', '$json.contact'],
		['answer', '$json.data.approved', '$json.approved'],
		['answer', '$json.data.text', '$json.answer'],
		['mediaUrl', '$json.mime_type', '$json.mimeType'],
		['upload', '$json.id', '$json.mediaId'],
	])('of %s: %s is %s', (shape, old, now) => {
		expect(translate(old, place(shape)).text).toBe(now);
	});

	it('is left where a form is gone', () => {
		expect(translate('$json.data["Your name"]', place('answer')).left).toHaveLength(1);
		expect(translate('$json.url', place('mediaUrl')).left).toEqual(['$json.url']);
	});
});

describe('the node that gives the old form', () => {
	it.each([
		{ name: 'a message', over: text },
		{ name: 'a status', over: status },
	])('gives $name as the old trigger did, beside ours', ({ over }) => {
		const { jsCode } = oldItemsNode(trigger()).parameters;
		const ours = newItem(over);
		const [item] = new Function('$input', String(jsCode))({
			all: () => [{ json: ours }],
		}) as Array<{
			json: Values;
		}>;
		expect(item.json).toMatchObject(over);
		expect(item.json).toMatchObject(ours);
	});
});
