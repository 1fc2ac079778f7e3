import { requiredLabel } from '../input/text';
import { InputError } from '../inputError';

const RULES: ReadonlyArray<[wrong: RegExp, what: string]> = [
	[/[^A-Za-z0-9._]/, 'has other characters than English letters, digits, points and underscores'],
	[/^.{0,2}$/, 'has fewer than 3 characters'],
	[/^[^A-Za-z]*$/, 'has no letter'],
	[/^\.|\.$|\.\./, 'begins or ends with a point, or has two in a row'],
	[/^www/i, 'begins with www'],
	[
		/\.(com|org|net|int|edu|gov|mil|us|in|html)$/i,
		'ends like the address of a website, which WhatsApp does not take',
	],
];

/** In characters. */
const LONGEST = 35;

/**
 * A username for a business number, without the `@` that people put in front (Meta: Business
 * usernames).
 *
 * @throws InputError('Username')
 */
export function usernameOf(value: unknown): string {
	const name = requiredLabel('Username', value, LONGEST + 1).replace(/^@/, '');
	const checked = requiredLabel('Username', name, LONGEST);
	const rule = RULES.find(([wrong]) => wrong.test(checked));
	if (!rule) return checked;
	throw new InputError(
		'Username',
		`'Username' is '${checked}', which ${rule[1]}.`,
		'Use 3 to 35 letters, digits, points and underscores, such as corner_shop.',
	);
}
