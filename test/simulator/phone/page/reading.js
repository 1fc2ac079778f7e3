import { ask } from './api.js';

/** A customer who looks at a message reads it after this time. */
const READING_MS = 1500;

const underWay = new Set();

/** Looking at a chat reads its messages, as on any phone. */
export function readWhatIsSeen(store, thread) {
	if (document.visibilityState !== 'visible') return;
	for (const { id, by } of store.inThread(thread, 'message')) {
		if (by !== 'business' || underWay.has(id) || !isUnread(store, id)) continue;
		underWay.add(id);
		setTimeout(async () => {
			if (isUnread(store, id)) await ask('reads', { messageId: id }).catch(() => {});
			underWay.delete(id);
		}, READING_MS);
	}
}

function isUnread(store, id) {
	return store.get('message', id)?.statuses.at(-1)?.status === 'delivered';
}
