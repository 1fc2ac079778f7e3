import { toItem } from '../../../nodes/core/events/items';
import { parseDelivery } from '../../../nodes/core/events/parse';

import { AT, interactiveReply, message, messageDelivery } from './payloads';

const kindIn = (raw: object) =>
	toItem(parseDelivery(messageDelivery(raw as never), AT)[0], AT).kind;

it.each([
	['text', message('text', { body: 'Hello' })],
	['image', message('image', { id: '1', mime_type: 'image/jpeg' })],
	['video', message('video', { id: '1', mime_type: 'video/mp4' })],
	['voice', message('audio', { id: '1', mime_type: 'audio/ogg; codecs=opus', voice: true })],
	['audio', message('audio', { id: '1', mime_type: 'audio/mpeg', voice: false })],
	['document', message('document', { id: '1', filename: 'bill.pdf' })],
	['sticker', message('sticker', { id: '1', mime_type: 'image/webp' })],
	['location', message('location', { latitude: 1, longitude: 2 })],
	['contacts', message('contacts', [{ name: { formatted_name: 'A' } }] as never)],
	['reaction', message('reaction', { message_id: 'wamid.1', emoji: '👍' })],
	['tap', message('button', { payload: 'yes', text: 'Yes' })],
	['tap', interactiveReply('button_reply', { id: 'yes', title: 'Yes' })],
	['tap', interactiveReply('list_reply', { id: 'row', title: 'Row' })],
	['form', interactiveReply('nfm_reply', { response_json: '{"day":"Monday"}' })],
	['callPermission', interactiveReply('call_permission_reply', { response: 'accept' })],
	['order', message('order', { product_items: [] })],
	['edit', message('edit', { original_message_id: 'wamid.1', message: { type: 'text' } })],
	['revoke', message('revoke', { original_message_id: 'wamid.1' })],
	['system', message('system', { type: 'user_changed_number', wa_id: '49151' })],
	['unsupported', message('unsupported', { type: 'poll' })],
	['unknown', message('hologram', {})],
])('%s is one word for a Switch', (kind, raw) => {
	expect(kindIn(raw)).toBe(kind);
});
