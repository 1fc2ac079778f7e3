import type { IDataObject } from 'n8n-workflow';

import type { PricePoint } from '../account/costs';
import { isObject } from '../isObject';

import { asList } from './answers';
import { GraphApi } from './graphApi';

/** What Meta reported of a business account's messages. */
export interface PriceReport {
	/** ISO 4217; '' where Meta does not tell. */
	currency: string;
	points: PricePoint[];
}

const DIMENSIONS = ['PRICING_CATEGORY', 'PRICING_TYPE', 'COUNTRY', 'PHONE'];

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
}

function pricePointOf(point: IDataObject): PricePoint {
	const text = (name: string) => String(point[name] ?? '');
	// An account that somebody else pays for is told no costs.
	const cost = point.cost === undefined || point.cost === null ? NaN : Number(point.cost);
	return {
		start: Number(point.start ?? 0),
		end: Number(point.end ?? 0),
		category: text('pricing_category'),
		pricingType: text('pricing_type'),
		country: text('country'),
		businessPhone: text('phone_number').replace(/\D/g, ''),
		messages: Number(point.volume ?? 0),
		...(Number.isFinite(cost) && { cost }),
	};
}
