import type { IDataObject } from 'n8n-workflow';

import { choiceIn } from '../input/choice';
import { InputError } from '../inputError';

/** The option 'Marketing Messages API' and what goes with it, as they were entered. */
export interface MarketingOptions {
	marketingMessages?: unknown;
	shareActivity?: unknown;
}

/** What the choices are at Meta (Meta: Marketing Messages API, Sending messages). */
const POLICIES = { prefer: 'CLOUD_API_FALLBACK', require: 'STRICT' } as const;

/** How a template goes out. */
const CHOICES = ['off', 'prefer', 'require'] as const;

/**
 * What the request of a template has beside what every message has, where it goes out by Meta's
 * Marketing Messages API; {} where it goes the way of every message. The rules for sending are the
 * same.
 *
 * @param category as the template's definition tells it; '' where it is not known, which Meta judges
 * @throws InputError for a template that is not for marketing
 */
export function marketingFields(
	{ marketingMessages = 'off', shareActivity }: MarketingOptions,
	category: string,
): IDataObject {
	const choice = choiceIn('Marketing Messages API', marketingMessages, CHOICES);
	if (choice === 'off') return {};
	if (category !== '' && category.toUpperCase() !== 'MARKETING') {
		throw new InputError(
			'Marketing Messages API',
			`'Marketing Messages API' is set, and the template is one for ${category.toLowerCase()}; it takes marketing templates only.`,
			'Remove the option, or choose a marketing template.',
		);
	}
	return {
		product_policy: POLICIES[choice],
		...(typeof shareActivity === 'boolean' && { message_activity_sharing: shareActivity }),
	};
}

/** Whether the body of a request is one for the Marketing Messages API. */
export function isForMarketingApi(body: IDataObject): boolean {
	return body.product_policy !== undefined;
}
