import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { RESPONSE_TYPES_WITH_CHOICES, type ResponseType } from '../../core/ask/question';
import { InputError } from '../../core/inputError';
import { isTool } from '../input/tool';
import type { Item } from '../run/item';

import { UNIT_MS } from './waitLimit';

const FIELD = 'Remind After';

/** The outputs of a question that may be put more than once. */
const LOOP_OUTPUT = 0;
export const ANSWERED_OUTPUT = 1;
export const NO_ANSWER_OUTPUT = 2;

/** Whether a question has these outputs, as n8n reads it from the node's parameters. */
export const IS_IN_LOOP = `$parameter.resource === 'message' && $parameter.operation === 'sendAndWait' && ($parameter.options?.remindAfter?.values || ($parameter.otherAnswers === 'askAgain' && ${JSON.stringify(RESPONSE_TYPES_WITH_CHOICES).replaceAll('"', "'")}.includes($parameter.responseType)))`;

/** When, and how often, a contact who has not answered is asked once more. */
export const remindAfterOption: INodeProperties = {
	displayName: FIELD,
	name: 'remindAfter',
	type: 'fixedCollection',
	description:
		"When to ask a contact again who has not answered. The node then has three outputs: connect 'Loop' back to its input, and go on from 'Answered' and 'No Answer'.",
	displayOptions: { hide: { '@tool': [true] } },
	default: { values: { amount: 3, unit: 'hours', times: 1, message: '' } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Amount',
					name: 'amount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 3,
					description: 'How long to wait before each reminder',
				},
				{
					displayName: 'Unit',
					name: 'unit',
					type: 'options',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
					default: 'hours',
					description: 'Unit of the amount',
				},
				{
					displayName: 'How Often',
					name: 'times',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 10 },
					default: 1,
					description: 'How many reminders there are at most',
				},
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Your order still waits for your answer',
					description:
						'The question of the reminder; empty for the same as before. A template has its own text.',
				},
			],
		},
	],
};

/** How often a question is put again after an answer that was none of its choices. */
export const askAgainProperties: INodeProperties[] = [
	{
		displayName:
			"Connect the output 'Loop' back to the input of this node, and go on from 'Answered' and 'No Answer'.",
		name: 'loopNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Ask Again at Most',
		name: 'askAgainTimes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10 },
		default: 2,
		description: 'How often the question is put again; after that, whatever comes is accepted',
	},
	{
		displayName: 'Message When Asking Again',
		name: 'askAgainMessage',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Please tap one of the buttons',
		description: 'The question that is put again; empty for the same as before',
	},
];

/** How a question is put more than once. */
export interface InLoop {
	/** 0 for no reminder. */
	reminders: number;
	everyMs: number;
	/** Whether an answer that is none of the choices has it put again, and how often. */
	asksAgain: boolean;
	askAgain: number;
}

/**
 * How a question may be put more than once; undefined for one that is put once.
 *
 * @throws InputError for what is no time, or where nothing leads back to the node
 */
export function inLoop(item: Item, type: ResponseType): InLoop | undefined {
	const { values } = (item.options.remindAfter ?? {}) as { values?: IDataObject };
	const asksAgain =
		RESPONSE_TYPES_WITH_CHOICES.includes(type) && item.parameter('otherAnswers', '') === 'askAgain';
	if (isTool(item) || (!values && !asksAgain)) return undefined;
	requireLoop(item, values ? FIELD : 'If the Answer Is Not One of the Choices', 'Answered');
	return {
		reminders: values ? countIn(FIELD, values.times ?? 1) : 0,
		everyMs: values ? intervalOf(values) : 0,
		asksAgain,
		askAgain: asksAgain ? countIn('Ask Again at Most', item.parameter('askAgainTimes', 2)) : 0,
	};
}

/** A question without reminders. */
export const PUT_ONCE: InLoop = { reminders: 0, everyMs: 0, asksAgain: false, askAgain: 0 };

/**
 * @param field that needs the output 'Loop'
 * @param next name of the output at which the workflow goes on
 * @throws InputError where nothing leads back to the node
 */
export function requireLoop(item: Item, field: string, next: string): void {
	if (item.comesBack(LOOP_OUTPUT)) return;
	throw new InputError(
		field,
		`'${field}' needs the output 'Loop' to lead back to this node, and it does not, so nothing was sent.`,
		`Connect 'Loop' to the input of this node, and go on from '${next}' and 'No Answer'.`,
	);
}

/** The text of a reminder, or of a question that is put again; '' for the same as before. */
export function textAgain(item: Item, why: 'remind' | 'askAgain'): string {
	const { values } = (item.options.remindAfter ?? {}) as { values?: IDataObject };
	const text = why === 'remind' ? values?.message : item.parameter('askAgainMessage', '');
	return String(text ?? '').trim();
}

function intervalOf({ amount = 3, unit = 'hours' }: IDataObject): number {
	const ms = Number(amount) * UNIT_MS[String(unit)];
	if (ms > 0 && Number.isFinite(ms)) return ms;
	throw new InputError(
		FIELD,
		`'${FIELD}' does not give a time.`,
		'Give an amount above 0 with its unit.',
	);
}

function countIn(field: string, value: unknown): number {
	const count = Number(value);
	if (Number.isInteger(count) && count >= 1 && count <= 10) return count;
	throw new InputError(
		field,
		`'${field}' does not say how often the question is put again.`,
		'Give a whole number from 1 to 10.',
	);
}
