import { updateDisplayOptions, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { NO_FACTS } from '../../../core/conversation/facts';
import {
	bytesOf,
	joinRemembered,
	MOST_BYTES,
	toRemember,
} from '../../../core/conversation/remembered';
import { isEmpty } from '../../../core/input/given';
import { EmptyInput, InputError } from '../../../core/inputError';
import { parseRecipient } from '../../../core/messages/recipient';
import { contactProperty } from '../../descriptions/recipient';
import { senderOf } from '../../input/sender';
import type { Item } from '../../run/item';
import { rememberedView } from '../../views/rememberedView';
import type { Result } from '../operation';

const UNITS: Record<string, number> = { hours: 3_600, days: 86_400 };

const MOST_DAYS = 365;

const properties: INodeProperties[] = [
	contactProperty,
	{
		displayName: 'Facts',
		name: 'facts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Fact',
		default: {},
		options: [
			{
				displayName: 'Fact',
				name: 'fact',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. step',
						description: 'Under which it is recalled',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. size',
						description:
							'A text, or by an expression a number, a list or an object. Empty takes the fact back.',
					},
				],
			},
		],
		description: 'What to remember. Other facts about the contact stay as they are.',
	},
	{
		displayName: 'Keep For',
		name: 'keepFor',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description: 'How long these facts are remembered, from now on',
	},
	{
		displayName: 'Unit',
		name: 'keepUnit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
		],
		default: 'days',
		description: 'The unit of Keep For',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['remember'] } },
	properties,
);

/** Facts of the workflow's own about a contact: the latest of each name counts. */
export async function execute(item: Item): Promise<Result> {
	const { conversations } = item.session;
	const now = item.session.now();
	const sender = await senderOf(item);
	const contact = parseRecipient(item.parameter('contact'), 'Contact');
	const values = valuesIn(item);
	const until = now + secondsIn(item);
	const { facts } = await conversations.storedState(sender.id, contact);
	const remembered = toRemember(facts.remembered, values, { now, until });
	const bytes = bytesOf(joinRemembered(facts.remembered, remembered), now);
	if (bytes > MOST_BYTES) throw tooMuch(bytes);
	await conversations.record(sender.id, contact, { ...NO_FACTS, remembered });
	return { json: rememberedView(item, sender.id, contact) };
}

/** By name; undefined for what is taken back. */
function valuesIn(item: Item): Map<string, unknown> {
	const { fact = [] } = item.parameter('facts', {}) as { fact?: IDataObject[] };
	if (fact.length === 0) throw new EmptyInput('Facts', 'Add a fact with its name and value.');
	return new Map(
		fact.map(({ name, value }, index): [string, unknown] => {
			const key = String(name ?? '').trim();
			if (key !== '') return [key, isEmpty(value) ? undefined : value];
			throw new InputError(
				'Facts',
				`Fact ${index + 1} under 'Facts' has no 'Name'.`,
				"Give the name under which 'Recall' is to show it.",
			);
		}),
	);
}

function secondsIn(item: Item): number {
	const value = item.parameter('keepFor', '');
	const seconds = Number(value) * (UNITS[String(item.parameter('keepUnit', 'days'))] ?? NaN);
	if (seconds > 0 && seconds <= MOST_DAYS * UNITS.days) return Math.ceil(seconds);
	throw new InputError(
		'Keep For',
		`'Keep For' is '${String(value)}', which is no time up to ${MOST_DAYS} days.`,
		`Give a number above 0, of at most ${MOST_DAYS} days.`,
	);
}

function tooMuch(bytes: number): InputError {
	return new InputError(
		'Facts',
		`With these 'Facts' ${bytes} bytes would be remembered of the contact; ${MOST_BYTES} is the most.`,
		'Keep large data in a table of your own, and remember its ID here.',
	);
}
