import type { IDataObject } from 'n8n-workflow';

import { type Execution, type ExecutionSummary, type N8nClient, owner } from '../n8n/client';
import { personOf } from '../simulator/contacts';
import type { Business } from '../simulator/phone/business';
import type { Entry } from '../simulator/phone/entries';
import type { Simulator } from '../simulator/simulator';
import type { Json } from '../simulator/types';

import { Broadcasts } from './broadcasts';
import { shop } from './cast';
import { type Clock, STEPS } from './clock';
import { decisionsOf } from './decisions';
import { DESK_PATH, KNOWN_PATH, SENDINGS } from './desk';
import { NEW_TEMPLATE_PATH } from './newTemplate';
import { QUESTION_PATH } from './question';
import { questionsOf } from './questions';
import { GIVE_BACK_PATH, HAND_OVER_PATH } from './takeover';

/** n8n is not asked more often than this. */
const PAUSE_MS = 500;

/** What is known is asked again after this time, even if nothing happened. */
const KNOWN_FOR_MS = 15_000;

const UNDER_WAY = ['new', 'running'];

/** Where the editor shows the workflow that answers customers, and that of broadcasts. */
export interface EditorUrls {
	support: string;
	broadcast: string;
}

/**
 * The shop as n8n tells of it, for the page of the phone: what its send nodes decided, read from the
 * executions, and what it knows of contacts, asked from a workflow. n8n is asked only while a person
 * looks at the page.
 */
export class BackOffice implements Business {
	private readonly decided: Entry[] = [];

	/** Questions to customers, by their entry's ID. */
	private readonly questions = new Map<string, Entry>();

	private known: Entry[] = [];

	/** Executions that were read, and until when they waited then; '' for those that have ended. */
	private readonly read = new Map<string, string>();

	private isAsking = false;

	private lastAskedMs = 0;

	/** What had happened when n8n was last asked what it knows. */
	private lastTraces = '';

	private lastKnownMs = 0;

	private orders = 1042;

	private templates = 0;

	private readonly broadcasts: Broadcasts;

	private constructor(
		private readonly client: N8nClient,
		private readonly simulator: Simulator,
		private readonly clock: Clock,
		private readonly urls: EditorUrls,
		/** The last execution of earlier showings, whose customers are gone. */
		private readonly lastBefore: number,
	) {
		this.broadcasts = new Broadcasts(
			simulator,
			urls.broadcast,
			async (path, body) => await this.call(path, body),
		);
	}

	/**
	 * @param clock by which n8n and the simulator go
	 * @param urls where the editor shows what the page links to
	 */
	static async open(
		client: N8nClient,
		simulator: Simulator,
		clock: Clock,
		urls: EditorUrls,
	): Promise<BackOffice> {
		const [last] = await recentExecutions(client, 1);
		return new BackOffice(client, simulator, clock, urls, Number(last?.id ?? 0));
	}

	entries(): Entry[] {
		void this.lookAround();
		const { decided, questions, broadcasts, known } = this;
		return [this.about(), ...decided, ...questions.values(), ...broadcasts.entries(), ...known];
	}

	readonly doings: Business['doings'] = {
		order: async (customer) => {
			const order = `A-${++this.orders}`;
			const answer = await this.call('order', {
				order,
				name: this.meet(customer) ?? 'Customer',
				phone: addressOf(customer),
				event: 'Open-Air Cinema: Metropolis',
				date: '28 November at 20:00',
				seat: `Row 7, seat ${this.orders % 20}`,
			});
			return answer.ticketSent === false
				? `The order ${order} is taken, without a ticket on WhatsApp. ${reasonIn(answer)}`
				: `The order ${order} is taken, and WhatsApp has accepted the ticket.`;
		},
		colleague: async (customer) => {
			const answer = await this.call('colleague-answers', {
				to: addressOf(customer),
				name: this.meet(customer),
				question: customer.question,
				answer: 'A colleague here: your parcel is on its way.',
			});
			return answer.sent === false ? `The answer was held back. ${reasonIn(answer)}` : undefined;
		},
		send: async (customer) => {
			const { phone, choice } = customer;
			const last = this.simulator.inbound.filter(({ from }) => from.phone === phone).at(-1);
			await this.call(DESK_PATH, {
				kind: choice,
				to: addressOf(customer),
				name: this.meet(customer),
				messageId: last?.id ?? '',
			});
		},
		question: async (customer) => {
			await this.call(QUESTION_PATH, { to: addressOf(customer), name: this.meet(customer) });
		},
		handOver: async (customer) => {
			await this.call(HAND_OVER_PATH, { to: addressOf(customer) });
			this.lastTraces = '';
		},
		giveBack: async (customer) => {
			await this.call(GIVE_BACK_PATH, { to: addressOf(customer) });
			this.lastTraces = '';
		},
		broadcast: async () => await this.broadcasts.begin(),
		steerBroadcast: async ({ choice }) => await this.broadcasts.steer(choice),
		template: async () => {
			const template = `back_again_${Date.now().toString(36)}_${++this.templates}`;
			await this.call(NEW_TEMPLATE_PATH, { template });
			return `The template ${template} waits for Meta's review. You are Meta: approve it, or reject it.`;
		},
		clock: async ({ choice }) => {
			const { label, ms } = STEPS[String(choice)];
			this.clock.moveOn(ms);
			return await Promise.resolve(
				`${label} has passed, for n8n and for WhatsApp. What was due by then comes now.`,
			);
		},
	};

	/** WhatsApp learns the name of a customer who has not written yet, as of any other. */
	private meet(customer: Json): string | undefined {
		const { name } = customer;
		const contact = this.simulator.world.contacts.find(personOf(addressOf(customer)));
		if (name !== undefined) contact.name ??= String(name);
		return contact.name;
	}

	private about(): Entry {
		return {
			kind: 'business',
			id: 'about',
			url: this.urls.support,
			email: owner.email,
			password: owner.password,
			doings: [
				{
					name: 'order',
					label: 'An order is paid',
					title: 'Sends the ticket: a template with a PDF. An order counts without one too',
				},
				{
					name: 'colleague',
					label: 'A colleague answers',
					title: 'Sends the template instead when the window is closed',
				},
				{
					name: 'send',
					label: 'Send',
					title: 'Nothing goes out when it is not permitted',
					choices: Object.entries(SENDINGS).map(([value, { label }]) => ({ value, label })),
				},
				{
					name: 'question',
					label: 'Ask a question',
					title: 'The run waits for the tap; a reminder after an hour, an end after three',
				},
				{
					name: 'broadcast',
					label: 'Begin a broadcast',
					title: 'One template to all, one message a second, to each of them once',
				},
				{
					name: 'template',
					label: 'Create a template',
					title: "It waits for Meta's review",
				},
				{
					name: 'giveBack',
					label: 'Give back to the automation',
					forOwner: 'person',
					title: 'Conversation → Resume Automation',
				},
				{
					name: 'handOver',
					label: 'Hand over to a person',
					forOwner: 'automation',
					title: 'Conversation → Hand Over, for 12 hours',
				},
				{
					name: 'clock',
					label: 'Let time pass',
					group: 'The clock',
					title: 'Reminders and time-outs come, windows close',
					choices: Object.entries(STEPS).map(([value, { label }]) => ({ value, label })),
				},
			],
		};
	}

	/** What n8n cannot tell just now, it tells the next time. */
	private async lookAround(): Promise<void> {
		if (this.isAsking || Date.now() < this.lastAskedMs + PAUSE_MS) return;
		this.isAsking = true;
		try {
			await this.readExecutions();
			await this.askWhatIsKnown();
			await this.broadcasts.look();
		} catch {
			this.lastTraces = '';
		} finally {
			this.lastAskedMs = Date.now();
			this.isAsking = false;
		}
	}

	private async readExecutions(): Promise<void> {
		const recent = await recentExecutions(this.client, 50);
		for (const { id, status, waitTill } of recent.reverse()) {
			const waits = status === 'waiting' ? String(waitTill) : '';
			const isRead = this.read.get(id) === waits;
			if (Number(id) <= this.lastBefore || isRead || UNDER_WAY.includes(status)) continue;
			const execution = await this.client.getExecution(id);
			this.read.set(id, waits);
			this.noteQuestions(execution, waits);
			this.broadcasts.note(execution);
			if (!waits) this.noteDecisions(execution);
		}
	}

	private noteDecisions(execution: Execution): void {
		decisionsOf(execution).forEach(({ contact, ...decided }, index) => {
			const { id } = execution;
			const thread = this.threadOf(contact);
			const common = this.commonOf(execution);
			this.decided.push({ ...decided, kind: 'decision', id: `${id}.${index}`, thread, ...common });
		});
	}

	/** @param waits until when the run waits, in ISO 8601; '' when it has ended */
	private noteQuestions(execution: Execution, waits: string): void {
		for (const { contact, ...question } of questionsOf(execution)) {
			const id = `${execution.id}.${question.node}`;
			const thread = this.threadOf(contact);
			const until = waits && Date.parse(waits);
			const common = this.commonOf(execution);
			this.questions.set(id, { ...question, kind: 'question', id, thread, until, ...common });
		}
	}

	/** What the page shows of an execution. */
	private commonOf({ id, workflowId, workflowData }: Execution) {
		const url = `${this.client.url}/workflow/${workflowId}/executions/${id}`;
		return { workflow: workflowData.name, execution: id, url };
	}

	private async askWhatIsKnown(): Promise<void> {
		const { sent, deliveries } = this.simulator;
		const statuses = sent.reduce((sum, message) => sum + message.statuses.length, 0);
		const traces = [deliveries.length, sent.length, statuses, this.read.size].join();
		if (traces === this.lastTraces && Date.now() < this.lastKnownMs + KNOWN_FOR_MS) return;
		this.lastTraces = traces;
		this.lastKnownMs = Date.now();
		const contacts = this.simulator.world.contacts
			.all()
			.flatMap(({ phone, userId }) => (phone ? `+${phone}` : (userId ?? [])));
		if (!contacts.length) return;
		const answers = (await this.call(KNOWN_PATH, { contacts })) as unknown as IDataObject[];
		this.known = answers.map((answer) => ({
			...answer,
			kind: 'known',
			id: this.threadOf(String(answer.phone || answer.contact)),
		}));
	}

	/** The chat with a contact, by the phone number or user ID that an item names. */
	private threadOf(contact = ''): string {
		const digits = contact.replace(/\D/g, '');
		const found = this.simulator.world.contacts.peek({ phone: digits, userId: contact });
		return `${shop.id}/${found?.phone ?? found?.userId ?? digits}`;
	}

	private async call(path: string, body: Json): Promise<Json> {
		const response = await fetch(`${this.client.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		const answer = (await response.json().catch(() => ({}))) as Json;
		if (response.ok) return answer;
		throw new Error(`n8n answered ${response.status}: ${String(answer.message ?? '')}`);
	}
}

/** Where a customer of the page is reached. */
function addressOf({ phone, userId }: Json): string {
	return phone ? `+${String(phone)}` : String(userId);
}

/** Why a workflow held a message back, and what to do. */
function reasonIn({ explanation, hint }: Json): string {
	return [explanation, hint].filter(Boolean).join(' ');
}

async function recentExecutions(client: N8nClient, limit: number): Promise<ExecutionSummary[]> {
	const { results } = await client.request<{ results: ExecutionSummary[] }>(
		'GET',
		'/rest/executions',
		undefined,
		{ limit },
	);
	return results;
}
