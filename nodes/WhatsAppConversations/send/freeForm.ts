import type { IDataObject } from 'n8n-workflow';

import { applySetting } from '../../core/conversation/applySetting';
import type { Decision } from '../../core/conversation/decide';
import { NO_FACTS } from '../../core/conversation/facts';
import { uploadFiles } from '../files/upload';
import type { Item } from '../run/item';
import type { Session } from '../run/session';
import { decisionView } from '../views/decisionView';

import { claimConfirmation } from './confirmation';
import { bodiesOf, type Draft } from './draft';
import { judge, Overtaken, type Judgement } from './judgement';
import { noteOwnership } from './ownership';
import { deliverParts, PartlySent } from './parts';
import type { Permit } from './permit';

/**
 * Sends the free-form message, unless it may not go out any more when its time has come.
 *
 * @throws Overtaken, PartlySent, ProviderRefusal
 */
export async function sendFreeForm(
	item: Item,
	draft: Draft,
	judgement: Judgement,
): Promise<IDataObject> {
	const { session } = item;
	const { sender, message, options } = draft;
	draft.uploaded ??= await uploadFiles(item, sender.id, message.uploads, 'message');
	const bodies = bodiesOf(draft, draft.uploaded);

	const permit = new FreeFormPermit(item, draft, judgement);
	try {
		const { first, messageIds } = await deliverParts(session, draft, bodies, permit).catch(
			async (error: unknown) => {
				if (error instanceof PartlySent) await permit.noteSent();
				throw error;
			},
		);
		await permit.noteSent();
		const { holds } = permit;
		return {
			...first,
			...(options.splitLongText === true && { messageIds }),
			sentAs: 'freeForm',
			decision: decisionView(holds.decision, applySetting(draft.setting, holds), true),
		};
	} finally {
		permit.end();
	}
}

/** Lets a free-form message out, and the confirmation of an opt-out once alone (rule T4). */
class FreeFormPermit implements Permit {
	readonly isReply: boolean;
	/** Of the opt-out that this message confirms. */
	private confirms?: Decision;
	private endClaim?: () => void;

	/** @param holds what was decided last */
	constructor(
		private readonly item: Item,
		private readonly draft: Draft,
		public holds: Judgement,
	) {
		this.isReply = holds.decision.window.state === 'open';
	}

	async renew(): Promise<void> {
		await this.judge();
		if (this.isConfirmation && !this.endClaim) {
			const { sender, recipient } = this.draft;
			const contact = this.session.conversations.keyOf(sender.id, recipient);
			this.endClaim = await claimConfirmation(`${sender.id} ${contact}`);
			await this.judge();
		}
		const { decision } = this.holds;
		if (!goesFreeForm(decision, this.draft)) throw new Overtaken(this.holds);
		if (this.isConfirmation) this.confirms = decision;
	}

	/** To be called when the message went out. */
	async noteSent(): Promise<void> {
		await noteOwnership(this.session, this.draft, this.holds.decision);
		await this.noteConfirmation();
	}

	/** The record of the opt-out says when it was confirmed. */
	private async noteConfirmation(): Promise<void> {
		const record = this.confirms?.consent.record;
		if (!record) return;
		const { sender, recipient } = this.draft;
		const consent = [{ ...record, confirmedAt: this.session.now() }];
		await this.session.conversations.learn(sender.id, recipient, { ...NO_FACTS, consent });
	}

	/** To be called in the end, whatever came of the message. */
	end(): void {
		this.endClaim?.();
	}

	private get session(): Session {
		return this.item.session;
	}

	private get isConfirmation(): boolean {
		return this.holds.decision.reason === 'optOutConfirmation';
	}

	private async judge(): Promise<void> {
		this.holds = await judge(this.item, this.draft);
	}
}

function goesFreeForm({ outcome }: Decision, { setting }: Draft): boolean {
	return outcome === 'allowed' || (outcome === 'templateNeeded' && setting === 'sendAnyway');
}
