import type { IDataObject } from 'n8n-workflow';

/** What stands between a message and its send. */
export interface Permit {
	/** Whether the contact waits for it: then it goes before what goes to many. */
	isReply: boolean;
	/**
	 * Decides anew, by what is known now.
	 *
	 * @throws when the message must not go out any more
	 */
	renew(): Promise<void>;
}

/** A permit that keeps the decision that holds. */
export class DecidedPermit implements Permit {
	/** The decision as items show it. */
	view: IDataObject = {};

	/** @param decide gives the decision as items show it, and throws when the message must not go out */
	constructor(
		readonly isReply: boolean,
		private readonly decide: () => Promise<IDataObject>,
	) {}

	async renew(): Promise<void> {
		this.view = await this.decide();
	}
}
