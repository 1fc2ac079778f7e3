import { setTimeout as sleep } from 'timers/promises';

import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
	Workflow,
} from 'n8n-workflow';

/** Nodes that stand for what people put around ours. */

/** Begins a workflow with the items it is given, as a schedule or a form does. */
const start: INodeType = {
	description: descriptionOf('start', { group: ['trigger'], inputs: [] }),
	async execute() {
		return [this.getInputData()];
	},
};

/** Takes a little time, as most nodes do. */
const pause: INodeType = {
	description: descriptionOf('pause', { properties: [waitProperty()] }),
	async execute() {
		await wait(this);
		return [this.getInputData()];
	},
};

/** Waits a little and writes into the workflow's global static data, one key for each item. */
const writer: INodeType = {
	description: descriptionOf('writer', { properties: [waitProperty()] }),
	async execute() {
		await wait(this);
		const staticData = this.getWorkflowStaticData('global');
		for (const { json } of this.getInputData()) note(staticData, 'written', keyOf(json));
		return [this.getInputData()];
	},
};

/**
 * As n8n's Code node: its script has a copy of the static data, taken when it starts, and the copy
 * takes the place of the whole when the script has changed it (n8n: task runners).
 */
const code: INodeType = {
	description: descriptionOf('code', { properties: [waitProperty()] }),
	async execute() {
		const { workflow } = this as unknown as { workflow: Workflow };
		const copy = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		await wait(this);
		const staticData = (copy.global ??= {}) as IDataObject;
		for (const { json } of this.getInputData()) note(staticData, 'written', keyOf(json));
		workflow.overrideStaticData(copy);
		return [this.getInputData()];
	},
};

/** A trigger that does with static data what everybody does: writes it in webhook(). */
const naiveTrigger: INodeType = {
	description: descriptionOf('naiveTrigger', {
		group: ['trigger'],
		inputs: [],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
	}),
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const body = this.getBodyData();
		note(this.getWorkflowStaticData('global'), 'seen', keyOf(body));
		return { workflowData: [[{ json: body }]], webhookResponse: '' };
	},
};

export const TEST_NODES: Record<string, INodeType> = Object.fromEntries(
	[start, pause, writer, code, naiveTrigger].map((type) => [`test.${type.description.name}`, type]),
);

function descriptionOf(
	name: string,
	rest: Partial<INodeType['description']>,
): INodeType['description'] {
	return {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
		...rest,
	};
}

function waitProperty(): INodeType['description']['properties'][0] {
	return { displayName: 'Wait (ms)', name: 'waitMs', type: 'number', default: 5 };
}

async function wait(context: IExecuteFunctions): Promise<void> {
	await sleep(context.getNodeParameter('waitMs', 0) as number);
}

/** Objects in static data have to be assigned anew, because n8n watches only what it loaded. */
function note(staticData: IDataObject, list: string, key: string): void {
	staticData[list] = { ...(staticData[list] as IDataObject | undefined), [key]: true };
}

function keyOf(json: INodeExecutionData['json']): string {
	return String(json.contact ?? json.key);
}
