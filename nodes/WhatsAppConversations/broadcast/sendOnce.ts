import type { IDataObject } from 'n8n-workflow';

import type { Line } from '../../core/broadcast/ledger';
import { endsRun, stopsBroadcast } from '../../core/broadcast/stop';
import { addressOf, type ContactIdentity } from '../../core/conversation/contact';
import { formatTime } from '../../core/conversation/explain';
import { InputError } from '../../core/inputError';
import { StateUnavailable } from '../../core/stateUnavailable';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import type { Item } from '../run/item';
import { DecisionError } from '../send/decisionError';
import type { Envelope } from '../send/envelope';
import { Cancelled } from '../send/rate';
import { sendPermitted } from '../send/template';
import type { ReadyTemplate } from '../templates/readyTemplate';
import { contactView } from '../views/contactView';

import type { Addressee, BroadcastRun } from './run';

/** What became of one item. Accepted does not mean delivered (rule D5). */
type Outcome = 'accepted' | 'skipped' | 'refused' | 'uncertain' | 'held';

/** Something of the broadcast itself speaks against a contact; nothing was sent. */
class Obstacle extends Error {
	constructor(
		readonly reason: string,
		readonly line?: Line,
	) {
		super(reason);
	}
}

/** The broadcast was paused while a message waited for its turn. */
class Paused extends Error {}

/**
 * Sends a broadcast's template to a contact who has not got it. The claim is in the table before the
 * request leaves, what came of it is written after the answer.
 *
 * @param ready the template with the values of this item
 * @returns the item that tells of it
 * @throws StateUnavailable when nothing can be written down, and refusals that would meet everybody
 */
export async function sendOnce(
	item: Item,
	run: BroadcastRun,
	envelope: Envelope,
	ready: () => Promise<ReadyTemplate>,
): Promise<IDataObject> {
	for (;;) {
		const held = await run.whenGoing();
		if (held || run.endedBy !== undefined) {
			return view(run, identityIn(envelope), 'held', {
				reason: held?.event ?? 'runEnded',
				explanation: held ? whyHeld(held) : run.endedBy,
			});
		}
		const made = await new Attempt(item, run, envelope).make(ready);
		if (made) return made;
	}
}

function whyHeld({ event, details }: Line): string {
	return (
		details || `The broadcast is ${event}. The operation 'Resume' lets the next run of it go on.`
	);
}

/**
 * An item whose 'To' names nobody, for the report.
 *
 * @param to as the item has it
 */
export async function skipUnreadable(
	run: BroadcastRun,
	to: unknown,
	{ message, hint }: InputError,
): Promise<IDataObject> {
	const contact = String(to ?? '').slice(0, MOST_UNREADABLE) || '(empty)';
	const explanation = `${message} ${hint}`;
	await run.skip({ contact, names: [contact] }, 'input', explanation);
	return view(run, {}, 'skipped', { reason: 'input', explanation, contact });
}

/** So much of what is no contact is written down, in characters. */
const MOST_UNREADABLE = 100;

/** One contact's turn in a run. */
class Attempt {
	/** Undefined until it is claimed. */
	private id?: string;

	constructor(
		private readonly item: Item,
		private readonly run: BroadcastRun,
		private readonly envelope: Envelope,
	) {}

	/** @returns undefined where the broadcast was paused meanwhile: then another attempt is to be made */
	async make(ready: () => Promise<ReadyTemplate>): Promise<IDataObject | undefined> {
		try {
			// Before the template is filled: most of a run that is started again ends here.
			this.look();
			const broadcast = {
				name: this.run.name,
				claim: async () => await this.claim(),
				requireGoing: () => this.requireGoing(),
			};
			const envelope = { ...this.envelope, broadcast };
			const sent = await sendPermitted(this.item, envelope, await ready());
			const { messageId, messageStatus } = sent;
			this.settle({ event: 'accepted', messageId: String(messageId) });
			return this.view('accepted', { messageId, messageStatus });
		} catch (error) {
			return await this.failed(error);
		}
	}

	/** The contact as it is known by now. */
	private get who(): Addressee {
		const { conversations } = this.item.session;
		const { sender, recipient } = this.envelope;
		const names = conversations.namesOf(sender.id, recipient);
		return { contact: addressOf(identityIn(this.envelope)), names };
	}

	/** @throws Obstacle */
	private look(): void {
		const repeat = this.item.options.repeatUncertain === true;
		const obstacle = this.run.obstacle(this.who.names, repeat);
		if (obstacle) throw new Obstacle(obstacle.reason, obstacle.line);
	}

	/** @throws Obstacle, StateUnavailable */
	private async claim(): Promise<void> {
		if (this.id !== undefined) return;
		// It may have waited long. The broadcast may be held, and more known of who the contact is.
		this.requireGoing();
		this.look();
		this.id = await this.run.claim(this.who);
		if (this.id === undefined) throw new Obstacle('otherRun');
	}

	/** The last look before the request leaves. @throws Paused, Obstacle */
	private requireGoing(): void {
		const { held } = this.run;
		if (held?.event === 'paused') throw new Paused();
		if (held) throw new Obstacle(held.event, held);
	}

	private settle(said: Parameters<BroadcastRun['settle']>[2]): void {
		if (this.id !== undefined) this.run.settle(this.who, this.id, said);
		this.id = undefined;
	}

	private view(outcome: Outcome, more: IDataObject): IDataObject {
		return view(this.run, identityIn(this.envelope), outcome, more);
	}

	/** What an error means. @throws it, where it is not about this contact alone */
	private async failed(error: unknown): Promise<IDataObject | undefined> {
		if (error instanceof ProviderRefusal) return await this.refused(error);
		const isSure =
			error instanceof InputError ||
			error instanceof Obstacle ||
			error instanceof Paused ||
			error instanceof Cancelled;
		// What is not known to have been before the request stays a claim without an outcome.
		if (isSure) this.settle({ event: 'released' });
		if (error instanceof Paused) return undefined;
		if (error instanceof Obstacle) return this.stands(error);
		if (error instanceof Cancelled) {
			return this.view('held', { reason: 'cancelled', explanation: error.message });
		}
		if (!(error instanceof InputError) || error instanceof StateUnavailable) {
			this.run.endedBy = ENDED;
			throw error;
		}
		const reason = error instanceof DecisionError ? error.kind : 'input';
		const explanation = [error.message, error.hint].filter(Boolean).join(' ');
		await this.run.skip(this.who, reason, explanation);
		return this.view('skipped', { reason, explanation });
	}

	private stands({ reason, line }: Obstacle): IDataObject {
		const time = line ? formatTime(line.at, this.item.timeZone) : '';
		if (line?.event === 'stopped') return this.view('held', { reason, explanation: whyHeld(line) });
		const outcome = reason === 'uncertain' ? reason : 'skipped';
		return this.view(outcome, { reason, explanation: sentence(reason, time) });
	}

	private async refused(error: ProviderRefusal): Promise<IDataObject> {
		const { refusal } = error;
		const { kind: reason, code, retry } = refusal;
		const explanation = `${refusal.message} ${refusal.hint}`;
		const wasClaimed = this.id !== undefined;
		if (wasClaimed && retry === 'risky') {
			return this.view('uncertain', { reason, errorCode: code, explanation });
		}
		this.settle({ event: 'refused', reason, details: explanation });
		if (stopsBroadcast(refusal)) {
			const by = `WhatsApp stopped this broadcast (code ${code}): ${explanation} Then let it go on by the operation 'Resume'.`;
			await this.run.stop(reason, by);
			this.item.session.hint(by);
		} else if (endsRun(refusal)) {
			this.run.endedBy = ENDED;
			throw error;
		}
		// The template or a file of it could not be had, so nothing was tried.
		if (!wasClaimed) await this.run.skip(this.who, reason, explanation);
		const outcome = wasClaimed ? 'refused' : 'skipped';
		return this.view(outcome, { reason, errorCode: code, explanation });
	}
}

const ENDED =
	'This run ended at an error that would have met every contact, so this message was held back. Mend it, and run the broadcast again.';

function sentence(reason: string, time: string): string {
	switch (reason) {
		case 'duplicate':
			return 'The contact came in this run before, so the message is not sent again.';
		case 'alreadyAccepted':
			return `WhatsApp accepted this broadcast for the contact on ${time}, so it is not sent again.`;
		case 'uncertain':
			return `A request for this contact was prepared on ${time}, and what became of it was not written down: it may have been sent. It is not repeated by itself.`;
		case 'unreachable':
			return `On ${time} WhatsApp could not reach this contact with this broadcast, so it is not tried again.`;
		default:
			return 'Another run of this broadcast takes care of the contact at this moment.';
	}
}

function identityIn({ recipient }: Envelope): ContactIdentity {
	return recipient as ContactIdentity;
}

function view(
	run: BroadcastRun,
	contact: ContactIdentity,
	outcome: Outcome,
	more: IDataObject,
): IDataObject {
	if (outcome === 'held') run.leave();
	return {
		...{ outcome, reason: '', explanation: '' },
		...contactView(contact),
		...more,
		broadcast: run.name,
	};
}
