import { randomUUID } from 'crypto';

import type { INode } from 'n8n-workflow';

import { itemsOf, waitFor, type StoredWorkflow } from '../n8n/client';
import { Editor, hasChromium } from '../n8n/editor';

import { recordFigure, workflowOf } from './harness';
import { type Asking, code, Scenario } from './scenario';

const CUSTOMER = '4915112345678';

/** The editor is big, and this presses its buttons while others may be at work. */
const PATIENCE_MS = 90_000;

// In CI a missing browser is a fault; elsewhere not everybody has one.
const describeWithBrowser = hasChromium || process.env.CI ? describe : describe.skip;

/** A button of the editor that starts the workflow, and where it is. */
interface RunButton {
	name: string;
	/** The node whose panel has to be open, as it is when it was opened; the canvas when left out. */
	panel?: string;
	press: (editor: Editor) => Promise<void>;
}

const byTestId = (testId: string) => async (editor: Editor) =>
	await editor.part(testId).first().click();

const triggerOf = (editor: Editor) =>
	editor.page.locator('[data-test-id="canvas-node"][data-node-name="Trigger"]');

/** All that n8n shows for a trigger that nothing has come to yet, and for the node behind it. */
const RUN_BUTTONS: RunButton[] = [
	{ name: "'Execute workflow' of the canvas", press: byTestId('execute-workflow-button') },
	{
		name: "'Execute workflow' beside the trigger",
		press: async (editor) => {
			await triggerOf(editor).hover({ force: true });
			await editor.part('execute-workflow-button-Trigger').click();
		},
	},
	{
		name: "'Execute step' over the trigger",
		press: async (editor) => {
			await triggerOf(editor).hover({ force: true });
			await triggerOf(editor).locator('[data-test-id="execute-node-button"]').click();
		},
	},
	{
		name: "'Test this trigger' where its output will be",
		panel: 'Trigger',
		press: async (editor) =>
			await editor
				.part('ndv-data-container')
				.getByRole('button', { name: 'Test this trigger' })
				.click(),
	},
	{
		name: "'Execute step' of the trigger's panel",
		panel: 'Trigger',
		press: byTestId('node-execute-button'),
	},
	{
		name: "'Execute step' where the trigger's input would be",
		panel: 'Trigger',
		press: byTestId('trigger-execute-button'),
	},
	{
		name: "'Execute step' of the node behind it",
		panel: 'Next',
		press: byTestId('node-execute-button'),
	},
];

/** The buttons that end it, by the one that was pressed before. */
const STOP_BUTTONS: Array<{ name: string; start: RunButton; press: RunButton['press'] }> = [
	{
		name: 'the stop button of the canvas',
		start: RUN_BUTTONS[0],
		press: byTestId('stop-execution-waiting-for-webhook-button'),
	},
	{
		name: "'Stop Listening' of the trigger's panel",
		start: RUN_BUTTONS[4],
		press: byTestId('trigger-execute-button'),
	},
];

describeWithBrowser("the editor's buttons, with the trigger's default registration", () => {
	let scenario: Scenario;
	let editor: Editor;
	let ask: Asking;
	let worked = 0;

	beforeAll(async () => {
		scenario = await Scenario.start('editorRuns');
		editor = await Editor.open(scenario.server.url);
		editor.page.setDefaultTimeout(PATIENCE_MS);
		ask = await scenario.addAsker();
	});

	afterAll(async () => {
		recordFigure('editor_test_runs', worked, 'buttons');
		await editor?.close();
		await scenario?.stop();
	});

	/** The trigger, and a node that fails when it is told to. */
	const support = (number: string) => {
		const failing = `if ($json.text === 'fail') throw new Error('As told'); return $input.all();`;
		return workflowOf('Support', scenario.trigger(number), {
			...code('Next', failing),
			position: [400, 0],
		});
	};

	const callback = async (number: string, isAwaited: (url: string) => boolean) =>
		await waitFor(
			async () => await scenario.callbackOf(number),
			isAwaited,
			PATIENCE_MS,
			(url) => `The callback is '${url}'`,
		);

	const writes = async (number: string, text = 'Hello', from = CUSTOMER) =>
		(await scenario.sim.writes({ from, to: number, text })).delivery?.status;

	describe.each([
		['unpublished', false],
		['published', true],
	])('of a workflow that is %s', (_what, isPublished) => {
		let number: string;
		let workflow: StoredWorkflow;
		let callbackBefore: string;

		beforeAll(async () => {
			number = scenario.addNumber();
			workflow = await scenario.client.createWorkflow(support(number));
			if (isPublished) await scenario.client.activate(workflow.id);
			callbackBefore = await scenario.callbackOf(number);
			expect(callbackBefore).toMatch(isPublished ? /\/webhook\// : /^$/);
		});

		/** Where the editor is; '' when it is to be loaded anew. */
		let shown = '';

		const press = async ({ panel = 'canvas', press: pressIt }: RunButton) => {
			// On the canvas the end of the run before may still be shown.
			if (shown !== panel || panel === 'canvas') {
				const node = workflow.nodes.find(({ name }) => name === panel);
				await editor.show(workflow.id, node?.id);
			}
			shown = '';
			// n8n answers when the trigger listens.
			const listens = editor.page.waitForResponse((response) =>
				response.url().endsWith(`/workflows/${workflow.id}/run`),
			);
			await Promise.all([listens, pressIt(editor)]);
			expect(await scenario.callbackOf(number)).toContain('/webhook-test/');
			shown = panel;
		};

		it.each(RUN_BUTTONS)('$name has the next message run it', async (button) => {
			const { length } = await scenario.client.listExecutions(workflow.id);
			await press(button);
			expect(await writes(number)).toBe(200);
			const runs = await scenario.client.waitForExecutions(workflow.id, length + 1);
			const run = await scenario.client.getExecution(runs[length].id);
			expect(run).toMatchObject({ mode: 'manual', status: 'success' });
			expect(itemsOf(run, 'Trigger')).toMatchObject([{ json: { text: 'Hello' } }]);
			await callback(number, (url) => url === callbackBefore);
			worked++;
		});

		it.each(STOP_BUTTONS)('$name gives the callback back', async ({ start, press: stop }) => {
			const { length } = await scenario.client.listExecutions(workflow.id);
			await press(start);
			await stop(editor);
			await callback(number, (url) => url === callbackBefore);
			if (isPublished) expect(await writes(number)).toBe(200);
			const expected = length + (isPublished ? 1 : 0);
			const runs = await scenario.client.waitForExecutions(workflow.id, expected);
			expect(runs.map(({ mode }) => mode).slice(length)).toEqual(isPublished ? ['webhook'] : []);
			worked++;
		});
	});

	describe('of a workflow as a whole', () => {
		let number: string;
		let id: string;

		beforeAll(async () => {
			number = scenario.addNumber();
			({ id } = await scenario.client.createWorkflow(support(number)));
		});

		it("'Publish' registers the trigger, and 'Unpublish' ends it, any number of times", async () => {
			for (let n = 0; n < 2; n++) {
				await scenario.client.activate(id);
				expect(await scenario.callbackOf(number)).toMatch(/\/webhook\//);
				await scenario.client.deactivate(id);
				expect(await scenario.callbackOf(number)).toBe('');
			}
			worked += 2;
		});

		it.each(['original', 'saved'] as const)(
			"'Retry' with the %s workflow runs it, and nothing is forgotten",
			async (which) => {
				await scenario.client.activate(id);
				const { length } = await scenario.client.listExecutions(id);
				expect(await writes(number, 'fail')).toBe(200);
				const [failed] = (await scenario.client.waitForExecutions(id, length + 1)).slice(length);
				expect(failed.status).toBe('error');
				const { status, mode } = await scenario.client.retryExecution(failed.id, which);
				expect([mode, status]).toEqual(['retry', 'error']);
				await scenario.server.restart();
				await scenario.client.logIn();
				expect(await writes(number, 'Hello again', '4915112345679')).toBe(200);
				expect(await ask(number, [CUSTOMER])).toMatchObject([{ window: { state: 'open' } }]);
				worked++;
			},
		);

		it.each([
			["'Duplicate'", (stored: StoredWorkflow) => stored],
			[
				"'Import from File' of what 'Download' gave, static data included",
				(stored: StoredWorkflow) => JSON.parse(JSON.stringify(stored)) as StoredWorkflow,
			],
		])('%s gives a workflow that works beside the first', async (_button, copied) => {
			// The editor stores a copy under a name of its own: n8n gives it the ID.
			const {
				name,
				nodes: originals,
				connections,
				settings,
				staticData,
			} = copied(await scenario.client.getWorkflow(id));
			const other = scenario.addNumber();
			const nodes = originals.map((node): INode => ({ ...node, webhookId: randomUUID() }));
			const trigger = nodes.find(({ name }) => name === 'Trigger') as INode;
			trigger.parameters = scenario.trigger(other).parameters;
			const definition = { name, nodes, connections, settings, staticData };
			const copy = await scenario.client.createWorkflow(definition);
			await scenario.client.activate(copy.id);
			for (const to of [number, other]) expect(await writes(to, 'To both')).toBe(200);
			const [run] = await scenario.client.waitForExecutions(copy.id, 1);
			expect(run).toMatchObject({ mode: 'webhook', status: 'success' });
			worked++;
		});
	});
});
