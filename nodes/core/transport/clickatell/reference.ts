import { addressOf, identityOf } from '../../conversation/contact';
import { readSendNote, writeSendNote, type Send } from '../../sendNote';

const PREFIX = 'nwc.';
const REFERENCE = /^nwc\.([0-9a-z]{1,8})\.(\d{5,15})$/;

/** The first second that is no second but a millisecond. */
const FIRST_MILLISECONDS = 1e11;

/**
 * A send in few characters, for `clientMessageId`, of which nobody says how long it may be. The
 * template stays unsaid.
 */
export function writeReference({ contact, at }: Send): string {
	return `${PREFIX}${at.toString(36)}.${addressOf(contact).replace(/^\+/, '')}`;
}

/** The same as the note that Meta's statuses bring back; every other reference as it is. */
export function readReference(reference: string): string {
	const [, at, phone] = REFERENCE.exec(reference) ?? [];
	if (!phone) return reference;
	const seconds = Number.parseInt(at, 36);
	if (seconds <= 0 || seconds >= FIRST_MILLISECONDS) return reference;
	const note = writeSendNote({ contact: identityOf(phone, ''), at: seconds });
	return readSendNote(note) ? note : reference;
}
