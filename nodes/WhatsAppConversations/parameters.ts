import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { DEFAULT_POLICY, type Policy } from '../core/conversation/decide';
import { epochSeconds } from '../core/events/time';
import { InputError } from '../core/inputError';
import type { EnvelopeOptions } from '../core/messages/envelope';
import { businessNumberText } from '../shared/businessNumber';
import { providerOf } from '../shared/provider';

/** The business number that sends, and how people know it. */
export interface Sender {
	id: string;
	/** For texts: the phone number where the editor has stored it, else the ID. */
	label: string;
}

export function senderOf(context: IExecuteFunctions, i: number): Sender {
	const chosen = context.getNodeParameter('businessNumber', i, '', { extractValue: true });
	const id = businessNumberText(context, chosen);
	if (!/^\d+$/.test(id)) {
		throw new InputError(
			'Business Number',
			id === ''
				? "'Business Number' is empty."
				: `'Business Number' is '${id}', which is not a phone number ID.`,
			'Choose the number from the list, or give its phone number ID, which has digits only.',
		);
	}
	const { cachedResultName } = context.getNodeParameter(
		'businessNumber',
		i,
	) as INodeParameterResourceLocator;
	return { id, label: cachedResultName ?? id };
}

/** Meta's IDs are digits; Clickatell's may be the query of an address. */
const MEDIA_IDS = { metaCloud: /^\d+$/, compatible: /^(?=.*\w)[\w.-]+$/, clickatell: /^\S+$/ };

/** The parameter 'Media ID'. @throws InputError for what is no ID of the provider's */
export function mediaIdOf(context: IExecuteFunctions, i: number): string {
	const id = String(context.getNodeParameter('mediaId', i, '') ?? '').trim();
	if (MEDIA_IDS[providerOf(context)].test(id)) return id;
	throw new InputError(
		'Media ID',
		id === '' ? "'Media ID' is empty." : `'Media ID' is '${id}', which is not a media ID.`,
		"Give the 'media.id' of an item of the trigger, or what the operation 'Upload' returned; it has digits only.",
	);
}

/** The options collection of an operation; {} when nothing was added. */
export function optionsOf(context: IExecuteFunctions, i: number): IDataObject {
	return context.getNodeParameter('options', i, {}) as IDataObject;
}

/** What the options say about the request around a message. */
export function envelopeOptions({ trackingData, identityKeyHash }: IDataObject): EnvelopeOptions {
	return { trackingData, identityKeyHash };
}

/** Meta's throughput of a business number, unless it was raised (130429). */
const DEFAULT_RATE = 80;

/** The option 'Messages per Second'. */
export function rateOf(options: IDataObject): number {
	const rate = Number(options.messagesPerSecond ?? DEFAULT_RATE);
	if (rate > 0 && rate <= 1_000) return rate;
	throw new InputError(
		'Messages per Second',
		`'Messages per Second' is '${String(options.messagesPerSecond)}', which is not a number from 1 to 1,000.`,
		'Give the throughput of your business number, 80 unless Meta has raised it.',
	);
}

/** What the parameters say about permission; what they leave out is the default. */
export function policyOf(options: IDataObject, whenUnknown?: Policy['whenUnknown']): Policy {
	const marginSeconds = Number(options.safetyMargin ?? DEFAULT_POLICY.marginSeconds);
	if (!(marginSeconds >= 0 && marginSeconds < 86_400)) {
		throw new InputError(
			'Safety Margin',
			`'Safety Margin' is '${String(options.safetyMargin)}', which is not a number of seconds below a day.`,
			'Give a number from 0 to 86399, or remove the option.',
		);
	}
	return {
		...DEFAULT_POLICY,
		...(options as Partial<Policy>),
		marginSeconds,
		whenUnknown: whenUnknown ?? DEFAULT_POLICY.whenUnknown,
	};
}

/**
 * A point in time in the past, in epoch seconds; 0 when it is empty.
 *
 * @param field display name of the parameter
 * @throws InputError for what is no time
 */
export function pastTimeOf(
	context: IExecuteFunctions,
	field: string,
	value: unknown,
	now: number,
): number {
	// A time ahead of now would hold for too long.
	return Math.min(timeOf(context, field, value) ?? 0, now);
}

/**
 * A point in time, in epoch seconds; undefined when it is empty. Texts without a time zone are in
 * the workflow's.
 *
 * @param field display name of the parameter
 * @throws InputError for what is no time
 */
export function timeOf(
	context: IExecuteFunctions,
	field: string,
	value: unknown,
): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const at = epochSeconds(value) ?? epochSeconds(millisecondsOf(value, context.getTimezone()));
	if (at === undefined) {
		throw new InputError(
			field,
			`'${field}' is '${String(value)}', which is not a date and time.`,
			'Give an ISO date such as 2026-11-20T10:05:00Z, or a Unix time in seconds.',
		);
	}
	return at;
}

function millisecondsOf(value: unknown, zone: string): number {
	if (typeof value === 'string') return DateTime.fromISO(value.trim(), { zone }).toMillis();
	return DateTime.isDateTime(value)
		? value.toMillis()
		: value instanceof Date
			? value.getTime()
			: NaN;
}
