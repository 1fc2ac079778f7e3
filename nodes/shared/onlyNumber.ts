import { createHash } from 'crypto';

import { BoundedMap } from '../core/boundedMap';
import { accountNumbers } from '../core/callback/accountNumbers';
import { EmptyInput, InputError } from '../core/inputError';
import type { BusinessNumber } from '../core/transport/transport';
import { UnsupportedByProvider } from '../core/unsupported';

import { providerOf } from './provider';
import type { ConnectionContext } from './providers/provider';

export const NUMBER_FIELD = 'Business Number';

export const CHOOSE_NUMBER =
	'Choose the number from the list, or give its phone number ID, which has digits only.';

/** For how long it is believed that an account has no further number. */
const BELIEVED_MS = 5 * 60_000;

const MOST_KEPT = 100;

/** What was found, by a hash of the credential's values, and when, in milliseconds of a clock that nobody sets. */
const found = new BoundedMap<string, { number: BusinessNumber; atMs: number }>(MOST_KEPT);

/**
 * The number of an account that has a single one: what an empty 'Business Number' stands for.
 *
 * @throws EmptyInput where the provider lists no numbers
 * @throws InputError where the account has none, or several
 * @throws ProviderRefusal
 */
export async function onlyNumber(context: ConnectionContext): Promise<BusinessNumber> {
	const provider = providerOf(context);
	if (!provider.listsNumbers) throw new EmptyInput(NUMBER_FIELD, CHOOSE_NUMBER);
	const key = hashOf(await context.getCredentials(provider.credential));
	const known = found.get(key);
	if (known && performance.now() - known.atMs < BELIEVED_MS) return known.number;
	const number = await ask(context);
	found.set(key, { number, atMs: performance.now() });
	return number;
}

async function ask(context: ConnectionContext): Promise<BusinessNumber> {
	const numbers = await allNumbers(context).catch((error: unknown) => {
		throw error instanceof UnsupportedByProvider
			? new EmptyInput(NUMBER_FIELD, CHOOSE_NUMBER)
			: error;
	});
	if (numbers.length === 1) return numbers[0];
	if (numbers.length === 0) {
		throw new InputError(
			NUMBER_FIELD,
			`'${NUMBER_FIELD}' is empty, and the business account of the credential has no number.`,
			"Add a number to the account in Meta's WhatsApp Manager, or give the credential the account that has it.",
		);
	}
	const names = numbers.slice(0, 5).map(({ id, displayPhoneNumber }) => displayPhoneNumber || id);
	throw new InputError(
		NUMBER_FIELD,
		`'${NUMBER_FIELD}' is empty, and the business account has more than one number: ${names.join(', ')}${numbers.length > names.length ? ', …' : ''}.`,
		'Choose one of them from the list.',
	);
}

async function allNumbers(context: ConnectionContext): Promise<BusinessNumber[]> {
	const api = await providerOf(context).connect(context);
	const numbers: BusinessNumber[] = [];
	for await (const number of accountNumbers(api)) numbers.push(number);
	return numbers;
}

function hashOf(credential: object): string {
	return createHash('sha256').update(JSON.stringify(credential)).digest('base64url');
}
