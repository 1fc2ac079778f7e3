import { waitFor } from '../n8n/client';

import { nodeOf, workflowOf } from './harness';
import { byName, fields, orderWebhook, Scenario } from './scenario';

const ANN = '4915112340001';

describe('a message that is held until the contact replies', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('hold');
		scenario.sim.addTemplate({
			name: 'answer_ready',
			category: 'UTILITY',
			components: [
				{ type: 'BODY', text: 'We have an answer. Shall we send it?' },
				{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes, please' }] },
			],
		});
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('keeps its file in the run, also when n8n starts anew, and goes out at a tap', async () => {
		const number = scenario.addNumber();
		await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
		const webhook = orderWebhook('Order');
		webhook.parameters.responseMode = 'onReceived';
		const file = nodeOf('File', 'n8n-nodes-base.convertToFile', {
			typeVersion: 1.1,
			parameters: { operation: 'toText', sourceProperty: 'body.text', options: {} },
		});
		const send = scenario.whatsApp('Send', number, {
			resource: 'message',
			operation: 'send',
			to: "={{ $('Order').item.json.body.phone }}",
			messageType: 'document',
			mediaSource: 'binary',
			binaryField: 'data',
			whenWindowClosed: 'hold',
			fallbackTemplate: byName('answer_ready'),
			fallbackTemplateFields: fields({}),
		});
		const sent = nodeOf('Sent', 'n8n-nodes-base.noOp');
		const workflow = workflowOf('Desk', webhook, file, send, sent);
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		workflow.connections.Send = { main: [to('Send'), to('Sent')] };
		const deskId = await scenario.activate(workflow);
		await waitFor(
			async () => await scenario.callbackOf(number),
			(url) => url !== '',
			30_000,
			() => 'The trigger is not registered',
		);
		const { status } = await scenario.call(webhook, { phone: `+${ANN}`, text: '40 cm wide' });
		expect(status).toBe(200);
		const template = (await scenario.sim.waitForSent(1, 30_000))[0];
		expect(template.type).toBe('template');
		await waitFor(
			async () => await scenario.client.listUnended(deskId),
			(runs) => runs.some((run) => run.status === 'waiting'),
			30_000,
			() => 'No run waits',
		);
		// What the nodes remember is in the row when a run of its workflow has ended.
		await scenario.server.restart();
		await scenario.client.logIn();
		await scenario.sim.taps({ messageId: template.id, choice: 'Yes, please' });
		await scenario.client.waitForExecutions(deskId, 1, 30_000);
		expect(scenario.sentFrom(number).map(({ type }) => type)).toEqual(['template', 'document']);
	}, 180_000);
});
