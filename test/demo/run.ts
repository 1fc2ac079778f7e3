import readline from 'readline';
import { parseArgs } from 'util';

import { owner } from '../n8n/client';

import { Screen } from './screen';
import { Stage } from './stage';
import { Story } from './story';

const USAGE = `Shows the package at work in a real n8n, with a stand-in for WhatsApp. Nothing leaves this machine.

  npm run demo                 tells a story, then leaves n8n and the phone open until Ctrl-C
  npm run demo -- --once       ends after the story; so it is too where CI=true
  npm run demo -- --fresh      forgets the workflows and executions of earlier times`;

/** After the story statuses take their time, so that the phone's ticks can be watched. */
const STATUS_DELAY_MS = 350;

const screen = new Screen();

let stage: Stage | undefined;
let isEnding = false;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			once: { type: 'boolean', default: process.env.CI === 'true' },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', short: 'h', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return 0;
	}

	screen.title('WhatsApp Conversations for n8n: the demo');
	screen.tell(
		'A real n8n, this package, and a stand-in for WhatsApp. Nothing leaves this machine.',
	);
	screen.tell(
		'The first time n8n is fetched: a few minutes, about 2.5 GB. After that it takes seconds.',
	);
	screen.blank();
	stage = await Stage.set(screen, values);

	const story = new Story(stage, screen);
	await story.tell();
	const exitCode = sumUp(story);
	if (!values.once) await stayOpen(stage, story);
	await stage.strike();
	return exitCode;
}

function sumUp({ surprises }: Story): number {
	if (surprises.length === 0) {
		screen.done('Everything went as it should.');
		return 0;
	}
	screen.wrong(`Not everything went as it should. It is marked above: ${surprises.length} times.`);
	screen.tell('If you have changed the workflows of the demo: npm run demo -- --fresh');
	return 1;
}

/** Leaves everything running until the person has had enough. */
async function stayOpen(open: Stage, story: Story): Promise<void> {
	open.simulator.settings.statusDelayMs = STATUS_DELAY_MS;
	screen.title('Your turn');
	screen.link('The phone', open.simulator.phoneUrl);
	screen.link('The editor', open.editorUrl);
	screen.link('E-mail', owner.email);
	screen.link('Password', owner.password);
	screen.blank();
	screen.tell(
		'Open the phone in a browser and be the customers: write, tap, order, write STOP, be 25 hours late. Beside it you see what n8n decided, and why.',
	);
	screen.blank();
	screen.tell(
		'The editor opens with the workflow "Support Conversation". Change the text of an answer, and press Publish. Under Executions you see each run of the story.',
	);
	screen.blank();
	if (process.stdin.isTTY) await chat(story);
	else {
		screen.tell('n8n runs until you press Ctrl-C.');
		await new Promise(() => {});
	}
}

/** Sends each line that is typed as a message of Ann. Ends with Ctrl-C or Ctrl-D. */
async function chat(story: Story): Promise<void> {
	screen.tell('Type a message and press Enter: you write as Ann. Ctrl-C ends the demo.');
	screen.blank();
	const prompt = readline.createInterface({
		input: process.stdin,
		output: process.stdout,
		prompt: '   ← Ann   ',
	});
	prompt.on('SIGINT', () => prompt.close());
	prompt.prompt();
	for await (const line of prompt) {
		if (line.trim()) await story.annWrites(line.trim()).catch(tellWhatHappened);
		prompt.prompt();
	}
	screen.blank();
	screen.working('Stopping n8n …');
}

function tellWhatHappened(error: unknown): void {
	screen.wrong(error instanceof Error ? error.message : String(error));
}

/** What Ctrl-C does: all that was started ends too. The second time at once. */
async function end(): Promise<void> {
	if (isEnding || !stage) process.exit(130);
	isEnding = true;
	screen.blank();
	screen.working('Stopping n8n …');
	await stage.strike();
	process.exit(0);
}

/** Ends the demo when who started it is gone: npm, when it is ended alone, leaves its script behind. */
function endWithParent(): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) void end();
	}, 1000).unref();
}

endWithParent();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

main().then(
	(exitCode) => process.exit(exitCode),
	async (error: unknown) => {
		// What is cut off while everything ends is no news.
		if (isEnding) return;
		screen.blank();
		tellWhatHappened(error);
		await stage?.strike();
		process.exit(1);
	},
);
