import type { IDataObject } from 'n8n-workflow';

import type { ErrorKind } from '../../core/transport/errorTable';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Session } from '../run/session';

import { DecisionError } from './decisionError';
import { deliver } from './deliver';
import type { Envelope } from './envelope';
import type { Permit } from './permit';

/** Some parts of a message were accepted; the next one was refused, or was not let through. */
export class PartlySent extends ProviderRefusal {
	/** Why the rest was not let through, as items show it. */
	readonly decision?: IDataObject;

	constructor(cause: unknown, sent: number, total: number) {
		const { refusal, httpStatus } =
			cause instanceof ProviderRefusal ? cause : { refusal: refusalFrom(cause) };
		super(
			{
				...refusal,
				// A repetition would send the first parts again.
				retry: 'risky',
				message: `Only ${sent} of ${total} parts of the text went out: ${refusal.message}`,
				hint: `${refusal.hint} Then send the rest of the text alone.`.trim(),
			},
			httpStatus,
		);
		if (cause instanceof DecisionError) this.decision = cause.decision;
	}
}

/** Whatever came in between, in the form of a refusal. */
function refusalFrom(cause: unknown) {
	const message = cause instanceof Error ? cause.message : String(cause);
	const { kind, hint } = cause instanceof DecisionError ? cause : { kind: 'unknown', hint: '' };
	return { kind: kind as ErrorKind, code: 0, retry: 'never' as const, message, hint, details: '' };
}

/**
 * Delivers the parts of a message, one after the other.
 *
 * @returns what {@link deliver} gives for the first one, and the IDs of all
 * @throws PartlySent when a later part than the first does not go out
 */
export async function deliverParts(
	session: Session,
	envelope: Envelope,
	bodies: IDataObject[],
	permit: Permit,
): Promise<{ first: IDataObject; messageIds: string[] }> {
	const accepted: IDataObject[] = [];
	for (const body of bodies) {
		const sent = await deliver(session, envelope, body, permit).catch((error: unknown) => {
			if (accepted.length === 0) throw error;
			throw new PartlySent(error, accepted.length, bodies.length);
		});
		accepted.push(sent);
	}
	const [first] = accepted;
	// A dry run gives no IDs, and shows all parts together.
	const { dryRun } = envelope.options;
	if (dryRun === true && bodies.length > 1) {
		return { first: { ...first, request: bodies }, messageIds: [] };
	}
	const messageIds = accepted.flatMap(({ messageId }) => (messageId ? [String(messageId)] : []));
	return { first, messageIds };
}
