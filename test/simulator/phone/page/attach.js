import { ask } from './api.js';
import { button, el } from './dom.js';
import { icon } from './icons.js';
import { safely } from './notice.js';
import { base64Of, lampPhoto } from './pictures.js';

export const HERE = {
	type: 'location',
	location: {
		latitude: 52.5163,
		longitude: 13.3777,
		name: 'Brandenburg Gate',
		address: 'Pariser Platz, Berlin',
	},
};

export const MY_CARD = {
	type: 'contacts',
	contacts: [
		{
			name: { formatted_name: 'Dana Example', first_name: 'Dana' },
			phones: [{ phone: '+1 555 010 0199', type: 'CELL' }],
		},
	],
};

/** The first message of a customer who tapped an ad. */
const FROM_AN_AD = {
	type: 'text',
	text: { body: 'Hello! Can I get more info on this?' },
	referral: {
		source_type: 'ad',
		source_id: '120208000000000001',
		source_url: 'https://fb.me/example',
		headline: 'Blue lamps are back',
		body: 'Light for long evenings.',
		media_type: 'image',
		ctwa_clid: 'example-click',
	},
};

/** Types of messages by what a MIME type begins with; every other file is a document. */
const KINDS = { image: 'image', audio: 'audio', video: 'video' };

/** What a customer can send beside words. @param write sends a message @param call calls */
export function attachments({ write, call }) {
	const chooser = el('input', {
		type: 'file',
		hidden: true,
		onchange: () =>
			safely(async () => {
				const [file] = chooser.files;
				if (file) await write(await fileMessage(await base64Of(file), file.type, file.name));
				chooser.value = '';
			}),
	});
	const photo = async () =>
		await write(await fileMessage(lampPhoto(), 'image/png', 'lamp.png', 'Is this the one?'));
	const one = (name, label, onclick, title) => button([icon(name), label], onclick, { title });
	return [
		one('picture', 'Photo', () => safely(photo)),
		one('file', 'File', () => chooser.click()),
		one('place', 'Location', () => write(HERE)),
		one('person', 'Contact', () => write(MY_CARD)),
		one('call', 'Call', call),
		one('ad', 'Ad', () => write(FROM_AN_AD), 'Comes from an ad that opens WhatsApp'),
		chooser,
	];
}

async function fileMessage(bytes, mimeType, fileName, caption) {
	const node = await ask('media', { bytes, mimeType: mimeType || 'text/plain', fileName });
	const type = KINDS[mimeType.split('/')[0]] ?? 'document';
	return { type, [type]: { ...node, ...(caption && { caption }) } };
}
