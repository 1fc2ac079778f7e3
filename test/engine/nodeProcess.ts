import { parse, resolve } from 'path';

import * as luxon from 'luxon';
import { PackageDirectoryLoader } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import type { ICredentialType, INodeType, INodeTypes } from 'n8n-workflow';

import { FreshModules } from './freshModules';
import { TEST_NODES } from './testNodes';

/** Root of the package, whose package.json names the compiled nodes; PACKAGE_ROOT names a copy. */
export const PACKAGE_ROOT = process.env.PACKAGE_ROOT ?? resolve(__dirname, '..', '..');

/**
 * The package as n8n loads it at its start.
 *
 * @param foreign modules that it finds instead of n8n's
 */
export async function loadPackage(
	foreign?: Record<string, unknown>,
): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(PACKAGE_ROOT);
	if (foreign) loadAnew(loader, foreign);
	await loader.loadAll();
	return loader;
}

/** Only the package itself is loaded anew. These are n8n's own, and the engine has them already. */
const SHARED: Record<string, unknown> = { 'n8n-workflow': n8nWorkflow, luxon };

/** Has a loader load the package's classes with module state of their own. */
function loadAnew(loader: PackageDirectoryLoader, foreign: Record<string, unknown>): void {
	const modules = new FreshModules((name) => foreign[name] ?? jest.requireActual(name));
	Object.assign(loader, {
		loadClass: (sourcePath: string) => {
			const exported = modules.load(resolve(PACKAGE_ROOT, sourcePath));
			return new (exported as Record<string, new () => object>)[classIn(sourcePath)]();
		},
	});
}

/** The class that n8n looks for in a file. */
function classIn(sourcePath: string): string {
	return parse(sourcePath).name.split('.')[0];
}

/** By their names, which are those of the classes but for the first letter. */
function knownIn(sourcePaths: string[]) {
	return Object.fromEntries(
		sourcePaths.map((sourcePath) => {
			const className = classIn(sourcePath);
			const name = className[0].toLowerCase() + className.slice(1);
			return [name, { className, sourcePath }];
		}),
	);
}

/**
 * The memory of one n8n process: the package's classes with module state of their own, which no
 * other process shares and which ends with it.
 */
export class NodeProcess {
	readonly nodeTypes: INodeTypes;

	private readonly loader = new PackageDirectoryLoader(PACKAGE_ROOT);

	constructor() {
		loadAnew(this.loader, SHARED);
		// It loads what it knows when it is first asked for it, which most tests do for one node alone.
		const { nodes = [], credentials = [] } = this.loader.packageJson.n8n ?? {};
		this.loader.known.nodes = knownIn(nodes);
		this.loader.known.credentials = knownIn(credentials);
		const typeOf = (name: string, version?: number): INodeType =>
			TEST_NODES[name] ??
			n8nWorkflow.NodeHelpers.getVersionedNodeType(
				this.loader.getNode(ofTool(shortName(name))).type,
				version,
			);
		this.nodeTypes = {
			getByName: typeOf,
			getByNameAndVersion: typeOf,
			getKnownTypes: () => ({}),
		};
	}

	credentialType(name: string): ICredentialType {
		return this.loader.getCredential(name).type;
	}
}

/** n8n makes a tool of a node under a name of its own. */
function ofTool(name: string): string {
	return name.replace(/Tool$/, '');
}

/** A type's name without its package. */
function shortName(type: string): string {
	return type.split('.').pop() as string;
}
