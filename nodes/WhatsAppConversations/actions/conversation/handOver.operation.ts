import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { handedOver, type HandOver } from '../../../core/conversation/owner';
import { choiceIn } from '../../../core/input/choice';
import { isEmpty } from '../../../core/input/given';
import { timeIn } from '../../../core/input/time';
import { EmptyInput, InputError } from '../../../core/inputError';
import { contactProperty } from '../../descriptions/recipient';
import type { Item } from '../../run/item';
import { recordOwner } from '../../state/recordOwner';
import type { Result } from '../operation';

const DURATIONS = ['hours', 'until'] as const;

/** A month: whatever is longer is no hand-over any more. */
const MOST_HOURS = 720;

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName: 'How Long',
		name: 'howLong',
		type: 'options',
		options: [
			{
				name: "Hours After the Person's Last Message",
				value: 'hours',
				description: "Each message with 'Sent By' set to 'Person' begins the hours anew",
			},
			{ name: 'Until a Time', value: 'until', description: 'Ends then, whatever is written' },
		],
		default: 'hours',
		description: "How long the person has the conversation, unless 'Resume Automation' ends it",
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: MOST_HOURS },
		default: 12,
		displayOptions: { show: { howLong: ['hours'] } },
		description: 'How many hours automatic messages are held back',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		placeholder: 'e.g. 2026-11-20T18:00:00Z',
		displayOptions: { show: { howLong: ['until'] } },
		// Not 'required': n8n would not start a workflow at all in which it is empty.
		description: 'When the automation has the conversation again; it must be given',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['handOver'] } },
	properties,
);

/** A person has the conversation from now on (rule E37). */
export async function execute(item: Item): Promise<Result> {
	const handOver = handOverOf(item, item.session.now());
	return { json: await recordOwner(item, (known) => handedOver(known, handOver)) };
}

function handOverOf(item: Item, at: number): HandOver {
	const howLong = choiceIn('How Long', item.parameter('howLong'), DURATIONS);
	return howLong === 'hours'
		? { at, until: at + Math.round(hoursIn(item) * 3_600), way: 'handedOver' }
		: { at, until: endIn(item, at), way: 'handedOverUntil' };
}

function hoursIn(item: Item): number {
	const value = item.parameter('hours', '');
	const hours = isEmpty(value) ? NaN : Number(value);
	if (hours > 0 && hours <= MOST_HOURS) return hours;
	throw new InputError(
		'Hours',
		`'Hours' is '${String(value)}', which is not a number of hours up to ${MOST_HOURS}.`,
		`Give a number above 0 and up to ${MOST_HOURS}.`,
	);
}

function endIn(item: Item, now: number): number {
	const value = item.parameter('until', '');
	const until = timeIn({ field: 'Until', value, timeZone: item.timeZone });
	const hint = `Give a time ahead of now, up to ${MOST_HOURS / 24} days.`;
	if (until === undefined) throw new EmptyInput('Until', hint);
	if (until > now && until <= now + MOST_HOURS * 3_600) return until;
	const wrong = until > now ? `more than ${MOST_HOURS / 24} days ahead` : 'in the past';
	throw new InputError('Until', `'Until' is '${String(value)}', which lies ${wrong}.`, hint);
}
