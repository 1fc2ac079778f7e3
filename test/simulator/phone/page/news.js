import { summaryOf } from './content.js';

/** Messages that were said already. */
const said = new Set();

/** Says new messages of the business, and their failures, to those who listen to the page. */
export function announce(changed, thread) {
	for (const entry of changed) {
		if (entry.kind !== 'message' || entry.thread !== thread || entry.by !== 'business') continue;
		const failed = entry.statuses.at(-1)?.status === 'failed';
		const name = `${entry.id} ${failed}`;
		if (said.has(name)) continue;
		said.add(name);
		const words = failed ? 'Not delivered' : 'The business';
		document.getElementById('news').textContent = `${words}: ${summaryOf(entry)}`;
	}
}
