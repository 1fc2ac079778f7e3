import { readFileSync } from 'fs';
import { join } from 'path';

import Ajv, { type ValidateFunction } from 'ajv';
import type { IDataObject } from 'n8n-workflow';

import { PACKAGE_ROOT } from './nodeProcess';

const NODES = join(PACKAGE_ROOT, 'dist', 'nodes');

// n8n gives the schemas a version, which is no keyword of JSON Schema.
const ajv = new Ajv({ strict: false, allErrors: true });

interface OutputSchema {
	validate: ValidateFunction;
	properties: object;
}

/** By file: compiling takes long. */
const compiled = new Map<string, OutputSchema>();

/** What is wrong with an output by its schema, also a field that the schema does not name. */
export function problemsWith(json: IDataObject, ...schemaPath: string[]): string[] {
	return problemsInVersion(1, json, ...schemaPath);
}

/** As {@link problemsWith}, for a node of another version. */
export function problemsInVersion(
	version: number,
	json: IDataObject,
	...schemaPath: string[]
): string[] {
	const { validate, properties } = schemaIn(schemaFile(schemaPath, version));
	const wrong = validate(json)
		? []
		: (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
	const unnamed = Object.keys(json).filter((key) => !(key in properties));
	return [...wrong, ...unnamed.map((key) => `'${key}' is not in the schema`)];
}

/** Where the schema of an output stands (n8n: output schemas). */
export function schemaFile([node, ...path]: string[], version = 1): string {
	const folder = `v${[...String(version).split('.'), '0', '0'].slice(0, 3).join('.')}`;
	return `${join(NODES, node, '__schema__', folder, ...path)}.json`;
}

function schemaIn(file: string): OutputSchema {
	const known = compiled.get(file);
	if (known) return known;
	const schema = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
	const one = { validate: ajv.compile(schema), properties: schema.properties };
	compiled.set(file, one);
	return one;
}
