import { questionKey, type Waiting } from './reference';

/** How many answered questions are kept in mind, the latest. */
const MOST_KEPT = 10_000;

/** By which messages questions were answered, as far as this process knows; the first one counts. */
export class TakenAnswers {
	private readonly messages = new Map<string, string>();

	note(waiting: Omit<Waiting, 'signature'>, messageId: string): void {
		const key = questionKey(waiting);
		if (this.messages.has(key)) return;
		this.messages.set(key, messageId);
		if (this.messages.size <= MOST_KEPT) return;
		for (const oldest of this.messages.keys()) {
			this.messages.delete(oldest);
			break;
		}
	}

	/** Undefined when nothing is known. */
	of(waiting: Waiting): string | undefined {
		return this.messages.get(questionKey(waiting));
	}
}

/** What the webhooks of questions have accepted; whether n8n went on with it only n8n knows. */
export const acceptedAnswers = new TakenAnswers();
