import type { IDataObject } from 'n8n-workflow';

import { isoTime } from '../events/time';

import { openClaims, standingOf, type Entry, type Ledger, type Standing } from './ledger';

/** What people ask a report for. */
export type Shown = 'summary' | 'all' | Exclude<Standing, 'open'>;

/** The whole broadcast in one item. */
export function summaryOf(name: string, ledger: Ledger): IDataObject {
	const entries = ledger.entries().map((entry) => ({ entry, ...standingOf(entry) }));
	const of = (...some: Standing[]) => entries.filter(({ standing }) => some.includes(standing));
	const items = Number(ledger.lastRun?.details ?? 0);
	const planned = ledger.isOver ? entries.length : Math.max(entries.length, items);
	const dealtWith = entries.length - of('open').length;
	return {
		broadcast: name,
		state: stateOf(ledger),
		stateReason: ledger.control?.event === 'resumed' ? '' : (ledger.control?.details ?? ''),
		planned,
		accepted: of('accepted', 'failed').length,
		uncertain: of('uncertain').length,
		refused: of('refused').length,
		skipped: of('skipped').length,
		left: planned - dealtWith,
		failedLater: of('failed').length,
		reasons: countOf(
			of('refused', 'skipped', 'failed').map(({ line }) => line?.reason || 'unknown'),
		),
		uncertainContacts: of('uncertain').map(({ entry }) => entry.contact),
		startedAt: isoTime(ledger.lastRun?.at) || null,
	};
}

function stateOf({ control, isOver, lastRun }: Ledger): string {
	if (control && control.event !== 'resumed') return control.event;
	if (!lastRun) return 'notBegun';
	return isOver ? 'ended' : 'unfinished';
}

function countOf(reasons: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
	return counts;
}

/** The contacts of a broadcast, one item each. Who failed later was accepted before. */
export function contactsOf(name: string, ledger: Ledger, shown: Shown): IDataObject[] {
	return ledger
		.entries()
		.filter((entry) => isShown(standingOf(entry).standing, shown))
		.map((entry) => contactView(name, entry));
}

function isShown(standing: Standing, shown: Shown): boolean {
	if (shown === 'all' || standing === shown) return true;
	return shown === 'accepted' && standing === 'failed';
}

function contactView(name: string, entry: Entry): IDataObject {
	const { standing, line } = standingOf(entry);
	const accepted = entry.lines.find(({ messageId }) => messageId !== '');
	return {
		contact: entry.contact,
		outcome: standing,
		reason: standing === 'uncertain' ? 'noAnswerRecorded' : (line?.reason ?? ''),
		explanation: standing === 'uncertain' ? '' : (line?.details ?? ''),
		messageId: accepted?.messageId ?? '',
		at: isoTime((openClaims(entry)[0] ?? line)?.at) || null,
		broadcast: name,
	};
}
