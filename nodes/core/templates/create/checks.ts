import { characterCount } from '../../characters';
import { EmptyInput, InputError } from '../../inputError';
import { placeholdersOf } from '../placeholders';

/** Characters that Meta refuses where it wants plain text (Meta: code 2388060 for buttons). */
const DECORATION = /[\r\n*~`\p{Emoji_Presentation}\ufe0f]/u;

/** The text without white space at its ends. @throws InputError when it is empty or too long */
export function requiredText(label: string, value: string | undefined, limit = Infinity): string {
	const text = value?.trim() ?? '';
	if (text === '') throw new EmptyInput(label);
	const length = characterCount(text);
	if (length > limit) {
		throw new InputError(
			label,
			`'${label}' is ${length} characters long; Meta accepts at most ${limit}.`,
			'Shorten it.',
		);
	}
	return text;
}

const NAME_LIMIT = 512;

/** The name of a new template (Meta: Message Template API). @throws InputError */
export function nameToCreate(value: string | undefined): string {
	const name = requiredText('Name', value, NAME_LIMIT);
	refuseIf(
		!/^[a-z0-9_]+$/.test(name),
		'Name',
		`'Name' is '${name}', and Meta accepts only lower-case letters, digits and underscores.`,
		"Write, for example, 'order_ready'.",
	);
	return name;
}

/** As `requiredText`, for texts without any decoration. @throws InputError */
export function plainText(label: string, value: string | undefined, limit: number): string {
	const text = requiredText(label, value, limit);
	if (DECORATION.test(text)) {
		throw new InputError(
			label,
			`'${label}' has a line break, an emoji or a formatting character, which Meta refuses here.`,
			'Use plain letters, digits and punctuation.',
		);
	}
	return text;
}

/** @throws InputError for a text with a placeholder */
export function refusePlaceholders(label: string, text: string): void {
	if (text.includes('{{') || placeholdersOf(text).length > 0) {
		throw new InputError(
			label,
			`'${label}' has a placeholder, which Meta refuses here.`,
			'Write fixed text.',
		);
	}
}

/** The choice in Meta's letters. @throws InputError for anything else */
export function oneOf<T extends string>(
	label: string,
	value: string | undefined,
	choices: readonly T[],
): T {
	const found = choices.find((choice) => choice === value?.trim().toUpperCase());
	if (found) return found;
	throw new InputError(
		label,
		`'${label}' is '${value ?? ''}', which is not known.`,
		`Give one of ${choices.join(', ')}.`,
	);
}

/** Refuses what Meta does not allow in this combination. @throws InputError */
export function refuseIf(refused: unknown, label: string, message: string, hint: string): void {
	if (refused) throw new InputError(label, message, hint);
}
