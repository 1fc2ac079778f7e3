import { asciiDigits } from '../characters';
import { EmptyInput, InputError } from '../inputError';

import { textOf } from './text';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A number within limits, given as number or text; `undefined` when the field is empty.
 *
 * @param field display name of the parameter
 * @throws InputError when it is no number, or outside of the limits
 */
export function optionalNumber(
	field: string,
	value: unknown,
	min: number,
	max: number,
): number | undefined {
	const text = textOf(field, value).trim();
	if (text === '') return undefined;
	const plain = asciiDigits(text);
	// Not what JavaScript takes for a number besides, as 0x10.
	const number = DECIMAL.test(plain) ? Number(plain) : NaN;
	if (Number.isNaN(number)) {
		throw new InputError(
			field,
			`'${field}' is not a number: '${text}'.`,
			'Write digits, with a point before decimals.',
		);
	}
	if (number < min || number > max) {
		throw new InputError(
			field,
			`'${field}' is ${number}; it must lie between ${min} and ${max}.`,
			'Change the number.',
		);
	}
	return number;
}

/** As {@link optionalNumber}, for a field that must be filled. */
export function requiredNumber(field: string, value: unknown, min: number, max: number): number {
	const number = optionalNumber(field, value, min, max);
	if (number === undefined) throw new EmptyInput(field);
	return number;
}
