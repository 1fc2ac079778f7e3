import type { IDataObject } from 'n8n-workflow';

import { entriesOf, checkCount, refuseRepeats } from '../input/entries';
import { isEmpty } from '../input/given';
import { requiredLabel } from '../input/text';
import { InputError } from '../inputError';

/** What people enter; a part that was not given stays as it is, an empty one goes. */
export interface ChatComponentsInput {
	iceBreakers?: unknown;
	commands?: ReadonlyArray<{ command?: unknown; description?: unknown }>;
	welcomeMessage?: unknown;
}

/** Limits of numbers, and of characters (Meta: Conversational components). */
const MOST_ICE_BREAKERS = 4;
const ICE_BREAKER = 80;
const MOST_COMMANDS = 30;
const COMMAND = 32;
const DESCRIPTION = 256;

/**
 * What changes in what WhatsApp offers in a chat with the business.
 *
 * @throws InputError that names the field
 */
export function chatComponentChanges(input: ChatComponentsInput): IDataObject {
	const { iceBreakers, commands, welcomeMessage } = input;
	return {
		...(iceBreakers !== undefined && { prompts: promptsOf(iceBreakers) }),
		...(commands !== undefined && { commands: commandsOf(commands) }),
		...(welcomeMessage !== undefined && { enable_welcome_message: welcomeMessage === true }),
	};
}

function promptsOf(value: unknown): string[] {
	const given = [value].flat().filter((entry) => !isEmpty(entry));
	checkCount('Ice Breakers', given.length, [0, MOST_ICE_BREAKERS]);
	return given.map((entry, index) => plain('Ice Breakers', entry, ICE_BREAKER, `${index + 1}: `));
}

function commandsOf(value: ChatComponentsInput['commands']): IDataObject[] {
	const entries = entriesOf('Commands', value, [0, MOST_COMMANDS]);
	const commands = entries.map(({ command, description }, index) => {
		const where = `Command ${index + 1}: `;
		// People type it with a slash, which is not part of it.
		const name = typeof command === 'string' ? command.trim().replace(/^\//, '') : command;
		return {
			command_name: plain('Command', name, COMMAND, where),
			command_description: plain('Description', description, DESCRIPTION, where),
		};
	});
	const names = commands.map(({ command_name: name }) => name);
	refuseRepeats(
		'Command',
		names,
		names.map((_, index) => `Command ${index + 1}`),
	);
	return commands;
}

/** Meta takes no emojis here. */
function plain(field: string, value: unknown, most: number, where: string): string {
	const text = requiredLabel(field, value, most, where);
	const emoji = /\p{Extended_Pictographic}/u.exec(text)?.[0];
	if (emoji === undefined) return text;
	throw new InputError(
		field,
		`${where}'${field}' contains '${emoji}'; WhatsApp takes no emojis here.`,
		'Write it without emojis.',
	);
}
