import { spawn } from 'child_process';
import fs from 'fs';
import path from 'path';

import { ensureN8n } from '../n8n/install';
import { packPackage } from '../n8n/pack';

import { figuresFile } from './harness';

/**
 * Runs the end-to-end tests: installs n8n when it is not there, packs this package, runs jest with
 * the arguments given, prints the figures that tests recorded, and ends with jest's exit code.
 *
 * `--n8n <version>` chooses an n8n of the folder `test/n8n`, and the compact tests of what is
 * promised on each. Without it all tests run on the newest one but these.
 */
async function main(): Promise<number> {
	const args = process.argv.slice(2);
	const flag = args.indexOf('--n8n');
	if (flag >= 0) [, process.env.N8N_TEST_VERSION] = args.splice(flag, 2);
	await ensureN8n();
	fs.rmSync(figuresFile, { force: true });
	const exitCode = await runJest(args, { E2E_PACKAGE: packPackage() });
	if (fs.existsSync(figuresFile)) process.stdout.write(fs.readFileSync(figuresFile));
	return exitCode;
}

async function runJest(args: string[], env: Record<string, string>): Promise<number> {
	const jest = path.join(path.dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');
	const config = path.join(__dirname, 'jest.config.js');
	const child = spawn(process.execPath, [jest, '--config', config, ...args], {
		stdio: 'inherit',
		env: { ...process.env, ...env },
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	},
);
