import { sumCosts, type CostSum, type TemplatePricePoint } from '../../core/account/costs';
import { MOST_TEMPLATES, type AnalyticsApi, type Period } from '../../core/transport/analyticsApi';
import type { CloudApi } from '../../core/transport/cloudApi';
import { untilEnough } from '../input/list';
import type { Item } from '../run/item';

import { ofBothApis } from './bothApis';

interface Question {
	cloud: CloudApi;
	api: AnalyticsApi;
	period: Period;
}

export type TemplateCost = CostSum<'template' | 'language' | 'category'>;

/** What the templates of the account cost that were delivered, by whichever of Meta's APIs. */
export async function templateCosts(item: Item, question: Question): Promise<TemplateCost[]> {
	const { cloud, api, period } = question;
	const templates = await untilEnough(
		async (after) => await cloud.listTemplates({ after }),
		Infinity,
	);
	const known = new Map(templates.map((template) => [template.id, template]));
	const ids = [...known.keys()];
	const points: TemplatePricePoint[] = [];
	for (let i = 0; i < ids.length; i += MOST_TEMPLATES) {
		const templateIds = ids.slice(i, i + MOST_TEMPLATES);
		points.push(
			...(await ofBothApis(
				item,
				async (product) =>
					await api.templatePrices(cloud.businessAccountId, { templateIds, period, product }),
			)),
		);
	}
	return sumCosts(
		points.filter(({ messages, cost }) => messages > 0 || cost !== undefined),
		['templateId'],
	).map(({ templateId, ...sum }) => {
		const { name = '', language = '', category = '' } = known.get(String(templateId)) ?? {};
		return { template: name, language, category, ...sum };
	});
}
