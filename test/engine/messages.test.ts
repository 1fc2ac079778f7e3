import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNT_ID,
	APP_ID,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	conversationOf,
	doings,
	fileItem,
	HOUR,
	listener,
	NUMBER_ID,
	SECRET,
	send,
	setClock,
	TOKEN,
	useScene,
} from './scene';
import { chosen } from './workflows';

const scene = useScene();

const TEXT = { text: 'We are open until eight.' };
const PDF = '%PDF-1.7 a small one';

/** The contact has just written, to a workflow that listens. */
async function contactWrote(from = CONTACT_PHONE): Promise<string> {
	scene.engine.add(listener('inbox', { registration: 'automatic' }));
	await scene.engine.activate('inbox');
	const { messageId } = await scene.simulator.writes({ from, text: 'Are you open?' });
	await scene.engine.settled();
	return messageId;
}

/** Requests but for those that registered the callback. */
const requestsSince = (count: number) => scene.simulator.requests.slice(count);

describe('a free-form message', () => {
	const LINK = 'https://cdn.example/file';

	it.each<[string, INodeParameters, IDataObject]>([
		['a text', TEXT, { type: 'text', text: { body: TEXT.text, preview_url: false } }],
		[
			'a text with the preview of its link',
			{ text: 'See https://example.com', options: { previewUrl: true } },
			{ text: { body: 'See https://example.com', preview_url: true } },
		],
		[
			'an image from a link',
			{ messageType: 'image', mediaSource: 'link', link: LINK, caption: 'Our shop' },
			{ type: 'image', image: { link: LINK, caption: 'Our shop' } },
		],
		[
			'a video from a link',
			{ messageType: 'video', mediaSource: 'link', link: LINK },
			{ type: 'video', video: { link: LINK } },
		],
		[
			'audio from a link',
			{ messageType: 'audio', mediaSource: 'link', link: LINK },
			{ type: 'audio', audio: { link: LINK } },
		],
		[
			'a document from a link',
			{ messageType: 'document', mediaSource: 'link', link: LINK, fileName: 'menu.pdf' },
			{ type: 'document', document: { link: LINK, filename: 'menu.pdf' } },
		],
		[
			'reply buttons',
			{
				messageType: 'buttons',
				body: 'Shall we deliver today?',
				buttons: { button: [{ title: 'Yes', id: 'deliver_today' }, { title: 'No' }] },
				options: { header: 'Your order', footer: 'Reply by noon' },
			},
			{
				type: 'interactive',
				interactive: {
					type: 'button',
					header: { type: 'text', text: 'Your order' },
					body: { text: 'Shall we deliver today?' },
					footer: { text: 'Reply by noon' },
					action: {
						buttons: [
							{ type: 'reply', reply: { id: 'deliver_today', title: 'Yes' } },
							{ type: 'reply', reply: { id: 'No', title: 'No' } },
						],
					},
				},
			},
		],
		[
			'tracking data',
			{ ...TEXT, options: { trackingData: 'order-7' } },
			{ biz_opaque_callback_data: 'order-7' },
		],
	])('goes out: %s', async (_what, parameters, expected) => {
		await contactWrote();
		const { items, error } = await send(scene, parameters);
		expect(error).toBeUndefined();
		expect(scene.simulator.sent.map(({ body }) => body)).toEqual([
			expect.objectContaining({
				messaging_product: 'whatsapp',
				recipient_type: 'individual',
				to: CONTACT,
				...expected,
			}),
		]);
		expect(items).toEqual([
			{
				messageId: scene.simulator.sent[0].id,
				contact: scene.simulator.userIdOf(CONTACT_PHONE),
				phone: CONTACT,
				userId: scene.simulator.userIdOf(CONTACT_PHONE),
				messageStatus: 'accepted',
				sentAs: 'freeForm',
				reason: 'windowOpen',
				explanation: expect.stringContaining('window is open until'),
				decision: expect.objectContaining({ allowed: true, reason: 'windowOpen' }),
			},
		]);
		expect(scene.simulator.failuresOutsideWindow()).toEqual([]);
	});

	it.each<[string, INodeParameters, INodeExecutionData, IDataObject]>([
		[
			'an image',
			{ messageType: 'image', caption: 'Our shop' },
			fileItem('jpeg', 'image/jpeg', 'shop.jpg'),
			{ caption: 'Our shop' },
		],
		['a video', { messageType: 'video' }, fileItem('mp4', 'video/mp4', 'shop.mp4'), {}],
		['audio', { messageType: 'audio' }, fileItem('mp3', 'audio/mp3', 'shop.mp3'), {}],
		[
			'a document, under its own name',
			{ messageType: 'document' },
			fileItem(PDF, 'application/pdf', 'bill-7.pdf'),
			{ filename: 'bill-7.pdf' },
		],
		[
			'a document under another name',
			{ messageType: 'document', fileName: 'Your bill.pdf', caption: 'Thank you' },
			fileItem(PDF, 'application/pdf', 'tmp123.pdf'),
			{ filename: 'Your bill.pdf', caption: 'Thank you' },
		],
		[
			'a document from another field',
			{ messageType: 'document', binaryField: 'attachment_0' },
			fileItem(PDF, 'application/pdf', 'bill-7.pdf', { field: 'attachment_0' }),
			{ filename: 'bill-7.pdf' },
		],
	])('is uploaded first: %s', async (_what, parameters, item, expected) => {
		await contactWrote();
		const { items, error } = await send(scene, parameters, { items: [item] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const type = String(parameters.messageType);
		const [{ body }] = scene.simulator.sent;
		expect(body).toMatchObject({ type, [type]: expected });
		const media = scene.simulator.media.get((body[type] as { id: string }).id);
		const [file] = Object.values(item.binary ?? {});
		expect(media?.bytes.toString('base64')).toBe(file.data);
		expect(media?.businessNumberId).toBe(NUMBER_ID);
	});

	it('goes out with a file that was uploaded before, any number of times', async () => {
		await contactWrote();
		await send(
			scene,
			{ messageType: 'document' },
			{ items: [fileItem(PDF, 'application/pdf', 'a.pdf')] },
		);
		const { id } = scene.simulator.sent[0].body.document as { id: string };
		const before = scene.simulator.requests.length;
		await send(scene, { messageType: 'document', mediaSource: 'id', mediaId: id });
		expect(requestsSince(before).map(({ path }) => path.split('/').pop())).toEqual(['messages']);
		expect(scene.simulator.sent[1].body.document).toEqual({ id });
	});

	it('quotes the message that it answers', async () => {
		const messageId = await contactWrote();
		await send(
			scene,
			{ ...TEXT, options: { replyTo: '={{ $json.messageId }}' } },
			{
				items: [{ json: { contact: CONTACT, messageId } }],
			},
		);
		expect(scene.simulator.sent[0].body.context).toEqual({ message_id: messageId });
	});

	it('comes back as a message of the contact when a button is tapped', async () => {
		await contactWrote();
		await send(scene, {
			messageType: 'buttons',
			body: 'Shall we deliver today?',
			buttons: { button: [{ title: 'Yes', id: 'deliver_today' }] },
		});
		await scene.simulator.taps({ messageId: scene.simulator.sent[0].id, choice: 'Yes' });
		const runs = await scene.engine.settled();
		const [item] = runs[runs.length - 1].data.resultData.runData.Trigger[0].data?.main[0] ?? [];
		expect(item?.json).toMatchObject({
			text: 'Yes',
			reply: { id: 'deliver_today', title: 'Yes' },
			replyTo: { messageId: scene.simulator.sent[0].id },
		});
	});

	it('is sent for every item, in their order, each to its own contact', async () => {
		await contactWrote();
		await scene.simulator.writes({ from: '4915112345678', text: 'Hello' });
		const items = [CONTACT, '+4915112345678', CONTACT].map((contact, n) => ({
			json: { contact, n },
		}));
		const { run } = await send(scene, { text: '={{ "Number " + $json.n }}' }, { items });
		expect(
			scene.simulator.sent.map(({ body }) => [body.to, (body.text as IDataObject).body]),
		).toEqual([
			[CONTACT, 'Number 0'],
			['+4915112345678', 'Number 1'],
			[CONTACT, 'Number 2'],
		]);
		const output = run.data.resultData.runData.WhatsApp[0].data?.main[0] ?? [];
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});
});

describe('the recipient', () => {
	it.each([
		'+16505551234',
		'16505551234',
		16505551234,
		'0016505551234',
		'+1 650 555 1234',
		'+1 (650) 555-1234',
		'+1.650.555.1234',
		'[1] 650/555/1234',
		' tel:+1-650-555-1234 ',
	])('may be written %j', async (to) => {
		await contactWrote();
		const { error } = await send(scene, { ...TEXT, to: `={{ ${JSON.stringify(to)} }}` });
		expect(error).toBeUndefined();
		expect(scene.simulator.sent[0].body).toMatchObject({ to: CONTACT });
		expect(scene.simulator.sent[0].body).not.toHaveProperty('recipient');
	});

	it('may be a user ID, which goes into a field of its own', async () => {
		scene.engine.add(listener('inbox', { registration: 'automatic' }));
		await scene.engine.activate('inbox');
		await scene.simulator.writes({ from: { userId: CONTACT_USER_ID }, text: 'Hello' });
		const { items } = await send(scene, { ...TEXT, to: CONTACT_USER_ID });
		expect(scene.simulator.sent[0]).toMatchObject({
			dropped: false,
			body: { recipient: CONTACT_USER_ID },
		});
		expect(scene.simulator.sent[0].body).not.toHaveProperty('to');
		expect(items).toMatchObject([{ contact: CONTACT_USER_ID, userId: CONTACT_USER_ID, phone: '' }]);
	});

	it("is what the trigger calls 'contact', whatever that is", async () => {
		scene.engine.add(listener('inbox', { registration: 'automatic' }));
		await scene.engine.activate('inbox');
		for (const from of [
			{ phone: '16505550001' },
			{ phone: '16505550002', hides: 'phone' as const },
			{ phone: '16505550003', hides: 'userId' as const },
			{ phone: '16505550004', hides: 'phoneLeavingEmpty' as const },
		]) {
			await scene.simulator.writes({ from, text: 'Hello' });
		}
		const runs = await scene.engine.settled();
		const items = runs.flatMap((run) => run.data.resultData.runData.Trigger[0].data?.main[0] ?? []);
		const { error } = await send(scene, TEXT, { items });
		expect(error).toBeUndefined();
		await scene.simulator.settled();
		expect(scene.simulator.sent).toHaveLength(4);
		expect(scene.simulator.sent.map(({ to }) => to.phone)).toEqual([
			'16505550001',
			'16505550002',
			'16505550003',
			'16505550004',
		]);
		expect(scene.simulator.failuresOutsideWindow()).toEqual([]);
	});
});

describe('an ID that WhatsApp does not know', () => {
	it.each<[string, string, INodeParameters]>([
		[
			'Media ID',
			'4711',
			{ messageType: 'image', imageSource: 'id', mediaSource: 'id', mediaId: '4711' },
		],
		['Media ID', '4711', { resource: 'media', operation: 'download', mediaId: '4711' }],
		['Media ID', '4711', { resource: 'media', operation: 'delete', mediaId: '4711' }],
		[
			'Message ID',
			'wamid.OTHER',
			{ resource: 'message', operation: 'markRead', messageId: 'wamid.OTHER' },
		],
		[
			'Business Number',
			'999',
			{ ...TEXT, businessNumber: { __rl: true, mode: 'id', value: '999' } },
		],
	])('is told with its field: %s %s', async (field, value, parameters) => {
		const { error } = await send(scene, { whenWindowUnknown: 'try', ...parameters });
		expect(error?.message).toMatch(new RegExp(`^'${field}' is '${value}', which `));
		expect(error?.description).toMatch(/^(Give|Choose) /);
	});

	it('is questioned where nothing is on record for the number', async () => {
		const { error } = await send(scene, {
			...TEXT,
			businessNumber: { __rl: true, mode: 'id', value: '999' },
		});
		expect(error?.message).toContain('No message from this contact to 999 is on record');
		expect(error?.description).toContain('See too that 999 is the phone number ID');
	});
});

describe('wrong input', () => {
	const ITEM: INodeExecutionData = { json: { contact: CONTACT } };
	const BIG = Buffer.alloc(5 * 1024 * 1024 + 1);

	it.each<[string, INodeParameters, RegExp, INodeExecutionData?]>([
		['Text', { text: '={{ "" }}' }, /is empty/],
		[
			'Text',
			{ text: '={{ $json.nothing }}' },
			/^'Text' is empty: its expression gave nothing\. \[/,
		],
		['Text', { text: `={{ "x".repeat(4097) }}` }, /4097 characters.*4096/],
		['Text', { text: '={{ { a: 1 } }}' }, /not text/],
		['To', { ...TEXT, to: '0650 555 1234' }, /country code/],
		['To', { ...TEXT, to: 'Ada' }, /neither a phone number nor a user ID/],
		[
			'To',
			{ ...TEXT, to: '={{ $json.nothing }}' },
			/^'To' is empty: its expression gave nothing\. \[/,
		],
		['To', { ...TEXT, to: '={{ "919876543210.5" }}' }, /'919876543210\.5'/],
		['To', { ...TEXT, to: '9.19877E+11' }, /spreadsheet has shortened/],
		['To', { ...TEXT, to: '+34 0612 345 678' }, /0 behind the country code/],
		['To', { ...TEXT, to: '{{ $json.phone }}' }, /an expression that is not evaluated/],
		[
			'Contact',
			{ resource: 'conversation', operation: 'get', contact: '={{ $json.nothing }}' },
			/^'Contact' is empty: its expression gave nothing\. \[/,
		],
		[
			'Business Number',
			{ ...TEXT, businessNumber: { __rl: true, mode: 'id', value: '={{ $json.nothing }}' } },
			/^'Business Number' is empty: its expression gave nothing\. \[/,
		],
		[
			'Media ID',
			{ resource: 'media', operation: 'download', mediaId: '={{ $json.nothing }}' },
			/^'Media ID' is empty: its expression gave nothing\. \[/,
		],
		[
			'Media ID',
			{ resource: 'media', operation: 'download', mediaId: '={{ 12345678901234567890 }}' },
			/more digits than a number can keep/,
		],
		[
			'Latitude',
			{ messageType: 'location', latitude: '={{ "0x10" }}', longitude: '1' },
			/not a number/,
		],
		['To', { ...TEXT, to: '={{ [1, 2] }}' }, /neither text nor a number/],
		['Business Number', { ...TEXT, businessNumber: chosen('={{ $json.nothing }}', 'id') }, /empty/],
		[
			'Business Number',
			{ ...TEXT, businessNumber: chosen('={{ "my number" }}', 'id') },
			/my number/,
		],
		[
			'Link',
			{ messageType: 'image', mediaSource: 'link', link: 'http://a.example/b.jpg' },
			/https/,
		],
		['Link', { messageType: 'image', mediaSource: 'link', link: 'b.jpg' }, /web address/],
		[
			'Media ID',
			{ messageType: 'image', mediaSource: 'id', mediaId: 'https://a.example/b.jpg' },
			/cannot be/,
		],
		['Binary Field', { messageType: 'image' }, /does not have/],
		[
			'Binary Field',
			{ messageType: 'image', binaryField: 'photo' },
			/'photo'/,
			fileItem('jpeg', 'image/jpeg', 'shop.jpg'),
		],
		[
			'Binary Field',
			{ messageType: 'image' },
			/application\/pdf/,
			fileItem(PDF, 'application/pdf', 'bill.pdf'),
		],
		['Binary Field', { messageType: 'image' }, /5 MB/, fileItem(BIG, 'image/png', 'big.png')],
		[
			'Binary Field',
			{ messageType: 'image' },
			/without content/,
			fileItem('', 'image/png', 'a.png'),
		],
		[
			'Caption',
			{ messageType: 'image', caption: '={{ "x".repeat(1025) }}' },
			/1025 characters/,
			fileItem('jpeg', 'image/jpeg', 'shop.jpg'),
		],
		['Buttons', { messageType: 'buttons', body: 'Well?', buttons: {} }, /0 entries/],
		[
			'Button Text',
			{
				messageType: 'buttons',
				body: 'Well?',
				buttons: { button: [{ title: 'Yes' }, { title: 'More than twenty letters' }] },
			},
			/Button 2.*24 characters/,
		],
		[
			'Footer',
			{
				messageType: 'buttons',
				body: 'Well?',
				buttons: { button: [{ title: 'Yes' }] },
				options: { footer: '={{ "x".repeat(61) }}' },
			},
			/61 characters/,
		],
		[
			'Safety Margin',
			{ ...TEXT, options: { safetyMargin: '={{ "soon" }}' } },
			/not a number of seconds/,
		],
		[
			"Contact's Last Message At",
			{ ...TEXT, options: { contactLastMessageAt: '={{ "last week" }}' } },
			/not a date and time/,
		],
		['Tracking Data', { ...TEXT, options: { trackingData: '={{ "x".repeat(513) }}' } }, /513/],
		['Message ID', { ...TEXT, options: { replyTo: 'two words' } }, /white space/],
		[
			'Message ID',
			{ resource: 'message', operation: 'markRead', messageId: '={{ $json.nothing }}' },
			/is empty/,
		],
	])("in '%s' stops before any request: %j", async (field, parameters, text, item = ITEM) => {
		const { error } = await send(
			scene,
			{ whenWindowUnknown: 'try', ...parameters },
			{ items: [item] },
		);
		expect(error?.message).toMatch(text);
		expect(error?.message).toContain('[item 0]');
		expect(`${error?.message} ${error?.description}`).toContain(`'${field}'`);
		expect(error?.description).toMatch(/\w+ .*\.$/);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/error|problem|failure|mistake/i);
		expect(scene.simulator.requests).toEqual([]);
	});

	it('is told with the number of its item', async () => {
		await contactWrote();
		const items = [{ json: { contact: CONTACT } }, { json: { contact: 'nobody' } }];
		const { error } = await send(scene, TEXT, { items });
		expect(error?.message).toContain('[item 1]');
		expect(error?.context.itemIndex).toBe(1);
		expect(scene.simulator.sent).toHaveLength(1);
	});
});

describe("with 'On Error' set to go on", () => {
	const ITEMS = [CONTACT, 'nobody', '+4915112345678', CONTACT].map((contact) => ({
		json: { contact },
	}));

	it('gives what went wrong as the data of its item, and sends the others', async () => {
		await contactWrote();
		const { run, items, error } = await send(scene, TEXT, {
			items: ITEMS,
			node: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(items).toEqual([
			expect.objectContaining({ sentAs: 'freeForm' }),
			{
				error: expect.stringContaining("'To'"),
				message: expect.any(String),
				details: { kind: 'input', field: 'To' },
			},
			{
				error: expect.stringContaining('the window cannot be confirmed'),
				message: expect.stringContaining('Send a template'),
				details: {
					kind: 'windowClosed',
					field: 'To',
					decision: expect.objectContaining({
						allowed: false,
						reason: 'windowUnknown',
						window: { state: 'unknown', openedAt: null, expiresAt: null, secondsLeft: 0 },
					}),
				},
			},
			expect.objectContaining({ sentAs: 'freeForm' }),
		]);
		const output = run.data.resultData.runData.WhatsApp[0].data?.main[0] ?? [];
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect(scene.simulator.sent).toHaveLength(2);
	});

	it.each<[INodeParameters]>([[{ whenWindowClosed: 'stop' }], [{ whenWindowClosed: 'output' }]])(
		'sorts items by outputs: %j',
		async (setting) => {
			await contactWrote();
			const { run, items, second } = await send(
				scene,
				{ ...TEXT, ...setting },
				{ items: ITEMS, node: { onError: 'continueErrorOutput' } },
			);
			const third = run.data.resultData.runData.WhatsApp[0].data?.main[2] ?? [];
			expect(items).toHaveLength(2);
			if (setting.whenWindowClosed === 'stop') {
				expect(second).toMatchObject([
					{ contact: 'nobody', details: { field: 'To' } },
					{ contact: '+4915112345678', details: { decision: { reason: 'windowUnknown' } } },
				]);
			} else {
				expect(second).toMatchObject([{ decision: { reason: 'windowUnknown' } }]);
				expect(third.map(({ json }) => json)).toMatchObject([
					{ contact: 'nobody', details: { field: 'To' } },
				]);
			}
		},
	);

	it('gives what Meta refused with its kind and code', async () => {
		await contactWrote();
		scene.simulator.failNext({ code: 131048, path: '/messages' });
		const { items } = await send(scene, TEXT, {
			items: ITEMS.slice(0, 1),
			node: { onError: 'continueRegularOutput' },
		});
		expect(items).toMatchObject([
			{ details: { kind: 'rateLimited', code: 131048, traceId: expect.any(String) } },
		]);
	});

	it('does not send twice what went well when n8n repeats the run', async () => {
		await contactWrote();
		const { items } = await send(scene, TEXT, {
			items: [ITEMS[1], ITEMS[0]],
			node: {
				onError: 'continueRegularOutput',
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
			},
		});
		expect(items).toHaveLength(2);
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('gives an expression that cannot be resolved as the data of its item', async () => {
		await contactWrote();
		const { items } = await send(
			scene,
			{ text: "={{ $('Nowhere').item.json.text }}" },
			{
				items: ITEMS.slice(0, 1),
				node: { onError: 'continueRegularOutput' },
			},
		);
		expect(items).toEqual([
			{ error: expect.any(String), message: expect.any(String), details: expect.any(Object) },
		]);
	});
});

describe('a refusal by Meta', () => {
	it.each([
		[190, /access token/],
		[131005, /./],
		[131042, /./],
		[2, /./],
		[999_999, /./],
	])('of code %i is told in two sentences and with the item', async (code, text) => {
		await contactWrote();
		scene.simulator.failNext({ code, path: '/messages' });
		const { error } = await send(scene, TEXT);
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toMatch(text);
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toContain(`code ${code}`);
		expect(error?.context.itemIndex).toBe(0);
		expect(scene.simulator.sent).toEqual([]);
	});

	it.each([
		['before', 0],
		['cut', 0],
		['cutAfter', 1],
	] as const)('by a broken connection (%s) sends nothing again', async (when, sent) => {
		await contactWrote();
		scene.simulator.failNext({ path: '/messages', when });
		const { error } = await send(scene, TEXT);
		expect(error?.message).toContain('[item 0]');
		expect(scene.simulator.sent).toHaveLength(sent);
	});

	it.each<[string, () => void]>([
		['a wrong token', () => (scene.engine.credential.accessToken = `${TOKEN}-expired`)],
		['a broken connection', () => scene.simulator.failNext({ path: '/messages', when: 'cut' })],
		['an answer that is no JSON', () => (scene.engine.credential.apiVersion = '_control/sent?x=')],
		['no server', () => (scene.engine.credential.baseUrl = 'http://127.0.0.1:9')],
		['a refusal', () => scene.simulator.failNext({ code: 131005, path: '/messages' })],
	])('never shows secrets: %s', async (_what, arrange) => {
		await contactWrote();
		arrange();
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const { run } = await send(scene, TEXT, { node: { onError } });
			const shown = stringify(run);
			expect(shown).not.toContain(TOKEN);
			expect(shown).not.toContain(SECRET);
		}
	});
});

describe('mark as read', () => {
	const MARK = { operation: 'markRead', messageId: '={{ $json.messageId }}' };

	it.each([false, true])('tells the contact, with typing: %j', async (typing) => {
		const messageId = await contactWrote();
		const { items } = await send(scene, { ...MARK, typing }, { items: [{ json: { messageId } }] });
		expect(items).toEqual([{ success: true, messageId, typing }]);
		const [message] = scene.simulator.inbound;
		expect(message.readAt).toBe(AT * 1000);
		expect(message.typingAt).toBe(typing ? AT * 1000 : undefined);
	});

	it('needs no window', async () => {
		const messageId = await contactWrote();
		setClock(25 * HOUR);
		const { error } = await send(scene, MARK, { items: [{ json: { messageId } }] });
		expect(error).toBeUndefined();
	});

	it('says so when the message is not known', async () => {
		const { error } = await send(scene, MARK, { items: [{ json: { messageId: 'wamid.x' } }] });
		expect(error?.description).toContain('131009');
	});
});

describe('conversation: get', () => {
	it('tells all that is known, and what may be sent', async () => {
		await contactWrote();
		setClock(2 * HOUR);
		expect(await conversationOf(scene.engine, 'inbox')).toEqual({
			contact: scene.simulator.userIdOf(CONTACT_PHONE),
			phone: CONTACT,
			userId: scene.simulator.userIdOf(CONTACT_PHONE),
			businessNumberId: NUMBER_ID,
			window: {
				state: 'open',
				openedAt: '2026-11-20T12:00:00.000Z',
				expiresAt: '2026-11-21T11:59:00.000Z',
				secondsLeft: 22 * HOUR - 60,
			},
			name: 'Customer 1234',
			lastSentAt: null,
			lastMessageAt: '2026-11-20T12:00:00.000Z',
			refusedAt: null,
			freeEntryPoint: { open: false, until: null },
			owner: { who: 'automation', since: null, until: null, why: null },
			consent: { all: 'none', marketing: 'none', utility: 'none', authentication: 'none' },
			consentRecords: [],
			watchedSince: '2026-11-20T12:00:00.000Z',
			maySend: {
				freeForm: expect.objectContaining({ allowed: true, reason: 'windowOpen' }),
				utilityTemplate: expect.objectContaining({ allowed: true, reason: 'templateInWindow' }),
				marketingTemplate: expect.objectContaining({
					allowed: false,
					reason: 'marketingConsentRequired',
				}),
				authenticationTemplate: expect.objectContaining({ allowed: true }),
			},
		});
		const ofOthers = new RegExp(`/(${ACCOUNT_ID}|${APP_ID})/`);
		expect(doings(scene).filter((one) => !ofOthers.test(one))).toEqual([`POST /${NUMBER_ID}`]);
	});

	it.each([
		[24 * HOUR - 61, 'open'],
		[24 * HOUR - 60, 'closed'],
	])('closes the window a minute early: after %i s it is %s', async (seconds, state) => {
		await contactWrote();
		setClock(seconds);
		expect(await conversationOf(scene.engine, 'inbox')).toMatchObject({ window: { state } });
	});
});
