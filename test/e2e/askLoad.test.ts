import { setTimeout as pause } from 'timers/promises';

import { itemsOf, type Execution } from '../n8n/client';
import type { Delivery } from '../simulator/types';

import { Asking } from './asking';
import { allEnded } from './crowd';
import { recordFigure } from './harness';
import { byName, contactNumbers, fields, Scenario } from './scenario';

/** How many questions are answered; `E2E_QUESTIONS` names more. */
const QUESTIONS = Number(process.env.E2E_QUESTIONS ?? 60);

/** How many contacts answer at the same time. */
const AT_ONCE = Math.min(200, Math.ceil(QUESTIONS / 3));

/** After what part of the answers n8n is killed. */
const KILLS = [1 / 3, 2 / 3];

const MOST_PAUSE_MS = 30_000;

const TIMEOUT_MS = 900_000 + QUESTIONS * 2_000;

/** Many questions are answered at once, every delivery comes twice, and n8n is killed twice meanwhile. */
describe('questions to a crowd', () => {
	let scenario: Scenario;
	let shop: Asking;
	let runs: Execution[];
	/** n8n was killed after it had begun to go on with them, and never does so again. */
	let cut: Execution[];
	/** Deliveries that n8n acknowledged while it started, which no node can see. */
	let swallowed = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('ask-load');
		scenario.sim.addTemplate({
			name: 'confirm_order',
			category: 'UTILITY',
			components: [
				{ type: 'BODY', text: 'Shall we send your order?' },
				{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirm' }] },
			],
		});
		shop = await Asking.start(scenario, {
			responseType: 'template',
			template: byName('confirm_order'),
			templateFields: fields({}),
		});
		await shop.askAll(contactNumbers(QUESTIONS));
		await answerAll();
		await allEnded(scenario, shop.shopId);
		runs = await shop.runs();
		cut = runs.filter((run) => afters(run).length === 0 && run.status === 'crashed');
	}, TIMEOUT_MS);

	afterAll(async () => {
		await scenario?.stop();
	});

	/** Meta delivers every answer until it is acknowledged, and then once more. */
	async function answerAll(): Promise<void> {
		const { sim, server } = scenario;
		const ids: string[] = [];
		for (const { id } of scenario.sentFrom(shop.number)) {
			const tap = await sim.taps({ messageId: id, choice: 'Confirm', deliver: false });
			ids.push(tap.messageId);
		}
		let done = 0;
		const left = ids.values();
		const contact = async () => {
			for (const id of left) {
				// Each time Meta leaves more time until it tries again.
				let pauseMs = 500;
				while (!isAcknowledged((await sim.redeliver(id))[0])) {
					await pause(pauseMs);
					pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS);
				}
				await sim.redeliver(id);
				done++;
			}
		};
		const kill = async () => {
			for (const part of KILLS) {
				while (done < QUESTIONS * part) await pause(20);
				await server.kill();
				await server.restart();
				await scenario.client.logIn();
			}
		};
		await Promise.all([kill(), ...Array.from({ length: AT_ONCE }, contact)]);
	}

	/** While it starts, n8n answers 200 to whatever comes, for a moment, before any workflow is there. */
	function isAcknowledged({ status, body = '' }: Delivery): boolean {
		const isStarting = body.includes('n8n is starting up');
		if (isStarting) swallowed++;
		return status === 200 && !isStarting;
	}

	const afters = (run: Execution) => run.data.resultData.runData.After ?? [];

	it('continue every run once', () => {
		expect(runs).toHaveLength(QUESTIONS);
		const resumed = runs.filter((run) => afters(run).length > 0);
		const doubled = runs.filter((run) => afters(run).length > 1);
		const lost = runs.filter((run) => afters(run).length === 0);
		recordFigure('ask_resumed', resumed.length, 'runs');
		recordFigure('ask_doubled', doubled.length, 'runs');
		recordFigure('ask_lost', lost.length - cut.length, 'runs');
		recordFigure('ask_swallowed_at_start', swallowed, 'deliveries');
		recordFigure('ask_cut_short', cut.length, 'runs');
		expect(doubled).toEqual([]);
		expect(lost.length).toBe(cut.length);
		expect(resumed.flatMap((run) => itemsOf(run, 'After'))).toEqual(
			resumed.map(() =>
				expect.objectContaining({ json: expect.objectContaining({ answered: true }) }),
			),
		);
	});

	it('start the inbox for none but those whose run was cut short, or had answered unnoticed', async () => {
		const started = await scenario.client.listExecutions(shop.inboxId);
		recordFigure('ask_late', started.length, 'runs');
		expect(started.length).toBeLessThanOrEqual(cut.length + KILLS.length * AT_ONCE);
	});
});
