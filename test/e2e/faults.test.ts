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

	const killed = async (...behind: INode[]) => ({
		scenario,
		listening: await listen(scenario, ...behind),
		contacts: contactNumbers(600),
		atOnce: 200,
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

		itKeepsItsPromises('kill_writer', async () => await killed(code('Write', write)));
	});
});
