import { sumCosts, type CostSum, type TemplatePricePoint } from '../../core/account/costs';
import { MOST_TEMPLATES, type AnalyticsApi } from '../../core/transport/analyticsApi';
import type { CloudApi } from '../../core/transport/cloudApi';
import { ProviderRefusal } from '../../core/transport/providerRefusal';
import { untilEnough } from '../input/list';
import type { Item } from '../run/item';

interface Question {
	cloud: CloudApi;
	api: AnalyticsApi;
	/** Epoch seconds. */
	period: { from: number; until: number };
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
		const some = ids.slice(i, i + MOST_TEMPLATES);
		const ask = async (product: 'CLOUD_API' | 'MARKETING_MESSAGES_LITE_API') =>
			await api.templatePrices(cloud.businessAccountId, some, period, product);
		points.push(...(await ask('CLOUD_API')));
		points.push(
			...(await ask('MARKETING_MESSAGES_LITE_API').catch((error: unknown) => {
				if (!(error instanceof ProviderRefusal)) throw error;
				item.session.hint(
					`What went out by the Marketing Messages API is not among these: ${error.message}`,
				);
				return [];
			})),
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
