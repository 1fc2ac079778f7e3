import type { ExecutionSummary } from '../n8n/client';

import {
	allEnded,
	deliverAll,
	deliverUntilTaken,
	deliveriesOf,
	executionsByContact,
	knownOpen,
	type Listening,
	wake,
} from './crowd';
import { recordFigure } from './harness';
import type { Scenario } from './scenario';

/** By then all that a run told has long been written. */
const SETTLED_MS = 2_000;

/** A run of so long ago ended with its process, or before it began: n8n's queue mode finds out in hours. */
const CUT_SHORT_MS = 30_000;

/** How many deliveries that come again are on their way at the same time. */
const AGAIN_AT_ONCE = 10;

const TIMEOUT_MS = 900_000;

/** A burst in the middle of which something is killed. */
export interface Kill {
	scenario: Scenario;
	listening: Listening;
	/** Each of them writes one message. */
	contacts: string[];
	/** How many deliveries are on their way at the same time. */
	atOnce: number;
	/** Ends processes on the spot. */
	kill: () => Promise<unknown>;
	/** Starts them again, or others in their place. */
	start: () => Promise<unknown>;
	/** How often each contact was answered by what stands behind the trigger, where that is counted. */
	answers?: Map<string, number>;
}

/**
 * Tests what n8n and this package promise when a process ends on the spot, and no more:
 * - n8n stores the execution before it answers 200, so a message that was acknowledged has one. It
 *   may be cut short; n8n then shows it as crashed.
 * - What a message told is stored when its run ends, at the latest. From then on its window is known
 *   after a crash, and the message starts nothing when it comes again. A process that has to ask a
 *   data table for that waits three seconds: without an answer the message rather runs twice.
 * - What was not acknowledged comes again, as Meta delivers it again. Where the crash came between
 *   n8n's storing of an execution and its answer, there may then be two, of which the first was cut
 *   short before it passed the message on. So nobody is answered twice.
 *
 * @param figure how the names of its figures begin
 * @param prepare called before the tests
 * @param traits of an n8n that answers before it stores the execution no more is promised than what
 * the runs that were over have told
 */
export function itKeepsItsPromises(
	figure: string,
	prepare: () => Promise<Kill>,
	{ storesFirst } = { storesFirst: true },
): void {
	let burst: Kill;
	let acknowledged: string[];
	/** Whose messages Meta delivers again. */
	let unacknowledged: string[];
	/** Whose run had ended some time before. */
	let settled: string[];
	/** The contacts of acknowledged messages without an execution. */
	let lost: string[];

	beforeAll(async () => {
		burst = await prepare();
		const { scenario, listening, contacts, atOnce } = burst;
		let answers = 0;
		let killedAt = 0;
		let killed: Promise<unknown> | undefined;
		const deliveries = deliveriesOf(listening.number, contacts);
		const statuses = await deliverAll(listening.url, deliveries, atOnce, () => {
			if (++answers !== Math.floor(contacts.length / 2)) return;
			killedAt = Date.now();
			killed = burst.kill();
		});
		await killed;
		acknowledged = contacts.filter((_, i) => statuses[i] === 200);
		unacknowledged = contacts.filter((_, i) => statuses[i] !== 200);

		await burst.start();
		await allEnded(scenario, listening.workflowId, isCutShort);
		const executions = await executionsByContact(scenario, listening);
		const hadEnded = (contact: string) =>
			executions
				.get(contact)
				?.some(
					({ status, stoppedAt }) =>
						status === 'success' && Date.parse(stoppedAt ?? '') <= killedAt - SETTLED_MS,
				);
		lost = acknowledged.filter((contact) => !executions.has(contact));
		settled = acknowledged.filter(hadEnded);
		recordFigure(`${figure}_acknowledged`, acknowledged.length, 'messages');
		recordFigure(`${figure}_settled`, settled.length, 'messages');
	}, TIMEOUT_MS);

	it('had runs that were over, and deliveries that were not answered', () => {
		expect(settled.length).toBeGreaterThan(0);
		expect(unacknowledged.length).toBeGreaterThan(0);
	});

	it('has an execution of every message that was acknowledged', () => {
		recordFigure(`${figure}_lost`, lost.length, 'messages');
		if (storesFirst) expect(lost).toEqual([]);
		expect(lost.filter((contact) => settled.includes(contact))).toEqual([]);
	});

	it('knows the window of everybody whose run was over', async () => {
		const { scenario, listening } = burst;
		await wake(listening);
		const known = new Set(await knownOpen(scenario, listening.number, acknowledged));
		const forgotten = settled.filter((contact) => !known.has(contact));
		recordFigure(`${figure}_forgotten`, forgotten.length, 'contacts');
		recordFigure(`${figure}_acknowledged_unknown`, acknowledged.length - known.size, 'contacts');
		expect(forgotten).toEqual([]);
	});

	describe('when what was not acknowledged comes again, and what was over', () => {
		let counts: Map<string, number>;

		beforeAll(async () => {
			const { scenario, listening } = burst;
			const again = deliveriesOf(listening.number, [...settled, ...unacknowledged]);
			await deliverUntilTaken(listening.url, again, AGAIN_AT_ONCE);
			await allEnded(scenario, listening.workflowId, isCutShort);
			const executions = await executionsByContact(scenario, listening);
			counts = new Map([...executions].map(([contact, { length }]) => [contact, length]));
		}, TIMEOUT_MS);

		it('starts nothing for what was over', () => {
			const doubled = settled.filter((contact) => counts.get(contact) !== 1);
			recordFigure(`${figure}_doubled`, doubled.length, 'messages');
			expect(doubled).toEqual([]);
		});

		it('runs what was not acknowledged, and knows the windows', async () => {
			expect(unacknowledged.filter((contact) => !counts.has(contact))).toEqual([]);
			const twice = unacknowledged.filter((contact) => counts.get(contact)! > 1);
			recordFigure(`${figure}_begun_again`, twice.length, 'messages');
			const { scenario, listening } = burst;
			const known = await knownOpen(scenario, listening.number, unacknowledged);
			expect(known).toEqual(unacknowledged);
		});

		it('answers nobody twice, and everybody whose message was not acknowledged', () => {
			const { answers, contacts } = burst;
			if (!answers) return;
			const twice = contacts.filter((contact) => (answers.get(contact) ?? 0) > 1);
			const unanswered = contacts.filter((contact) => !answers.has(contact));
			recordFigure(`${figure}_answered_twice`, twice.length, 'messages');
			recordFigure(`${figure}_acknowledged_cut_short`, unanswered.length, 'messages');
			expect(twice).toEqual([]);
			expect(unanswered.filter((contact) => unacknowledged.includes(contact))).toEqual([]);
		});
	});
}

function isCutShort({ startedAt, createdAt }: ExecutionSummary): boolean {
	return Date.now() - Date.parse(startedAt ?? createdAt) > CUT_SHORT_MS;
}
