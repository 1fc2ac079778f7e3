import { WAIT_INDEFINITELY, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { InputError } from '../../core/inputError';
import { pointInTime } from '../../core/pointInTime';
import type { Item } from '../run/item';

const FIELD = 'Limit Wait Time';

/** Units of a time, in milliseconds. */
export const UNIT_MS: Record<string, number> = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

/** In n8n's own words, of its nodes that send and wait; the time is one that leaves room for a reminder. */
export const limitWaitTimeOption: INodeProperties = {
	displayName: FIELD,
	name: 'limitWaitTime',
	type: 'fixedCollection',
	description:
		'Whether to limit the time this node should wait for a user response before execution resumes',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'days' } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					default: 'afterTimeInterval',
					description:
						'Sets the condition for the execution to resume. Can be a specified date or after some time.',
					options: [
						{
							name: 'After Time Interval',
							description: 'Waits for a certain amount of time',
							value: 'afterTimeInterval',
						},
						{
							name: 'At Specified Time',
							description: 'Waits until the set date and time to continue',
							value: 'atSpecifiedTime',
						},
					],
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					description: 'The time to wait',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					default: 'hours',
					description: 'Unit of the interval value',
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					default: '',
					description: 'Continue execution after the specified date and time',
				},
			],
		},
	],
};

/** Until when a question waits. @throws InputError for what is no time to come */
export function waitTill({ session, options, timeZone }: Item): Date {
	const nowMs = session.now() * 1000;
	const { values } = (options.limitWaitTime ?? {}) as { values?: IDataObject };
	if (!values) return WAIT_INDEFINITELY;
	const { resumeAmount: amount = 1, resumeUnit: unit = 'hours', maxDateAndTime: date } = values;
	const isDate = values.limitType === 'atSpecifiedTime';
	const untilMs = isDate
		? pointInTime(date, timeZone)
		: nowMs + Number(amount) * UNIT_MS[String(unit)];
	if (untilMs !== undefined && untilMs > nowMs && untilMs <= WAIT_INDEFINITELY.getTime()) {
		return new Date(untilMs);
	}
	throw new InputError(
		FIELD,
		isDate
			? `'${FIELD}' is '${String(date ?? '')}', which is no date and time in the future.`
			: `'${FIELD}' is ${String(amount)} ${String(unit)}, which leaves no time for an answer.`,
		'Give an amount above 0 with its unit, or a date and time in the future.',
	);
}
