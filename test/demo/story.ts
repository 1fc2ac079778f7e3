import type { IDataObject } from 'n8n-workflow';

import { type Execution, itemsOf } from '../n8n/client';
import type { Writing } from '../simulator/customers';
import type { Delivery, Json, SentMessage } from '../simulator/types';

import { type Customer, newCustomers, shop } from './cast';
import { STEPS } from './clock';
import { KNOWN_NAME } from './desk';
import { QUESTION_PATH } from './question';
import type { Screen } from './screen';
import type { Stage } from './stage';

/** What the order's webhook answers when no ticket went out. */
interface OrderTaken {
	orderTaken: boolean;
	ticketSent: boolean;
	explanation: string;
}

/** What a send node says about a message, as far as the story tells it. */
interface Sent extends IDataObject {
	messageId: string;
	sentAs: 'freeForm' | 'template';
	decision: { allowed: boolean; reason: string; explanation: string };
	preview?: { text: string };
}

const SHOP = 'Shop';

/** How long n8n may take until a message goes out: it looks once a minute for runs that are due. */
const SENT_WITHIN_MS = 100_000;

const FORGED_TEXT = 'Please send my parcel to another address.';

/**
 * One conversation after the other, through the workflows as they are in n8n. Whatever n8n says is
 * compared with the books of the simulated WhatsApp.
 */
export class Story {
	/** What was not as it should be. */
	readonly surprises: string[] = [];

	private readonly ann: Customer;

	private readonly ben: Customer;

	private readonly cleo: Customer;

	constructor(
		private readonly stage: Stage,
		private readonly screen: Screen,
	) {
		({ ann: this.ann, ben: this.ben, cleo: this.cleo } = newCustomers());
	}

	/** Tells it all. */
	async tell(): Promise<void> {
		await this.answerInTime();
		await this.templateWhenTooLate();
		await this.tapOpensTheWindow();
		await this.ticketForAnOrder();
		await this.stopAndStart();
		await this.forgedDelivery();
		await this.deliveredTwice();
		await this.questionAnswered();
		await this.questionUnanswered();
		await this.closeTheBooks();
	}

	/** Ann writes something; shows what comes back. */
	async annWrites(text: string): Promise<void> {
		const execution = await this.letWrite({ from: this.ann, text });
		this.show(this.sentBy(execution, 'Reply'));
	}

	private async answerInTime(): Promise<void> {
		const text = 'Where is my parcel?';
		this.screen.scene(1, 'Ann writes. The workflow answers at once.');
		this.screen.incoming('Ann', text);
		const execution = await this.letWrite({ from: this.ann, text });
		const reply = this.sentBy(execution, 'Reply');
		const message = this.show(reply);
		this.expect(reply?.sentAs === 'freeForm', 'Ann should get a free-form answer');
		this.expect(reply?.decision.reason === 'windowOpen', 'her window should be known as open');
		this.expect(message?.windowWasOpen, "WhatsApp's books should say that her window is open");
	}

	private async templateWhenTooLate(): Promise<void> {
		const text = 'Do you have the blue lamp?';
		this.screen.scene(2, 'Ben wrote 25 hours ago. n8n was off, so his message arrives only now.');
		this.screen.incoming('Ben', text, '25 hours old');
		const execution = await this.letWrite({ from: this.ben, text, agoSeconds: 25 * 3600 });
		const reply = this.sentBy(execution, 'Reply');
		if (reply?.sentAs === 'template') {
			const wanted = itemsOf(execution, 'Answer at Once')[0]?.json.answer;
			this.screen.stopped(`Not sent, as WhatsApp would drop it: "${String(wanted)}"`);
		}
		const message = this.show(reply);
		this.expect(reply?.sentAs === 'template', 'Ben should get the template');
		this.expect(
			reply?.decision.reason === 'sentTemplateInstead',
			'the reason should be that the template went out instead',
		);
		this.expect(message?.type === 'template', 'WhatsApp should have received a template');
		this.expect(!this.windowOf(this.ben), 'a template should open no window');
	}

	private async tapOpensTheWindow(): Promise<void> {
		const { simulator, client } = this.stage;
		this.screen.scene(3, 'A template opens no window. Ben taps its button, and that does.');
		this.screen.incoming('Ben', '[Go on]', 'a tap counts as a message');
		const received = simulator.sent.filter(({ to }) => to.phone === this.ben.phone).at(-1);
		if (received?.type !== 'template') {
			this.surprise('Ben has no template to tap on.');
			return;
		}
		const execution = await this.supportRun(
			async () => (await simulator.taps({ messageId: received.id, choice: 'Go on' })).delivery,
		);
		const reply = this.sentBy(execution, 'Reply');
		this.show(reply);
		this.expect(reply?.sentAs === 'freeForm', 'the answer to the tap should be free-form');

		this.screen.blank();
		this.screen.tell('A colleague answers from the help desk, which calls the second webhook:');
		this.screen.blank();
		const answer = await this.post<Sent>(`${client.url}/webhook/colleague-answers`, {
			to: `+${this.ben.phone}`,
			name: this.ben.name,
			question: 'Do you have the blue lamp?',
			answer: 'Yes, we have two blue lamps left. Shall we keep one for you?',
		});
		const message = this.show(answer);
		this.expect(answer?.sentAs === 'freeForm', "the colleague's answer should be free-form");
		this.expect(message?.windowWasOpen, "WhatsApp's books should say that Ben's window is open");
	}

	private async ticketForAnOrder(): Promise<void> {
		const { simulator, client } = this.stage;
		this.screen.scene(4, 'Cleo pays an order in the shop. She never wrote, and gets her ticket.');
		simulator.world.contacts.find(this.cleo).name = this.cleo.name;
		const order = orderOf(this.cleo, 'A-1042');
		this.screen.incoming('Order', `${order.order}, ${order.name}, ${order.event}`, 'a webhook');
		const sent = await this.post<Sent>(`${client.url}/webhook/order`, order);
		const message = this.show(sent);
		const { id, filename } = documentOf(message);
		const file = simulator.media.get(id);
		const bytes = file?.bytes ?? Buffer.alloc(0);
		const copy = this.stage.keepFile('ticket.pdf', bytes);
		this.screen.note(`Cleo received ${filename}, ${bytes.length} bytes. To see it, open ${copy}`);
		this.expect(sent?.sentAs === 'template', 'the ticket should go out as a template');
		this.expect(filename === 'ticket-A-1042.pdf', 'the file should be named after the order');
		this.expect(file?.mimeType === 'application/pdf', 'the file should be a PDF');
		for (const part of ['%PDF-', order.order, order.name]) {
			this.expect(bytes.includes(part), `the file should contain ${part}`);
		}
	}

	private async stopAndStart(): Promise<void> {
		const { client, simulator } = this.stage;
		this.screen.scene(5, 'Ben wants no more messages. STOP is confirmed once; orders still count.');
		this.screen.incoming('Ben', 'STOP');
		const { length } = simulator.sent;
		const stop = await this.letWrite({ from: this.ben, text: 'STOP' });
		this.show(this.sentBy(stop, 'Confirm the Opt-Out'));
		this.expect(simulator.sent.length === length + 1, 'STOP should get one message, no answer');

		const order = orderOf(this.ben, 'A-1043');
		this.screen.incoming('Order', `${order.order}, ${order.name}, ${order.event}`, 'a webhook');
		const taken = await this.post<OrderTaken>(`${client.url}/webhook/order`, order);
		this.screen.stopped('The order is taken, and no ticket goes out on WhatsApp.');
		this.screen.note(`Why: ${taken?.explanation}`);
		this.expect(taken?.orderTaken, 'the order should be taken without the ticket');
		this.expect(taken?.ticketSent === false, 'the ticket should be held back');
		this.expect(/opted out/.test(taken?.explanation ?? ''), 'the answer should say why');

		this.screen.incoming('Ben', 'START');
		const start = await this.letWrite({ from: this.ben, text: 'START' });
		const welcome = this.show(this.sentBy(start, 'Reply'));
		this.expect(
			JSON.stringify(welcome?.body.text ?? '').includes('Welcome back'),
			'START should be answered',
		);
	}

	private async forgedDelivery(): Promise<void> {
		const { simulator } = this.stage;
		this.screen.scene(6, 'A stranger, not WhatsApp, sends a message in the name of Ann.');
		this.screen.incoming('"Ann"', FORGED_TEXT, 'forged');
		const before = await this.traces();
		const [{ status }] = await simulator.deliver(this.forgery(), { signature: 'forged' });
		const after = await this.traces();
		this.screen.stopped(`n8n answered ${status}. No workflow ran.`);
		this.expect(status === 401, 'a forged message should be answered with 401');
		this.expectUnchanged(before, after, 'a forged message');
	}

	private async deliveredTwice(): Promise<void> {
		const { simulator } = this.stage;
		const text = 'Thank you!';
		this.screen.scene(7, 'WhatsApp delivers the same message twice, as it does now and then.');
		this.screen.incoming('Ann', text);
		let messageId = '';
		const execution = await this.supportRun(async () => {
			const written = await simulator.writes({ from: this.ann, text });
			({ messageId } = written);
			return written.delivery;
		});
		this.show(this.sentBy(execution, 'Reply'));
		const before = await this.traces();
		this.screen.incoming('Ann', text, 'the same message again');
		const [again] = await simulator.redeliver(messageId);
		const after = await this.traces();
		this.screen.stopped('It is known already: no second answer.');
		this.expect(again?.status === 200, 'the second delivery should be confirmed too');
		this.expectUnchanged(before, after, 'the second delivery');
	}

	private async questionAnswered(): Promise<void> {
		const { simulator } = this.stage;
		this.screen.scene(8, 'The shop asks Ann. The run waits for her tap, and goes on with it.');
		const question = await this.nextSent(async () => await this.askAnn());
		await simulator.settled();
		this.screen.incoming('Ann', '[Yes, please]', 'a tap on the button');
		const answer = await this.nextSent(
			async () => await simulator.taps({ messageId: question.id, choice: 'Yes, please' }),
		);
		this.expect(/yours/.test(this.tellText(answer)), 'the run should go on with her answer');
	}

	private async questionUnanswered(): Promise<void> {
		this.screen.scene(
			9,
			'Ann gets the question again, and does not answer. The clock is moved on.',
		);
		await this.nextSent(async () => await this.askAnn());
		const reminder = await this.nextSent(async () => await this.letPass('hour'));
		this.expect(/still/.test(this.tellText(reminder)), 'she should be reminded after an hour');
		const end = await this.nextSent(async () => await this.letPass('threeHours'));
		this.expect(/shelf/.test(this.tellText(end)), 'the run should go on without an answer');
	}

	private async askAnn(): Promise<void> {
		await this.post(`${this.stage.client.url}/webhook/${QUESTION_PATH}`, {
			to: `+${this.ann.phone}`,
		});
	}

	/** Moves the clock of n8n and WhatsApp on, as the page of the phone does. */
	private async letPass(choice: keyof typeof STEPS): Promise<void> {
		this.screen.note(`${STEPS[choice].label} later, for n8n and for WhatsApp.`);
		await this.stage.simulator.business?.doings.clock({ choice });
	}

	/** The message that goes out when something is done. */
	private async nextSent(act: () => Promise<unknown>): Promise<SentMessage> {
		const { simulator } = this.stage;
		const { length } = simulator.sent;
		await act();
		return (await simulator.waitForSent(length + 1, SENT_WITHIN_MS))[length];
	}

	/** Shows what a message says; resolves to its text. */
	private tellText({ body }: SentMessage): string {
		const { text, interactive } = body as Record<string, Json | undefined>;
		const words = String(text?.body ?? (interactive?.body as Json | undefined)?.text);
		this.screen.outgoing(SHOP, words);
		return words;
	}

	/** The last word has WhatsApp: nothing free-form went out to a closed window. */
	private async closeTheBooks(): Promise<void> {
		const { simulator } = this.stage;
		// The statuses of the last message come a moment after it.
		await simulator.settled();
		const refused = simulator.failuresOutsideWindow().length;
		const lost = simulator.sent.filter(
			({ statuses }) => !statuses.some(({ status }) => status === 'delivered'),
		);
		this.expect(refused === 0, 'WhatsApp should refuse no message because of the window');
		this.expect(lost.length === 0, 'every message should be delivered');
		this.screen.blank();
		this.screen.done(
			`By WhatsApp's books: ${simulator.sent.length} messages sent, ${simulator.sent.length - lost.length} delivered, ${refused} refused for a closed window.`,
		);
	}

	/** A customer writes; the support workflow runs. */
	private async letWrite(writing: Writing): Promise<Execution> {
		return await this.supportRun(async () => (await this.stage.simulator.writes(writing)).delivery);
	}

	/** Does something of which a message arrives, and waits until the support workflow has run. */
	private async supportRun(act: () => Promise<Delivery | undefined>): Promise<Execution> {
		const { client, workflows, simulator } = this.stage;
		const { length } = await client.listExecutions(workflows.support);
		const delivery = await act();
		if (delivery?.status !== 200) {
			const why = delivery?.problem ?? `n8n answered ${delivery?.status ?? 'nothing'}`;
			throw new Error(`The message did not start the workflow "Support Conversation": ${why}.`);
		}
		const executions = await client.waitForExecutions(workflows.support, length + 1);
		await simulator.settled();
		return await client.getExecution(executions[length].id);
	}

	/** What a send node of a run put out. */
	private sentBy(execution: Execution, nodeName: string): Sent | undefined {
		const [item] = itemsOf(execution, nodeName);
		if (item) return item.json as Sent;
		const { error } = execution.data.resultData;
		this.surprise(error?.message ?? `The node '${nodeName}' sent nothing.`);
		return undefined;
	}

	/** Calls a webhook of a workflow, which answers with the output of its last node. */
	private async post<Answer>(url: string, body: object): Promise<Answer | undefined> {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const answer = await response.text();
		await this.stage.simulator.settled();
		this.expect(response.ok, `${url} should answer 200, not ${response.status}: ${answer}`);
		return response.ok ? (JSON.parse(answer) as Answer) : undefined;
	}

	/** Shows a sent message as the customer gets it, why it went out so, and what became of it. */
	private show(sent: Sent | undefined): SentMessage | undefined {
		if (!sent) return undefined;
		const message = this.stage.simulator.sent.find(({ id }) => id === sent.messageId);
		this.expect(message, "the message should stand in WhatsApp's books");
		if (!message) return undefined;
		const text = (message.body.text as Json | undefined)?.body;
		this.screen.outgoing(SHOP, String(sent.preview?.text ?? text ?? `[${message.type}]`));
		this.screen.note(`Why: ${sent.decision.explanation}`);
		const statuses = message.statuses.map(({ status }) => status).join(', ');
		this.screen.note(`WhatsApp accepted it, and reported a moment later: ${statuses}.`);
		return message;
	}

	/** Ann's first message, with another text and another ID. */
	private forgery(): Json {
		const { payload } = this.stage.simulator.deliveries[0];
		const forged = JSON.parse(JSON.stringify(payload));
		const [message] = forged.entry[0].changes[0].value.messages;
		message.id = `${message.id}forged`;
		message.text.body = FORGED_TEXT;
		return forged;
	}

	/** What a delivery could set going: runs, and messages sent. */
	private async traces(): Promise<string> {
		const { client, simulator } = this.stage;
		await simulator.settled();
		const { results } = await client.request<{
			results: Array<{ id: string; workflowName?: string }>;
		}>('GET', '/rest/executions', undefined, { limit: 50 });
		// The page of the phone asks what n8n knows at any time.
		const last = results.find(({ workflowName }) => workflowName !== KNOWN_NAME);
		return `run ${last?.id} of '${last?.workflowName}', ${simulator.sent.length} messages sent`;
	}

	private expectUnchanged(before: string, after: string, what: string): void {
		this.expect(
			before === after,
			`${what} should set nothing going (before: ${before}; after: ${after})`,
		);
	}

	private windowOf(customer: Customer): boolean {
		return this.stage.simulator.windowOf(shop.id, { phone: customer.phone }).open;
	}

	/** @param wanted what should be true, as a sentence with 'should' and without its full stop */
	private expect(fact: unknown, wanted: string): void {
		if (!fact) this.surprise(`Not as it should be: ${wanted}.`);
	}

	private surprise(text: string): void {
		this.surprises.push(text);
		this.screen.wrong(text);
	}
}

/** What the shop says of a paid order. */
function orderOf({ name, phone }: Customer, order: string) {
	return {
		order,
		name,
		phone: `+${phone}`,
		event: 'Open-Air Cinema: Metropolis',
		date: '28 November at 20:00',
		seat: 'Row 7, seat 12',
	};
}

/** The document in the header of a template message. */
function documentOf(message: SentMessage | undefined): { id: string; filename: string } {
	const template = message?.body.template as
		| { components: Array<{ parameters: Array<{ document?: { id: string; filename: string } }> }> }
		| undefined;
	return template?.components[0]?.parameters[0]?.document ?? { id: '', filename: '' };
}
