import { listen } from './crowd';
import { itKeepsItsPromises } from './kill';
import { code, contactNumbers, Scenario } from './scenario';

/** A power cut, or a kernel short of memory. */
describe('n8n that is killed in the middle of a burst', () => {
	let scenario: Scenario;

	afterAll(async () => {
		await scenario?.stop();
	});

	itKeepsItsPromises('kill', async () => {
		scenario = await Scenario.start('faults');
		const write = `
			const memory = $getWorkflowStaticData('global');
			memory['wrote ' + $json.phone] = true;
			return $input.all();`;
		return {
			scenario,
			listening: await listen(scenario, code('Write', write)),
			contacts: contactNumbers(600),
			atOnce: 200,
			kill: async () => await scenario.server.kill(),
			start: async () => await scenario.server.start(),
		};
	});
});
