import { type ChildProcess, execFileSync, spawn } from 'child_process';
import { once } from 'events';
import fs from 'fs';
import net from 'net';
import path from 'path';
import { setTimeout as pause } from 'timers/promises';

import { ensureN8n, type N8nInstallation } from './install';
import { lastLines, type Log, unpack } from './npm';
import { traitsOf } from './versions';

/** A server that is not ready after this time never will be. */
const START_TIMEOUT_MS = 300_000;

/** n8n itself gives its executions 30 seconds to end before it exits. */
const STOP_TIMEOUT_MS = 40_000;

export interface StartOptions {
	/** The server's folder: its database, installed packages and log. Created when absent. */
	dataDir: string;
	/** Tarballs of community packages. They replace what an existing folder has of these packages. */
	packages: string[];
	/** n8n's command and its flags, e.g. `['worker', '--concurrency=5']`; default `['start']`. */
	command?: string[];
	/** The port to listen on; a free one when left out. */
	port?: number;
	/** Environment variables that n8n gets beside, or instead of, the quiet ones. */
	env?: Record<string, string>;
	/** Says what is being installed, should n8n not be there yet. */
	log?: Log;
}

/**
 * Starts the pinned n8n on loopback, on an SQLite database of its own unless `env` names another,
 * with community packages unpacked where n8n's own package installer puts them. Resolves when it is
 * ready for requests.
 */
export async function startN8n(options: StartOptions): Promise<N8nServer> {
	const installation = await ensureN8n({ log: options.log });
	const dataDir = path.resolve(options.dataDir);
	fs.mkdirSync(dataDir, { recursive: true });
	for (const tarball of options.packages) addPackage(dataDir, tarball);
	const port = options.port ?? (await freePort());
	const command = options.command ?? ['start'];
	const env = {
		...quietEnvironment(installation.node, dataDir, port, await freePort()),
		...options.env,
	};
	const server = new N8nServer(installation, dataDir, command, port, env);
	await server.start();
	return server;
}

/** A running n8n, or one that was running and can be started again on the same data. */
export class N8nServer {
	readonly url: string;

	/** All that n8n wrote to its outputs, over all its starts. */
	readonly logFile: string;

	private child?: ChildProcess;

	constructor(
		private readonly installation: N8nInstallation,
		readonly dataDir: string,
		private readonly command: string[],
		port: number,
		private readonly env: Record<string, string>,
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.logFile = path.join(dataDir, 'n8n.log');
	}

	/** The process ID. Throws when the server does not run. */
	get pid(): number {
		if (!this.child?.pid) throw new Error('The n8n server is not running.');
		return this.child.pid;
	}

	/**
	 * Starts the server and waits until it is ready. Throws with the end of its log otherwise.
	 *
	 * @param preload a script of this folder that the server loads first
	 */
	async start(preload?: string): Promise<void> {
		if (this.child) throw new Error('The n8n server is running already.');
		const output = fs.openSync(this.logFile, 'a');
		const preloads = ['parent-guard.js', preload].flatMap((file) =>
			file === undefined ? [] : ['--require', path.join(__dirname, file)],
		);
		const child = spawn(
			this.installation.node,
			[...preloads, this.installation.n8n, ...this.command],
			{
				cwd: this.dataDir,
				env: this.env,
				// A process group of its own, so that n8n's task runner can be ended with it.
				detached: process.platform !== 'win32',
				stdio: ['pipe', output, output],
			},
		);
		fs.closeSync(output);
		this.child = child;
		child.on('error', () => {});
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await this.isReady())) {
			const ended = child.exitCode !== null || child.signalCode !== null || !child.pid;
			if (ended || Date.now() > deadline) {
				await this.kill();
				throw new Error(
					`n8n did not start. The end of ${this.logFile}:\n${lastLines(this.logFile)}`,
				);
			}
			await pause(100);
		}
	}

	/** Asks the server to end, as a service manager would, and waits until it has. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends the server on the spot, as a power cut would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/**
	 * Stops the server, unless it has stopped already, and starts it again on the same data.
	 *
	 * @param preload see {@link start}
	 */
	async restart(preload?: string): Promise<void> {
		await this.stop();
		await this.start(preload);
	}

	/** Bytes of memory the server's main process holds now (its resident set). */
	memory(): number {
		if (process.platform === 'linux') {
			const status = fs.readFileSync(`/proc/${this.pid}/status`, 'utf8');
			return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
		}
		return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(this.pid)])) * 1024;
	}

	private async isReady(): Promise<boolean> {
		const resources = ['/healthz/readiness'];
		// Only the main process has an API.
		if (this.command[0] === 'start') resources.push('/rest/settings');
		try {
			for (const resource of resources) {
				const response = await fetch(this.url + resource, { signal: AbortSignal.timeout(5_000) });
				await response.arrayBuffer();
				if (response.status !== 200) return false;
			}
			return true;
		} catch {
			return false;
		}
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (!child?.pid) return;
		if (child.exitCode === null && child.signalCode === null) {
			const exited = once(child, 'exit');
			if (signal === 'SIGTERM') {
				child.kill('SIGTERM');
				await Promise.race([exited, pause(STOP_TIMEOUT_MS, undefined, { ref: false })]);
			}
			endGroup(child.pid);
			await exited;
		}
		endGroup(child.pid);
	}
}

/** Ends what is left of a server: itself and the task runner it started. */
function endGroup(pid: number): void {
	try {
		if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/t', '/f']);
		else process.kill(-pid, 'SIGKILL');
	} catch {
		// Nothing was left.
	}
}

/** Puts a package where n8n looks for installed community packages. */
function addPackage(dataDir: string, tarball: string): void {
	const modules = path.join(dataDir, '.n8n', 'nodes', 'node_modules');
	const arriving = path.join(modules, '.arriving');
	fs.rmSync(arriving, { recursive: true, force: true });
	unpack(tarball, arriving);
	const { name } = JSON.parse(fs.readFileSync(path.join(arriving, 'package.json'), 'utf8'));
	fs.rmSync(path.join(modules, name), { recursive: true, force: true });
	fs.renameSync(arriving, path.join(modules, name));
}

/** A port on loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
	const probe = net.createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as net.AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

/** An environment in which n8n asks nobody outside this machine for anything. */
function quietEnvironment(
	node: string,
	dataDir: string,
	port: number,
	brokerPort: number,
): Record<string, string> {
	const inherited: Record<string, string> = {};
	for (const name of ['HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG']) {
		const value = process.env[name];
		if (value !== undefined) inherited[name] = value;
	}
	return {
		...inherited,
		PATH: path.dirname(node) + path.delimiter + (process.env.PATH ?? ''),
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		NO_COLOR: '1',
		N8N_LOG_LEVEL: 'info',

		N8N_USER_FOLDER: dataDir,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_ONBOARDING_FLOW_DISABLED: 'true',
		N8N_AI_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		...(traitsOf().asksMcpRegistry && { N8N_DISABLED_MODULES: 'mcp-registry' }),
		// A proxy that is not there stops what still wants to go out.
		HTTP_PROXY: 'http://127.0.0.1:9',
		HTTPS_PROXY: 'http://127.0.0.1:9',
		NO_PROXY: '127.0.0.1,localhost',
	};
}
