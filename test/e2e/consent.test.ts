import type { INode, INodeCredentialsDetails } from 'n8n-workflow';

import { exampleWorkflow } from '../demo/examples';

import { CREDENTIAL_TYPE, Scenario } from './scenario';

const ANN = '4915112340001';

/** The example workflow, as somebody would set it up after the import. */
describe("the example 'Consent by Keyword'", () => {
	let scenario: Scenario;
	let number: string;
	let form: INode;
	let workflowId: string;
	let runs = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('consent');
		number = scenario.addNumber();
		const credentials = await scenario.addCredential();
		const workflow = exampleWorkflow(
			'consent-by-keyword',
			{ id: number, name: 'Corner Shop' },
			credentials?.[CREDENTIAL_TYPE] as INodeCredentialsDetails,
		);
		form = workflow.nodes.find(({ name }) => name === 'A Form Is Sent') as INode;
		workflowId = await scenario.activate(workflow);
	});

	afterAll(async () => {
		await scenario?.stop();
	});

	/** What Ann gets for a message, in the order of her messages. */
	async function answersTo(...texts: string[]): Promise<unknown[]> {
		const before = scenario.sentFrom(number).length;
		for (const text of texts) {
			await scenario.sim.writes({ from: ANN, to: number, text });
			await scenario.client.waitForExecutions(workflowId, ++runs);
		}
		return scenario
			.sentFrom(number)
			.slice(before)
			.map(({ body }) => (body.text as { body: string }).body);
	}

	it('records the opt-in of the form with its proof', async () => {
		const { status, data } = await scenario.call(form, {
			phone: `+${ANN}`,
			form: 'newsletter',
			submission: 17,
			wording: 'Offers by WhatsApp, May 2026',
		});
		await scenario.client.waitForExecutions(workflowId, ++runs);
		expect(status).toBe(200);
		expect(data).toMatchObject({
			phone: `+${ANN}`,
			recorded: {
				source: 'web_form',
				evidence: 'Form newsletter, submission 17',
				wording: 'Offers by WhatsApp, May 2026',
			},
			consent: { scope: 'marketing', state: 'in' },
		});
	});

	it('confirms a stop word and a start word, and answers nothing else', async () => {
		expect(await answersTo('Hello', 'please stop', 'Stop', 'START')).toEqual([
			expect.stringContaining('no more messages'),
			'Welcome back to Example Shop. You can be reached here again.',
		]);
	});
});
