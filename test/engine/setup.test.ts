import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { healthOf } from '../simulator/setup';
import { FIELDS } from '../simulator/subscriptions';

import {
	ACCOUNT_ID,
	APP_ID,
	AT,
	CONTACT,
	doings,
	listener,
	NUMBER_ID,
	SECRET,
	send,
	TOKEN,
	useScene,
} from './scene';
import { chosen } from './workflows';

const OTHER_NUMBER = '106540352242933';
const FOREIGN = 'https://other.example/hook';

const scene = useScene();

/** What `account:checkSetup` finds, by check. */
async function check(parameters: INodeParameters = {}): Promise<Record<string, IDataObject>> {
	const { items, error } = await send(scene, {
		resource: 'account',
		operation: 'checkSetup',
		businessNumber: chosen(NUMBER_ID),
		webhookUrl: scene.engine.webhookUrl('wf'),
		repair: false,
		options: { details: true },
		...parameters,
	});
	expect(error).toBeUndefined();
	const [summary, ...findings] = items;
	expect(summary).toMatchObject({ check: 'summary', title: 'Summary' });
	return Object.fromEntries(findings.map((item) => [String(item.check), item]));
}

/** The checks with this status. */
function withStatus(findings: Record<string, IDataObject>, ...statuses: string[]): string[] {
	return Object.keys(findings).filter((name) => statuses.includes(String(findings[name].status)));
}

/** Who gets the webhooks, by Meta's books. */
const atMeta = () => scene.simulator.world.subscriptions;

beforeEach(async () => {
	scene.engine.add(listener('wf', { registration: 'automatic' }));
	await scene.engine.activate('wf');
});

it('finds nothing to mend after an activation, and changes nothing', async () => {
	const before = doings(scene);
	const findings = await check();
	expect(withStatus(findings, 'ok')).toEqual(Object.keys(findings));
	expect(Object.keys(findings)).toHaveLength(19);
	expect(doings(scene)).toEqual(before);
});

it('says all in one item first, then what failed, and gives details where they are wanted', async () => {
	scene.simulator.setUp({ number: { quality_rating: 'RED' } });
	atMeta().accounts.clear();
	const parameters = {
		resource: 'account',
		operation: 'checkSetup',
		businessNumber: chosen(NUMBER_ID),
		webhookUrl: '',
	};
	const { items } = await send(scene, parameters);
	expect(items).toHaveLength(20);
	expect(items[0]).toEqual({
		check: 'summary',
		title: 'Summary',
		status: 'failed',
		what: '1 of 19 checks failed: App Subscribed to the Account. To be looked at: Quality Rating. Not checked: Callback, Address of the Trigger.',
		how: expect.stringMatching(/^Begin with 'App Subscribed to the Account': .*'Repair'\.$/),
		why: expect.any(String),
		repaired: '',
		businessNumberId: NUMBER_ID,
	});
	const statuses = items.slice(1, 6).map(({ status }) => status);
	expect(statuses).toEqual(['failed', 'warning', 'notChecked', 'notChecked', 'ok']);
	expect(items.filter((item) => 'details' in item)).toEqual([]);

	const { items: detailed } = await send(scene, { ...parameters, options: { details: true } });
	expect(detailed[0].details).toMatchObject({ failed: ['appSubscribed'], warning: ['quality'] });
});

it('asks for a business number', async () => {
	const { error } = await send(scene, {
		resource: 'account',
		operation: 'checkSetup',
		businessNumber: chosen('+1 555', 'id'),
	});
	expect(error?.message).toContain("'Business Number'");
});

it('keeps every secret to itself', async () => {
	scene.simulator.setUp({ tokenExpiresAt: AT - 60 });
	const text = JSON.stringify(await check());
	expect(text).not.toContain(TOKEN);
	expect(text).not.toContain(SECRET);
});

/** A state of the set-up, the checks that tell it, and a word of theirs. */
type Row = [string, () => unknown, string[], RegExp];

const setUp =
	(...args: Parameters<typeof scene.simulator.setUp>) =>
	() =>
		scene.simulator.setUp(...args);
const credential = (values: IDataObject) => () => Object.assign(scene.engine.credential, values);

const ROWS: Row[] = [
	[
		'a token that nobody knows',
		credential({ accessToken: 'wrong' }),
		['accessToken'],
		/not accept/,
	],
	['a token that has ended', setUp({ tokenExpiresAt: AT - 60 }), ['accessToken'], /ended on/],
	['a token that ends soon', setUp({ tokenExpiresAt: AT + 86_400 }), ['accessToken'], /ends on/],
	[
		'a scope that is missing',
		setUp({ scopes: ['whatsapp_business_messaging'] }),
		['permissions'],
		/lacks/,
	],
	[
		'scopes for another account',
		setUp({ grantedAccounts: ['4711'] }),
		['permissions'],
		/other business/,
	],
	['a wrong secret', credential({ appSecret: 'wrong' }), ['metaApp'], /does not belong/],
	['the token of another app', setUp({ tokenAppId: '4711' }), ['metaApp'], /the app 4711/],
	[
		'an account that the token cannot see',
		setUp({ accountReachable: false }),
		['businessAccount'],
		/no business account/,
	],
	[
		'an account under review',
		setUp({ account: { account_review_status: 'PENDING' } }),
		['businessAccount'],
		/reviewing/,
	],
	[
		'a number that is not registered',
		setUp({ number: { status: 'PENDING' } }),
		['registered'],
		/PENDING/,
	],
	[
		'a number that is not verified',
		setUp({ number: { code_verification_status: 'NOT_VERIFIED' } }),
		['verified'],
		/not verified/,
	],
	['low quality', setUp({ number: { quality_rating: 'RED' } }), ['quality'], /low/],
	['a declined name', setUp({ number: { name_status: 'DECLINED' } }), ['displayName'], /declined/],
	[
		'a missing payment',
		setUp({
			number: {
				health_status: healthOf('WABA', 'BLOCKED', {
					errors: [
						{
							error_code: 141006,
							error_description: 'There is no valid payment method.',
							possible_solution: 'Add one.',
						},
					],
				}),
			},
		}),
		['payment', 'sending'],
		/payment method/,
	],
	[
		'an app that is not subscribed',
		() => atMeta().accounts.clear(),
		['appSubscribed'],
		/sends nothing/,
	],
	[
		'an app without messages',
		() => (atMeta().app = { callbackUrl: FOREIGN, fields: ['calls'] }),
		['appFields'],
		/'messages'/,
	],
	['a callback that is off', setUp({ appCallbackOff: true }), ['appFields'], /switched off/],
	[
		'a callback of the number that is elsewhere',
		() => atMeta().numbers.set(NUMBER_ID, FOREIGN),
		['callback'],
		/other\.example\/hook, by the callback of this phone number/,
	],
	[
		'a callback of the account that is elsewhere',
		() => {
			atMeta().numbers.clear();
			atMeta().accounts.set(ACCOUNT_ID, { override: FOREIGN });
		},
		['callback'],
		/of the business account/,
	],
	[
		'a callback of the app that is elsewhere',
		() => {
			atMeta().numbers.clear();
			atMeta().app = { callbackUrl: FOREIGN, fields: FIELDS };
		},
		['callback'],
		/of the app/,
	],
];

it.each(ROWS)('tells %s', async (_name, breakIt, checks, text) => {
	breakIt();
	const findings = await check();
	expect(withStatus(findings, 'failed', 'warning').sort()).toEqual(checks);
	for (const name of checks) {
		expect(findings[name]).toMatchObject({ what: expect.stringMatching(text), repaired: '' });
		expect(findings[name].how).not.toBe('');
	}
});

it('tells a number of another account from one that does not exist', async () => {
	scene.simulator.addBusinessNumber({ id: OTHER_NUMBER, businessAccountId: '4711' });
	const other = await check({ businessNumber: chosen(OTHER_NUMBER) });
	expect(other.businessNumber).toMatchObject({
		status: 'failed',
		what: expect.stringContaining('another business account'),
	});
	const none = await check({ businessNumber: chosen('999') });
	expect(none.businessNumber.what).toContain("no business number '999'");
});

it('tells of a wrong token where no number was chosen either', async () => {
	scene.engine.credential.accessToken = 'wrong';
	const findings = await check({ businessNumber: chosen('', 'list') });
	expect(findings.accessToken).toMatchObject({
		status: 'failed',
		how: expect.stringContaining('System users'),
	});
	expect(withStatus(findings, 'ok')).not.toContain('businessNumber');
});

it('does not call what it could not ask right', async () => {
	scene.engine.credential.accessToken = 'wrong';
	const findings = await check();
	expect(withStatus(findings, 'ok').sort()).toEqual([
		'apiVersion',
		'appFields',
		'callbackAddress',
		'metaApp',
		'ownAddress',
	]);
});

it('tells that the deliveries go to another workflow of this n8n, and how to find it', async () => {
	const taken = scene.engine.webhookUrl('wf').replace('hook-of-wf', 'another-hook');
	atMeta().numbers.set(NUMBER_ID, taken);
	const { callback } = await check();
	expect(callback).toMatchObject({
		status: 'failed',
		what: `The deliveries go elsewhere: to ${taken}, by the callback of this phone number. It leads to another workflow of this n8n.`,
		how: "Unpublish (deactivate) the workflow whose trigger has 'another-hook' in its Production URL, under Webhook URLs, or add 'Replace Another Callback' under Options of the trigger, and publish (activate) its workflow again.",
	});
});

it('says where the deliveries go when no webhook URL is given', async () => {
	const findings = await check({ webhookUrl: '' });
	expect(withStatus(findings, 'notChecked')).toEqual(['callback', 'callbackAddress']);
	expect(findings.callback.what).toContain(scene.engine.webhookUrl('wf'));
});

it('notices that nobody answers at the address', async () => {
	const { callbackAddress } = await check({ webhookUrl: `${scene.engine.webhookUrl('wf')}x` });
	expect(callbackAddress).toMatchObject({ status: 'failed', details: { httpStatus: 404 } });
});

it('notices that n8n does not reach itself, where answers to questions are handed over', async () => {
	const webhookUrl = scene.engine.webhookUrl('wf');
	scene.engine.setPublicUrl('http://127.0.0.1:9');
	const { ownAddress } = await check({ webhookUrl });
	expect(ownAddress).toMatchObject({
		status: 'warning',
		how: expect.stringContaining('Inner Address'),
		details: { address: 'http://127.0.0.1:9/webhook-waiting' },
	});
});

describe("'Repair'", () => {
	it('subscribes the app', async () => {
		atMeta().accounts.clear();
		const findings = await check({ repair: true });
		expect(findings.appSubscribed).toMatchObject({
			status: 'ok',
			repaired: `Subscribed the app ${APP_ID} to the business account.`,
		});
		const { delivery } = await scene.simulator.writes({ from: CONTACT, text: 'Hello' });
		expect(delivery).toMatchObject({ status: 200 });
	});

	it('sets the callback of the number where the deliveries go to the account or the app', async () => {
		atMeta().numbers.clear();
		atMeta().accounts.set(ACCOUNT_ID, { override: FOREIGN });
		const { callback } = await check({ repair: true });
		expect(callback).toMatchObject({ status: 'ok', repaired: expect.stringContaining('Set ') });
		expect(atMeta().numbers.get(NUMBER_ID)).toBe(scene.engine.webhookUrl('wf'));
		expect(atMeta().accounts.get(ACCOUNT_ID)).toEqual({ override: FOREIGN });
	});

	it('sets it back from an old address of the same trigger', async () => {
		atMeta().numbers.set(NUMBER_ID, 'http://127.0.0.1:9/webhook/hook-of-wf/webhook');
		expect((await check({ repair: true })).callback.status).toBe('ok');
		expect(atMeta().numbers.get(NUMBER_ID)).toBe(scene.engine.webhookUrl('wf'));
	});

	it("leaves somebody else's callback, and says so", async () => {
		atMeta().numbers.set(NUMBER_ID, FOREIGN);
		const { callback } = await check({ repair: true });
		expect(callback).toMatchObject({
			status: 'failed',
			repaired: expect.stringMatching(/^Left .*other\.example/),
		});
		expect(atMeta().numbers.get(NUMBER_ID)).toBe(FOREIGN);
	});

	it('gives an app without a webhook its first one', async () => {
		atMeta().app = undefined;
		expect((await check({ repair: true })).appFields).toMatchObject({ status: 'ok' });
		expect(atMeta().app).toMatchObject({ callbackUrl: scene.engine.webhookUrl('wf') });
	});

	it('says what Meta refused', async () => {
		atMeta().numbers.clear();
		const nobody = 'http://127.0.0.1:9/webhook/hook-of-wf/webhook';
		const { callback } = await check({ repair: true, webhookUrl: nobody });
		expect(callback.repaired).toMatch(/^Could not be mended: .*challenge/);
	});

	it('changes nothing where all is right', async () => {
		const before = doings(scene);
		const findings = await check({ repair: true });
		expect(Object.values(findings).map(({ repaired }) => repaired)).toEqual(
			Object.keys(findings).map(() => ''),
		);
		expect(doings(scene)).toEqual(before);
	});

	it('does not subscribe the app of another token', async () => {
		atMeta().accounts.clear();
		scene.simulator.setUp({ tokenAppId: '4711' });
		const before = doings(scene);
		await check({ repair: true });
		expect(doings(scene)).toEqual(before);
	});
});
