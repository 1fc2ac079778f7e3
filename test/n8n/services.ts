import { type ChildProcess, execFileSync, spawn } from 'child_process';
import { once } from 'events';
import fs from 'fs';
import path from 'path';
import { setTimeout as pause } from 'timers/promises';

import { lastLines } from './npm';
import { freePort } from './server';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/** Where Debian keeps the programs of PostgreSQL that are not for every day. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The account that Debian's package makes for PostgreSQL, which refuses to be run by root. */
const POSTGRES_ACCOUNT = 'postgres';

const PROGRAMS = ['postgres', 'initdb', 'pg_isready', 'redis-server', 'redis-cli', 'setpriv'];

/** Which programs that n8n's queue mode takes are not on this machine. */
export function missingPrograms(): string[] {
	return PROGRAMS.filter((name) => findProgram(name) === undefined);
}

/** A program beside n8n that listens on loopback. */
export class Service {
	private constructor(
		readonly port: number,
		private readonly child: ChildProcess,
	) {}

	/** PostgreSQL on an empty database 'postgres', whose owner 'n8n' needs no password. */
	static async postgres(folder: string): Promise<Service> {
		const data = path.join(folder, 'postgres');
		const logFile = path.join(folder, 'postgres.log');
		fs.mkdirSync(data, { recursive: true });
		const account = unprivilegedAccount();
		if (account) fs.chownSync(data, account.uid, account.gid);
		const [setpriv, ...rest] = command('initdb', account);
		// PostgreSQL keeps to a folder of the account's own; the one it is called from may not be.
		execFileSync(setpriv, [...rest, '-D', data, '-A', 'trust', '-U', 'n8n', '--no-sync'], {
			cwd: data,
			stdio: 'pipe',
		});
		const port = await freePort();
		// What is kept need not survive a power cut, and the tests end only n8n on the spot.
		const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
		return await Service.start({
			port,
			program: command('postgres', account),
			args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
			cwd: data,
			logFile,
			question: [program('pg_isready'), '-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'n8n'],
		});
	}

	/** Redis, with nothing in it, that keeps nothing. */
	static async redis(folder: string): Promise<Service> {
		const port = await freePort();
		return await Service.start({
			port,
			program: command('redis-server'),
			args: ['--bind', '127.0.0.1', '--port', String(port), '--save', ''],
			cwd: folder,
			logFile: path.join(folder, 'redis.log'),
			question: [program('redis-cli'), '-h', '127.0.0.1', '-p', String(port), 'ping'],
		});
	}

	private static async start(options: {
		port: number;
		program: string[];
		args: string[];
		cwd: string;
		logFile: string;
		/** A command that succeeds as soon as the service answers. */
		question: string[];
	}): Promise<Service> {
		const [file, ...first] = options.program;
		const output = fs.openSync(options.logFile, 'a');
		const child = spawn(file, [...first, ...options.args], {
			cwd: options.cwd,
			stdio: ['ignore', output, output],
		});
		fs.closeSync(output);
		child.on('error', () => {});
		const service = new Service(options.port, child);
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!succeeds(options.question)) {
			if (service.hasEnded() || Date.now() > deadline) {
				await service.stop();
				throw new Error(
					`${file} did not start. The end of ${options.logFile}:\n${lastLines(options.logFile)}`,
				);
			}
			await pause(100);
		}
		return service;
	}

	/** Asks the service to end, and waits until it has. */
	async stop(): Promise<void> {
		if (this.hasEnded()) return;
		const exited = once(this.child, 'exit');
		this.child.kill('SIGINT');
		await Promise.race([exited, pause(STOP_TIMEOUT_MS, undefined, { ref: false })]);
		if (this.hasEnded()) return;
		this.child.kill('SIGKILL');
		await exited;
	}

	private hasEnded(): boolean {
		const { exitCode, signalCode, pid } = this.child;
		return exitCode !== null || signalCode !== null || !pid;
	}
}

interface Account {
	uid: number;
	gid: number;
}

/** The account that a program must be run by which refuses root; undefined when this is not root. */
function unprivilegedAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const ask = (flag: string) => Number(execFileSync('id', [flag, POSTGRES_ACCOUNT]));
	return { uid: ask('-u'), gid: ask('-g') };
}

/** How a program is called so that it ends when this process is gone, however that happened. */
function command(name: string, account?: Account): string[] {
	const identity = account
		? ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups']
		: [];
	return [program('setpriv'), '--pdeathsig', 'INT', ...identity, program(name)];
}

function program(name: string): string {
	const file = findProgram(name);
	if (!file) throw new Error(`${name} is not installed (Debian: postgresql redis-server).`);
	return file;
}

function findProgram(name: string): string | undefined {
	const versions = fs.existsSync(DEBIAN_POSTGRES) ? fs.readdirSync(DEBIAN_POSTGRES) : [];
	return [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin')),
	]
		.map((folder) => path.join(folder, name))
		.find((file) => fs.existsSync(file));
}

function succeeds([file, ...args]: string[]): boolean {
	try {
		execFileSync(file, args, { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}
