import { setTimeout } from 'timers/promises';

import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IRun,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { LATEST_VERSION } from '../../nodes/WhatsAppConversations/version';
import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import { Simulator } from '../simulator/simulator';
import type { TemplateInput } from '../simulator/templates';
import type { SimulatorOptions } from '../simulator/types';
import {
	ACCOUNT_ID,
	AT,
	BUSINESS_PHONE,
	CONTACT_PHONE,
	CONTACT_USER_ID,
	messageDelivery,
	NUMBER_ID,
	rawBodyOf,
	signatureOf,
	textMessage,
	type MessageOptions,
} from '../unit/events/payloads';

import { Engine, itemsOf, type Answer, type Delivery, type WorkflowDefinition } from './engine';
import { problemsInVersion } from './schemas';
import { chosen, nodeOf, sendNode, triggerNode, workflowOf } from './workflows';

export const SECRET = 'the-app-secret';
export const TOKEN = 'the-access-token';
export const APP_ID = '670843887433847';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;

/** The contact as items name it. */
export const CONTACT = `+${CONTACT_PHONE}`;

/** n8n with the package, beside a Graph API. */
export interface Scene {
	engine: Engine;
	simulator: Simulator;
}

/**
 * A fresh scene for every test, on the day of {@link AT}. The clock stands still; timers run.
 *
 * @param options what the credential and the simulator have besides what fits together anyway
 */
export function useScene(
	options: { credential?: IDataObject; simulator?: SimulatorOptions } = {},
): Scene {
	const scene = {} as Scene;

	beforeEach(async () => {
		jest.useFakeTimers({ now: AT * 1000, doNotFake: TIMERS });
		jest.spyOn(performance, 'now').mockImplementation(() => measuredMs() + passedMs);
		// n8n writes the errors of nodes to the console.
		scene.simulator = await Simulator.start({
			appId: APP_ID,
			appSecret: SECRET,
			accessToken: TOKEN,
			businessAccountId: ACCOUNT_ID,
			now: () => Date.now(),
			...options.simulator,
		});
		scene.simulator.addBusinessNumber({
			id: NUMBER_ID,
			phone: BUSINESS_PHONE,
			name: 'Corner Shop',
		});
		scene.engine = await Engine.start({
			accessToken: TOKEN,
			businessAccountId: ACCOUNT_ID,
			appId: APP_ID,
			appSecret: SECRET,
			baseUrl: scene.simulator.url,
			...options.credential,
		});
	});

	afterEach(async () => {
		await scene.simulator.settled();
		await scene.engine.stop();
		await scene.simulator.stop();
		jest.useRealTimers();
	});

	return scene;
}

const TIMERS: FakeableAPI[] = [
	'clearImmediate',
	'clearInterval',
	'clearTimeout',
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'setInterval',
	'setTimeout',
];

/** By how much more time has passed than the tests took, milliseconds. */
let passedMs = 0;
const measuredMs = performance.now.bind(performance);

/**
 * Time passes until then, also for those who count it without a clock.
 *
 * @param seconds after {@link AT}
 */
export function setClock(seconds: number): void {
	const passesMs = (AT + seconds) * 1000 - Date.now();
	passedMs += Math.max(0, passesMs);
	jest.setSystemTime((AT + seconds) * 1000);
}

/**
 * Lets whoever waits lose patience at once: time passes for those who count it without a clock, until
 * the work is done.
 */
export async function impatiently<T>(work: Promise<T>): Promise<T> {
	let isOver = false;
	const end = () => (isOver = true);
	work.then(end, end);
	while (!isOver) {
		await setTimeout(20);
		passedMs += 1_000;
	}
	return await work;
}

/**
 * The clock is set to another time, and goes on from there.
 *
 * @param seconds after {@link AT}
 */
export function jumpClock(seconds: number): void {
	jest.setSystemTime((AT + seconds) * 1000);
}

/**
 * A workflow that our trigger starts. Beside it stands the node 'Ask', which tells what this
 * workflow knows of a contact (see {@link conversationOf}).
 */
export function listener(id: string, parameters: INodeParameters = {}): WorkflowDefinition {
	const definition = workflowOf(id, listeningTrigger(id, parameters));
	definition.nodes.push(askNode());
	return definition;
}

/** Our trigger, with an address of its own; by default it registers nothing. */
export function listeningTrigger(workflowId: string, parameters: INodeParameters = {}) {
	return triggerNode(`hook-of-${workflowId}`, {
		businessNumber: chosen(NUMBER_ID),
		registration: 'manual',
		...parameters,
	});
}

/** A workflow that is started from outside and does one thing with our node. */
export function sender(
	id: string,
	parameters: INodeParameters,
	rest: Parameters<typeof sendNode>[1] = {},
): WorkflowDefinition {
	const definition = workflowOf(id, nodeOf('Start', 'test.start'), messageNode(parameters, rest));
	definition.nodes.push(askNode());
	return definition;
}

/** Our node, which sends to the contact of the item unless told otherwise. */
export function messageNode(
	parameters: INodeParameters,
	rest: Parameters<typeof sendNode>[1] = {},
) {
	return sendNode(
		{ businessNumber: chosen(NUMBER_ID), to: '={{ $json.contact }}', ...parameters },
		rest,
	);
}

function askNode() {
	return sendNode(
		{
			resource: 'conversation',
			operation: 'get',
			businessNumber: chosen(NUMBER_ID),
			contact: '={{ $json.contact }}',
			simplify: false,
		},
		{ name: 'Ask', id: 'id of Ask' },
	);
}

/** What the node 'Ask' of a workflow says about a contact. */
export async function conversationOf(
	engine: Engine,
	workflowId: string,
	contact: string = CONTACT,
): Promise<IDataObject> {
	const items = [{ json: { contact } }];
	const run = await engine.run(workflowId, { startNode: 'Ask', items });
	const [{ json }] = itemsOf(run, 'Ask');
	expect(problemsInVersion(1.1, json, 'WhatsAppConversations', 'conversation', 'get')).toEqual([]);
	return json;
}

/** The contact's window as the workflow knows it. */
export async function windowOf(
	engine: Engine,
	workflowId: string,
	contact?: string,
): Promise<IDataObject> {
	return (await conversationOf(engine, workflowId, contact)).window as IDataObject;
}

/** Delivers a payload as Meta does, signed. */
export async function deliver(
	engine: Engine,
	workflowId: string,
	payload: unknown,
	rest: Delivery = {},
): Promise<Answer> {
	const body = rawBodyOf(payload);
	const headers = { 'x-hub-signature-256': signatureOf(body, SECRET), ...rest.headers };
	return await engine.deliver(workflowId, { body, ...rest, headers });
}

/** Delivers a text of the contact. */
export async function deliverText(
	engine: Engine,
	workflowId: string,
	options: MessageOptions & { body?: string } = {},
): Promise<Answer> {
	return await deliver(engine, workflowId, messageDelivery(textMessage(options)));
}

/** What all runs of the trigger gave, in order. */
export async function triggered(engine: Engine): Promise<IDataObject[]> {
	return (await engine.settled()).flatMap((run) => itemsOf(run, 'Trigger').map(({ json }) => json));
}

/** What came of one run of our node. */
export interface Sent {
	/** The items at its first output. */
	items: IDataObject[];
	/** The items at its second output. */
	second: IDataObject[];
	/** What ended the run. */
	error?: NodeApiError | NodeOperationError;
	run: IRun;
}

/** Runs our node once, in a workflow of its own that has no trigger of ours. */
export async function send(
	{ engine }: Scene,
	parameters: INodeParameters,
	{ items = [{ json: { contact: CONTACT } }], node }: SendOptions = {},
): Promise<Sent> {
	const id = `sender ${engine.executions.length}`;
	engine.add(sender(id, parameters, node));
	const run = await engine.run(id, { items });
	const json = (output: number) =>
		itemsOf(run, 'WhatsApp', output).map((item) => item.json as IDataObject);
	const { resource = 'message', operation = 'send' } = parameters;
	for (const item of [...json(0), ...json(1)].filter((one) => !('error' in one))) {
		const path = ['WhatsAppConversations', String(resource), String(operation)];
		expect(problemsInVersion(node?.typeVersion ?? LATEST_VERSION, item, ...path)).toEqual([]);
	}
	const { error } = run.data.resultData;
	return { items: json(0), second: json(1), error: error as Sent['error'], run };
}

interface SendOptions {
	items?: INodeExecutionData[];
	/** What the node has besides its parameters, e.g. what it does on an error. */
	node?: Parameters<typeof sendNode>[1];
}

/** An item with a file in a binary field. */
export function fileItem(
	content: Buffer | string,
	mimeType: string,
	fileName: string,
	{ field = 'data', json = { contact: CONTACT } as IDataObject } = {},
): INodeExecutionData {
	const data = Buffer.from(content).toString('base64');
	const fileExtension = fileName.split('.').pop();
	return { json, binary: { [field]: { data, mimeType, fileName, fileExtension } } };
}

/** Puts a template into the account, under an ID of its own. */
export function addTemplate(
	{ simulator }: Scene,
	definition: TemplateDefinition,
	rest: Partial<TemplateInput> = {},
) {
	return simulator.addTemplate({ ...definition, id: undefined, ...rest } as TemplateInput);
}

/** The requests that do something at Meta, without those that only read. */
export function doings({ simulator }: Scene): string[] {
	return simulator.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.replace(/^\/v[\d.]+/, '')}`);
}

export { ACCOUNT_ID, AT, CONTACT_PHONE, CONTACT_USER_ID, NUMBER_ID };
