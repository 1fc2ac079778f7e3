import { NodeApiError, type IDataObject, type INodeParameters } from 'n8n-workflow';

import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import { delivery, preference } from '../unit/events/payloads';
import {
	bill,
	billValues,
	body,
	buttons,
	header,
	template,
	textHeader,
	trackButton,
	verification,
} from '../unit/templates/samples';

import {
	addTemplate,
	AT,
	CONTACT,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	deliver,
	doings,
	fileItem,
	HOUR,
	listener,
	NUMBER_ID,
	send,
	setClock,
	useScene,
	windowOf,
} from './scene';
import { chosen, fields, SEND_TYPE } from './workflows';

const scene = useScene();

const PDF = '%PDF-1.7 a small one';
const PDF_ITEM = fileItem(PDF, 'application/pdf', 'tmp-4711.pdf');

const add = (definition: TemplateDefinition, rest: IDataObject = {}) =>
	addTemplate(scene, definition, rest);

const sendTemplate = (name: string, values: Record<string, unknown> | null): INodeParameters => ({
	operation: 'sendTemplate',
	template: chosen(name),
	templateFields: fields(values),
});

const sentTemplate = () => scene.simulator.sent[0].body.template;

describe('message: sendTemplate', () => {
	it('sends a bill with the PDF of the previous node', async () => {
		add(bill);
		const { items, error } = await send(scene, sendTemplate('bill|en_US', billValues), {
			items: [PDF_ITEM],
		});
		expect(error).toBeUndefined();
		const [media] = [...scene.simulator.requests]
			.filter(({ path }) => path.endsWith('/media'))
			.map(({ body: form }) => form as IDataObject);
		expect(media).toMatchObject({
			messaging_product: 'whatsapp',
			file: { name: 'tmp-4711.pdf', type: 'application/pdf', size: PDF.length },
		});
		expect(sentTemplate()).toEqual({
			name: 'bill',
			language: expect.objectContaining({ code: 'en_US' }),
			components: [
				{
					type: 'header',
					parameters: [
						{
							type: 'document',
							document: { id: expect.stringMatching(/^\d+$/), filename: 'bill-7.pdf' },
						},
					],
				},
				{
					type: 'body',
					parameters: [
						{ type: 'text', parameter_name: 'first_name', text: 'Grace' },
						{ type: 'text', parameter_name: 'amount', text: '30 EUR' },
					],
				},
				expect.objectContaining({
					sub_type: 'url',
					index: '0',
					parameters: [{ type: 'text', text: expect.stringMatching(/^B(%20| )7$/) }],
				}),
				expect.objectContaining({ sub_type: 'quick_reply', index: '1' }),
			],
		});
		const { document } = (
			sentTemplate() as { components: Array<{ parameters: Array<{ document: { id: string } }> }> }
		).components[0].parameters[0];
		expect(scene.simulator.media.get(document.id)?.bytes.toString()).toBe(PDF);
		expect(items).toEqual([
			{
				messageId: scene.simulator.sent[0].id,
				contact: CONTACT,
				phone: CONTACT,
				userId: '',
				messageStatus: 'accepted',
				sentAs: 'template',
				reason: 'consentUnknown',
				explanation: 'The template goes out, but no opt-in from this contact is on record.',
				decision: expect.objectContaining({ allowed: true, reason: 'consentUnknown' }),
				preview: expect.objectContaining({
					header: '[Document: bill-7.pdf]',
					body: 'Dear Grace, your bill over 30 EUR is attached.',
					footer: 'Example Energy',
				}),
			},
		]);
	});

	it("shows the file's own name when no other was given", async () => {
		add(bill);
		const values = { ...billValues, 'header:filename': null };
		const { items } = await send(scene, sendTemplate('bill|en_US', values), { items: [PDF_ITEM] });
		expect(JSON.stringify(sentTemplate())).toContain('"filename":"tmp-4711.pdf"');
		expect(items).toMatchObject([{ preview: { header: '[Document: tmp-4711.pdf]' } }]);
	});

	it.each([
		['a link', 'https://cdn.example/bills/7.pdf', { link: 'https://cdn.example/bills/7.pdf' }],
		['a media ID', undefined, undefined],
	])('sends a file by %s without an upload', async (_how, link, expected) => {
		add(bill);
		const uploaded = scene.simulator.world.media.upload({
			bytes: Buffer.from(PDF),
			mimeType: 'application/pdf',
			businessNumberId: NUMBER_ID,
		});
		const value = link ?? uploaded.id;
		const { error } = await send(
			scene,
			sendTemplate('bill|en_US', { ...billValues, 'header:media': value }),
		);
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([`POST /${NUMBER_ID}/messages`]);
		expect(JSON.stringify(sentTemplate())).toContain(
			JSON.stringify({ ...(expected ?? { id: uploaded.id }), filename: 'bill-7.pdf' }),
		);
	});

	it('sends the file of each item with its own values', async () => {
		add(bill);
		const items = ['Ada', 'Grace'].map((name) =>
			fileItem(`${PDF} for ${name}`, 'application/pdf', `${name}.pdf`, {
				json: { contact: CONTACT, name },
			}),
		);
		const values = { ...billValues, 'body:first_name': '={{ $json.name }}' };
		await send(scene, sendTemplate('bill|en_US', values), { items });
		const sent = scene.simulator.sent.map((message) => JSON.stringify(message.body));
		expect(sent).toHaveLength(2);
		expect(sent[0]).toContain('"text":"Ada"');
		expect(sent[1]).toContain('"text":"Grace"');
	});

	it.each<[string, TemplateDefinition, Record<string, unknown> | null, string[]]>([
		['no placeholder', template([body('See you soon.')]), null, []],
		[
			'placeholders in header, body and link',
			template([textHeader('Order {{1}}'), body('{{1}} comes {{2}}.'), buttons(trackButton)]),
			{ 'header:1': 'A17', 'body:1': 'It', 'body:2': 'today', 'button:0:1': 'A17' },
			['"text":"A17"', '"text":"It"', '"text":"today"', '"sub_type":"url"'],
		],
		[
			'numbers and dates as values',
			template([body('{{1}} guests, {{2}}.')]),
			{ 'body:1': 4, 'body:2': '={{ DateTime.fromISO("2026-12-01").toFormat("d LLL") }}' },
			['"text":"4"', '"text":"1 Dec"'],
		],
		[
			'an image',
			template([header('IMAGE'), body('New!')]),
			{ 'header:media': 'https://cdn.example/a.jpg' },
			['"type":"image"', 'https://cdn.example/a.jpg'],
		],
		[
			'a video',
			template([header('VIDEO'), body('New!')]),
			{ 'header:media': 'https://cdn.example/a.mp4' },
			['"type":"video"', 'https://cdn.example/a.mp4'],
		],
		['a one-time password', verification, { code: '123456' }, ['"text":"123456"']],
	])('is accepted by WhatsApp with %s', async (_what, definition, values, parts) => {
		add(definition);
		const { error } = await send(scene, sendTemplate(`${definition.name}|en_US`, values));
		expect(error).toBeUndefined();
		expect(scene.simulator.sent).toHaveLength(1);
		for (const part of parts) expect(JSON.stringify(sentTemplate())).toContain(part);
	});

	it('may be given by name alone, and with an expression', async () => {
		add(template([body('See you soon.')]));
		const { error } = await send(scene, {
			...sendTemplate('order_ready', null),
			template: chosen('={{ "order_" + "ready" }}', 'name'),
		});
		expect(error).toBeUndefined();
		expect(scene.simulator.sent).toHaveLength(1);
	});

	it('asks for the definition once for all items of a run', async () => {
		add(template([body('Hello {{1}}.')]));
		const items = Array.from({ length: 5 }, () => ({ json: { contact: CONTACT } }));
		await send(scene, sendTemplate('order_ready|en_US', { 'body:1': 'Ada' }), { items });
		const asked = scene.simulator.requests.filter(({ path }) =>
			path.endsWith('/message_templates'),
		);
		expect(asked).toHaveLength(1);
		expect(scene.simulator.sent).toHaveLength(5);
	});

	it.each<[string, Record<string, unknown>, RegExp]>([
		['a value is missing', { ...billValues, 'body:amount': '' }, /amount/],
		['a value has a line break', { ...billValues, 'body:amount': '30\nEUR' }, /line break/],
		['a value has a tab', { ...billValues, 'body:amount': '30\tEUR' }, /tab/i],
		['a value has five blanks', { ...billValues, 'body:amount': '30     EUR' }, /spaces|blanks/],
		['the text becomes too long', { ...billValues, 'body:amount': 'x'.repeat(1024) }, /1024/],
		['a field is not the template’s', { ...billValues, 'body:3': 'x' }, /body:3/],
		['the file is not there', { ...billValues, 'header:media': 'other' }, /'other'/],
		['the link is not https', { ...billValues, 'header:media': 'http://a.example/b.pdf' }, /fetch/],
	])('sends and uploads nothing when %s', async (_what, values, text) => {
		add(bill);
		const { error } = await send(scene, sendTemplate('bill|en_US', values), { items: [PDF_ITEM] });
		expect(error?.message).toMatch(text);
		expect(error?.message).toContain('[item 0]');
		expect(error?.description).toMatch(/\.$/);
		expect(doings(scene)).toEqual([]);
	});

	it('refuses a file that WhatsApp does not take as the header', async () => {
		add(template([header('IMAGE'), body('New!')]));
		const { error } = await send(
			scene,
			sendTemplate('order_ready|en_US', { 'header:media': 'data' }),
			{
				items: [PDF_ITEM],
			},
		);
		expect(error?.message).toContain('application/pdf');
		expect(doings(scene)).toEqual([]);
	});

	it.each([
		['gone|en_US', /'gone'/],
		['order_ready|de', /'de'/],
		['order_ready', /several languages: 'en_US', 'en_GB'/],
		['={{ $json.nothing }}', /'Template'/],
		['a|b|c', /names no template/],
	])('says when %s is no template', async (name, text) => {
		add(template([body('Hello.')]));
		add(template([body('Hello.')], { language: 'en_GB' }));
		const { error } = await send(scene, sendTemplate(name, null));
		expect(error?.message).toMatch(text);
		expect(doings(scene)).toEqual([]);
	});

	it.each(['PAUSED', 'PENDING', 'REJECTED', 'DISABLED'])(
		'does not send a %s template',
		async (status) => {
			add(template([body('Hello.')]), { status });
			const { error } = await send(scene, sendTemplate('order_ready|en_US', null));
			expect(error?.message).toContain(`status ${status}`);
			expect(doings(scene)).toEqual([]);
		},
	);

	it('says it when a template was paused after it was chosen, first by Meta, then by itself', async () => {
		const { id } = add(template([body('Hello.')]));
		await send(scene, sendTemplate('order_ready|en_US', null));
		await scene.simulator.setTemplateStatus(id, 'PAUSED');
		const second = await send(scene, sendTemplate('order_ready|en_US', null));
		expect(second.error?.description).toContain('132015');
		expect(second.error?.message).toMatch(/paused/i);
		const before = doings(scene).length;
		const third = await send(scene, sendTemplate('order_ready|en_US', null));
		expect(third.error?.message).toContain('status PAUSED');
		expect(doings(scene)).toHaveLength(before);
	});

	it('goes to a user ID, but a code to a phone number only', async () => {
		add(template([body('Hello.')]));
		add(verification);
		await send(scene, { ...sendTemplate('order_ready|en_US', null), to: CONTACT_USER_ID });
		expect(scene.simulator.sent[0].body).toMatchObject({ recipient: CONTACT_USER_ID });
		const code = {
			...sendTemplate('one_time_password|en_US', { code: '1234' }),
			to: CONTACT_USER_ID,
		};
		const { error } = await send(scene, code);
		expect(error?.message).toContain('phone number only');
		expect(scene.simulator.sent).toHaveLength(1);

		scene.engine.add(listener('inbox', { registration: 'automatic' }));
		await scene.engine.activate('inbox');
		const from = { phone: CONTACT_PHONE, userId: CONTACT_USER_ID };
		await scene.simulator.writes({ from, text: 'Hello' });
		await scene.engine.settled();
		expect((await send(scene, code)).error).toBeUndefined();
		expect(scene.simulator.sent[1].body).toMatchObject({ to: CONTACT });
	});

	it('does not open the window', async () => {
		add(template([body('Hello.')]));
		scene.engine.add(listener('inbox', { registration: 'automatic' }));
		await scene.engine.activate('inbox');
		await send(scene, sendTemplate('order_ready|en_US', null));
		await scene.simulator.settled();
		expect(await windowOf(scene.engine, 'inbox')).toMatchObject({ state: 'unknown' });
	});
});

describe('marketing templates', () => {
	beforeEach(async () => {
		add(template([body('Sale!')], { name: 'sale', category: 'MARKETING' }));
		scene.engine.add(listener('inbox'));
		await scene.engine.activate('inbox');
	});

	const sale = (options: INodeParameters = {}) => ({
		...sendTemplate('sale|en_US', null),
		options,
	});
	const tell = async (value: string, timestamp = AT) =>
		await deliver(
			scene.engine,
			'inbox',
			delivery({ user_preferences: [preference(value, { timestamp })] }, 'user_preferences'),
		);

	it('need an opt-in', async () => {
		const { error } = await send(scene, sale());
		expect(error?.message).toMatch(/opt-in/);
		expect(scene.simulator.sent).toEqual([]);
	});

	it('go out again after the contact has resumed them in WhatsApp', async () => {
		await send(scene, {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: CONTACT,
			state: 'opted_in',
			scope: 'marketing',
			evidence: 'order 4711',
			options: { at: '={{ $now }}' },
		});
		await tell('stop', AT - 1);
		expect((await send(scene, sale())).error?.message).toContain('stopped marketing messages');
		await tell('resume');
		const { items } = await send(scene, sale());
		expect(items).toMatchObject([{ decision: { reason: 'template', consent: { state: 'in' } } }]);
	});

	it.each([
		['warn', 'consentUnknown'],
		['off', 'template'],
	])("go out without one when consent is set to '%s'", async (marketingConsent, reason) => {
		const { items } = await send(scene, sale({ marketingConsent }));
		expect(items).toMatchObject([{ decision: { allowed: true, reason } }]);
	});

	it.each(['require', 'warn', 'off'])(
		"never go out to somebody who has stopped them, with '%s'",
		async (marketingConsent) => {
			await tell('stop');
			const { error } = await send(scene, sale({ marketingConsent }));
			expect(error?.message).toContain('stopped marketing messages');
			expect(scene.simulator.sent).toEqual([]);
		},
	);

	const BY_API = { marketingConsent: 'off', marketingMessages: 'prefer' };

	it("go out by Meta's API for them, with the same note for their statuses", async () => {
		const { items, error } = await send(scene, sale({ ...BY_API, shareActivity: false }));
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'template', messageStatus: 'accepted' }]);
		expect(doings(scene)).toEqual([`POST /${NUMBER_ID}/marketing_messages`]);
		expect(scene.simulator.sent).toMatchObject([
			{
				way: 'marketing_messages',
				body: {
					product_policy: 'CLOUD_API_FALLBACK',
					message_activity_sharing: false,
					template: { name: 'sale' },
					biz_opaque_callback_data: expect.any(String),
				},
			},
		]);
		await scene.simulator.settled();
		expect(scene.simulator.sent[0].pricing).toMatchObject({ category: 'marketing_lite' });
	});

	it('need an opt-in there too, and show the request in a dry run', async () => {
		expect((await send(scene, sale({ marketingMessages: 'require' }))).error?.message).toMatch(
			/opt-in/,
		);
		const { items } = await send(scene, sale({ ...BY_API, dryRun: true }));
		expect(items).toMatchObject([{ request: { product_policy: 'CLOUD_API_FALLBACK' } }]);
		expect(items[0].request).not.toHaveProperty('message_activity_sharing');
		expect(doings(scene)).toEqual([]);
	});

	it('say which option helps where the account takes them there alone', async () => {
		scene.simulator.setUp({ marketingOnCloudApi: false });
		const { error } = await send(scene, sale({ marketingConsent: 'off' }));
		expect(error?.description).toContain("'Marketing Messages API'");
		expect((await send(scene, sale(BY_API))).error).toBeUndefined();
	});

	it('alone go out so', async () => {
		add(template([body('Your bill.')], { name: 'bill', category: 'UTILITY' }));
		const bill = { ...sendTemplate('bill|en_US', null), options: BY_API };
		expect((await send(scene, bill)).error?.message).toMatch(
			/'Marketing Messages API' is set, and the template is one for utility/,
		);
		expect(doings(scene)).toEqual([]);
	});

	it('are not tried again for a day when WhatsApp held one back', async () => {
		await scene.engine.deactivate('inbox');
		scene.engine.add(listener('automatic', { registration: 'automatic' }));
		await scene.engine.activate('automatic');
		scene.simulator.failLater({ code: 131049 });
		await send(scene, sale({ marketingConsent: 'off' }));
		await scene.simulator.settled();
		const { error } = await send(scene, sale({ marketingConsent: 'off' }));
		expect(error?.message).toContain('limited marketing');
		setClock(24 * HOUR + 1);
		expect((await send(scene, sale({ marketingConsent: 'off' }))).error).toBeUndefined();
	});
});

describe('template: preview', () => {
	const preview = (name: string, values: Record<string, unknown> | null): INodeParameters => ({
		resource: 'template',
		operation: 'preview',
		template: chosen(name),
		templateFields: fields(values),
	});

	it('shows the text and the payload, and sends nothing', async () => {
		add(bill);
		const { items } = await send(scene, preview('bill|en_US', billValues), { items: [PDF_ITEM] });
		expect(items).toEqual([
			{
				template: { name: 'bill', language: 'en_US', status: 'APPROVED', category: 'utility' },
				preview: expect.objectContaining({
					body: 'Dear Grace, your bill over 30 EUR is attached.',
				}),
				ready: true,
				payload: expect.objectContaining({ type: 'template' }),
			},
		]);
		expect(doings(scene)).toEqual([]);
	});

	it('shows what will be sent', async () => {
		add(template([textHeader('Order {{1}}'), body('Hello {{1}}.'), buttons(trackButton)]));
		const values = { 'header:1': 'A17', 'body:1': 'Ada', 'button:0:1': 'A17' };
		const shown = await send(scene, preview('order_ready|en_US', values));
		const sent = await send(scene, sendTemplate('order_ready|en_US', values));
		expect(shown.items[0].preview).toEqual(sent.items[0].preview);
		expect((shown.items[0].payload as IDataObject).template).toEqual(sentTemplate());
	});

	it('says what is missing, and shows the placeholder in its place', async () => {
		add(bill);
		const { items, error } = await send(
			scene,
			preview('bill|en_US', { ...billValues, 'body:amount': null }),
		);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{
				preview: { body: 'Dear Grace, your bill over {{amount}} is attached.' },
				ready: false,
				payload: null,
				missing: {
					field: expect.stringContaining('amount'),
					explanation: expect.stringContaining('amount'),
					hint: expect.any(String),
				},
			},
		]);
		expect(doings(scene)).toEqual([]);
	});

	it('says when the template may not be sent', async () => {
		add(template([body('Hello.')]), { status: 'REJECTED' });
		const { items } = await send(scene, preview('order_ready|en_US', null));
		expect(items).toMatchObject([
			{
				ready: false,
				missing: { field: 'Template', explanation: expect.stringContaining('REJECTED') },
			},
		]);
	});
});

describe('in the editor', () => {
	/** The fields for a template of 'Send Template'. */
	const fieldsFor = async (chosenTemplate: INodeParameters, more: INodeParameters = {}) =>
		await scene.engine.resourceMapping(SEND_TYPE, 'getTemplateFields', {
			resource: 'message',
			operation: 'sendTemplate',
			template: chosenTemplate,
			...more,
		});
	const templates = async (options: Parameters<typeof scene.engine.listSearch>[2] = {}) =>
		await scene.engine.listSearch(SEND_TYPE, 'searchTemplates', options);

	it('lists the approved templates, page by page', async () => {
		for (let n = 0; n < 150; n++) add(template([body('Hello.')], { name: `template_${n}` }));
		add(template([body('Hello.')], { name: 'waiting' }), { status: 'PENDING' });
		const first = await templates();
		expect(first.results).toHaveLength(100);
		expect(first.results[0]).toEqual({
			name: expect.stringContaining('template_0 (en_US)'),
			value: 'template_0|en_US',
		});
		const second = await templates({ paginationToken: first.paginationToken as string });
		expect(second.results).toHaveLength(50);
		expect(second.paginationToken).toBeUndefined();
		const names = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(names).size).toBe(150);
		expect(names).not.toContain('waiting|en_US');
	});

	it('finds templates by a part of their name', async () => {
		for (const name of ['ticket_ready', 'ticket_late', 'bill']) {
			add(template([body('Hello.')], { name }));
		}
		const { results } = await templates({ filter: 'ticket' });
		expect(results.map(({ value }) => value)).toEqual(['ticket_ready|en_US', 'ticket_late|en_US']);
	});

	it('lists the business numbers, and finds them by number and name', async () => {
		scene.simulator.addBusinessNumber({ id: '333', phone: '4930123456', name: 'Bakery' });
		for (const type of [SEND_TYPE, SEND_TYPE.replace(/$/, 'Trigger')]) {
			const all = await scene.engine.listSearch(type, 'searchBusinessNumbers');
			expect(all.results).toEqual([
				{ name: expect.stringMatching(/^\+1 555.*Corner Shop$/), value: NUMBER_ID },
				{ name: expect.stringMatching(/^\+49.*Bakery$/), value: '333' },
			]);
			const found = await scene.engine.listSearch(type, 'searchBusinessNumbers', {
				filter: 'bake',
			});
			expect(found.results.map(({ value }) => value)).toEqual(['333']);
		}
	});

	it.each(['searchTemplates', 'searchBusinessNumbers', 'searchFlows'])(
		'say what is wrong with a token, and what to do: %s',
		async (method) => {
			scene.engine.credential.accessToken = 'wrong';
			const error: unknown = await scene.engine
				.listSearch(SEND_TYPE, method)
				.catch((thrown: unknown) => thrown);
			// n8n shows message and description of this type alone.
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({
				message: 'Meta did not accept the access token.',
				description: expect.stringMatching(
					/^Put a valid token into the credential, best a permanent one of a system user\. \(code 190: /,
				),
			});
		},
	);

	const TABLES = { n8nDataTableApi: { id: '2', name: 'Tables' } };
	const WHATSAPP = { whatsAppCloudApi: { id: '1', name: 'WhatsApp' } };
	it.each([
		['searchTemplates', {}, 'Credential for WhatsApp', 'Choose it at the top'],
		['searchTemplates', TABLES, 'Credential for WhatsApp', 'Choose it at the top'],
		['searchBroadcasts', WHATSAPP, 'Credential for the n8n Data Table API', 'Choose or create it'],
		['searchStateTables', {}, 'Credential for the n8n Data Table API', 'Choose or create it'],
	])('say by its name which credential is not chosen: %s with %j', async (...which) => {
		const [method, credentials, label, mend] = which;
		const error: unknown = await scene.engine
			.listSearch(SEND_TYPE, method, { credentials })
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: expect.stringContaining(`'${label}'`),
			description: expect.stringContaining(mend),
		});
	});

	it('say what is wrong with a value, and what to do', async () => {
		await expect(fieldsFor(chosen('a|b|c', 'name'))).rejects.toMatchObject({
			name: 'NodeApiError',
			message: "'Template' holds 'a|b|c', which names no template.",
			description: expect.stringMatching(/^Choose a template from the list, or give its name/),
		});
	});

	it('shows the whole text of a template above its fields, which is no value of it', async () => {
		const text = 'Dear {{1}},\nyour order of {{2}} is ready.\n_Corner Shop_';
		add(template([body(text)]));
		const parameters = sendTemplate('order_ready|en_US', {
			text: 'shown',
			'body:1': 'Ada',
			'body:2': 'today',
		});
		const { fields: asked } = await scene.engine.resourceMapping(
			SEND_TYPE,
			'getTemplateFields',
			parameters,
			1.1,
		);
		expect(asked.map(({ id }) => id)).toEqual(['text', 'body:1', 'body:2']);
		expect(asked[0]).toMatchObject({
			displayName: 'Whole Text: Click to Read',
			type: 'options',
			options: [{ name: text, value: asked[0].defaultValue }],
			required: false,
		});
		expect((await send(scene, parameters)).error).toBeUndefined();
		expect(sentTemplate()).toMatchObject({
			components: [{ parameters: [{ text: 'Ada' }, { text: 'today' }] }],
		});
	});

	it('asks for one field for each value, with the words around it', async () => {
		add(bill);
		const { fields: asked } = await fieldsFor(chosen('bill|en_US'));
		expect(asked.map(({ id, required }) => [id, required])).toEqual([
			['header:media', true],
			['header:filename', false],
			['body:first_name', true],
			['body:amount', true],
			['button:0:1', true],
			['button:1:payload', false],
		]);
		const labels = asked.map(({ displayName }) => displayName);
		expect(new Set(labels).size).toBe(6);
		expect(labels[2]).toContain('first_name');
		expect(asked.every(({ display, defaultMatch }) => display && !defaultMatch)).toBe(true);
	});

	it('asks for the same fields for a preview, and for a template that an expression names', async () => {
		add(bill);
		const asked = await fieldsFor(chosen('={{ "bill" }}', 'name'), {
			resource: 'template',
			operation: 'preview',
		});
		expect(asked.fields).toEqual((await fieldsFor(chosen('bill|en_US'))).fields);
	});

	it('asks for the fields of the fallback template by its own parameter', async () => {
		add(bill);
		add(template([body('Hello {{1}}.')]));
		const { fields: asked } = await scene.engine.resourceMapping(
			SEND_TYPE,
			'getFallbackTemplateFields',
			{
				resource: 'message',
				operation: 'send',
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('order_ready|en_US'),
			},
		);
		expect(asked.map(({ id }) => id)).toEqual(['body:1']);
	});

	it.each([
		['no template is chosen yet', chosen(''), /Choose a template/],
		[
			'the template has no placeholders',
			chosen('order_ready|en_US'),
			/no placeholders: it is sent as it is\.<br><br>Hello &lt;you&gt;\.<br>Bye\.$/,
		],
	])('says it when %s', async (_when, chosenTemplate, text) => {
		add(template([body('Hello <you>.\nBye.')]));
		const { fields: asked, emptyFieldsNotice } = await fieldsFor(chosenTemplate);
		expect(asked).toEqual([]);
		expect(emptyFieldsNotice).toMatch(text);
	});

	it('sees at once that a template has changed', async () => {
		const added = add(template([body('Hello {{1}}.')]));
		const ask = async () =>
			(await fieldsFor(chosen('order_ready|en_US'))).fields.map(({ id }) => id);
		expect(await ask()).toEqual(['body:1']);
		added.components = [{ ...body('Hello {{1}} and {{2}}.') }];
		expect(await ask()).toEqual(['body:1', 'body:2']);
	});

	it.each([
		['a wrong token', () => (scene.engine.credential.accessToken = 'expired'), /access token/],
		['no such template', () => undefined, /'gone'/],
	])('says what is wrong: %s', async (_what, arrange, text) => {
		arrange();
		await expect(fieldsFor(chosen('gone|en_US'))).rejects.toThrow(text);
	});
});

describe('the template that goes out instead', () => {
	it('carries the PDF of the previous node', async () => {
		add(bill);
		const { items, error } = await send(
			scene,
			{
				messageType: 'document',
				whenWindowClosed: 'template',
				fallbackTemplate: chosen('bill|en_US'),
				fallbackTemplateFields: fields(billValues),
				options: { trackingData: 'bill-7' },
			},
			{ items: [PDF_ITEM] },
		);
		expect(error).toBeUndefined();
		expect(doings(scene)).toEqual([`POST /${NUMBER_ID}/media`, `POST /${NUMBER_ID}/messages`]);
		expect(JSON.stringify(sentTemplate())).toContain('"filename":"bill-7.pdf"');
		expect(scene.simulator.sent[0].body.biz_opaque_callback_data).toBe('bill-7');
		expect(items).toMatchObject([
			{
				sentAs: 'template',
				decision: { reason: 'sentTemplateInstead' },
				preview: { header: '[Document: bill-7.pdf]' },
			},
		]);
	});
});
