import { execFile } from 'child_process';
import { get, type IncomingMessage } from 'http';
import path from 'path';
import { createInterface } from 'readline';

import type { Entry } from '../simulator/phone/entries';

/** What the page of the phone is told, for as long as the demo runs. */
async function watch(phone: string, told: Map<string, Entry>): Promise<void> {
	const response = await new Promise<IncomingMessage>((resolve) =>
		get(`${phone}api/events`, resolve),
	);
	const lines = createInterface(response).on('line', (line) => {
		if (!line.startsWith('data: ')) return;
		const { changed } = JSON.parse(line.slice(6)) as { changed: Entry[] };
		for (const entry of changed) told.set(`${entry.kind}:${entry.id}`, entry);
	});
	// The end of the demo cuts the connection.
	for (const stream of [response, lines]) stream.on('error', () => {});
	await new Promise((resolve) => response.on('close', resolve));
}

/** The demo checks its own story against the simulator's books, and says so by its exit code. */
it('the demo tells its story to the end, shows it on the phone, and leaves by itself', async () => {
	const root = path.join(__dirname, '..', '..');
	const told = new Map<string, Entry>();
	let watching: Promise<void> | undefined;
	const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve) => {
		const child = execFile(
			process.execPath,
			['--import', 'tsx', 'test/demo/run.ts', '--once', '--fresh'],
			{ cwd: root, env: { ...process.env, NO_COLOR: '1' } },
			(_error, stdout, stderr) => resolve({ code: child.exitCode, output: stdout + stderr }),
		);
		createInterface(child.stdout!).on('line', (line) => {
			const [phone] = /http:\S+\/phone\/$/.exec(line) ?? [];
			if (phone) watching ??= watch(phone, told);
		});
	});
	await watching;
	expect(output).toContain('Everything went as it should');
	expect(code).toBe(0);

	const entries = [...told.values()];
	expect(entries).toContainEqual(
		expect.objectContaining({
			kind: 'decision',
			node: 'Reply',
			sentAs: 'template',
			decision: expect.objectContaining({ reason: 'sentTemplateInstead' }),
		}),
	);
	expect(entries).toContainEqual(
		expect.objectContaining({
			kind: 'known',
			window: expect.objectContaining({ state: 'open' }),
			maySend: expect.objectContaining({ freeForm: expect.objectContaining({ allowed: true }) }),
		}),
	);
	const threads = entries.filter(({ kind }) => kind === 'thread').map(({ id }) => id);
	for (const { kind, thread } of entries)
		if (kind === 'decision') expect(threads).toContain(thread);
});
