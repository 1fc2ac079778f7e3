import type { Execution } from '../n8n/client';
import type { Entry } from '../simulator/phone/entries';
import type { Simulator } from '../simulator/simulator';
import type { Json } from '../simulator/types';

import { BROADCAST_PATH, REPORT_PATH, STEER_PATH, STEPS } from './broadcastWorkflows';
import { news } from './cast';

/** So many are on the list beside the customers of the page. */
const OTHERS = 9;

/** Calls a webhook of the shop's n8n, and gives its answer. */
type Call = (path: string, body: Json) => Promise<Json | Json[]>;

/** The broadcast that was begun last, as its report and the phones tell of it. */
export class Broadcasts {
	private name = '';

	private report?: Json;

	/** Why its run ended before its time. */
	private trouble = '';

	/** How many messages were sent before it. */
	private sentBefore = 0;

	private count = 0;

	/**
	 * @param url where the editor shows the workflow
	 * @param call calls a webhook of the workflows
	 */
	constructor(
		private readonly simulator: Simulator,
		private readonly url: string,
		private readonly call: Call,
	) {}

	/** Begins one: to the customers of the page, to strangers, and to a number with a slip in it. */
	async begin(): Promise<string> {
		const customers = this.simulator.world.contacts.all();
		const start = 2_000_000 + Math.floor(Math.random() * 7_000_000);
		const others = Array.from({ length: OTHERS }, (_, index) => `+1555${start + index}`);
		this.simulator.notOnWhatsApp(others[OTHERS - 1]);
		const contacts = [
			...customers.map(({ phone, userId, name }) => ({
				to: phone ? `+${phone}` : userId,
				name: name ?? 'there',
			})),
			...[...others, '12'].map((phone) => ({ to: phone, name: 'there' })),
		];
		this.name = `The counter moves (${++this.count}, ${new Date().toISOString().slice(11, 19)})`;
		this.report = undefined;
		this.trouble = '';
		this.sentBefore = this.simulator.sent.length;
		await this.call(BROADCAST_PATH, { broadcast: this.name, contacts });
		return `The broadcast to ${contacts.length} contacts has begun, one message a second.`;
	}

	/** Pauses, resumes or stops it. @throws Error for another step, or where n8n refuses it */
	async steer(step: unknown): Promise<void> {
		if (!STEPS.includes(String(step))) throw new Error(`A broadcast knows no '${String(step)}'.`);
		this.report = await this.reported(STEER_PATH, { step });
	}

	/** Asks for its report, as long as that changes. */
	async look(): Promise<void> {
		if (!this.name || this.report?.state === 'ended') return;
		this.report = await this.reported(REPORT_PATH);
	}

	/** A run that failed tells why nothing goes on. */
	note({ data, workflowData }: Execution): void {
		const { error } = data.resultData;
		const isOurs = workflowData.nodes.some(({ name }) => name === 'Send to All');
		if (isOurs && error)
			this.trouble = [error.message, error.description].filter(Boolean).join(' ');
	}

	entries(): Entry[] {
		if (!this.report) return [];
		const { name: id, report, trouble, url } = this;
		const told = { ...report, stateReason: trouble || report.stateReason };
		return [{ ...told, kind: 'broadcast', id, url, phones: this.phones() }];
	}

	/** n8n answers with the items of the last node, of which there is one. */
	private async reported(path: string, more: Json = {}): Promise<Json> {
		const [report] = [await this.call(path, { broadcast: this.name, ...more })].flat() as Json[];
		return report;
	}

	/** What the phones know of it. */
	private phones() {
		const sent = this.simulator.sent.slice(this.sentBefore).filter(isNews);
		const having = (...statuses: string[]) =>
			sent.filter((message) => message.statuses.some(({ status }) => statuses.includes(status)))
				.length;
		return { reached: having('delivered', 'read'), read: having('read'), failed: having('failed') };
	}
}

function isNews({ body }: { body: Json }): boolean {
	return (body.template as { name?: string } | undefined)?.name === news.name;
}
