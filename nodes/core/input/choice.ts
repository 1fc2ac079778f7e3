import { EmptyInput, InputError } from '../inputError';

import { isEmpty, shown } from './given';

/** @throws InputError for anything but one of the choices, as an expression may give it */
export function choiceIn<T extends string>(
	field: string,
	value: unknown,
	choices: readonly T[],
	hint = `Choose from the list, or give one of these: ${choices.join(', ')}.`,
): T {
	if ((choices as readonly unknown[]).includes(value)) return value as T;
	if (isEmpty(value)) throw new EmptyInput(field, hint);
	throw new InputError(
		field,
		`'${field}' is ${shown(value)}, which is not one of its values.`,
		hint,
	);
}
