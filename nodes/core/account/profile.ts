import type { IDataObject } from 'n8n-workflow';

import { choiceIn } from '../input/choice';
import { checkCount } from '../input/entries';
import { isEmpty } from '../input/given';
import { optionalLabel, optionalText, requiredText } from '../input/text';
import { webAddress } from '../input/webAddress';
import { InputError } from '../inputError';

/** Industries that Meta knows, with what people read in the profile (Meta: Business profiles). */
export const INDUSTRIES = {
	APPAREL: 'Clothing and Apparel',
	AUTO: 'Automotive',
	BEAUTY: 'Beauty, Spa and Salon',
	EDU: 'Education',
	ENTERTAIN: 'Entertainment',
	EVENT_PLAN: 'Event Planning and Service',
	FINANCE: 'Finance and Banking',
	GOVT: 'Public Service',
	GROCERY: 'Food and Grocery',
	HEALTH: 'Medical and Health',
	HOTEL: 'Hotel and Lodging',
	NONPROFIT: 'Non-profit',
	NOT_A_BIZ: 'Not a Business',
	OTHER: 'Other',
	PROF_SERVICES: 'Professional Services',
	RESTAURANT: 'Restaurant',
	RETAIL: 'Shopping and Retail',
	TRAVEL: 'Travel and Transportation',
} as const;

type Industry = keyof typeof INDUSTRIES;

/** The fields to change, as they were entered. An empty one empties the profile's. */
export interface ProfileInput {
	about?: unknown;
	address?: unknown;
	description?: unknown;
	email?: unknown;
	websites?: unknown;
	vertical?: unknown;
}

/** Longest values, in characters (Meta: Business profiles). */
const ABOUT = 139;
const ADDRESS = 256;
const DESCRIPTION = 512;
const EMAIL = 128;
const WEBSITE = 256;
const MOST_WEBSITES = 2;

/** How each field becomes Meta's; the whole profile in the order of the form. */
const FIELDS: { [Field in keyof ProfileInput]-?: (value: unknown) => string | string[] } = {
	// The one field that Meta does not let be emptied.
	about: (value) => requiredText('About', value, ABOUT),
	address: (value) => optionalText('Address', value, ADDRESS) ?? '',
	description: (value) => optionalText('Description', value, DESCRIPTION) ?? '',
	email: emailOf,
	vertical: (value) => choiceIn('Industry', value, Object.keys(INDUSTRIES) as Industry[]),
	websites: websitesOf,
};

/**
 * What changes in a profile: the fields that were given, also those that are empty.
 *
 * @throws InputError that names the field
 */
export function profileChanges(input: ProfileInput): IDataObject {
	const names = Object.keys(FIELDS) as Array<keyof ProfileInput>;
	return Object.fromEntries(
		names
			.filter((name) => input[name] !== undefined)
			.map((name) => [name, FIELDS[name](input[name])]),
	);
}

function emailOf(value: unknown): string {
	const email = optionalLabel('Email', value, EMAIL) ?? '';
	if (email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
	throw new InputError(
		'Email',
		`'Email' is '${email}', which is not an email address.`,
		'Write one whole address, such as name@example.com.',
	);
}

/** An expression may give one address instead of a list. */
function websitesOf(value: unknown): string[] {
	const websites = [value].flat().filter((website) => !isEmpty(website));
	checkCount('Websites', websites.length, [0, MOST_WEBSITES]);
	return websites.map((website) => {
		const address = webAddress('Websites', website, {
			protocols: ['https:', 'http:'],
			hint: 'Write the whole address, beginning with https://.',
		});
		return requiredText('Websites', address, WEBSITE);
	});
}
