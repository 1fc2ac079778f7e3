import fs from 'fs';
import { setTimeout as pause } from 'timers/promises';

import { waitFor } from '../n8n/client';
import { lockDatabase } from '../n8n/lock';

import { listen, type Listening } from './crowd';
import { recordFigure } from './harness';
import { type Asking, code, deliverTo, deliveryOf, type InboundText, Scenario } from './scenario';

/** Somebody who says no. */
const CUSTOMER = '4915112345678';

/** The run of a no takes its time, and so ends when the database is locked. */
const SLOW = `
	if ($json.text === 'STOP') await new Promise((done) => setTimeout(done, 8000));
	return $input.all();`;

const PATIENCE_MS = 120_000;

/** By then n8n has long written what a run left. */
const SETTLED_MS = 2_000;

interface Inbox extends Listening {
	/** A workflow that only asks, and has seen the number before. */
	ask: Asking;
}

/** What comes after the failed save, and before the crash. */
const BETWEEN: Array<[string, (inbox: Inbox) => Promise<unknown>]> = [
	['a run of another workflow of the number', async (inbox) => await marketingOf(inbox)],
	['a message of somebody else', async (inbox) => await strangerWrites(inbox, 'between')],
	[
		'a message that comes again, and starts nothing',
		async (inbox) => await strangerWrites(inbox, 'before'),
	],
];

const marketingOf = async ({ ask, number }: Inbox) => {
	const [{ consent }] = await ask(number, [CUSTOMER]);
	return (consent as { marketing: string }).marketing;
};

/** Somebody else writes. */
const strangerWrites = async (inbox: Inbox, text: string) =>
	await writes(inbox, { id: `wamid.${inbox.number}.${text}`, from: '4915999999999', text });

const writes = async ({ url, number }: Inbox, message: InboundText) => {
	expect((await deliverTo(url, deliveryOf(number, [message]))).status).toBe(200);
};

/** A backup, a slow disk, or another program holds n8n's database while the run of a no ends. */
describe('a no that n8n could not save when its run ended', () => {
	let scenario: Scenario;
	let inboxes: Inbox[];
	let forgotten = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('lockedDatabase');
		inboxes = [];
		while (inboxes.length < BETWEEN.length) {
			const listening = await listen(scenario, code('Slow', SLOW));
			const inbox = { ...listening, ask: await scenario.addAsker() };
			await strangerWrites(inbox, 'before');
			expect(await marketingOf(inbox)).toBe('none');
			inboxes.push(inbox);
		}

		for (const inbox of inboxes) {
			await writes(inbox, { id: `wamid.${inbox.number}.no`, from: CUSTOMER, text: 'STOP' });
		}
		const release = await lockDatabase(scenario.server);
		// n8n waits a minute for its turn to write.
		await waitFor(
			async () => readLog(),
			(log) => inboxes.every(({ workflowId }) => log.includes(failedToSave(workflowId))),
			PATIENCE_MS,
			() => 'n8n had no problem to save',
		).finally(release);

		for (const [index, [, comesBetween]] of BETWEEN.entries()) await comesBetween(inboxes[index]);
		await pause(SETTLED_MS);
		await scenario.server.kill();
		await scenario.server.start();
		// n8n loads what the row of an inbox holds when somebody writes.
		for (const inbox of inboxes) await strangerWrites(inbox, 'after');
	}, 300_000);

	afterAll(async () => {
		recordFigure('locked_save_forgotten', forgotten, 'opt-outs');
		await scenario?.stop();
	});

	const readLog = () => fs.readFileSync(scenario.server.logFile, 'utf8');
	const failedToSave = (workflowId: string) =>
		`problem saving the workflow with id "${workflowId}"`;

	it.each(BETWEEN.map(([way], index) => ({ way, index })))(
		'is known after a crash, when $way came between',
		async ({ index }) => {
			const known = await marketingOf(inboxes[index]);
			if (known !== 'out') forgotten++;
			expect(known).toBe('out');
		},
	);
});
