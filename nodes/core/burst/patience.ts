/** How long a contact has to be quiet, in milliseconds, before a message counts as the last of a thought. */
const QUIET_MS = {
	/** A sentence that is complete: whoever has one more to send has begun to write it by then. */
	finished: 900,
	/** A file: an album comes as one delivery for each photo, within a second or two. */
	file: 1_600,
	/** "Hi", "I wanted to ask", "because": more is to come. */
	fragment: 2_500,
	/** Who has sent several messages in a row may send another one. */
	row: 2_000,
};

/** How long the first message of a row waits at most, however many follow. */
export const MOST_MS = 8_000;

/** How many messages one row has at most: n8n keeps them all in one run. */
export const MOST_MESSAGES = 30;

const FILES = new Set(['image', 'video', 'audio', 'document', 'sticker', 'voice']);

/** The end of a sentence, in many scripts, with what may follow it; an emoji ends one too. */
const SENTENCE_END =
	/(?:[!?。！？؟।。…]|(?<!\.)\.|\.{3}|\p{Extended_Pictographic}\uFE0F?)["'»”’)\]]*$/u;
const QUESTION_END = /[?？؟]["'»”’)\]]*$/u;

/** A message of fewer letters is rarely the whole of a thought, unless it is a question. */
const FEWEST_LETTERS = 12;

/** What tells how a message ends. */
export interface LastMessage {
	/** Meta's type of the message. */
	type: string;
	/** Its text or caption; '' for none. */
	text: string;
	/** How many messages of the same row came before it. */
	before: number;
}

/** How long to wait for another message behind this one, in milliseconds. */
export function quietAfter({ type, text, before }: LastMessage): number {
	const own = text.trim();
	const least = before > 0 ? QUIET_MS.row : 0;
	if (FILES.has(type) && own === '') return Math.max(QUIET_MS.file, least);
	const letters = own.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
	const isFinished =
		QUESTION_END.test(own) || (SENTENCE_END.test(own) && letters >= FEWEST_LETTERS);
	if (!isFinished) return QUIET_MS.fragment;
	return Math.max(FILES.has(type) ? QUIET_MS.file : QUIET_MS.finished, least);
}
