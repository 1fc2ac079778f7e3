import type { INode, INodeCredentialsDetails } from 'n8n-workflow';

import { exampleTemplates } from '../demo/cast';
import { type ExampleName, exampleWorkflow } from '../demo/examples';
import type { Execution, WorkflowDefinition } from '../n8n/client';

import { workflowOf } from './harness';
import { CREDENTIAL_TYPE, Scenario } from './scenario';

/** A node of a workflow by its name. */
export const nodeIn = (workflow: WorkflowDefinition, name: string) =>
	workflow.nodes.find((node) => node.name === name) as INode;

/** A real n8n, and the examples in it as somebody would set them up after the import. */
export class Imported {
	/** The business number of the test that is under way. */
	number = '';

	private readonly active: string[] = [];

	private constructor(
		readonly scenario: Scenario,
		readonly credential: INodeCredentialsDetails,
		private readonly patienceMs?: number,
	) {}

	/** @param patienceMs how long an execution may take to come to its end */
	static async start(name: string, patienceMs?: number): Promise<Imported> {
		const scenario = await Scenario.start(name);
		const credentials = await scenario.addCredential();
		for (const template of exampleTemplates) scenario.sim.addTemplate(template);
		return new Imported(
			scenario,
			credentials?.[CREDENTIAL_TYPE] as INodeCredentialsDetails,
			patienceMs,
		);
	}

	/** Begins a test, with a number of its own. */
	begin(): void {
		this.number = this.scenario.addNumber();
	}

	/** Ends a test. An example has the same webhooks each time. */
	async end(): Promise<void> {
		for (const id of this.active.splice(0)) await this.scenario.client.deactivate(id);
	}

	/** @param others credentials of other types than ours for WhatsApp, by type */
	example(name: ExampleName, others?: Record<string, INodeCredentialsDetails>): WorkflowDefinition {
		const number = { id: this.number, name: 'Corner Shop' };
		return exampleWorkflow(name, number, this.credential, others);
	}

	/** Publishes a workflow until the end of the test, and returns its ID. */
	async activate(workflow: WorkflowDefinition): Promise<string> {
		const workflowId = await this.scenario.activate(workflow);
		this.active.push(workflowId);
		return workflowId;
	}

	/** Publishes a workflow that only hears what comes in for the number, and returns its ID. */
	async listen(): Promise<string> {
		const { scenario, number } = this;
		return await this.activate(workflowOf('Listen', scenario.trigger(number)));
	}

	/** The templates and texts that went out from the number, in order. */
	sent(): string[] {
		return this.scenario
			.sentFrom(this.number)
			.map(
				({ body }) =>
					(body.template as { name: string } | undefined)?.name ??
					(body.text as { body: string }).body,
			);
	}

	/** The executions of a workflow, as soon as so many have ended. */
	async ended(
		workflowId: string,
		count: number,
		patienceMs = this.patienceMs,
	): Promise<Execution[]> {
		const { client } = this.scenario;
		const all = await client.waitForExecutions(workflowId, count, patienceMs);
		return await Promise.all(all.map(async ({ id }) => await client.getExecution(id)));
	}
}
