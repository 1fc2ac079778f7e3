import fs from 'fs';

import { convert } from './convert';
import { todoLines } from './todo';

/**
 * `npm run migrate -- workflow.json [new.json]`: writes the new workflow to the file, or else to the
 * standard output, and what is left to do to the standard error.
 */
function migrate([from, to]: string[]): void {
	if (!from) throw new TypeError('Give the file of a workflow: npm run migrate -- workflow.json');
	const { workflow, findings } = convert(JSON.parse(fs.readFileSync(from, 'utf8')));
	const json = `${JSON.stringify(workflow, null, 2)}\n`;
	if (to) fs.writeFileSync(to, json);
	else process.stdout.write(json);
	const lines = todoLines(findings);
	console.error(lines.length > 0 ? lines.join('\n') : 'It has no WhatsApp nodes of n8n.');
}

migrate(process.argv.slice(2));
