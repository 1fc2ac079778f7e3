import { waitFor } from '../../n8n/client';
import { chosenN8n, traitsOf } from '../../n8n/versions';
import { allEnded, deliverAll, deliveriesOf, knownOpen, listen } from '../crowd';
import { recordFigure } from '../harness';
import { itKeepsItsPromises } from '../kill';
import { code, contactNumbers, deliverTo, deliveryOf, Scenario } from '../scenario';

const CUSTOMER = '4915112345678';
const CONTACTS = contactNumbers(200);

/** Changes static data, as users do: n8n's task runner puts a copy of all of it back. */
const WRITER = `
	const memory = $getWorkflowStaticData('global');
	memory['wrote ' + $json.phone] = true;
	return $input.all();`;

const { version } = chosenN8n();
const traits = traitsOf();

describe(`n8n ${version}`, () => {
	let scenario: Scenario;

	beforeAll(async () => {
		scenario = await Scenario.start(`compact-faults-${version}`);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	it('knows all who write at once, also after a restart', async () => {
		const listening = await listen(scenario, code('Write', WRITER));
		const { number, url, workflowId } = listening;
		const started = Date.now();
		const statuses = await deliverAll(url, deliveriesOf(number, CONTACTS), CONTACTS.length);
		expect(statuses).toEqual(CONTACTS.map(() => 200));
		const executions = await allEnded(scenario, workflowId);
		recordFigure(`compact_${version}_burst_200`, (Date.now() - started) / 1000, 's');
		expect(executions.filter(({ status }) => status === 'success')).toHaveLength(CONTACTS.length);
		expect(await knownOpen(scenario, number, CONTACTS)).toEqual(CONTACTS);

		await scenario.server.restart();
		await scenario.client.logIn();
		expect(await knownOpen(scenario, number, CONTACTS)).toEqual(CONTACTS);
		const { global = {} } = await scenario.client.getStaticData(workflowId);
		const written = CONTACTS.filter((from) => (global as object)[`wrote +${from}` as never]);
		recordFigure(`compact_${version}_written_200`, written.length, 'contacts');
		const again = deliveriesOf(number, CONTACTS.slice(0, 10));
		expect(await deliverAll(url, again, 10)).toEqual(again.map(() => 200));
		expect(await allEnded(scenario, workflowId)).toHaveLength(CONTACTS.length);
	});

	describe('that is started while Meta is away', () => {
		it.each([
			{ what: 'for one request', requests: 1 },
			{ what: 'for a moment', requests: 4 },
			{ what: 'for longer', requests: Infinity },
		])('listens again by itself and leaves the callback as it is, $what', async ({ requests }) => {
			const { number, url, workflowId } = await listen(scenario);
			await scenario.server.stop();
			const before = scenario.sim.requests.length;
			scenario.sim.failNext({ when: 'cut', times: requests });
			await scenario.server.start();
			await scenario.client.logIn();
			const messages = [{ id: `wamid.${number}`, from: CUSTOMER, text: 'Hi' }];
			await waitFor(
				async () => (await deliverTo(url, deliveryOf(number, messages))).status,
				(status) => status === 200,
				10_000,
				(status) => `The message was answered ${status}`,
			);
			await scenario.client.waitForExecutions(workflowId, 1);
			scenario.sim.world.faults.clear();
			expect(await scenario.callbackOf(number)).toBe(url);
			const changes = scenario.sim.requests
				.slice(before)
				.filter(({ method }) => method !== 'GET')
				.map(({ method, path }) => `${method} ${path}`);
			expect(changes).toEqual([]);
		});
	});

	describe('that is killed in a burst', () => {
		const figure = `compact_${version}_kill`;
		itKeepsItsPromises(
			figure,
			async () => ({
				scenario,
				listening: await listen(scenario),
				contacts: contactNumbers(300),
				atOnce: 10,
				kill: async () => await scenario.server.kill(),
				start: async () => await scenario.server.start(),
			}),
			traits,
		);
	});
});
