import { DateTime } from 'luxon';
import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { SPLITS, sumCosts, type CostSum, type Split } from '../../../core/account/costs';
import { isoTime } from '../../../core/events/time';
import { choiceIn } from '../../../core/input/choice';
import { timeIn } from '../../../core/input/time';
import { InputError } from '../../../core/inputError';
import { AnalyticsApi, type PriceReport } from '../../../core/transport/analyticsApi';
import type { Item } from '../../run/item';
import type { Result } from '../operation';

const WHAT = 'what messages cost';

/** How far Meta looks back (Meta: Analytics). */
const YEAR_SECONDS = 366 * 86_400;

const properties: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		default: '',
		description: 'The beginning of the current month when empty. At most a year ago.',
	},
	{
		displayName: 'Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		description: 'Now when empty. Meta counts whole days.',
	},
	{
		displayName: 'Split By',
		name: 'splitBy',
		type: 'multiOptions',
		options: [
			{ name: 'Business Number', value: 'businessPhone' },
			{ name: 'Category', value: 'category', description: 'Marketing, utility, service …' },
			{ name: 'Country', value: 'country', description: 'Of the contacts' },
			{
				name: 'Pricing Type',
				value: 'pricingType',
				description: 'Regular for what is charged; what is not is called free by Meta',
			},
		],
		default: ['category', 'country', 'pricingType'],
		description: 'One item for each combination, the dearest first; one for all when empty',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['getCosts'] } },
	properties,
);

/** Sums what Meta reported, and says what it did not report. */
export async function execute(item: Item): Promise<Result[]> {
	const { session } = item;
	const period = periodOf(item);
	const splits = splitsOf(item.parameter('splitBy', []));
	const { businessAccountId } = await session.meta(WHAT);
	const api = await session.part(AnalyticsApi, WHAT);
	const report = await api.prices(businessAccountId, period.from, period.until);
	tellWhatIsMissing(item, report);
	const { currency } = report;
	const times = { from: isoTime(period.from), until: isoTime(period.until) };
	return sumCosts(report.points, splits).map((sum) => ({
		json: { ...viewOf(sum), currency, ...times },
	}));
}

/** A sum as items show it: no cost is not the cost 0. */
function viewOf({ businessPhone, cost, messages, messagesWithoutCost, ...rest }: CostSum) {
	return {
		...rest,
		...(businessPhone !== undefined && { businessPhone: businessPhone && `+${businessPhone}` }),
		messages,
		cost: cost ?? null,
		messagesWithoutCost,
	};
}

function splitsOf(value: unknown): Split[] {
	const chosen = [value].flat().filter((one) => one !== '');
	return chosen.map((one) => choiceIn('Split By', one, SPLITS));
}

/** @throws InputError for what is no time, for an end before the beginning, and for what is too old */
function periodOf({ session, timeZone, parameter }: Item): { from: number; until: number } {
	const now = session.now();
	const time = (field: string, name: string) =>
		timeIn({ field, value: parameter(name, ''), timeZone });
	const month = DateTime.fromSeconds(now, { zone: timeZone }).startOf('month').toSeconds();
	const from = time('From', 'from') ?? month;
	const until = Math.min(time('Until', 'until') ?? now, now);
	if (from >= until) {
		throw new InputError(
			'From',
			"'From' does not lie before 'Until' and before now.",
			'Give a period that has begun.',
		);
	}
	if (from < now - YEAR_SECONDS) {
		throw new InputError(
			'From',
			"'From' lies more than a year back, and Meta tells costs of the last year only.",
			'Give a later time.',
		);
	}
	return { from, until };
}

function tellWhatIsMissing({ session }: Item, { points, currency }: PriceReport): void {
	if (points.length === 0) {
		session.hint(
			'Meta reported no delivered messages for this period. It counts messages some time after they were delivered.',
		);
	}
	const without = points.filter(({ cost }) => cost === undefined);
	const count = without.reduce((sum, { messages }) => sum + messages, 0);
	if (count > 0) {
		session.hint(
			`Meta reported no cost for ${count} of the messages, as for accounts that a provider pays for: they are not in the sums.`,
		);
	}
	if (currency === '') session.hint('Meta did not tell the currency of the account.');
}
