import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { CountingOptions } from '../../core/conversation/counting';
import { DEFAULT_WORDS, wordSet, type ConsentWords } from '../../core/conversation/keywords';
import type { ReadingOptions } from '../../core/events/factsOf';

/** What the options of the trigger say about how messages are read. */
export function readingOptionsOf(context: IWebhookFunctions): ReadingOptions {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const counted = (options.alsoCounts ?? []) as Array<keyof CountingOptions>;
	return {
		counting: Object.fromEntries(counted.map((name) => [name, true])),
		words: options.consentWords === false ? undefined : wordsOf(options),
		appPauseSeconds: Math.round(Number(options.pauseForAppHours ?? 0) * 3_600) || undefined,
	};
}

/** An option that was not added has its default; an empty list has no words. */
function wordsOf(options: IDataObject): ConsentWords {
	const setOf = (name: keyof ConsentWords) => wordSet(String(options[name] ?? DEFAULT_WORDS[name]));
	return {
		stopWords: setOf('stopWords'),
		startWords: setOf('startWords'),
		stopPayloads: setOf('stopPayloads'),
		startPayloads: setOf('startPayloads'),
	};
}
