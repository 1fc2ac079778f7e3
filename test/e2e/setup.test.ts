import axios from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { rightSetup } from '../simulator/setup';

import { workflowOf } from './harness';
import {
	ACCOUNT,
	APP,
	byName,
	CREDENTIAL_TYPE,
	orderWebhook,
	PACKAGE,
	Scenario,
	TRIGGER_TYPE,
} from './scenario';

/** What a person meets who sets the package up: credential, node panel, lists, activation. */
describe('setting up', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('setup');
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	describe('the credential', () => {
		const test = async (values: IDataObject) => {
			const credentials = await scenario.addCredential(values);
			return await scenario.client.testCredential(String(credentials[CREDENTIAL_TYPE].id));
		};

		it('is found to work', async () => {
			scenario.addNumber();
			expect(await test({})).toMatchObject({ status: 'OK' });
		});

		it.each([
			{ what: 'token', values: { accessToken: 'wrong' }, named: 'Access Token' },
			{ what: 'account ID', values: { businessAccountId: '1' }, named: 'Business Account ID' },
			{ what: 'API version', values: { apiVersion: 'v1.0' }, named: 'API Version' },
		])('is refused for a wrong $what, which is named', async ({ values, named }) => {
			const { status, message } = await test(values);
			expect(status).toBe('Error');
			expect(message).toContain(`'${named}'`);
		});

		it('tells a wrong token from a wrong account ID', async () => {
			const token = await test({ accessToken: 'wrong' });
			const account = await test({ businessAccountId: '1' });
			expect(token.message).not.toBe(account.message);
			expect(token.message).not.toContain("'Business Account ID'");
		});
	});

	describe('the node panel', () => {
		it.each(['whatsAppConversations', 'whatsAppConversationsTrigger', 'whatsAppConversationsTool'])(
			'has %s, with an icon for light and for dark',
			async (name) => {
				const types = await scenario.client.nodeTypes();
				const type = types.find((one) => one.name === `${PACKAGE}.${name}`);
				const { light, dark } = type?.iconUrl as { light: string; dark: string };
				expect(light).not.toBe(dark);
				for (const icon of [light, dark]) {
					const { status, headers } = await axios.get(`${scenario.server.url}/${icon}`, {
						proxy: false,
						validateStatus: () => true,
					});
					expect([status, headers['content-type']]).toEqual([
						200,
						expect.stringContaining('image/svg+xml'),
					]);
				}
			},
		);

		it('files both nodes where people look for them', async () => {
			const types = await scenario.client.nodeTypes();
			for (const name of ['whatsAppConversations', 'whatsAppConversationsTrigger']) {
				const type = types.find((one) => one.name === `${PACKAGE}.${name}`);
				expect(type?.codex?.categories).toContain('Communication');
			}
		});
	});

	describe('the lists of the editor', () => {
		const template = (name: string, status: string) =>
			scenario.sim.addTemplate({ name, status, components: [{ type: 'BODY', text: 'Hello.' }] });

		const search = async (paginationToken?: string, filter?: string) =>
			await scenario.client.searchList(
				scenario.inEditor({ resource: 'message', operation: 'sendTemplate' }),
				'template',
				'searchTemplates',
				{ paginationToken, filter },
			);

		beforeAll(() => {
			for (let i = 0; i < 120; i++) template(`news_${String(i).padStart(3, '0')}`, 'APPROVED');
			template('birthday', 'APPROVED');
			template('not_yet', 'PENDING');
			template('never', 'REJECTED');
			scenario.sim.addTemplate({
				name: 'ticket',
				language: 'de',
				components: [
					{ type: 'HEADER', format: 'DOCUMENT' },
					{ type: 'BODY', text: 'Hallo {{1}}, Platz {{2}} ist reserviert.' },
					{
						type: 'BUTTONS',
						buttons: [{ type: 'URL', text: 'Karte', url: 'https://example.com/t/{{1}}' }],
					},
				],
			});
		});

		it('say what is wrong with a token, and how to mend it', async () => {
			const { accessToken } = scenario.sim.world.identity;
			scenario.sim.world.identity.accessToken = 'another by now';
			// What the editor shows of an answer of this name alone.
			await expect(search()).rejects.toMatchObject({
				answer: {
					name: 'NodeApiError',
					message: 'Meta did not accept the access token.',
					description: expect.stringMatching(/^Put a valid token into the credential/),
				},
			});
			scenario.sim.world.identity.accessToken = accessToken;
		});

		it.each([
			['the send node', { resource: 'message', operation: 'send' }, undefined],
			['the trigger', { events: ['message'] }, TRIGGER_TYPE],
		] as Array<[string, INodeParameters, string | undefined]>)(
			'offer %s the business numbers as people know them',
			async (_node, parameters, type) => {
				scenario.sim.addBusinessNumber({ id: '4711471147', phone: '15550004711', name: 'Kiosk' });
				const { results } = await scenario.client.searchList(
					scenario.inEditor(parameters, type),
					'businessNumber',
					'searchBusinessNumbers',
					{ filter: 'kiosk' },
				);
				expect(results).toEqual([{ name: '+1 555-000-4711 · Kiosk', value: '4711471147' }]);
			},
		);

		it('offer all approved templates over several pages, and no others', async () => {
			const names: string[] = [];
			let pages = 0;
			let token: string | undefined;
			do {
				const page = await search(token);
				names.push(...page.results.map(({ value }) => String(value)));
				token = page.paginationToken as string | undefined;
				pages++;
			} while (token && pages < 10);
			expect(pages).toBeGreaterThan(1);
			expect(names).toHaveLength(122);
			expect(new Set(names).size).toBe(122);
			expect(names).toEqual(
				expect.arrayContaining(['news_119|en_US', 'birthday|en_US', 'ticket|de']),
			);
			expect(names.join()).not.toMatch(/not_yet|never/);
		});

		it('find a template by a part of its name', async () => {
			const { results } = await search(undefined, 'birth');
			expect(results).toMatchObject([
				{ name: expect.stringContaining('birthday (en_US)'), value: 'birthday|en_US' },
			]);
		});

		it.each([
			{ of: 'chosen', parameter: 'template', method: 'getTemplateFields' },
			{ of: 'fallback', parameter: 'fallbackTemplate', method: 'getFallbackTemplateFields' },
		])('show the fields of the $of template', async ({ parameter, method }) => {
			const node = scenario.inEditor({
				resource: 'message',
				operation: parameter === 'template' ? 'sendTemplate' : 'send',
				whenWindowClosed: 'template',
				[parameter]: byName('ticket', 'de'),
			});
			const { fields } = await scenario.client.mapperFields(node, `${parameter}Fields`, method);
			const required = fields.filter((field) => field.required);
			expect(required.map(({ id }) => id)).toEqual([
				'header:media',
				'body:1',
				'body:2',
				expect.stringMatching(/^button:/),
			]);
			const labels = fields.map(({ displayName }) => displayName);
			expect(new Set(labels).size).toBe(fields.length);
			for (const { id, displayName } of fields) expect(displayName).not.toContain(id);
			expect(labels[0]).toContain('Document');
		});
	});

	describe('the check of the set-up', () => {
		let number: string;
		let id: string;
		let trigger: ReturnType<Scenario['trigger']>;
		const webhook = orderWebhook();

		/** What the checks find, by name. */
		const check = async (parameters: INodeParameters = {}) => {
			const { status, data } = await scenario.call(webhook, parameters);
			expect(status).toBe(200);
			return Object.fromEntries((data as IDataObject[]).map((one) => [String(one.check), one]));
		};
		const withoutOk = (findings: Record<string, IDataObject>) =>
			Object.keys(findings).filter((name) => findings[name].status !== 'ok');

		beforeAll(async () => {
			number = scenario.addNumber();
			trigger = scenario.trigger(number);
			id = await scenario.activate(workflowOf('Checked', trigger));
			await scenario.activate(
				workflowOf(
					'Check',
					webhook,
					scenario.whatsApp('Setup', number, {
						resource: 'account',
						operation: 'checkSetup',
						webhookUrl: scenario.client.webhookUrl(String(trigger.webhookId), 'webhook'),
						repair: '={{ $json.body.repair === true }}',
					}),
				),
			);
		});

		afterAll(async () => {
			scenario.sim.setUp(rightSetup());
			await scenario.client.deactivate(id);
		});

		it('finds all as it should be after an activation', async () => {
			const findings = await check();
			expect(withoutOk(findings)).toEqual([]);
			expect(Object.keys(findings).length).toBeGreaterThan(10);
		});

		it('tells a number that is not registered and a token that ends soon', async () => {
			const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
			scenario.sim.setUp({ number: { status: 'PENDING' }, tokenExpiresAt: tomorrow });
			const findings = await check();
			expect(withoutOk(findings)).toEqual(['accessToken', 'registered']);
			scenario.sim.setUp({ number: {}, tokenExpiresAt: 0 });
		});

		it('tells an app that is not subscribed, and subscribes it when told to', async () => {
			scenario.sim.world.subscriptions.accounts.delete(ACCOUNT);
			expect(withoutOk(await check())).toEqual(['appSubscribed']);
			expect(withoutOk(await check({ repair: true }))).toEqual([]);
			const { delivery } = await scenario.sim.writes({
				from: '4915112345678',
				to: number,
				text: 'Hello',
			});
			expect(delivery?.status).toBe(200);
		});
	});

	describe('the registration with Meta', () => {
		const support = (businessNumberId: string, node = {}) =>
			workflowOf('Support', scenario.trigger(businessNumberId, {}, node));

		it('sets the callback of the number when the workflow is activated, and removes it after', async () => {
			const number = scenario.addNumber();
			const other = scenario.addNumber();
			const workflow = support(number);
			const id = await scenario.activate(workflow);

			const { webhookId } = workflow.nodes[0];
			const url = scenario.client.webhookUrl(String(webhookId), 'webhook');
			expect(await scenario.callbackOf(number)).toBe(url);
			expect(await scenario.callbackOf(other)).toBe('');
			expect(await scenario.subscribedApps()).toMatchObject([
				{ whatsapp_business_api_data: { id: APP } },
			]);

			await scenario.client.deactivate(id);
			expect(await scenario.callbackOf(number)).toBe('');
			expect(await scenario.subscribedApps()).toEqual([]);
		});

		it('answers the handshake also with a verify token of the user', async () => {
			const number = scenario.addNumber();
			const credentials = await scenario.addCredential({ verifyToken: 'my own word' });
			const id = await scenario.activate(support(number, { credentials }));
			expect(await scenario.callbackOf(number)).not.toBe('');
			await scenario.client.deactivate(id);
		});

		it('leaves alone what others have set', async () => {
			const elsewhere = 'http://127.0.0.1:9/callback-of-the-app';
			scenario.sim.setCallback(elsewhere);
			const start = scenario.sim.requests.length;
			const [ours, neighbour] = [scenario.addNumber(), scenario.addNumber()];
			const neighbourId = await scenario.activate(support(neighbour));
			const neighboursCallback = await scenario.callbackOf(neighbour);
			const before = await scenario.subscribedApps();

			const id = await scenario.activate(support(ours));
			await scenario.client.deactivate(id);

			expect(await scenario.callbackOf(neighbour)).toBe(neighboursCallback);
			expect(await scenario.subscribedApps()).toEqual(before);
			expect(before).toHaveLength(1);
			await scenario.client.deactivate(neighbourId);
			// The app was subscribed before any of these workflows, so nobody touches that.
			expect(await scenario.subscribedApps()).toEqual(before);
			const changes = scenario.sim.requests
				.slice(start)
				.filter(({ method, path }) => method !== 'GET' && path.includes('subscri'));
			expect(changes).toEqual([]);
		});

		it('registers nothing when that is left to the user', async () => {
			const number = scenario.addNumber();
			const trigger = scenario.trigger(number, { registration: 'manual', verifyWord: 'pasted' });
			const requestsBefore = scenario.sim.requests.length;
			const id = await scenario.activate(workflowOf('Manual', trigger));
			expect(scenario.sim.requests.length).toBe(requestsBefore);

			const url = scenario.client.webhookUrl(String(trigger.webhookId), 'webhook');
			const challenge = async (token: string) =>
				await axios.get(url, {
					params: { 'hub.mode': 'subscribe', 'hub.challenge': '1158', 'hub.verify_token': token },
					proxy: false,
					responseType: 'text',
					transformResponse: (text: string) => text,
					validateStatus: () => true,
				});
			expect(await challenge('pasted')).toMatchObject({ status: 200, data: '1158' });
			const refused = await challenge('guessed');
			expect(refused.status).toBe(403);
			expect(refused.data).not.toContain('1158');
			await scenario.client.deactivate(id);
		});

		describe('that cannot be done', () => {
			let holder: { number: string; id: string };
			let reasons: Record<'taken' | 'token', string>;

			// n8n tries for 15 seconds, so both are tried at once.
			beforeAll(async () => {
				const number = scenario.addNumber();
				holder = { number, id: await scenario.activate(support(number)) };
				const credentials = await scenario.addCredential({ accessToken: 'wrong' });
				const [taken, token] = await Promise.all(
					[support(number), support(scenario.addNumber(), { credentials })].map(
						async (workflow) =>
							await scenario.activate(workflow).then(
								() => 'was activated',
								(error: Error) => error.message,
							),
					),
				);
				reasons = { taken, token };
			});

			it('names the workflow that has the callback already, and leaves it', async () => {
				expect(await scenario.callbackOf(holder.number)).toMatch(/^http/);
				expect(reasons.taken).toContain(`${scenario.server.url}/workflow/${holder.id}`);
				expect(reasons.taken).toContain("'Business Number'");
			});

			it('names the token that Meta does not accept', () => {
				expect(reasons.token).toMatch(/Access Token/i);
			});

			it('does not disturb the workflow that has the callback', async () => {
				const { delivery } = await scenario.sim.writes({
					from: '4915112345678',
					to: holder.number,
					text: 'Hello',
				});
				expect(delivery?.status).toBe(200);
				const [{ status }] = await scenario.client.waitForExecutions(holder.id, 1);
				expect(status).toBe('success');
			});
		});
	});
});
