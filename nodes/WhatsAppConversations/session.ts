import type { IExecuteFunctions } from 'n8n-workflow';

import type { CloudApi } from '../core/transport/cloudApi';
import type { Transport } from '../core/transport/transport';
import { connectMeta } from '../shared/connection';
import { connect, requireMeta } from '../shared/provider';
import { now } from '../shared/workflowState';

import { Conversations } from './conversations';

/** What the items of one execution share: the connection and the conversation state. */
export class Session {
	readonly conversations: Conversations;
	private connection?: Promise<Transport>;

	constructor(private readonly context: IExecuteFunctions) {
		this.conversations = new Conversations(context);
	}

	/** Whether somebody stopped the execution. */
	readonly isCancelled = (): boolean => this.context.getExecutionCancelSignal()?.aborted === true;

	/** Epoch seconds, read anew at each call: a Wait node may lie between two sends (rule E8). */
	now(): number {
		return now();
	}

	async api(): Promise<Transport> {
		this.connection ??= connect(this.context);
		return await this.connection;
	}

	/**
	 * Meta, for what only Meta can do.
	 *
	 * @param what in the words of a sentence
	 * @throws UnsupportedByProvider when the node goes another way
	 */
	async meta(what: string): Promise<CloudApi> {
		requireMeta(this.context, 'Operation', what);
		return await connectMeta(this.context);
	}
}
