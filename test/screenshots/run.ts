import fs from 'fs';
import path from 'path';

import type { INode } from 'n8n-workflow';

import { connect, nodeOf, workflowOf } from '../e2e/harness';
import { Editor } from '../n8n/editor';
import { outputDir } from '../n8n/npm';

import { takePhone } from './phone';
import { pictures, type Part, type Picture } from './pictures';
import { Stage } from './stage';
import { type View, views } from './views';

const screenshotsDir = path.join(outputDir, 'screenshots');
const docsDir = path.join(__dirname, '..', '..', 'docs', 'images');

/** The phone beside what n8n decided: the demo's own page. */
const PHONE = 'phone-and-decisions';

const TRIGGER_NAME = 'When clicking ‘Execute workflow’';

/** The editor's transitions take a moment to come to rest. */
const REST_MS = 700;

const MOST_DOCS_BYTES = 175_000;

const WIDTH = 1440;
const LEAST_HEIGHT = 700;

/** Photographs the package in a real n8n; arguments are patterns of the names of those to take. */
async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	const isWanted = ({ name }: { name: string }) =>
		wanted.length === 0 || wanted.some((pattern) => new RegExp(pattern).test(name));
	for (const folder of [screenshotsDir, docsDir]) fs.mkdirSync(folder, { recursive: true });
	if (isWanted({ name: PHONE })) {
		const file = path.join(screenshotsDir, `${PHONE}.png`);
		await takePhone(file);
		keepForDocs(file);
		console.log(PHONE);
	}
	const hasOthers = [...pictures, ...views].some(isWanted);
	if (hasOthers) await takeEditor(isWanted);
}

/** What the editor shows of the nodes. */
async function takeEditor(isWanted: (look: { name: string }) => boolean): Promise<void> {
	const stage = await Stage.set();
	try {
		const chosen = pictures.filter(isWanted);
		const workflow = await storeWorkflow(stage, chosen);
		for (const theme of ['light', 'dark'] as const) {
			const inTheme = (entry: Picture | View) => (entry.theme ?? 'light') === theme;
			const looks: Look[] = [
				...chosen.filter(inTheme).map((picture) => ({
					name: picture.name,
					take: async (editor: Editor) =>
						await take(editor, workflow.id, workflow.nodeIds[picture.name], picture),
				})),
				...views
					.filter(isWanted)
					.filter(inTheme)
					.map((view) => ({
						name: view.name,
						take: async (editor: Editor) => await takeView(editor, stage, view),
					})),
			];
			if (looks.length > 0) await takeAll(stage, theme, looks);
		}
	} finally {
		await stage.strike();
	}
}

interface Look {
	name: string;
	take: (editor: Editor) => Promise<void>;
}

/** Takes one picture after the other. One that cannot be taken shows how far it came. */
async function takeAll(stage: Stage, theme: 'light' | 'dark', looks: Look[]): Promise<void> {
	const editor = await Editor.open(stage.server.url, { theme });
	try {
		for (const { name, take: takeIt } of looks) {
			try {
				await takeIt(editor);
				console.log(name);
			} catch (error) {
				process.exitCode = 1;
				console.error(`${name}: ${(error as Error).message}`);
				await editor.page.screenshot({ path: path.join(screenshotsDir, `${name}.failed.png`) });
			}
		}
	} finally {
		await editor.close();
	}
}

async function takeView(
	editor: Editor,
	stage: Stage,
	{ name, height, show, testId }: View,
): Promise<void> {
	const { page } = editor;
	await page.setViewportSize({ width: WIDTH, height });
	await show(editor, stage);
	await page.waitForTimeout(REST_MS);
	const file = path.join(screenshotsDir, `${name}.png`);
	if (testId) await editor.part(testId).first().screenshot({ path: file });
	else await page.screenshot({ path: file });
}

/** One workflow with a node for each picture, all behind one trigger. */
async function storeWorkflow(stage: Stage, chosen: Picture[]) {
	const manual = nodeOf(TRIGGER_NAME, 'n8n-nodes-base.manualTrigger');
	const nodes = chosen.map(({ name, type, typeVersion = 1.1, parameters }, index) =>
		nodeOf(name, type as string, {
			typeVersion,
			credentials: stage.credentials,
			parameters: parameters as INode['parameters'],
			position: [300, index * 200],
		}),
	);
	const definition = workflowOf('Pictures', manual);
	definition.nodes.push(...nodes);
	chosen.forEach(({ name, type }) => {
		if (!type?.endsWith('Trigger')) connect(definition, manual.name, name);
	});
	const { id } = await stage.client.createWorkflow(definition);
	return { id, nodeIds: Object.fromEntries(nodes.map((node) => [node.name, node.id])) };
}

async function take(
	editor: Editor,
	workflowId: string,
	nodeId: string,
	{ name, steps, part = 'parameters', inDocs, height }: Picture,
): Promise<void> {
	const { page } = editor;
	await page.setViewportSize({ width: WIDTH, height: 1_400 });
	await editor.show(workflowId, nodeId);
	await page.waitForTimeout(REST_MS);
	await page.setViewportSize({ width: WIDTH, height: height ?? (await heightNeeded(editor)) });
	await steps?.(editor);
	await page.waitForTimeout(REST_MS);
	const file = path.join(screenshotsDir, `${name}.png`);
	await page.screenshot({ path: file, clip: await frame(editor, part) });
	if (inDocs) keepForDocs(file);
}

/** Puts a picture where the pages show it. @throws Error when it would make them slow to load */
function keepForDocs(file: string): void {
	if (fs.statSync(file).size > MOST_DOCS_BYTES) throw new Error('It is too big for the docs.');
	fs.copyFileSync(file, path.join(docsDir, path.basename(file)));
}

/** The height of a window in which all parameters are seen without scrolling. Pixels. */
async function heightNeeded(editor: Editor): Promise<number> {
	const panel = editor.part('node-parameters');
	const bottom = await panel.evaluate((element) => {
		const items = Array.from(
			element.querySelectorAll('[data-test-id="parameter-item"], .parameter-item'),
		);
		const top = element.getBoundingClientRect().top;
		return (
			items.reduce((most, item) => Math.max(most, item.getBoundingClientRect().bottom - top), 0) +
			top +
			element.scrollTop
		);
	});
	return Math.max(LEAST_HEIGHT, Math.ceil(bottom) + 100);
}

async function frame(editor: Editor, part: Part) {
	const box = async (testId: string) => {
		const found = await editor.part(testId).first().boundingBox();
		if (!found) throw new Error(`The editor shows no ${testId}.`);
		return found;
	};
	const whole = await box('ndv');
	const left = (await box('node-parameters')).x;
	const right = (await box('output-panel')).x;
	const end = whole.x + whole.width;
	const { y, height } = whole;
	switch (part) {
		case 'parameters':
			return { x: left, y, width: right - left, height };
		case 'parametersAndOutput':
			return { x: left, y, width: end - left, height };
		case 'output':
			return { x: right, y, width: end - right, height };
		case 'window':
			return whole;
	}
}

main().then(
	() => process.exit(),
	(error: Error) => {
		console.error(error);
		process.exit(1);
	},
);
