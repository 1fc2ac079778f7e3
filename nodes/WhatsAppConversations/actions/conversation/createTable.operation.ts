import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { EmptyInput, InputError } from '../../../core/inputError';
import { COLUMNS, NEEDED_COLUMNS } from '../../../core/state/table/tableRow';
import type { DataTable } from '../../../core/transport/dataTableApi';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

/** n8n's limit. */
const MOST_NAME_CHARS = 128;

const properties: INodeProperties[] = [
	{
		displayName:
			"Choose the credential for the n8n Data Table API at the top, and run this once. Then choose the table under 'Conversation State' in the trigger and in the other nodes.",
		name: 'tableNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Table Name',
		name: 'tableName',
		type: 'string',
		default: 'WhatsApp Conversations',
		required: true,
		description:
			'What the table is called in n8n. If a table of this name with the right columns is there already, it is returned.',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['conversation'], operation: ['createTable'] } },
	properties,
);

export async function execute(item: Item): Promise<Result> {
	const name = tableNameOf(item);
	const api = item.session.tables();
	const existing = (await api.listTables()).filter((table) => table.name === name);
	const usable = existing.find((table) => lackingColumns(table).length === 0);
	if (usable) return { json: { id: usable.id, name, created: false } };
	if (existing.length > 0) throw lacking(existing[0]);

	const { id } = await api.createTable(name, [...COLUMNS]);
	return { json: { id, name, created: true } };
}

function tableNameOf(item: Item): string {
	const name = String(item.parameter('tableName') ?? '').trim();
	if (name !== '' && name.length <= MOST_NAME_CHARS) return name;
	const hint = 'Give a name of your own, such as WhatsApp Conversations.';
	if (name === '') throw new EmptyInput('Table Name', hint);
	throw new InputError(
		'Table Name',
		`'Table Name' has ${name.length} characters; n8n takes at most ${MOST_NAME_CHARS}.`,
		hint,
	);
}

/** What is needed and not there, or there as something else. */
function lackingColumns({ columns }: DataTable): string[] {
	return NEEDED_COLUMNS.filter(
		({ name, type }) => !columns.some((column) => column.name === name && column.type === type),
	).map(({ name, type }) => `${name} (${type})`);
}

function lacking(table: DataTable): InputError {
	return new InputError(
		'Table Name',
		`There is a table named '${table.name}' already, and it lacks columns that the conversation state needs: ${lackingColumns(table).join(', ')}.`,
		"Give another 'Table Name', or add the columns in n8n under Data tables.",
	);
}
