import type { IDataObject } from 'n8n-workflow';

import type { PricePoint, TemplatePricePoint } from '../account/costs';
import { isObject } from '../isObject';

import { asList, compact, pageOf } from './answers';
import { GraphApi } from './graphApi';

/** What Meta reported of a business account's messages. */
export interface PriceReport {
	/** ISO 4217; '' where Meta does not tell. */
	currency: string;
	points: PricePoint[];
}

const DIMENSIONS = ['PRICING_CATEGORY', 'PRICING_TYPE', 'COUNTRY', 'PHONE'];

/** About how many templates Meta tells at once. */
export const MOST_TEMPLATES = 10;

/** Meta's figures about a business account (Meta: Analytics). */
export class AnalyticsApi extends GraphApi {
	/**
	 * What delivered messages cost, day by day (Meta: Pricing analytics).
	 *
	 * @param from epoch seconds, as `until`; Meta looks back one year at most
	 */
	async prices(businessAccountId: string, from: number, until: number): Promise<PriceReport> {
		const query = [
			`start(${from})`,
			`end(${until})`,
			'granularity(DAILY)',
			'metric_types(["COST","VOLUME"])',
			`dimensions(${JSON.stringify(DIMENSIONS)})`,
		];
		const answer = await this.call('GET', [businessAccountId], {
			qs: { fields: `currency,pricing_analytics.${query.join('.')}` },
		});
		const analytics = isObject(answer.pricing_analytics) ? answer.pricing_analytics : {};
		return {
			currency: String(answer.currency ?? ''),
			points: asList(analytics.data)
				.flatMap(({ data_points: points }) => asList(points))
				.map(pricePointOf),
		};
	}

	/** ISO 4217; '' where Meta does not tell. */
	async currency(businessAccountId: string): Promise<string> {
		const fields = 'currency';
		const answer = await this.call('GET', [businessAccountId], { qs: { fields } });
		return String(answer.currency ?? '');
	}

	/**
	 * What templates cost that were delivered, day by day (Meta: Template analytics, which has to be
	 * turned on for the account).
	 *
	 * @param templateIds at most {@link MOST_TEMPLATES}
	 * @param period in epoch seconds; Meta looks back 90 days at most
	 * @param product the API by which they went out
	 */
	async templatePrices(
		businessAccountId: string,
		templateIds: string[],
		{ from, until }: { from: number; until: number },
		product: 'CLOUD_API' | 'MARKETING_MESSAGES_LITE_API',
	): Promise<TemplatePricePoint[]> {
		const points: TemplatePricePoint[] = [];
		let after: string | undefined;
		do {
			const answer = await this.call('GET', [businessAccountId, 'template_analytics'], {
				qs: compact({
					start: from,
					end: until,
					granularity: 'DAILY',
					metric_types: JSON.stringify(['DELIVERED', 'COST']),
					template_ids: JSON.stringify(templateIds),
					product_type: product,
					after,
				}),
			});
			const { entries, next } = pageOf(answer, ({ data_points: days }) => asList(days));
			points.push(...entries.flat().map(templatePricePointOf));
			after = next;
		} while (after);
		return points;
	}
}

function templatePricePointOf(point: IDataObject): TemplatePricePoint {
	const spent = asList(point.cost).find(({ type }) => type === 'amount_spent');
	return {
		templateId: String(point.template_id ?? ''),
		messages: Number(point.delivered ?? 0),
		...costOf(spent?.value),
	};
}

function pricePointOf(point: IDataObject): PricePoint {
	const text = (name: string) => String(point[name] ?? '');
	return {
		category: text('pricing_category'),
		pricingType: text('pricing_type'),
		country: text('country'),
		businessPhone: text('phone_number').replace(/\D/g, ''),
		messages: Number(point.volume ?? 0),
		...costOf(point.cost),
	};
}

/** An account that somebody else pays for is told no costs. */
function costOf(value: unknown): { cost?: number } {
	const cost = value === undefined || value === null ? NaN : Number(value);
	return Number.isFinite(cost) ? { cost } : {};
}
