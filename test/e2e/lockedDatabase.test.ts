import fs from 'fs';
import { setTimeout as pause } from 'timers/promises';

import { waitFor } from '../n8n/client';
import { lockDatabase } from '../n8n/lock';

import { listen, type Listening } from './crowd';
import { recordFigure } from './harness';
import { type Asking, code, deliverTo, deliveryOf, Scenario } from './scenario';

/** Somebody who says no. */
const CUSTOMER = '4915112345678';

/** A no takes its time to be answered, and so its run ends when the database is locked. */
const SLOW = `
	if ($json.text === 'STOP') await new Promise((done) => setTimeout(done, 4000));
	return $input.all();`;

const PATIENCE_MS = 60_000;

/** By then n8n has long written what a run left. */
const SETTLED_MS = 2_000;

/** A backup, a slow disk, or another program holds n8n's database for a while. */
describe('n8n that cannot write the row when the run of a no ends', () => {
	let scenario: Scenario;
	let forgotten = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('lockedDatabase');
	});

	afterAll(async () => {
		recordFigure('locked_save_forgotten', forgotten, 'opt-outs');
		await scenario?.stop();
	});

	const failedSaves = (workflowId: string) =>
		fs
			.readFileSync(scenario.server.logFile, 'utf8')
			.split(`problem saving the workflow with id "${workflowId}"`).length - 1;

	const marketingOf = async (ask: Asking, number: string) => {
		const [{ consent }] = await ask(number, [CUSTOMER]);
		return (consent as { marketing: string }).marketing;
	};

	/** STOP is answered 200, and n8n fails to save what its run leaves. */
	const refuse = async ({ url, number, workflowId }: Listening) => {
		const stop = deliveryOf(number, [{ id: `wamid.${number}`, from: CUSTOMER, text: 'STOP' }]);
		expect((await deliverTo(url, stop)).status).toBe(200);
		const release = await lockDatabase(scenario.server);
		try {
			await waitFor(
				async () => failedSaves(workflowId),
				(count) => count > 0,
				PATIENCE_MS,
				() => 'n8n had no problem to save',
			);
		} finally {
			await release();
		}
	};

	/** Somebody else writes. */
	const strangerWrites = async ({ url, number }: Listening, text: string) => {
		const message = { id: `wamid.${number}.${text}`, from: '4915999999999', text };
		expect((await deliverTo(url, deliveryOf(number, [message]))).status).toBe(200);
	};

	it.each<[string, (listening: Listening, ask: Asking) => Promise<unknown>]>([
		[
			'a run of another workflow of the number',
			async ({ number }, ask) => await marketingOf(ask, number),
		],
		['a message of somebody else', async (listening) => await strangerWrites(listening, 'between')],
		[
			'a message that comes again, and starts nothing',
			async (listening) => await strangerWrites(listening, 'before'),
		],
	])('still knows it after a crash, when %s came between', async (_what, comesBetween) => {
		const listening = await listen(scenario, code('Slow', SLOW));
		const ask = await scenario.addAsker();
		await strangerWrites(listening, 'before');
		expect(await marketingOf(ask, listening.number)).toBe('none');
		await refuse(listening);

		await comesBetween(listening, ask);
		await pause(SETTLED_MS);
		await scenario.server.kill();
		await scenario.server.start();
		await scenario.client.logIn();

		// n8n loads what the row of the inbox holds when somebody writes.
		await strangerWrites(listening, 'after');
		const known = await marketingOf(ask, listening.number);
		if (known !== 'out') forgotten++;
		expect(known).toBe('out');
	});
});
