import type { INode } from 'n8n-workflow';

import { listen } from './crowd';
import { itKeepsItsPromises } from './kill';
import { code, contactNumbers, Scenario } from './scenario';

/** A power cut, or a kernel short of memory. */
describe('n8n that is killed in the middle of a burst', () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start('faults');
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	const killed = async ({ atOnce = 200, behind = [] as INode[] } = {}) => ({
		scenario,
		listening: await listen(scenario, ...behind),
		contacts: contactNumbers(600),
		atOnce,
		kill: async () => await scenario.server.kill(),
		start: async () => await scenario.server.start(),
	});

	describe('with nothing behind the trigger', () => {
		itKeepsItsPromises('kill', async () => await killed());
	});

	describe('with a node behind the trigger that writes static data', () => {
		const write = `
			const memory = $getWorkflowStaticData('global');
			memory['wrote ' + $json.phone] = true;
			return $input.all();`;

		itKeepsItsPromises('kill_writer', async () => await killed({ behind: [code('Write', write)] }));
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
