import type { IDataObject } from 'n8n-workflow';

import { wasAccepted, type Line } from '../../core/broadcast/ledger';
import { stopsBroadcast } from '../../core/broadcast/stop';
import { identityOf } from '../../core/conversation/contact';
import type { Item } from '../run/item';

/**
 * Writes into the ledger what a status of the trigger tells of a message of a broadcast: that it failed
 * after WhatsApp had accepted it, or that it went out although the run was cut short before it knew.
 *
 * @returns what was new: 'failed', 'accepted', or '' for nothing
 */
export async function recordStatus({ json, session }: Item): Promise<string> {
	const { broadcast, status } = json;
	if (json.event !== 'status' || typeof broadcast !== 'string' || broadcast === '') return '';
	const { phone, userId } = identityOf(json.phone, json.userId);
	const names = [userId, phone].filter((name) => name !== undefined);
	if (names.length === 0) return '';
	const book = await session.broadcasts.book(broadcast);
	const entry = book.ledger.entryOf(names);
	const hasFailed = status === 'failed';
	const isKnown = hasFailed
		? entry?.lines.some(({ event }) => event === 'failed')
		: entry && wasAccepted(entry);
	if (isKnown) return '';
	const line: Line = {
		event: hasFailed ? 'failed' : 'seen',
		at: session.now(),
		attempt: '',
		contact: textOf(json.contact),
		names,
		messageId: textOf(json.messageId),
		reason: hasFailed ? textOf(json.errorKind) : '',
		details: hasFailed ? textOf(json.explanation) : '',
	};
	await book.write(line, ...stopBy(json, line, book.ledger.control));
	return hasFailed ? 'failed' : 'accepted';
}

/** A limit that WhatsApp tells of by a status stops the rest too. */
function stopBy(json: IDataObject, line: Line, control?: Line): Line[] {
	const code = Number(json.errorCode) || 0;
	if (line.event !== 'failed' || control?.event === 'stopped') return [];
	if (!stopsBroadcast({ kind: line.reason as 'unknown', code })) return [];
	const details = `WhatsApp stopped this broadcast (code ${code}, by a status): ${line.details}`;
	return [{ ...line, event: 'stopped', contact: '', names: [], messageId: '', details }];
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
