import { readFileSync } from 'fs';
import { join } from 'path';

import Ajv from 'ajv';
import type { IDataObject } from 'n8n-workflow';

import { PACKAGE_ROOT } from './nodeProcess';

const NODES = join(PACKAGE_ROOT, 'dist', 'nodes');

// n8n gives the schemas a version, which is no keyword of JSON Schema.
const ajv = new Ajv({ strict: false, allErrors: true });

/** What is wrong with an output by its schema, also a field that the schema does not name. */
export function problemsWith(json: IDataObject, ...schemaPath: string[]): string[] {
	const schema = readSchema(schemaPath);
	const validate = ajv.compile(schema);
	const wrong = validate(json)
		? []
		: (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
	const unnamed = Object.keys(json).filter((key) => !(key in schema.properties));
	return [...wrong, ...unnamed.map((key) => `'${key}' is not in the schema`)];
}

/** Where the schema of an output stands (n8n: output schemas); of version 1 unless one is named. */
export function schemaFile([node, ...path]: string[]): string {
	const version = /^v\d/.test(path[0]) ? [] : ['v1.0.0'];
	return `${join(NODES, node, '__schema__', ...version, ...path)}.json`;
}

function readSchema(path: string[]): { properties: object } {
	return JSON.parse(readFileSync(schemaFile(path), 'utf8')) as { properties: object };
}
