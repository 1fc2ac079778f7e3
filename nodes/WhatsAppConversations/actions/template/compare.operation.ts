import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { choiceIn } from '../../../core/input/choice';
import { InputError } from '../../../core/inputError';
import { AnalyticsApi } from '../../../core/transport/analyticsApi';
import { anyTemplateProperty, otherTemplateProperty } from '../../descriptions/template';
import type { Item } from '../../run/item';
import { storedTemplate } from '../../templates/stored';
import { templateSummary } from '../../views/templateView';
import type { Result } from '../operation';

const WHAT = 'the comparison of templates';

const DAY_SECONDS = 86_400;

/** After both that have a rank. */
const LAST = 3;

/** The periods that Meta compares (Meta: Template comparison). */
const DAYS = ['7', '30', '60', '90'] as const;

const properties: INodeProperties[] = [
	anyTemplateProperty,
	otherTemplateProperty,
	{
		displayName: 'Period',
		name: 'days',
		type: 'options',
		options: DAYS.map((days) => ({ name: `Last ${days} Days`, value: days })),
		default: '30',
		description: 'Meta compares templates that were sent at least 1,000 times in it',
	},
];

export const description = updateDisplayOptions(
	{ show: { resource: ['template'], operation: ['compare'] } },
	properties,
);

/** One item for each of the two, the one that is blocked less often first. */
export async function execute(item: Item): Promise<Result[]> {
	const { session } = item;
	const days = Number(choiceIn('Period', String(item.parameter('days', '30')), DAYS));
	await session.meta(WHAT);
	const both = [
		await storedTemplate(item),
		await storedTemplate(item, 'compareWith', 'Compare With'),
	];
	const [{ id }, { id: otherId }] = both;
	if (id === otherId) {
		throw new InputError(
			'Compare With',
			"'Compare With' and 'Template' name the same template.",
			'Choose another one.',
		);
	}
	const api = await session.part(AnalyticsApi, WHAT);
	const until = session.now();
	const period = { from: until - days * DAY_SECONDS, until };
	const { fewestBlocksFirst, sent, topBlockReason } = await api.compareTemplates(
		id,
		otherId,
		period,
	);
	const rankOf = (one: { id: string }) => fewestBlocksFirst.indexOf(one.id) + 1 || null;
	return both
		.sort((a, b) => (rankOf(a) ?? LAST) - (rankOf(b) ?? LAST))
		.map((definition) => ({
			json: {
				...templateSummary(definition),
				blockRank: rankOf(definition),
				sent: sent[definition.id] ?? null,
				topBlockReason: topBlockReason[definition.id] ?? '',
				days,
			},
		}));
}
