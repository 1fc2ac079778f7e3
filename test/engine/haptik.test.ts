import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startClickatell, type Clickatell } from '../simulator/dialects/clickatell';
import { body, template } from '../unit/templates/samples';

import { CREDENTIALS } from './engine';
import {
	addTemplate,
	CONTACT,
	deliverText,
	doings,
	HOUR,
	listener,
	send,
	setClock,
	useScene,
} from './scene';
import { chosen } from './workflows';

const scene = useScene();

const TEXT = 'Hello {{1}}, your {{2}} plan is ready under {{3}}.';
const FILLED = 'Hello Joey, your weekly plan is ready under 123456.';

const HSM = {
	business_id: 7,
	to: '15550001111',
	type: 'hsm',
	hsm: {
		namespace: 'a1b2',
		element_name: 'plan',
		language: { policy: 'deterministic', code: 'en_US' },
		localizable_params: [{ default: 'Joey' }, { default: 'weekly' }, { default: '123456' }],
	},
};

const hsl = (url: string): IDataObject => ({
	text: 'Your order is packed.',
	type: 'BUTTON',
	data: {
		items: [
			{
				actionable_text: 'See order',
				location_required: false,
				is_default: 0,
				uri: 'LINK',
				type: 'APP_ACTION',
				payload: { gogo_message: '', url },
			},
		],
	},
});

const credentials = {
	...CREDENTIALS,
	clickatellApi: { id: '3', name: 'Clickatell' },
};

/** Sends what a Haptik bot said, as the incoming item has it. */
async function sendHaptik(
	payload: IDataObject | string,
	{ options = {}, ...parameters }: INodeParameters & { options?: INodeParameters } = {},
) {
	return await send(
		scene,
		{
			text: '={{ $json.said }}',
			options: { convertHaptikPayload: true, ...options },
			...parameters,
		},
		{ items: [{ json: { contact: CONTACT, said: payload } }], node: { credentials } },
	);
}

/** The contact has just written. */
async function openWindow(): Promise<void> {
	scene.engine.add(listener('wf'));
	await scene.engine.activate('wf');
	await deliverText(scene.engine, 'wf');
}

const sentContent = () => scene.simulator.sent.map(({ body: message }) => message);

describe('an HSL element', () => {
	beforeEach(openWindow);

	it('goes out as a link button', async () => {
		const { items, error } = await sendHaptik(hsl('https://shop.example/orders/7'));
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{
				sentAs: 'freeForm',
				messageStatus: 'accepted',
				decision: { reason: 'windowOpen' },
				conversion: { from: 'hsl', to: 'linkButton', notes: [] },
			},
		]);
		expect(sentContent()).toMatchObject([
			{ type: 'interactive', interactive: { type: 'cta_url', action: { name: 'cta_url' } } },
		]);
	});

	it('goes out as a document where the link leads to a file', async () => {
		const { items, error } = await sendHaptik(JSON.stringify(hsl('https://shop.example/7.pdf')));
		expect(error).toBeUndefined();
		expect(items[0].conversion).toEqual({
			from: 'hsl',
			to: 'document',
			notes: [expect.stringContaining("'actionable_text' was left out")],
		});
		expect(sentContent()).toMatchObject([
			{
				type: 'document',
				document: { link: 'https://shop.example/7.pdf', caption: 'Your order is packed.' },
			},
		]);
	});

	it('goes out as a text, as the other options want it', async () => {
		const long = 'word '.repeat(1000);
		const { items } = await sendHaptik(
			{ text: long, type: 'TEXT', data: { quick_replies: [] } },
			{ options: { splitLongText: true, previewUrl: true } },
		);
		expect(items[0].messageIds).toHaveLength(2);
		expect(items[0].conversion).toEqual({ from: 'hsl', to: 'text', notes: [] });
		expect(sentContent()[0]).toMatchObject({ text: { preview_url: true } });
	});

	it('obeys the window', async () => {
		setClock(25 * HOUR);
		const { items, second } = await sendHaptik(hsl('https://shop.example/7.pdf'), {
			whenWindowClosed: 'output',
		});
		expect(items).toEqual([]);
		expect(second).toMatchObject([
			{ messageId: null, decision: { reason: 'windowClosed' }, conversion: { from: 'hsl' } },
		]);
		expect(sentContent()).toEqual([]);
	});

	it('that does not fit is not sent', async () => {
		const { error } = await sendHaptik({ ...hsl('https://shop.example'), type: 'CAROUSEL' });
		expect(error?.message).toContain("The Haptik payload in 'Text' cannot be converted");
		expect(error?.message).toContain("'CAROUSEL'");
		expect(sentContent()).toEqual([]);
	});

	it('is only a text without the option', async () => {
		const json = JSON.stringify(hsl('https://shop.example'));
		const { items } = await sendHaptik(json, { options: { convertHaptikPayload: false } });
		expect(items[0]).not.toHaveProperty('conversion');
		expect(sentContent()).toMatchObject([{ type: 'text', text: { body: json } }]);
	});

	it('may be a plain text', async () => {
		const { items } = await sendHaptik('Hello');
		expect(items[0]).not.toHaveProperty('conversion');
		expect(sentContent()).toMatchObject([{ type: 'text', text: { body: 'Hello' } }]);
	});
});

describe('an HSM', () => {
	const add = (rest: IDataObject = {}) =>
		addTemplate(scene, template([body(TEXT, ['Ann', 'daily', '1'])], { name: 'plan' }), rest);

	const components = [
		{
			type: 'body',
			parameters: ['Joey', 'weekly', '123456'].map((text) => ({ type: 'text', text })),
		},
	];

	it('goes out as its template, also while no window is open', async () => {
		add();
		const { items, error } = await sendHaptik(HSM);
		expect(error).toBeUndefined();
		expect(items).toMatchObject([
			{
				contact: CONTACT,
				sentAs: 'template',
				messageStatus: 'accepted',
				decision: { allowed: true, reason: 'consentUnknown' },
				preview: { body: FILLED },
				conversion: { from: 'hsm', to: 'template', notes: [expect.stringMatching(/^'to' was/)] },
			},
		]);
		expect(sentContent()).toMatchObject([
			{ type: 'template', template: { name: 'plan', components } },
		]);
	});

	it('is found by its text', async () => {
		add();
		addTemplate(scene, template([body('Hello {{1}}, goodbye.', ['Ann'])], { name: 'bye' }));
		const { items, error } = await sendHaptik({ text: TEXT, values: ['Joey', 'weekly', 123456] });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ sentAs: 'template', preview: { body: FILLED } }]);
		expect(sentContent()).toMatchObject([{ template: { name: 'plan', components } }]);
	});

	it('is shown by a dry run, and not sent', async () => {
		add();
		const options = { dryRun: true, replyTo: 'wamid.A' };
		const { items } = await sendHaptik(HSM, { options });
		expect(items).toMatchObject([
			{
				messageId: null,
				messageStatus: 'notSent',
				preview: { body: FILLED },
				request: { type: 'template', template: { name: 'plan' } },
				conversion: { notes: [{}, expect.stringContaining("'Reply to Message ID'")] },
			},
		]);
		expect(doings(scene)).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		['approved', { status: 'PAUSED' }, 'has the status PAUSED'],
		['agreed to', { category: 'MARKETING' }, 'opt-in'],
	])('must be %s', async (_what, rest, text) => {
		add(rest);
		const { error } = await sendHaptik(HSM);
		expect(error?.message).toContain(text);
		expect(doings(scene)).toEqual([]);
	});

	it('needs as many values as its template', async () => {
		add();
		const { error } = await sendHaptik({ hsm: { ...HSM.hsm, localizable_params: ['Joey'] } });
		expect(error?.message).toContain("Template 'plan' needs 3 values in the body; 1 was given");
	});

	describe('at a provider that lists no templates', () => {
		const KEY = 'the-api-key';
		const SHOP = '27999000002';
		let clickatell: Clickatell;

		beforeEach(async () => {
			clickatell = await startClickatell({ apiKey: KEY, number: SHOP, now: () => Date.now() });
			Object.assign(scene.engine.credential, {
				clickatellApi: { apiKey: KEY, baseUrl: clickatell.url, webhookToken: 'a long word' },
			});
		});

		afterEach(async () => await clickatell.stop());

		const sendThere = async (options: INodeParameters) =>
			await sendHaptik(
				{ hsm: { ...HSM.hsm, text: TEXT } },
				{ provider: 'clickatell', businessNumber: chosen(`+${SHOP}`, 'id'), options },
			);

		it('goes out under the category that the option names', async () => {
			const { items, error } = await sendThere({ templateCategory: 'utility' });
			expect(error).toBeUndefined();
			expect(items).toMatchObject([
				{
					sentAs: 'template',
					decision: { reason: 'consentUnknown' },
					preview: { body: FILLED },
					conversion: { notes: [expect.stringContaining("'language' was left out")] },
				},
			]);
			expect(clickatell.sent).toMatchObject([
				{
					channel: 'whatsapp',
					template: {
						templateName: 'plan',
						body: { parameters: { 1: 'Joey', 2: 'weekly', 3: '123456' } },
					},
				},
			]);
		});

		it('is held to the rule for marketing while the category is not known', async () => {
			const { error } = await sendThere({});
			expect(error?.message).toContain('the rule for marketing was applied');
			expect(clickatell.sent).toEqual([]);
		});
	});
});
