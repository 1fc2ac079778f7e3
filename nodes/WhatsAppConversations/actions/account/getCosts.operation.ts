import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { SPLITS, sumCosts, type CostSum, type Split } from '../../../core/account/costs';
import { isoTime } from '../../../core/events/time';
import { choiceIn } from '../../../core/input/choice';
import { AnalyticsApi, TEMPLATE_DAYS } from '../../../core/transport/analyticsApi';
import { periodProperties } from '../../descriptions/period';
import { periodOf } from '../../input/period';
import type { Item } from '../../run/item';
import { templateCosts } from '../../templates/costs';
import type { Result } from '../operation';

const WHAT = 'what messages cost';

/** What is asked for, with how many days Meta looks back (Meta: Analytics). */
const KINDS = { messages: 366, templates: TEMPLATE_DAYS } as const;

const properties: INodeProperties[] = [
	{
		displayName: 'Costs Of',
		name: 'costsOf',
		type: 'options',
		options: [
			{
				name: 'All Messages',
				value: 'messages',
				description: 'By category, country, pricing type or number, of the last year',
			},
			{
				name: 'Templates',
				value: 'templates',
				description:
					'One item for each template that was delivered in the last 90 days; the template analytics of the account must be turned on at Meta',
			},
		],
		default: 'messages',
	},
	...periodProperties,
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
		displayOptions: { show: { costsOf: ['messages'] } },
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['account'], operation: ['getCosts'] } },
	properties,
);

/** Sums what Meta reported, and says what it did not report. */
export async function execute(item: Item): Promise<Result[]> {
	const { session } = item;
	const kind = choiceIn('Costs Of', item.parameter('costsOf', 'messages'), [
		'messages',
		'templates',
	] as const);
	const period = periodOf(item, KINDS[kind]);
	const splits = kind === 'messages' ? splitsOf(item.parameter('splitBy', [])) : [];
	const cloud = await session.meta(WHAT);
	const api = await session.part(AnalyticsApi, WHAT);
	const times = { from: isoTime(period.from), until: isoTime(period.until) };
	if (kind === 'templates') {
		const currency = await api.currency(cloud.businessAccountId);
		const sums = await templateCosts(item, { cloud, api, period });
		tellWhatIsMissing(item, sums, currency);
		return sums.map((sum) => ({ json: { ...viewOf(sum), currency, ...times } }));
	}
	const report = await api.prices(cloud.businessAccountId, period.from, period.until);
	const { currency } = report;
	const sums = sumCosts(report.points, splits);
	tellWhatIsMissing(item, sums, currency);
	return sums.map(({ businessPhone, ...sum }) => ({
		json: {
			...(businessPhone !== undefined && { businessPhone: businessPhone && `+${businessPhone}` }),
			...viewOf(sum),
			currency,
			...times,
		},
	}));
}

/** A sum as items show it: no cost is not the cost 0. */
function viewOf<Sum extends CostSum<never>>({
	cost,
	messages,
	messagesWithoutCost,
	...names
}: Sum) {
	return { ...names, messages, cost: cost ?? null, messagesWithoutCost };
}

function splitsOf(value: unknown): Split[] {
	const chosen = [value].flat().filter((one) => one !== '');
	return chosen.map((one) => choiceIn('Split By', one, SPLITS));
}

function tellWhatIsMissing({ session }: Item, sums: Array<CostSum<never>>, currency: string): void {
	const sumOf = (name: 'messages' | 'messagesWithoutCost') =>
		sums.reduce((total, sum) => total + sum[name], 0);
	if (sumOf('messages') === 0) {
		session.hint(
			'Meta reported no delivered messages for this period. It counts messages some time after they were delivered.',
		);
	}
	if (sumOf('messagesWithoutCost') > 0) {
		session.hint(
			`Meta reported no cost for ${sumOf('messagesWithoutCost')} of the messages, as for accounts that a provider pays for: they are not in the sums.`,
		);
	}
	if (currency === '') session.hint('Meta did not tell the currency of the account.');
}
