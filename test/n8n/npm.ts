import { type ExecFileSyncOptions, execFileSync, spawn } from 'child_process';
import fs from 'fs';
import path from 'path';

const isWindows = process.platform === 'win32';

/** The folder for what a test run writes: logs, data of test servers, packed packages. Git-ignored. */
export const outputDir = path.join(__dirname, '..', 'output');

/** Says one line to the person who waits. */
export type Log = (line: string) => void;

/** Runs npm, waits, and returns what it wrote to standard output. Throws when npm does not succeed. */
export function npm(args: string[], options: ExecFileSyncOptions = {}): string {
	return execFileSync('npm', args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		...options,
		shell: isWindows,
	}).toString();
}

export interface StepOptions {
	/** What is being done, for the person who waits. */
	title: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** npm's own output is appended here. */
	logFile: string;
	log: Log;
}

/**
 * Runs one long npm command: tells its title, says every 20 seconds that it is still at work, and
 * then how long it took. Throws with the end of npm's output when npm does not succeed.
 */
export async function npmStep({ title, args, cwd, env, logFile, log }: StepOptions): Promise<void> {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	log(`  ${title} …`);
	const tick = setInterval(() => log(`  … still at it after ${seconds()}`), 20_000);
	const output = fs.openSync(logFile, 'a');
	try {
		await new Promise<void>((resolve, reject) => {
			const child = spawn('npm', args, {
				cwd,
				env,
				shell: isWindows,
				stdio: ['ignore', output, output],
			});
			child.on('error', reject);
			child.on('close', (code) => {
				if (code === 0) return resolve();
				reject(
					new Error(
						`npm ${args.join(' ')} ended with code ${code} in ${cwd}.\n` +
							`${lastLines(logFile)}\nAll of its output: ${logFile}`,
					),
				);
			});
		});
	} finally {
		clearInterval(tick);
		fs.closeSync(output);
	}
	log(`  … done in ${seconds()}`);
}

/** The last lines of a text file. */
export function lastLines(file: string, count = 25): string {
	return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

/** Unpacks an npm tarball into a folder, without the tarball's own top folder. */
export function unpack(tarball: string, folder: string): void {
	fs.mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', '-', '--strip-components=1'], {
		cwd: folder,
		input: fs.readFileSync(tarball),
		stdio: ['pipe', 'ignore', 'pipe'],
	});
}
