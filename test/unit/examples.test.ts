import fs from 'fs';
import path from 'path';

import type { TemplateDefinition } from '../../nodes/core/templates/definition';
import { fieldsOf } from '../../nodes/core/templates/fields';
import { exampleTemplates } from '../demo/cast';

interface Mapper {
	value: Record<string, unknown>;
	schema: Array<{ id: string; displayName: string; required: boolean }>;
}

const folder = path.join(__dirname, '..', '..', 'examples');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Every template that a node of an example chooses, with the fields that were filled. */
const chosen = files.flatMap((file) => {
	const { nodes } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as {
		nodes: Array<{ name: string; parameters: Record<string, unknown> }>;
	};
	return nodes.flatMap(({ name, parameters }) =>
		['template', 'fallbackTemplate'].flatMap((parameter) => {
			const locator = parameters[parameter] as { value: string } | undefined;
			const mapper = parameters[`${parameter}Fields`] as Mapper | undefined;
			return locator && mapper ? [{ file, name, key: locator.value, mapper }] : [];
		}),
	);
});

describe('the example workflows', () => {
	it('use templates', () => {
		expect(chosen.length).toBeGreaterThan(1);
	});

	// Otherwise the editor shows a warning beside every field.
	it.each(chosen)('$file: $name asks for the fields of $key', ({ key, mapper }) => {
		const definition = exampleTemplates.find(
			({ name, language }) => `${name}|${language}` === key,
		) as unknown as TemplateDefinition;
		expect(
			mapper.schema.map(({ id, displayName, required }) => ({ id, displayName, required })),
		).toEqual(
			fieldsOf(definition).map(({ id, label, required }) => ({ id, displayName: label, required })),
		);
	});
});
