import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';

import type { PackageDirectoryLoader } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';
import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeType,
} from 'n8n-workflow';

import { CREDENTIALS, Engine, itemsOf } from './engine';
import { loadPackage, PACKAGE_ROOT } from './nodeProcess';
import { schemaFile } from './schemas';
import { chosen, nodeOf, SEND_TYPE, workflowOf } from './workflows';

const NODES = ['whatsAppConversations', 'whatsAppConversationsTrigger'];
const CREDENTIALS_OF_PACKAGE = [
	'clickatellApi',
	'n8nDataTableApi',
	'whatsAppCloudApi',
	'whatsAppCompatibleApi',
];

let loader: PackageDirectoryLoader;

beforeAll(async () => {
	// Registered paths that do not exist, and classes that cannot be made, end in an error here.
	loader = await loadPackage();
});

const nodeType = (name: string): INodeType =>
	NodeHelpers.getVersionedNodeType(loader.getNode(name).type);

describe('the package as n8n loads it', () => {
	it('has both nodes and the credentials', () => {
		expect(Object.keys(loader.known.nodes).sort()).toEqual(NODES);
		expect(Object.keys(loader.known.credentials).sort()).toEqual(CREDENTIALS_OF_PACKAGE);
	});

	it.each(CREDENTIALS_OF_PACKAGE)('offers the credential %s for both nodes', (name) => {
		expect([...(loader.known.credentials[name].supportedNodes ?? [])].sort()).toEqual(NODES);
	});

	it('needs nothing but n8n at run time', () => {
		const { dependencies, peerDependencies } = loader.packageJson as unknown as Record<
			string,
			Record<string, string> | undefined
		>;
		expect(dependencies ?? {}).toEqual({});
		expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('may be used as a tool by agents, but not the trigger', () => {
		expect(nodeType('whatsAppConversations').description.usableAsTool).toBe(true);
		expect(nodeType('whatsAppConversationsTrigger').description.usableAsTool).toBeUndefined();
	});

	it.each(NODES)('describes %s to the node panel', (name) => {
		const file = join(PACKAGE_ROOT, loader.getNode(name).sourcePath.replace(/\.js$/, '.json'));
		const codex = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
		expect(codex.node).toBe(`${loader.packageName}.${name}`);
		expect(nodeType(name).description.codex).toMatchObject({ categories: ['Communication'] });
	});

	it.each([...NODES, ...CREDENTIALS_OF_PACKAGE])('has a light and a dark icon for %s', (name) => {
		const { iconUrl } = NODES.includes(name)
			? nodeType(name).description
			: loader.getCredential(name).type;
		const { light, dark } = iconUrl as { light: string; dark: string };
		const [lightSvg, darkSvg] = [light, dark].map((url) =>
			readFileSync(join(PACKAGE_ROOT, url.replace(`icons/${loader.packageName}/`, '')), 'utf8'),
		);
		expect(lightSvg).toContain('<svg');
		expect(darkSvg).toContain('<svg');
		expect(lightSvg).not.toBe(darkSvg);
	});
});

describe('the descriptions', () => {
	it.each(NODES)('give a default to every parameter of %s', (name) => {
		const without = allProperties(name).filter(({ default: value }) => value === undefined);
		expect(without.map(({ name: parameter }) => parameter)).toEqual([]);
	});

	it.each(NODES)('name only methods that %s has', (name) => {
		const { methods = {} } = nodeType(name);
		const named = allProperties(name).flatMap(methodsIn);
		expect(named.length).toBeGreaterThan(0);
		const missing = named.filter(({ kind, method }) => {
			const known = methods[kind] as Record<string, unknown> | undefined;
			return typeof known?.[method] !== 'function';
		});
		expect(missing).toEqual([]);
	});

	it('keep every operation under a resource that exists', () => {
		const { properties } = nodeType('whatsAppConversations').description;
		const resources = optionsOf(properties.find(({ name }) => name === 'resource'));
		const shown = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions }) => displayOptions?.show?.resource ?? []);
		expect([...shown].sort()).toEqual(resources.sort());
	});

	it('come with an output schema for every operation and for the trigger', () => {
		// The editor looks in the folder of the node's version, and in no other.
		const files = [1, 1.1].flatMap((version) => [
			schemaFile(['WhatsAppConversationsTrigger', 'output'], version),
			...operations().map(({ resource, operation }) =>
				schemaFile(['WhatsAppConversations', resource, operation], version),
			),
		]);
		expect(files.filter((file) => !existsSync(file))).toEqual([]);
	});

	it('come with output schemas that can be read', () => {
		const folders = ['WhatsAppConversations', 'WhatsAppConversationsTrigger'];
		const files = folders.flatMap((folder) => {
			const schemas = join(PACKAGE_ROOT, 'dist', 'nodes', folder, '__schema__');
			return readdirSync(schemas, { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.json'))
				.map((name) => join(schemas, name));
		});
		expect(files.length).toBeGreaterThan(20);
		for (const file of files) {
			expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ type: 'object' });
		}
	});
});

describe('every operation', () => {
	it('has an implementation', async () => {
		const engine = await Engine.start({ baseUrl: 'http://127.0.0.1:9', accessToken: 'x' });
		try {
			expect(operations().length).toBeGreaterThan(0);
			for (const { resource, operation } of operations()) {
				const id = `${resource}:${operation}`;
				const filled = requiredParameters(resource, operation);
				const node = nodeOf('WhatsApp', SEND_TYPE, {
					credentials: CREDENTIALS,
					onError: 'continueRegularOutput',
					parameters: { resource, operation, ...filled },
				});
				engine.add(workflowOf(id, nodeOf('Start', 'test.start'), node));
				const run = await engine.run(id);
				// Without a server it ends in an error of ours, or succeeds; a missing one throws.
				expect([id, run.status]).toEqual([id, 'success']);
				expect([id, JSON.stringify(itemsOf(run, 'WhatsApp'))]).not.toEqual([
					id,
					expect.stringMatching(/undefined|is not a function|TypeError/),
				]);
			}
		} finally {
			await engine.stop();
		}
	});
});

/** Values for what must be filled before n8n runs the operation at all. */
function requiredParameters(resource: string, operation: string): INodeParameters {
	const required = nodeType('whatsAppConversations').description.properties.filter(
		({ required: isRequired, displayOptions: { show = {} } = {} }) =>
			isRequired &&
			(show.resource?.includes(resource) ?? true) &&
			(show.operation?.includes(operation) ?? true),
	);
	return Object.fromEntries(
		required.map(({ name, type }) => [
			name,
			type === 'resourceLocator' ? chosen('12345', 'id') : '12345678',
		]),
	) as INodeParameters;
}

/** Every parameter of a node, also those inside collections. */
function allProperties(name: string): INodeProperties[] {
	return nodeType(name).description.properties.flatMap(withInner);
}

function withInner(property: INodeProperties): INodeProperties[] {
	const inner = (property.options ?? []).flatMap((option) => {
		if ('values' in option) return (option as INodePropertyCollection).values;
		return 'type' in option ? [option as INodeProperties] : [];
	});
	return [property, ...inner.flatMap(withInner)];
}

interface NamedMethod {
	kind: 'listSearch' | 'loadOptions' | 'resourceMapping';
	method: string;
}

function methodsIn({ typeOptions, modes = [] }: INodeProperties): NamedMethod[] {
	const named: Array<[NamedMethod['kind'], unknown]> = [
		['loadOptions', typeOptions?.loadOptionsMethod],
		['resourceMapping', typeOptions?.resourceMapper?.resourceMapperMethod],
		...modes.map(
			(mode) =>
				['listSearch', mode.typeOptions?.searchListMethod] as [NamedMethod['kind'], unknown],
		),
	];
	return named.flatMap(([kind, method]) => (typeof method === 'string' ? [{ kind, method }] : []));
}

function optionsOf(property: INodeProperties | undefined): string[] {
	return ((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));
}

function operations(): Array<{ resource: string; operation: string }> {
	return nodeType('whatsAppConversations')
		.description.properties.filter(({ name }) => name === 'operation')
		.flatMap((property) => {
			const [resource] = (property.displayOptions?.show?.resource ?? []) as string[];
			return optionsOf(property).map((operation) => ({ resource, operation }));
		});
}

describe('an n8n that is too old', () => {
	it('is told so, and not that a class is missing', async () => {
		const old = { ...n8nWorkflow, NodeConnectionTypes: undefined };
		const loading = loadPackage({ 'n8n-workflow': old });
		await expect(loading).rejects.toThrow(/needs n8n 1\.100 or later.* Update n8n/);
	});
});
