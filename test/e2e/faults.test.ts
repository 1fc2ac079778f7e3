import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { setTimeout as sleep } from 'timers/promises';

import type { INode } from 'n8n-workflow';

import { lockDatabase } from '../n8n/lock';

import { allEnded, deliveriesOf, executionsByContact, listen, wake } from './crowd';
import { nodeOf, recordFigure } from './harness';
import { itKeepsItsPromises } from './kill';
import { code, contactNumbers, deliverTo, Scenario } from './scenario';

/** A power cut, or a kernel short of memory. */
describe('n8n that is killed in the middle of a burst', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('faults');
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	/** With more at once, a slow machine has ended no run when half of the contacts are answered. */
	const killed = async ({ count = 150, atOnce = 30, behind = [] as INode[] } = {}) => ({
		scenario,
		listening: await listen(scenario, ...behind),
		contacts: contactNumbers(count),
		atOnce,
		kill: async () => await scenario.server.kill(),
		start: async () => await scenario.server.start(),
	});

	describe('with nothing behind the trigger', () => {
		itKeepsItsPromises('kill', async () => await killed({ count: 300, atOnce: 100 }));
	});

	describe('with an answer behind the trigger, and a node that writes static data', () => {
		const answers = new Map<string, number>();
		let shop: Server;

		beforeAll(async () => {
			shop = createServer((request, response) => {
				const phone = String(request.url).slice(1);
				answers.set(phone, (answers.get(phone) ?? 0) + 1);
				response.end('{}');
			});
			await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
		});

		afterAll(async () => {
			shop.closeAllConnections();
			await new Promise((resolve) => shop.close(resolve));
		});

		itKeepsItsPromises('kill_answer', async () => {
			const { port } = shop.address() as AddressInfo;
			const url = `=http://127.0.0.1:${port}/{{ $json.phone.slice(1) }}`;
			const answer = nodeOf('Answer', 'n8n-nodes-base.httpRequest', {
				typeVersion: 4.2,
				parameters: { url },
			});
			const write = code(
				'Write',
				`const memory = $getWorkflowStaticData('global');
				memory['wrote ' + $json.phone] = true;
				return $input.all();`,
			);
			return { ...(await killed({ behind: [write, answer] })), answers };
		});
	});

	// Then runs are quick, and leave the saving to each other.
	describe('at a pace that it keeps up with', () => {
		itKeepsItsPromises('kill_paced', async () => await killed({ atOnce: 10 }));
	});

	describe('at that pace, while a part of the runs is slow', () => {
		const slow = `
			if ($json.phone.endsWith('7')) await new Promise((done) => setTimeout(done, 5000));
			return $input.all();`;

		itKeepsItsPromises('kill_slow', async () => {
			return await killed({ atOnce: 10, behind: [code('Slow', slow)] });
		});
	});
});

/** A disk that stalls, a backup, another program that holds the database. */
describe('n8n whose database is locked', () => {
	const LOCKED_MS = 10_000;
	/** How long the sender waits for an answer, and until it tries again; later it has more patience. */
	const PATIENCE_MS = 1_500;
	const PATIENT_AFTER_MS = 15_000;
	const LATER_PATIENCE_MS = 20_000;

	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('locked');
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	/** Delivers until it is answered 200, however often that takes. */
	const insist = async (url: string, delivery: object, atOnce: number) => {
		const begun = Date.now();
		for (let tries = 0; tries < 60; tries++) {
			const isPatient = Date.now() - begun > PATIENT_AFTER_MS;
			const patienceMs = isPatient ? LATER_PATIENCE_MS : PATIENCE_MS;
			const copies = Array.from({ length: atOnce }, async () =>
				deliverTo(url, delivery, undefined, patienceMs).catch(() => ({ status: 0 })),
			);
			const statuses = (await Promise.all(copies)).map(({ status }) => status);
			if (statuses.includes(200)) return;
			await sleep(PATIENCE_MS);
		}
		throw new Error('The delivery was never answered 200');
	};

	it.each([
		['a sender with little patience', 'slow_sender', 1],
		['a proxy that repeats at once', 'repeating_proxy', 3],
	])(
		'starts each message of %s once',
		async (_who, figure, atOnce) => {
			const listening = await listen(scenario);
			await wake(listening);
			await allEnded(scenario, listening.workflowId);
			const contacts = contactNumbers(10);
			const release = await lockDatabase(scenario.server);
			const isOver = sleep(LOCKED_MS).then(release);
			await Promise.all(
				deliveriesOf(listening.number, contacts).map(
					async (delivery) => await insist(listening.url, delivery, atOnce),
				),
			);
			await isOver;
			await allEnded(scenario, listening.workflowId);
			const executions = await executionsByContact(scenario, listening);
			const counts = contacts.map((contact) => executions.get(contact)?.length ?? 0);
			recordFigure(`${figure}_doubled`, counts.filter((count) => count > 1).length, 'messages');
			recordFigure(`${figure}_lost`, counts.filter((count) => count === 0).length, 'messages');
			expect(counts).toEqual(contacts.map(() => 1));
		},
		400_000,
	);
});
