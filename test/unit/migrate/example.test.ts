import fs from 'fs';

import { convert } from '../../../migrate/convert';
import { CONVERTER, conversionScript, EXAMPLE, FIELD } from '../../../migrate/script';
import type { Workflow } from '../../../migrate/workflow';

import { workflows } from './oldWorkflows';

describe("the example 'Migrate a Workflow'", () => {
	const { nodes } = JSON.parse(fs.readFileSync(EXAMPLE, 'utf8')) as Workflow;
	const script = String(nodes.find(({ name }) => name === CONVERTER)?.parameters.jsCode);

	it('holds the conversion as it is: npx tsx migrate/example.ts', () => {
		expect(script).toBe(conversionScript());
	});

	it('converts by its script alone', () => {
		const old = workflows['voice, photos and texts'];
		const json = { [FIELD]: JSON.stringify(old) };
		const [item] = new Function('$input', script)({ all: () => [{ json }] }) as unknown[];
		expect(item).toEqual({ json: convert(old).workflow, pairedItem: { item: 0 } });
	});
});
