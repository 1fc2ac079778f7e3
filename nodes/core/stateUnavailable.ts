import { InputError } from './inputError';

/** The place where conversation state is kept does not answer as it should. */
export class StateUnavailable extends InputError {
	/**
	 * @param message one sentence: what is wrong
	 * @param hint one sentence: how to mend it
	 */
	constructor(message: string, hint: string) {
		super('Conversation State', message, hint);
		this.name = 'StateUnavailable';
	}
}
