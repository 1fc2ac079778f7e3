import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../core/inputError';

/** Meta's throughput of a business number, unless it was raised (130429). */
const DEFAULT_RATE = 80;

/** The option 'Messages per Second'. @throws InputError for what is no rate */
export function rateOf({ messagesPerSecond }: IDataObject): number {
	const rate = Number(messagesPerSecond ?? DEFAULT_RATE);
	if (rate > 0 && rate <= 1_000) return rate;
	throw new InputError(
		'Messages per Second',
		`'Messages per Second' is '${String(messagesPerSecond)}', which is not a number from 1 to 1,000.`,
		'Give the throughput of your business number, 80 unless Meta has raised it.',
	);
}
