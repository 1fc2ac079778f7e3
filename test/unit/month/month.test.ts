import * as luxon from 'luxon';
import * as n8nWorkflow from 'n8n-workflow';
import { NodeHelpers, type INodeType } from 'n8n-workflow';

import { countsOf, NEVER, unnamed } from '../../month/findings';
import type { Tally } from '../../month/judge';
import { liveThrough, type MonthReport } from '../../month/month';
import type { NodeClasses } from '../../month/n8n';

/** Both nodes as a new process has them: nothing of an earlier one is left in memory. */
function loadNodes(): NodeClasses {
	const nodes: Partial<NodeClasses> = {};
	// These are n8n's own, and no part of the package's memory.
	jest.doMock('n8n-workflow', () => n8nWorkflow);
	jest.doMock('luxon', () => luxon);
	jest.isolateModules(() => {
		nodes.trigger = nodeOf('WhatsAppConversationsTrigger');
		nodes.sender = nodeOf('WhatsAppConversations');
	});
	return nodes as NodeClasses;
}

function nodeOf(name: string): INodeType {
	const file = `../../../nodes/${name}/${name}.node`;
	const classes = jest.requireActual<Record<string, new () => INodeType>>(file);
	return NodeHelpers.getVersionedNodeType(new classes[name](), 1);
}

/** What was seen of the things that must not be, with examples. */
function seen(tally: Tally, what: { [figure: string]: readonly string[] }) {
	const names = Object.values(what).flat();
	return {
		counts: countsOf(tally, what).filter(([, count]) => count > 0),
		examples: tally.examples.filter((one) => names.includes(String(one.what))),
	};
}

const NOTHING_SEEN = { counts: [], examples: [] };

describe.each([1, 2, 3])(
	'three days of 150 contacts, as the dice of %i would have them',
	(seed) => {
		let report: MonthReport;

		beforeAll(async () => {
			report = await liveThrough({ days: 3, contacts: 150, seed, loadNodes });
		}, 60_000);

		it('have much of everything', () => {
			const { tally } = report;
			expect(report.deliveries).toBeGreaterThan(500);
			expect(report.restarts + report.crashes).toBeGreaterThan(1);
			for (const what of [
				'sent inside',
				'held back outside',
				'marketing sent',
				'marketing held back',
			]) {
				expect([what, tally.of(what) > 20]).toEqual([what, true]);
			}
			expect(tally.of('repetitions dropped')).toBeGreaterThan(5);
		});

		it('have conversations that others have', () => {
			const { tally } = report;
			for (const what of ['held for a person', 'held for another responder']) {
				expect([what, tally.of(what) > 3]).toEqual([what, true]);
			}
		});

		it('have people whose names take care', () => {
			const { tally } = report;
			for (const what of ['authentication sent', 'sent to a name that was given up']) {
				expect([what, tally.of(what) > 3]).toEqual([what, true]);
			}
		});

		it('let nothing happen that must not', () => {
			expect(seen(report.tally, NEVER)).toEqual(NOTHING_SEEN);
		});

		it('excuse nothing without a name', () => {
			expect(unnamed(report.tally)).toEqual([]);
		});
	},
);
