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
		/**
		 * - `lasting`: until somebody mends what is wrong
		 * - `down`: n8n is not there, as while it restarts
		 * - `late`: there was no answer in time, as of a busy n8n
		 */
		readonly trouble: 'lasting' | 'down' | 'late' = 'lasting',
	) {
		super('Conversation State', message, hint);
		this.name = 'StateUnavailable';
	}
}
