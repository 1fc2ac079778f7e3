import { InputError } from './inputError';

/** The place where conversation state is kept does not answer as it should. */
export class StateUnavailable extends InputError {
	/**
	 * @param message one sentence: what is wrong
	 * @param hint one sentence: how to mend it
	 */
	constructor(
		message: string,
		hint: string,
		/** Whether it may be over soon without anybody's doing: n8n is restarting, or busy. */
		readonly mayPass = false,
	) {
		super('Conversation State', message, hint);
		this.name = 'StateUnavailable';
	}
}
