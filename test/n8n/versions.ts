import fs from 'fs';
import path from 'path';

interface Pins {
	engines?: { node?: string };
	dependencies: { n8n: string };
}

/** The n8n that everything runs on unless another is chosen. */
const NEWEST = pinsIn(__dirname).dependencies.n8n;

/** n8n 2.41 runs on Node 24 and later; the compiled add-ons it brings are for 24. */
const NODE_OF_NEWEST = '24';

/** An n8n that tests can run on. */
export interface N8nVersion {
	/** E.g. 2.41.1. */
	version: string;
	isNewest: boolean;
	/** The folder with its package.json and package-lock.json. */
	pins: string;
	/** The major version of the Node that runs it. */
	nodeMajor: string;
	/** Packages whose install scripts have to run. */
	built: string[];
}

/** The versions of n8n of which there are pins, the newest one first. */
function n8nVersions(): string[] {
	const older = fs
		.readdirSync(__dirname)
		.filter((name) => fs.existsSync(path.join(__dirname, name, 'package-lock.json')));
	return [NEWEST, ...older];
}

/**
 * The n8n that the environment variable `N8N_TEST_VERSION` names, else the newest one.
 *
 * @throws Error when there are no pins of it
 */
export function chosenN8n(): N8nVersion {
	const version = process.env.N8N_TEST_VERSION || NEWEST;
	const isNewest = version === NEWEST;
	const pins = isNewest ? __dirname : path.join(__dirname, version);
	if (!n8nVersions().includes(version)) {
		throw new Error(
			`There is no n8n ${version} to test on. There are: ${n8nVersions().join(', ')}.`,
		);
	}
	return {
		version,
		isNewest,
		pins,
		nodeMajor: pinsIn(pins).engines?.node ?? NODE_OF_NEWEST,
		// Older ones start without the other, which has no ready-made binary for their Node.
		built: isNewest ? ['sqlite3', 'isolated-vm'] : ['sqlite3'],
	};
}

/** What the chosen n8n does otherwise than others, as far as the tests have to know it. */
export function traitsOf(version = chosenN8n().version) {
	const since = (major: number, minor: number) => {
		const [ownMajor, ownMinor] = version.split('.').map(Number);
		return ownMajor > major || (ownMajor === major && ownMinor >= minor);
	};
	return {
		/** A saved workflow is published by a call of its own; older ones are switched on by a change. */
		publishes: since(2, 0),
		/** It says how far a publication has come; older ones answer when it is done. */
		tellsPublication: since(2, 41),
		/** A manual run goes by the workflow as it is stored; to older ones the editor gives it along. */
		runsStored: since(2, 30),
		/** Its public API has data tables. */
		hasDataTables: since(2, 7),
		/** An execution is stored before its delivery is answered, so a crash loses none that was. */
		storesFirst: since(2, 8),
		/** It signs the addresses at which runs that wait are resumed. */
		signsResumes: since(2, 0),
		/** It asks a registry on the internet at its start, unless that is switched off. */
		asksMcpRegistry: since(2, 30),
		/** It has the versions of its own nodes that the examples use. */
		hasExampleNodes: since(1, 117),
	};
}

function pinsIn(folder: string): Pins {
	return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Pins;
}
