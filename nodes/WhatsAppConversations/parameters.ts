import type { IDataObject, IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { DEFAULT_POLICY, type Policy } from '../core/conversation/decide';
import { EmptyInput, InputError } from '../core/inputError';
import type { EnvelopeOptions } from '../core/messages/envelope';
import { textOf } from '../core/messages/fields';
import { pointInTime } from '../core/pointInTime';
import { businessNumberText } from '../shared/businessNumber';
import { providerOf } from '../shared/provider';

import { isEmpty } from './given';

/** The business number that sends, and how people know it. */
export interface Sender {
	id: string;
	/** For texts: the phone number where the editor has stored it, else the ID. */
	label: string;
}

export function senderOf(context: IExecuteFunctions, i: number): Sender {
	const chosen = context.getNodeParameter('businessNumber', i, '', { extractValue: true });
	const id = businessNumberText(context, textOf('Business Number', chosen));
	const hint =
		'Choose the number from the list, or give its phone number ID, which has digits only.';
	if (id === '') throw new EmptyInput('Business Number', hint);
	if (!/^\d+$/.test(id)) {
		throw new InputError(
			'Business Number',
			`'Business Number' is '${id}', which is not a phone number ID.`,
			hint,
		);
	}
	const { cachedResultName } = context.getNodeParameter(
		'businessNumber',
		i,
	) as INodeParameterResourceLocator;
	return { id, label: cachedResultName ?? id };
}

/** The parameter 'Media ID'. @throws InputError for what is no ID of the provider's */
export function mediaIdOf(context: IExecuteFunctions, i: number): string {
	const id = textOf('Media ID', context.getNodeParameter('mediaId', i, '')).trim();
	if (providerOf(context).mediaIds.test(id)) return id;
	const hint =
		"Give the 'media.id' of an item of the trigger, or what the operation 'Upload' returned; it has digits only.";
	if (id === '') throw new EmptyInput('Media ID', hint);
	throw new InputError('Media ID', `'Media ID' is '${id}', which is not a media ID.`, hint);
}

/**
 * The value of a parameter with fixed choices.
 *
 * @param otherwise what it is in workflows that do not have it
 * @throws InputError when an expression gave something else
 */
export function choiceOf<T extends string>(
	context: IExecuteFunctions,
	i: number,
	field: string,
	name: string,
	choices: readonly T[],
	otherwise?: T,
): T {
	const value = context.getNodeParameter(name, i, otherwise);
	if ((choices as readonly unknown[]).includes(value)) return value as T;
	const hint = `Choose from the list, or give one of these: ${choices.join(', ')}.`;
	if (isEmpty(value)) throw new EmptyInput(field, hint);
	throw new InputError(
		field,
		`'${field}' is ${shown(value)}, which is not one of its values.`,
		hint,
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

const CONSENT_POLICIES = ['require', 'warn', 'off'];

/** Whether to look for an opt-in. An expression that gives nothing does not switch it off. */
function consentPolicyOf(
	field: string,
	value: unknown,
	otherwise: Policy['marketingConsent'],
): Policy['marketingConsent'] {
	if (isEmpty(value)) return otherwise;
	if (CONSENT_POLICIES.includes(value as string)) return value as Policy['marketingConsent'];
	throw new InputError(
		field,
		`'${field}' is ${shown(value)}, which is not one of its values.`,
		"Give 'require', 'warn' or 'off', or remove the option.",
	);
}

/** What the parameters say about permission; what they leave out or leave empty is the default. */
export function policyOf(options: IDataObject, whenUnknown?: Policy['whenUnknown']): Policy {
	const { safetyMargin } = options;
	const marginSeconds = isEmpty(safetyMargin) ? DEFAULT_POLICY.marginSeconds : Number(safetyMargin);
	if (!(marginSeconds >= 0 && marginSeconds < 86_400)) {
		throw new InputError(
			'Safety Margin',
			`'Safety Margin' is '${String(options.safetyMargin)}', which is not a number of seconds below a day.`,
			'Give a number from 0 to 86399, or remove the option.',
		);
	}
	return {
		blockRepliesAfterOptOut: options.blockRepliesAfterOptOut === true,
		marketingConsent: consentPolicyOf(
			'Consent for Marketing Templates',
			options.marketingConsent,
			DEFAULT_POLICY.marketingConsent,
		),
		utilityConsent: consentPolicyOf(
			'Consent for Utility Templates',
			options.utilityConsent,
			DEFAULT_POLICY.utilityConsent,
		),
		marginSeconds,
		whenUnknown: whenUnknown ?? DEFAULT_POLICY.whenUnknown,
	};
}

/** How far another clock may run ahead of ours, in seconds. */
const CLOCK_DIFFERENCE_SECONDS = 60;

const TIME_HINT =
	'Give an ISO date such as 2026-11-20T10:05:00Z, a time such as 2026-11-20 10:05:00 in the time zone of the workflow, or a Unix time.';

/** A parameter that holds a point in time. */
export interface TimeParameter {
	/** Display name. */
	field: string;
	value: unknown;
}

/**
 * A point in time that has passed, in epoch seconds; undefined when it is empty.
 *
 * @param now epoch seconds
 * @throws InputError for what is no time, and for a time ahead of now: it would permit for too long
 */
export function pastTimeOf(
	context: IExecuteFunctions,
	parameter: TimeParameter,
	now: number,
): number | undefined {
	const at = timeOf(context, parameter);
	if (at !== undefined && at > now + CLOCK_DIFFERENCE_SECONDS) {
		const { field, value } = parameter;
		throw new InputError(
			field,
			`'${field}' is '${String(value)}', which lies in the future.`,
			'Give the time at which it happened; where the data name no time zone, see that the one in the settings of the workflow is theirs.',
		);
	}
	return at === undefined ? undefined : Math.min(at, now);
}

/**
 * As {@link pastTimeOf}, for a time that permits something: nothing given is not now.
 *
 * @param hint how to fill it
 * @throws InputError when it is empty too
 */
export function requiredPastTimeOf(
	context: IExecuteFunctions,
	parameter: TimeParameter,
	now: number,
	hint: string,
): number {
	const at = pastTimeOf(context, parameter, now);
	if (at !== undefined) return at;
	throw new EmptyInput(parameter.field, hint);
}

/**
 * A point in time, in epoch seconds; undefined when it is empty. Texts without a time zone are in
 * the workflow's.
 *
 * @throws InputError for what is no time
 */
export function timeOf(
	context: IExecuteFunctions,
	{ field, value }: TimeParameter,
): number | undefined {
	if (isEmpty(value)) return undefined;
	const at = pointInTime(value, context.getTimezone());
	if (at === undefined) {
		throw new InputError(
			field,
			`'${field}' is ${shown(value)}, which is not a date and time.`,
			TIME_HINT,
		);
	}
	return Math.floor(at / 1000);
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' && !(value instanceof Date) ? 'an object' : `'${String(value)}'`;
}
