import fs from 'fs';

import { format, resolveConfig } from 'prettier';

import { CONVERTER, conversionScript, EXAMPLE } from './script';
import type { Workflow } from './workflow';

/** Puts the conversion, as it is now, into the example. */
async function writeExample(): Promise<void> {
	const workflow = JSON.parse(fs.readFileSync(EXAMPLE, 'utf8')) as Workflow;
	for (const { name, parameters } of workflow.nodes) {
		if (name === CONVERTER) parameters.jsCode = conversionScript();
	}
	const options = { ...(await resolveConfig(EXAMPLE)), filepath: EXAMPLE };
	fs.writeFileSync(EXAMPLE, await format(JSON.stringify(workflow), options));
}

writeExample().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
