import {
	allEnded,
	deliverAll,
	deliveriesOf,
	executionsByContact,
	knownOpen,
	listen,
	type Listening,
	wake,
} from './crowd';
import { recordFigure } from './harness';
import { code, contactNumbers, Scenario } from './scenario';

const CONTACTS = contactNumbers(1_000);

/** The answers after which n8n is killed. */
const KILLED_AFTER = 500;

/** By then all that a run told has long been written. */
const SETTLED_MS = 2_000;

/**
 * What n8n and this package promise when a process ends on the spot, and no more:
 * - n8n stores the execution before it answers 200, so a message that was acknowledged has one. It
 *   may be cut short; n8n then shows it as crashed.
 * - What a message told is written when its run ends, at the latest. From then on its window is
 *   known after a crash, and the message starts nothing when it comes again.
 * - What was not acknowledged comes again, as Meta delivers it again. Where the crash came between
 *   n8n's storing of an execution and its answer, there may then be two.
 */
describe('n8n that is killed in the middle of a burst', () => {
	let scenario: Scenario;
	let listening: Listening;
	let acknowledged: string[];
	/** Whose messages Meta delivers again. */
	let unacknowledged: string[];
	/** Whose run had ended some time before. */
	let settled: string[];
	/** The contacts of acknowledged messages without an execution. */
	let lost: string[];

	beforeAll(async () => {
		scenario = await Scenario.start('faults');
		const write = `
			const memory = $getWorkflowStaticData('global');
			memory['wrote ' + $json.phone] = true;
			return $input.all();`;
		listening = await listen(scenario, code('Write', write));

		let answers = 0;
		let killedAt = 0;
		let killed: Promise<void> | undefined;
		const deliveries = deliveriesOf(listening.number, CONTACTS);
		const statuses = await deliverAll(listening.url, deliveries, () => {
			if (++answers !== KILLED_AFTER) return;
			killedAt = Date.now();
			killed = scenario.server.kill();
		});
		await killed;
		acknowledged = CONTACTS.filter((_, i) => statuses[i] === 200);
		unacknowledged = CONTACTS.filter((_, i) => statuses[i] !== 200);

		await scenario.server.start();
		const executions = await executionsByContact(scenario, listening);
		lost = acknowledged.filter((contact) => !executions.has(contact));
		settled = acknowledged.filter((contact) =>
			executions
				.get(contact)
				?.some(
					({ status, stoppedAt }) =>
						status === 'success' && Date.parse(stoppedAt ?? '') <= killedAt - SETTLED_MS,
				),
		);
		recordFigure('kill_acknowledged', acknowledged.length, 'messages');
		recordFigure('kill_settled', settled.length, 'messages');
	}, 300_000);

	afterAll(async () => {
		await scenario?.stop();
	});

	it('had runs that were over, and deliveries that it had not answered', () => {
		expect(settled.length).toBeGreaterThan(0);
		expect(acknowledged.length).toBeGreaterThanOrEqual(KILLED_AFTER);
		expect(unacknowledged.length).toBeGreaterThan(0);
	});

	it('has an execution of every message that it acknowledged', () => {
		recordFigure('kill_lost', lost.length, 'messages');
		expect(lost).toEqual([]);
	});

	it('knows the window of everybody whose run was over', async () => {
		await wake(listening);
		const known = new Set(await knownOpen(scenario, listening.number, acknowledged));
		const forgotten = settled.filter((contact) => !known.has(contact));
		recordFigure('kill_forgotten', forgotten.length, 'contacts');
		recordFigure('kill_acknowledged_unknown', acknowledged.length - known.size, 'contacts');
		expect(forgotten).toEqual([]);
	});

	describe('and gets again what it had not acknowledged, and what was over', () => {
		let counts: Map<string, number>;

		beforeAll(async () => {
			const again = deliveriesOf(listening.number, [...settled, ...unacknowledged]);
			expect(await deliverAll(listening.url, again)).toEqual(again.map(() => 200));
			await allEnded(scenario, listening.workflowId);
			const executions = await executionsByContact(scenario, listening);
			counts = new Map([...executions].map(([contact, { length }]) => [contact, length]));
		}, 300_000);

		it('starts nothing for what was over', () => {
			const doubled = settled.filter((contact) => counts.get(contact) !== 1);
			recordFigure('kill_doubled', doubled.length, 'messages');
			expect(doubled).toEqual([]);
		});

		it('runs what it had not acknowledged, and knows the windows', async () => {
			expect(unacknowledged.filter((contact) => !counts.has(contact))).toEqual([]);
			const twice = unacknowledged.filter((contact) => counts.get(contact)! > 1);
			recordFigure('kill_twice_unacknowledged', twice.length, 'messages');
			const known = await knownOpen(scenario, listening.number, unacknowledged);
			expect(known).toEqual(unacknowledged);
		});
	});
});
