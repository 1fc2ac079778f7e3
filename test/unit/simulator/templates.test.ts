import type { Json } from '../../simulator/types';

import { ACCOUNT, CUSTOMER, NUMBER, startScene, type Scene } from './setup';

let scene: Scene;
beforeAll(async () => {
	scene = await startScene();
	for (const template of TEMPLATES) scene.sim.addTemplate(template);
});
afterAll(() => scene.stop());

const body = (text: string) => ({ type: 'BODY', text });
const buttons = (...list: object[]) => ({ type: 'BUTTONS', buttons: list });
const card = { components: [{ type: 'HEADER', format: 'IMAGE' }, body('{{1}}')] };
const TEMPLATES = [
	{ name: 'plain', components: [body('Hello')] },
	{ name: 'bill', components: [body('Dear {{1}}, you owe {{2}}. {{1}}!')] },
	{ name: 'ticket', parameter_format: 'named', components: [body('{{name}}: seat {{seat}}')] },
	{
		name: 'titled',
		components: [{ type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' }, body('Hello')],
	},
	{ name: 'pdf', components: [{ type: 'HEADER', format: 'DOCUMENT' }, body('Hello')] },
	{ name: 'map', components: [{ type: 'HEADER', format: 'LOCATION' }, body('Here')] },
	{
		name: 'linked',
		components: [
			body('Hello'),
			buttons(
				{ type: 'QUICK_REPLY', text: 'Stop' },
				{ type: 'URL', text: 'Site', url: 'https://example.com' },
				{ type: 'URL', text: 'Track', url: 'https://example.com/{{1}}' },
			),
		],
	},
	{ name: 'coupon', components: [body('Hello'), buttons({ type: 'COPY_CODE', text: 'Copy' })] },
	{ name: 'form', components: [body('Hello'), buttons({ type: 'FLOW', text: 'Fill in' })] },
	{
		name: 'code',
		category: 'AUTHENTICATION',
		components: [{ type: 'BODY' }, buttons({ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy' })],
	},
	{
		name: 'offer',
		components: [
			body('Hello'),
			{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { has_expiration: true } },
		],
	},
	{ name: 'cards', components: [body('Hello'), { type: 'CAROUSEL', cards: [card, card] }] },
	{ name: 'waiting', status: 'PENDING', components: [body('Hello')] },
	{ name: 'refused', status: 'REJECTED', components: [body('Hello')] },
	{ name: 'paused', status: 'PAUSED', components: [body('Hello')] },
	{ name: 'disabled', status: 'DISABLED', components: [body('Hello')] },
];

const send = (name: string, components?: unknown, rest: object = {}) =>
	scene.send({
		type: 'template',
		template: {
			name,
			language: { code: 'en_US' },
			...(components !== undefined && { components }),
		},
		...rest,
	});
const texts = (...values: unknown[]) => values.map((text) => ({ type: 'text', text }));
const bodyOf = (...values: unknown[]) => [{ type: 'body', parameters: texts(...values) }];
const named = (values: Record<string, unknown>) => [
	{
		type: 'body',
		parameters: Object.entries(values).map(([name, text]) => ({
			type: 'text',
			parameter_name: name,
			text,
		})),
	},
];
const header = (parameter: object) => [{ type: 'header', parameters: [parameter] }];
const pressed = (subType: string, index: unknown, ...parameters: object[]) => ({
	type: 'button',
	sub_type: subType,
	index,
	parameters,
});
const link = 'https://example.com/bill.pdf';
const cardOf = (index: number, text: unknown) => ({
	card_index: index,
	components: [...header({ type: 'image', image: { link } }), ...bodyOf(text)],
});

describe('sending', () => {
	it.each<[string, string, unknown]>([
		['nothing to fill', 'plain', undefined],
		['nothing to fill, said openly', 'plain', []],
		['two values, one used twice', 'bill', bodyOf('Zoë', '5 €')],
		[
			'a currency',
			'bill',
			[
				{
					type: 'BODY',
					parameters: [
						{ type: 'text', text: 'Zoë' },
						{
							type: 'currency',
							currency: { fallback_value: '$5', code: 'USD', amount_1000: 5000 },
						},
					],
				},
			],
		],
		['four spaces', 'bill', bodyOf('a    b', 'c')],
		['names in any order', 'ticket', named({ seat: '7', name: 'Zoë' })],
		['a header text', 'titled', header({ type: 'text', text: '42' })],
		['a document', 'pdf', header({ type: 'document', document: { link, filename: 'bill.pdf' } })],
		['a place', 'map', header({ type: 'location', location: { latitude: '1', longitude: '2' } })],
		['a link suffix', 'linked', [pressed('url', '2', { type: 'text', text: 'abc' })]],
		[
			'a payload too',
			'linked',
			[
				pressed('quick_reply', 0, { type: 'payload', payload: 'STOP' }),
				pressed('url', 2, { type: 'text', text: 'abc' }),
			],
		],
		[
			'a coupon',
			'coupon',
			[pressed('copy_code', 0, { type: 'coupon_code', coupon_code: 'FALL25' })],
		],
		['a flow', 'form', [pressed('flow', '0', { type: 'action', action: { flow_token: 't' } })]],
		[
			'a code',
			'code',
			[...bodyOf('123456'), pressed('url', '0', { type: 'text', text: '123456' })],
		],
		[
			'an offer',
			'offer',
			[
				{
					type: 'limited_time_offer',
					parameters: [
						{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1 } },
					],
				},
			],
		],
		['cards', 'cards', [{ type: 'carousel', cards: [cardOf(0, 'a'), cardOf(1, 'b')] }]],
	])('takes %s', async (_, name, components) => {
		const answer = await send(name, components);
		expect(answer.status).toBe(200);
		expect(answer.data.messages).toEqual([{ id: expect.any(String), message_status: 'accepted' }]);
	});

	it.each<[string, string, unknown, number, string | RegExp]>([
		[
			'an unknown name',
			'nothing',
			undefined,
			132001,
			'template name (nothing) does not exist in en_US',
		],
		['one that waits', 'waiting', undefined, 132001, /waiting/],
		['one that was rejected', 'refused', undefined, 132001, /refused/],
		['one that is paused', 'paused', undefined, 132015, /paused/],
		['one that is disabled', 'disabled', undefined, 132016, /disabled/],
		[
			'too few values',
			'bill',
			bodyOf('Zoë'),
			132000,
			'body: number of localizable_params (1) does not match the expected number of params (2)',
		],
		['too many values', 'plain', bodyOf('x'), 132000, /params \(1\).*params \(0\)/],
		['no values', 'bill', undefined, 132000, /params \(0\).*params \(2\)/],
		['no header value', 'titled', undefined, 132000, /^header: /],
		[
			'a value without name',
			'ticket',
			bodyOf('Zoë', '7'),
			100,
			'Parameter name is missing or empty',
		],
		['a wrong name', 'ticket', named({ name: 'Zoë', row: '7' }), 132012, /row/],
		[
			'a name twice',
			'ticket',
			named({ name: 'Zoë' }).map(({ type, parameters: [one] }) => ({
				type,
				parameters: [one, one],
			})),
			132012,
			/name/,
		],
		['a line break', 'bill', bodyOf('a\nb', 'c'), 132018, /new-line/],
		['a tab', 'bill', bodyOf('a\tb', 'c'), 132018, /tab/],
		['five spaces', 'bill', bodyOf('a     b', 'c'), 132018, /spaces/],
		['an empty value', 'bill', bodyOf('', 'c'), 131008, /missing text value/],
		['a number as value', 'bill', bodyOf('a', 5), 100, /^$/],
		['too long a text', 'bill', bodyOf('x'.repeat(600), 'c'), 132005, /^body: /],
		[
			'no file',
			'pdf',
			undefined,
			132012,
			'header: Format mismatch, expected DOCUMENT, received UNKNOWN',
		],
		[
			'an image for a document',
			'pdf',
			header({ type: 'image', image: { link } }),
			132012,
			/received IMAGE/,
		],
		['a file without address', 'pdf', header({ type: 'document', document: {} }), 132012, /https/],
		[
			'an http address',
			'pdf',
			header({ type: 'document', document: { link: 'http://example.com/a.pdf' } }),
			132012,
			/https/,
		],
		['an unknown file', 'pdf', header({ type: 'document', document: { id: '42' } }), 100, /^$/],
		[
			'a place without coordinates',
			'map',
			header({ type: 'location', location: {} }),
			132012,
			/latitude/,
		],
		[
			'no link suffix',
			'linked',
			[],
			131008,
			'buttons: Button at index 2 of type Url requires a parameter',
		],
		[
			'a suffix for a fixed link',
			'linked',
			[
				pressed('url', 1, { type: 'text', text: 'a' }),
				pressed('url', 2, { type: 'text', text: 'a' }),
			],
			132018,
			/index 1/,
		],
		[
			'a button that is not there',
			'linked',
			[pressed('url', 3, { type: 'text', text: 'a' })],
			132018,
			/index 3/,
		],
		[
			'the wrong kind of button',
			'linked',
			[pressed('url', 0, { type: 'text', text: 'a' })],
			132012,
			/index 0/,
		],
		['no coupon', 'coupon', undefined, 131008, /Copy_code/],
		[
			'a coupon of another type',
			'coupon',
			[pressed('copy_code', 0, { type: 'text', text: 'a' })],
			132012,
			/coupon_code/,
		],
		['no flow', 'form', undefined, 131008, /Flow/],
		['a code in the body only', 'code', bodyOf('123456'), 131008, /Otp/],
		[
			'a code of 16',
			'code',
			[...bodyOf('1'), pressed('url', 0, { type: 'text', text: 'x'.repeat(16) })],
			132005,
			/code/,
		],
		['no end of an offer', 'offer', undefined, 131008, /expiration_time_ms/],
		['too few cards', 'cards', [{ type: 'carousel', cards: [cardOf(0, 'a')] }], 132000, /cards/],
		[
			'a wrong card',
			'cards',
			[{ type: 'carousel', cards: [cardOf(0, 'a'), { card_index: 1, components: bodyOf('b') }] }],
			132012,
			/IMAGE/,
		],
		['an unknown component', 'plain', [{ type: 'footer' }], 100, /^$/],
		['components of another shape', 'plain', {}, 100, /^$/],
	])('refuses %s', async (_, name, components, code, details) => {
		const answer = await send(name, components);
		expect(answer.status).toBe(code === 132001 ? 404 : 400);
		const error = answer.data.error as { code: number; error_data?: { details: string } };
		expect(error.code).toBe(code);
		if (details instanceof RegExp) expect(error.error_data?.details ?? '').toMatch(details);
		else expect(error.error_data?.details).toBe(details);
	});

	it('wants the exact language', async () => {
		for (const code of ['en', 'en_GB', 'EN_US']) {
			const { code: found } = await send('plain', undefined, {
				template: { name: 'plain', language: { code } },
			});
			expect(found).toBe(132001);
		}
		const { code } = await send('plain', undefined, { template: { name: 'plain' } });
		expect(code).toBe(100);
	});

	it('reaches a user ID, unless it carries a code', async () => {
		const address = { to: undefined, recipient: 'US.7' };
		const code = [...bodyOf('1'), pressed('url', 0, { type: 'text', text: '1' })];
		expect((await send('plain', undefined, address)).status).toBe(200);
		expect((await send('code', code, address)).code).toBe(131062);
	});

	it('needs no window, and does not count as outside it', async () => {
		const { id } = await send('plain');
		await scene.sim.settled();
		const sent = scene.sim.sent.find((message) => message.id === id);
		expect(sent).toMatchObject({ windowWasOpen: false, statuses: [{ status: 'sent' }, {}] });
		expect(scene.sim.failuresOutsideWindow()).toEqual([]);
	});
});

describe('marketing', () => {
	it('fails with 131050 after a stop, on this number only, until resumed', async () => {
		scene.sim.addTemplate({ name: 'sale', category: 'MARKETING', components: [body('Sale')] });
		const to = '15551239999';
		const outcome = async (name: string) => {
			const { id } = await send(name, undefined, { to: `+${to}` });
			await scene.sim.settled();
			const [{ status, errors }] = scene.sim.sent.find((sent) => sent.id === id)?.statuses ?? [];
			return errors?.[0].code ?? status;
		};
		expect(await outcome('sale')).toBe('sent');
		await scene.sim.setsPreference({ from: to, value: 'stop' });
		expect(await outcome('sale')).toBe(131050);
		expect(await outcome('plain')).toBe('sent');
		await scene.sim.setsPreference({ from: to, value: 'resume' });
		expect(await outcome('sale')).toBe('sent');
	});
});

describe('the list', () => {
	const names = async (params: object, account = ACCOUNT) => {
		const { data } = await scene.api.get(`/${account}/message_templates`, { params });
		return data.data.map(({ name }: { name: string }) => name);
	};

	it.each([
		[{ name: 'bill' }, ['bill']],
		[{ name: 'bil' }, ['bill']],
		[{ name_or_content: 'seat' }, ['ticket']],
		[{ name_or_content: 'tick' }, ['ticket']],
		[{ status: 'PAUSED' }, ['paused']],
		[{ category: 'authentication' }, ['code']],
		[{ language: 'de' }, []],
		[{ status: 'APPROVED', name: 'paused' }, []],
	])('filtered by %p', async (params, expected) => {
		expect(await names(params)).toEqual(expected);
	});

	it('refuses a status that does not exist', async () => {
		const { data } = await scene.api.get(`/${ACCOUNT}/message_templates?status=GOOD`);
		expect(data.error.code).toBe(100);
	});

	it('comes page by page, with next only where there is more', async () => {
		const found: string[] = [];
		let url = `/${ACCOUNT}/message_templates?limit=7&fields=name`;
		let pages = 0;
		while (url) {
			const { data } = await scene.api.get(url, url.startsWith('/') ? {} : { baseURL: '' });
			found.push(...data.data.map(({ name }: { name: string }) => name));
			expect(Object.keys(data.data[0]).sort()).toEqual(['id', 'name']);
			url = data.paging.next;
			pages += 1;
		}
		const all = await names({ limit: 1000 });
		expect(found).toEqual(all);
		expect(pages).toBe(Math.ceil(all.length / 7));
		expect(all.slice(0, TEMPLATES.length)).toEqual(TEMPLATES.map(({ name }) => name));
	});

	it('goes on behind a cursor', async () => {
		const { data } = await scene.api.get(`/${ACCOUNT}/message_templates?limit=2`);
		expect(await names({ limit: 1, after: data.paging.cursors.after })).toEqual(['ticket']);
		expect(await names({ limit: 5, before: data.paging.cursors.after })).toEqual(['plain']);
		const wrong = await scene.api.get(`/${ACCOUNT}/message_templates?after=x`);
		expect(wrong.data.error.code).toBe(100);
	});

	it('shows one template by its ID, with quality and reason on request', async () => {
		const { id } = scene.sim.addTemplate({ name: 'one', components: [] });
		const fields = 'name,quality_score,rejected_reason,parameter_format';
		const { data } = await scene.api.get(`/${id}?fields=${fields}`);
		expect(data).toEqual({
			id,
			name: 'one',
			quality_score: { score: 'UNKNOWN', date: 0 },
			rejected_reason: 'NONE',
			parameter_format: 'POSITIONAL',
		});
		expect((await scene.api.get(`/${id}`)).data).not.toHaveProperty('businessAccountId');
	});
});

describe('the life of a template', () => {
	const fresh = { name: 'fresh', language: 'en_US', category: 'utility', components: [body('Hi')] };
	const create = async (input: Json) => {
		const { status, data } = await scene.api.post(`/${ACCOUNT}/message_templates`, input);
		return { status, data, code: data.error?.code as number | undefined };
	};

	it('waits, is approved, is edited and waits again, and goes', async () => {
		const { data } = await create(fresh);
		expect(data).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' });
		expect((await send('fresh')).code).toBe(132001);

		scene.callback.received.length = 0;
		await scene.sim.setTemplateStatus(data.id, 'APPROVED');
		expect((await send('fresh')).status).toBe(200);

		expect((await scene.api.post(`/${data.id}`, { components: [body('Hey')] })).data).toEqual({
			success: true,
		});
		expect((await send('fresh')).code).toBe(132001);

		const { data: gone } = await scene.api.delete(`/${ACCOUNT}/message_templates?name=fresh`);
		expect(gone).toEqual({ success: true });
		await scene.sim.settled();
		expect((await scene.api.get(`/${data.id}`)).data.error.error_subcode).toBe(33);
		const news = scene.callback.values().filter(({ event }) => event);
		expect(news).toMatchObject([
			{ event: 'APPROVED', reason: 'NONE', message_template_language: 'en_US' },
			{ event: 'DELETED', reason: null },
		]);
	});

	it.each<[string, Json]>([
		['a name with capitals', { name: 'Fresh' }],
		['no language', { language: undefined }],
		['an unknown category', { category: 'NEWS' }],
		['no components', { components: undefined }],
		['a name and language that exist', { name: 'plain' }],
	])('does not begin with %s', async (_, wrong) => {
		expect(await create({ ...fresh, ...wrong })).toMatchObject({ status: 400, code: 100 });
	});

	it('needs a sample that was uploaded for the app, and of the right kind', async () => {
		const { uploads } = scene.sim.world;
		const pdf = uploads.end(uploads.begin(3, 'application/pdf'), Buffer.from('PDF'));
		const withSample = (format: string, handle?: string) => {
			const header = { type: 'HEADER', format, example: { header_handle: [handle] } };
			return { ...fresh, name: `with_${format.toLowerCase()}`, components: [header, body('Hi')] };
		};
		expect(await create(withSample('DOCUMENT', '4::made-up'))).toMatchObject({ code: 100 });
		expect(await create(withSample('DOCUMENT'))).toMatchObject({ code: 100 });
		expect(await create(withSample('IMAGE', pdf))).toMatchObject({ code: 100 });
		const { data, status } = await create(withSample('DOCUMENT', pdf));
		expect(status).toBe(200);
		const edit = { components: withSample('VIDEO', pdf).components };
		expect((await scene.api.post(`/${data.id}`, edit)).status).toBe(400);
	});

	it('begins approved, if it comes from the library and has what its buttons need', async () => {
		const adopted = {
			name: 'parcel',
			language: 'en_US',
			category: 'UTILITY',
			library_template_name: 'delivery_update_1',
		};
		const inputs = [
			{ type: 'URL', url: { base_url: 'https://shop.example' } },
			{ type: 'PHONE_NUMBER', phone_number: '+15550051310' },
		];
		const withInputs = (given: unknown) => ({
			...adopted,
			library_template_button_inputs: given,
		});
		expect(await create(adopted)).toMatchObject({ code: 100 });
		expect(await create(withInputs(inputs.slice(1)))).toMatchObject({ code: 100 });
		expect(await create({ ...withInputs(inputs), category: 'MARKETING' })).toMatchObject({
			code: 100,
		});
		expect(await create({ ...withInputs(inputs), language: 'fr' })).toMatchObject({ code: 100 });
		const { data } = await create(withInputs(JSON.stringify(inputs)));
		expect(data).toMatchObject({ status: 'APPROVED', category: 'UTILITY' });
		const { data: shown } = await scene.api.get(`/${data.id}?fields=library_template_name`);
		expect(shown.library_template_name).toBe('delivery_update_1');
		await scene.sim.settled();
	});

	it('ends for one language by its ID', async () => {
		const english = scene.sim.addTemplate({ name: 'twin', components: [] });
		scene.sim.addTemplate({ name: 'twin', language: 'de', components: [] });
		const params = { name: 'twin', hsm_id: english.id };
		await scene.api.delete(`/${ACCOUNT}/message_templates`, { params });
		const { data } = await scene.api.get(`/${ACCOUNT}/message_templates?name=twin`);
		expect(data.data).toMatchObject([{ language: 'de' }]);
		const { status } = await scene.api.delete(`/${ACCOUNT}/message_templates?name=none`);
		expect(status).toBe(404);
	});

	it('belongs to its account', async () => {
		const { id } = scene.sim.addBusinessNumber({ businessAccountId: 'elsewhere' });
		const message = { type: 'template', template: { name: 'plain', language: { code: 'en_US' } } };
		const { data } = await scene.api.post(`/${id}/messages`, {
			messaging_product: 'whatsapp',
			to: `+${CUSTOMER}`,
			...message,
		});
		expect(data.error.code).toBe(132001);
		expect(NUMBER).not.toBe(id);
	});
});
