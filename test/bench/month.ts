import { createRequire } from 'module';
import path from 'path';

import { NodeHelpers } from 'n8n-workflow';

import { countsOf, EXCUSED, heldBackShares, NEVER } from '../month/findings';
import { liveThrough } from '../month/month';
import type { NodeClasses } from '../month/n8n';

import type { Figure } from './figure';

const load = createRequire(__filename);
const NODES = path.resolve(__dirname, '..', '..', 'nodes');

/**
 * Thirty days of 10,000 contacts: how often the nodes decided against the books, and how many
 * windows they took for closed that were not, by cause.
 */
export async function monthFigures(): Promise<Figure[]> {
	const report = await liveThrough({ days: 30, contacts: 10_000, seed: 1, loadNodes });
	const { tally, events, deliveries, restarts, crashes } = report;
	for (const example of tally.examples) console.error(`  ${JSON.stringify(example)}`);
	const seen = Object.entries(tally.counts).map(([what, count]) => `${count} ${what}`);
	console.error(`  ${events} events, ${restarts} restarts, ${crashes} crashes`);
	console.error(`  ${seen.sort().join(', ')}`);

	const decisions = ['free-form', 'marketing', 'utility', 'authentication']
		.map((kind) => tally.of(`${kind} decisions`))
		.reduce((sum, count) => sum + count);
	return [
		{ name: 'month_deliveries', value: deliveries, unit: 'deliveries' },
		{ name: 'month_decisions', value: decisions, unit: 'decisions' },
		...countsOf(tally, NEVER).map(([figure, value]) => ({
			name: `month_${figure}`,
			value,
			unit: 'times',
		})),
		...countsOf(tally, EXCUSED).map(([figure, value]) => ({
			name: `month_excused_${figure}`,
			value,
			unit: 'times',
		})),
		...heldBackShares(tally).map(([figure, share]) => ({
			name: `month_${figure}`,
			value: share * 100,
			unit: '%',
		})),
	];
}

/** Both nodes as a new process has them: nothing of an earlier one is left in memory. */
function loadNodes(): NodeClasses {
	for (const file of Object.keys(load.cache)) {
		if (file.startsWith(NODES)) delete load.cache[file];
	}
	const nodeOf = (name: string) => {
		const classes = load(path.join(NODES, name, `${name}.node.ts`));
		return NodeHelpers.getVersionedNodeType(new classes[name](), 1);
	};
	return {
		trigger: nodeOf('WhatsAppConversationsTrigger'),
		sender: nodeOf('WhatsAppConversations'),
	};
}
