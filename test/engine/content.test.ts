import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Json } from '../simulator/types';
import { FILES, MESSAGES } from '../unit/nodes/storedMessages';
import { body, template } from '../unit/templates/samples';

import {
	addTemplate,
	CONTACT,
	CONTACT_PHONE,
	conversationOf,
	HOUR,
	listener,
	NUMBER_ID,
	send,
	setClock,
	triggered,
	useScene,
} from './scene';

const scene = useScene();

/** The contact has just written, to a workflow that listens. */
async function contactWrote(): Promise<string> {
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
	const { messageId } = await scene.simulator.writes({ from: CONTACT_PHONE, text: 'Hello?' });
	await scene.engine.settled();
	return messageId;
}

/** What was sent, without its envelope. */
function contentOf({ type, ...body }: Json): Json {
	return { type, [String(type)]: body[String(type)] };
}

describe('a message of each type', () => {
	const ITEM = { json: { contact: CONTACT }, binary: FILES };

	/** Types of the files that the examples take from before. */
	const MIME_TYPES: Record<string, string> = {
		audio: 'audio/ogg',
		document: 'application/pdf',
		video: 'video/mp4',
	};

	it.each(MESSAGES)('is accepted: %s %j', async (messageType, stored, message) => {
		await contactWrote();
		const { id } = scene.simulator.addInboundMedia(
			Buffer.from('content'),
			MIME_TYPES[messageType] ?? 'image/jpeg',
		) as { id: string };
		const present = <T>(value: T) =>
			JSON.parse(JSON.stringify(value).replace(/"471"/g, JSON.stringify(id))) as T;

		const { error } = await send(scene, { messageType, ...present(stored) } as INodeParameters, {
			items: [ITEM],
		});

		expect(error).toBeUndefined();
		const [{ body }, ...more] = scene.simulator.sent;
		expect(more).toEqual([]);
		const named = JSON.stringify(contentOf(body)).replace(/"id":"(\d+)"/g, (whole, mediaId) => {
			const fileName = scene.simulator.media.get(mediaId)?.fileName;
			const field = Object.keys(FILES).find((name) => FILES[name].fileName === fileName);
			return field ? `"id":"id-of-${field}"` : whole;
		});
		expect(JSON.parse(named)).toEqual(present(message));
	});

	it('takes lists from an earlier node', async () => {
		await contactWrote();
		const slots = [{ title: 'Mon', id: 'mon', description: '9:00' }, { title: 'Tue' }];
		const items = [{ json: { contact: CONTACT, slots, skus: ['sku-1', 'sku-2'] } }];
		const list = {
			messageType: 'list',
			body: 'When?',
			buttonText: 'Times',
			rowsSource: 'json',
			rowsJson: '={{ $json.slots }}',
		};
		const products = {
			messageType: 'productCarousel',
			body: 'For you',
			catalogId: '194',
			products: '={{ $json.skus }}',
		};
		for (const parameters of [list, products]) await send(scene, parameters, { items });
		const actions = scene.simulator.sent.map(
			({ body }) => (body.interactive as { action: IDataObject }).action,
		);
		expect(actions).toEqual([
			{
				button: 'Times',
				sections: [
					{
						rows: [
							{ title: 'Mon', id: 'mon', description: '9:00' },
							{ title: 'Tue', id: 'Tue' },
						],
					},
				],
			},
			{ cards: [expect.anything(), expect.anything()] },
		]);
	});
});

describe('a long text', () => {
	const PARTS = ['a', 'b', 'c'].map((letter) => letter.repeat(4000));
	const LONG = { text: PARTS.join('\n\n'), options: { splitLongText: true } };

	it('arrives in order, as several messages', async () => {
		await contactWrote();
		const { items, error } = await send(scene, LONG);
		expect(error).toBeUndefined();
		expect(scene.simulator.sent.map(({ body }) => (body.text as IDataObject).body)).toEqual(PARTS);
		const ids = scene.simulator.sent.map(({ id }) => id);
		expect(items).toMatchObject([{ messageId: ids[0], messageIds: ids }]);
	});

	it('is not sent again from its beginning when a later part was refused', async () => {
		await contactWrote();
		const first = scene.simulator.waitForSent(1);
		void first.then(() => scene.simulator.failNext({ code: 131026, path: '/messages' }));
		const { items } = await send(scene, LONG, {
			node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError: 'continueErrorOutput' },
		});
		expect(items).toEqual([]);
		expect(scene.simulator.sent).toHaveLength(1);
	});
});

describe('a reaction', () => {
	const REACTION = { operation: 'react', messageId: '={{ $json.messageId }}' };

	it.each(['👍', '❤️', ''])('is put on a message, or taken away: %j', async (emoji) => {
		const messageId = await contactWrote();
		const items = [{ json: { contact: CONTACT, messageId } }];
		const { error, items: sent } = await send(scene, { ...REACTION, emoji }, { items });
		expect(error).toBeUndefined();
		expect(contentOf(scene.simulator.sent[0].body)).toEqual({
			type: 'reaction',
			reaction: { message_id: messageId, emoji },
		});
		expect(sent).toMatchObject([
			{ messageId: scene.simulator.sent[0].id, phone: CONTACT, sentAs: 'freeForm' },
		]);
	});

	it('is not sent when the window is closed', async () => {
		const messageId = await contactWrote();
		setClock(25 * HOUR);
		const items = [{ json: { contact: CONTACT, messageId } }];
		const { error } = await send(scene, REACTION, { items });
		expect(error?.message).toContain('cannot be replaced by a template');
		expect(scene.simulator.sent).toEqual([]);
	});

	it('teaches that the window is closed when WhatsApp says so', async () => {
		const messageId = await contactWrote();
		scene.simulator.failNext({ code: 131047, path: '/messages' });
		const items = [{ json: { contact: CONTACT, messageId } }];
		const { error } = await send(scene, REACTION, { items });
		expect(error?.message).toContain('was closed when WhatsApp refused a message');
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({
			businessNumberId: NUMBER_ID,
			window: { state: 'closed' },
		});
	});
});

it('sends on the cards that a contact sent, and tells what WhatsApp does not take back', async () => {
	await contactWrote();
	const received = {
		name: { first_name: 'Kerry', formatted_name: 'Kerry Fisher' },
		ims: [],
		contact_image: '/9j/4AAQ',
		pronouns: 'they',
		phones: [{ phone: '+1 (940) 555-1234', wa_id: '19405551234', type: 'CELL' }],
	};
	await scene.simulator.writes({
		from: CONTACT_PHONE,
		message: { type: 'contacts', contacts: [received] },
	});
	const [{ contacts }] = (await triggered(scene.engine)).slice(-1);
	const { error, run } = await send(
		scene,
		{
			messageType: 'contacts',
			contactsSource: 'json',
			contactsJson: '={{ $json.contacts }}',
		},
		{ items: [{ json: { contact: CONTACT, contacts } }] },
	);
	expect(error).toBeUndefined();
	const { name, phones } = received;
	expect(scene.simulator.sent[0].body.contacts).toEqual([{ name, phones }]);
	const [task] = run.data.resultData.runData.WhatsApp;
	expect(task.hints?.map(({ message }) => message)).toEqual([
		"Contact 1: 'Contacts' has an entry 'pronouns', which WhatsApp does not take. It was left out.",
	]);
});

it.each<[string, INodeParameters, Json]>([
	[
		'a text',
		{ messageType: 'text', text: 'Hi', options: { identityKeyHash: 'DF2lS5v2W6x=' } },
		{ recipient_identity_key_hash: 'DF2lS5v2W6x=' },
	],
	[
		'a template',
		{
			operation: 'sendTemplate',
			template: { __rl: true, mode: 'id', value: 'plain|en_US' },
			options: { identityKeyHash: 'DF2lS5v2W6x=', replyTo: 'wamid.A=' },
		},
		{ recipient_identity_key_hash: 'DF2lS5v2W6x=', context: { message_id: 'wamid.A=' } },
	],
])('the request of %s carries what the options say', async (_what, parameters, expected) => {
	await contactWrote();
	addTemplate(scene, template([body('Hello')], { name: 'plain' }));
	const { error } = await send(scene, { resource: 'message', ...parameters });
	expect(error).toBeUndefined();
	expect(scene.simulator.sent[0].body).toMatchObject(expected);
});
