import { summaryOf } from './content.js';
import { reasonOf } from './log.js';
import { isTold, tell } from './notice.js';
import { markTab } from './tabs.js';

/** Messages that were said already. */
const said = new Set();

/**
 * Says new messages of the business, and their failures, to those who listen to the page. What the
 * business held back is told in a notice, for the phone shows nothing of it.
 */
export function announce(changed, thread, name) {
	for (const entry of changed) {
		if (entry.kind === 'decision' && entry.thread === thread) {
			markTab('decided');
			const reason = reasonOf(entry);
			if (!entry.sentAs && !isTold(reason)) tell(`Not sent to ${name}: ${reason}`);
		}
		if (entry.kind !== 'message' || entry.thread !== thread || entry.by !== 'business') continue;
		const failed = entry.statuses.at(-1)?.status === 'failed';
		const event = `${entry.id} ${failed}`;
		if (said.has(event)) continue;
		said.add(event);
		markTab('phone');
		const words = failed ? 'Not delivered' : 'The business';
		document.getElementById('news').textContent = `${words}: ${summaryOf(entry)}`;
	}
}
