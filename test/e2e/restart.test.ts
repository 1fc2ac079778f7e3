import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { connect, recordFigure, workflowOf } from './harness';
import {
	ACCOUNT,
	type Answer,
	byName,
	deliverTo,
	deliveryOf,
	fields,
	orderWebhook,
	Scenario,
	type InboundText,
} from './scenario';

const ANN = '4915112340001';

const template = (name: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation: 'sendTemplate',
	to: '={{ $json.body.phone }}',
	template: byName(name),
	templateFields: fields({}),
	options,
});
const CAMPAIGN = template('sale');
/** Of a workflow that has never run no opt-in can be on record: so it asks for none. */
const CAMPAIGN_UNASKED = template('sale', { marketingConsent: 'off' });
const ORDER = template('shipped');
const REPLY: INodeParameters = {
	resource: 'message',
	operation: 'send',
	to: '={{ $json.body.phone }}',
	messageType: 'text',
	text: 'We are open until eight.',
};

/** A status with which WhatsApp says that a marketing message was refused: the contact stopped them. */
function stoppedAtMeta(number: string, phone: string): object {
	const status = {
		id: 'wamid.of-a-campaign',
		status: 'failed',
		timestamp: String(Math.floor(Date.now() / 1000)),
		recipient_id: phone,
		errors: [{ code: 131050, title: 'User has stopped marketing messages' }],
	};
	const metadata = { display_phone_number: '15550000000', phone_number_id: number };
	const value = { messaging_product: 'whatsapp', metadata, statuses: [status] };
	return {
		object: 'whatsapp_business_account',
		entry: [{ id: ACCOUNT, changes: [{ field: 'messages', value }] }],
	};
}

const textOf = (text: string): InboundText => ({ id: `wamid.${text}`, from: ANN, text });

/** A workflow that only sends, with a second way in by which opt-ins come from elsewhere. */
class Sender {
	private readonly order = orderWebhook('Order');
	private readonly optIn = orderWebhook('Opted In');

	constructor(
		private readonly scenario: Scenario,
		readonly number: string,
		readonly parameters: INodeParameters,
	) {}

	async publish(): Promise<void> {
		const send = this.scenario.whatsApp('Send', this.number, this.parameters, {
			onError: 'continueRegularOutput',
		});
		const record = this.scenario.whatsApp('Record', this.number, {
			resource: 'conversation',
			operation: 'recordConsent',
			contact: '={{ $json.body.phone }}',
			scope: 'marketing',
			state: 'opted_in',
			evidence: 'Form',
			options: { at: '={{ $now }}' },
		});
		const workflow = workflowOf('Sender', this.order, send);
		workflow.nodes.push(this.optIn, record);
		connect(workflow, this.optIn.name, record.name);
		await this.scenario.activate(workflow);
	}

	async recordOptIn(): Promise<void> {
		const { status } = await this.scenario.call(this.optIn, { phone: `+${ANN}` });
		expect(status).toBe(200);
	}

	/** What became of a message: what the node said, and whether WhatsApp got it. */
	async send(): Promise<{ item: IDataObject; sent: number }> {
		const before = this.scenario.sentFrom(this.number).length;
		const answer: Answer = await this.scenario.call(this.order, { phone: `+${ANN}` });
		expect(answer.status).toBe(200);
		const [item] = answer.data as IDataObject[];
		return { item, sent: this.scenario.sentFrom(this.number).length - before };
	}
}

function addTemplates({ sim }: Scenario): void {
	const components = [{ type: 'BODY', text: 'Hello.' }];
	sim.addTemplate({ name: 'sale', category: 'MARKETING', components });
	sim.addTemplate({ name: 'shipped', category: 'UTILITY', components });
}

describe('the sender that runs first after a restart', () => {
	const cases = [
		{ what: 'campaign', how: 'STOP', ran: true, parameters: CAMPAIGN, says: /opted out/ },
		{ what: 'order', how: 'STOP', ran: true, parameters: ORDER, says: /opted out/ },
		{ what: 'campaign', how: 'STOP', ran: false, parameters: CAMPAIGN_UNASKED, says: /opted out/ },
		{ what: 'order', how: 'STOP', ran: false, parameters: ORDER, says: /opted out/ },
		{ what: 'campaign', how: '131050', ran: true, parameters: CAMPAIGN, says: /stopped marketing/ },
		{
			what: 'campaign',
			how: '131050',
			ran: false,
			parameters: CAMPAIGN_UNASKED,
			says: /stopped marketing/,
		},
		{ what: 'reply', how: 'Hello', ran: true, parameters: REPLY, says: undefined },
		{ what: 'reply', how: 'Hello', ran: false, parameters: REPLY, says: undefined },
	].map((one) => ({
		...one,
		name: `${one.what} after ${one.how}, ${one.ran ? 'ran before' : 'never ran'}`,
	}));

	let scenario: Scenario;
	const senders = new Map<string, Sender>();
	let sentAgainstStop = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('restart');
		addTemplates(scenario);
		for (const { name, how, ran, parameters } of cases) {
			const number = scenario.addNumber();
			await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
			const sender = new Sender(scenario, number, parameters);
			await sender.publish();
			senders.set(name, sender);
			// n8n publishes a little later than it says so.
			while (!(await scenario.callbackOf(number)))
				await new Promise((done) => setTimeout(done, 100));
			if (ran) await sender.recordOptIn();
			const payload =
				how === '131050' ? stoppedAtMeta(number, ANN) : deliveryOf(number, [textOf(how)]);
			expect((await scenario.deliver(number, payload)).status).toBe(200);
		}
		await scenario.server.restart();
	});

	afterAll(async () => {
		await scenario?.stop();
		recordFigure('stop_after_restart_sent', sentAgainstStop, 'messages');
	});

	it.each(cases)('knows what the inbox heard: $name', async ({ name, says }) => {
		const { item, sent } = await (senders.get(name) as Sender).send();
		if (says) {
			sentAgainstStop += sent;
			expect(item.error).toMatch(says);
			expect(sent).toBe(0);
		} else {
			expect(item).toMatchObject({ sentAs: 'freeForm', decision: { reason: 'windowOpen' } });
			expect(sent).toBe(1);
		}
	});
});

describe('a trigger that is no longer published', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('restart-unpublished');
		addTemplates(scenario);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('leaves consent uncertain, until it is published again', async () => {
		const number = scenario.addNumber();
		const inbox = await scenario.activate(workflowOf('Inbox', scenario.trigger(number)));
		const campaign = new Sender(scenario, number, CAMPAIGN);
		await campaign.publish();
		const isRegistered = async (wanted: boolean) => {
			while (Boolean(await scenario.callbackOf(number)) !== wanted) {
				await new Promise((done) => setTimeout(done, 100));
			}
		};
		await isRegistered(true);
		await campaign.recordOptIn();
		expect((await scenario.deliver(number, deliveryOf(number, [textOf('STOP')]))).status).toBe(200);
		await scenario.client.deactivate(inbox);
		await isRegistered(false);
		await scenario.server.restart();

		const uncertain = await campaign.send();
		expect(uncertain.item.error).toMatch(/no published workflow listens at .* not known whether/);
		expect(uncertain.sent).toBe(0);
		await scenario.client.activate(inbox);
		await isRegistered(true);
		const known = await campaign.send();
		expect(known.item.error).toMatch(/opted out on/);
		expect(known.sent).toBe(0);
	});
});

/** A server that does not reach its own public address, as behind many routers. */
describe('an n8n that cannot reach its own address', () => {
	const PUBLIC = 'http://127.0.0.1:9';
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('restart-unreachable', { env: { WEBHOOK_URL: `${PUBLIC}/` } });
		addTemplates(scenario);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const pathOf = ({ webhookId }: INode) => `/webhook/${webhookId}/webhook`;

	/** An inbox that has heard STOP, with senders beside it; then n8n is started anew. */
	async function stopped(...parameters: INodeParameters[]): Promise<Sender[]> {
		const number = scenario.addNumber();
		const trigger = scenario.trigger(number, { registration: 'manual' });
		await scenario.activate(workflowOf('Inbox', trigger));
		scenario.sim.world.subscriptions.numbers.set(number, `${PUBLIC}${pathOf(trigger)}`);
		const senders = parameters.map((one) => new Sender(scenario, number, one));
		for (const sender of senders) await sender.publish();
		const deliver = async (text: string) =>
			await deliverTo(scenario.server.url + pathOf(trigger), deliveryOf(number, [textOf(text)]));
		while ((await deliver('Hello')).status !== 200) {
			await new Promise((done) => setTimeout(done, 100));
		}
		await senders[0].recordOptIn();
		expect((await deliver('STOP')).status).toBe(200);
		await scenario.server.restart();
		return senders;
	}

	it('asks the trigger on this machine', async () => {
		const [campaign] = await stopped(CAMPAIGN);
		expect(await campaign.send()).toMatchObject({
			item: { error: expect.stringMatching(/opted out on/) },
			sent: 0,
		});
	});

	it('holds marketing back where the workflow knows of no trigger, and warns of the rest', async () => {
		const [, campaign, order] = await stopped(CAMPAIGN, CAMPAIGN_UNASKED, ORDER);
		const { item, sent } = await campaign.send();
		expect(item.error).toMatch(/not known whether this contact has opted out/);
		expect(sent).toBe(0);
		expect(await order.send()).toMatchObject({
			item: { decision: { reason: 'consentUncertain' } },
			sent: 1,
		});
	});
});
