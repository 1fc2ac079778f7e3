import type { IDataObject } from 'n8n-workflow';

import type { PricePoint, TemplatePricePoint } from '../account/costs';
import { isObject } from '../isObject';
import type { TemplateUse } from '../templates/use';

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

/** How many days Meta looks back for templates. */
export const TEMPLATE_DAYS = 90;

/** In epoch seconds. */
export interface Period {
	from: number;
	until: number;
}

/** The API by which templates went out. */
export type Product = 'CLOUD_API' | 'MARKETING_MESSAGES_LITE_API';

/** What is asked of templates (Meta: Template analytics, which has to be turned on for the account). */
export interface TemplateQuestion {
	/** At most {@link MOST_TEMPLATES}. */
	templateIds: string[];
	/** Meta looks back {@link TEMPLATE_DAYS} at most. */
	period: Period;
	product: Product;
}

/** How two templates compare, by their IDs; empty where Meta does not tell. */
export interface Comparison {
	/** By blocks for each message sent. */
	fewestBlocksFirst: string[];
	sent: Record<string, number>;
	/** `NO_SIGN_UP`, `SPAM`, `UNKNOWN_BLOCK_REASON` …: why most people blocked. */
	topBlockReason: Record<string, string>;
}

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

	/** What templates cost that were delivered, day by day, see {@link TemplateQuestion}. */
	async templatePrices(
		businessAccountId: string,
		question: TemplateQuestion,
	): Promise<TemplatePricePoint[]> {
		const points = await this.ofTemplates(businessAccountId, question, ['DELIVERED', 'COST']);
		return points.map(templatePricePointOf);
	}

	/** What became of the messages of templates, day by day, see {@link TemplateQuestion}. */
	async templateUse(businessAccountId: string, question: TemplateQuestion): Promise<TemplateUse[]> {
		const metrics = ['SENT', 'DELIVERED', 'READ', 'CLICKED'];
		return (await this.ofTemplates(businessAccountId, question, metrics)).map(templateUseOf);
	}

	private async ofTemplates(
		businessAccountId: string,
		{ templateIds, period, product }: TemplateQuestion,
		metrics: string[],
	): Promise<IDataObject[]> {
		const points: IDataObject[] = [];
		let after: string | undefined;
		do {
			const answer = await this.call('GET', [businessAccountId, 'template_analytics'], {
				qs: compact({
					start: period.from,
					end: period.until,
					granularity: 'DAILY',
					metric_types: JSON.stringify(metrics),
					template_ids: JSON.stringify(templateIds),
					product_type: product,
					after,
				}),
			});
			const { entries, next } = pageOf(answer, ({ data_points: days }) => asList(days));
			points.push(...entries.flat());
			after = next;
		} while (after);
		return points;
	}

	/**
	 * How two templates of one account compare (Meta: Template comparison). Meta tells it of templates
	 * that were sent at least 1,000 times in the period.
	 *
	 * @param period one of the last 7, 30, 60 or 90 days
	 */
	async compareTemplates(id: string, otherId: string, period: Period): Promise<Comparison> {
		const answer = await this.call('GET', [id, 'compare'], {
			qs: {
				template_ids: JSON.stringify([otherId]),
				start: period.from,
				end: period.until,
			},
		});
		const metric = (name: string) =>
			asList(answer.data).find((entry) => entry.metric === name) ?? {};
		const valuesOf = (list: unknown) =>
			Object.fromEntries(asList(list).map(({ key, value }) => [String(key), value]));
		const order = metric('BLOCK_RATE').order_by_relative_metric;
		return {
			fewestBlocksFirst: Array.isArray(order) ? order.map(String) : [],
			sent: valuesOf(metric('MESSAGE_SENDS').number_values) as Record<string, number>,
			topBlockReason: valuesOf(metric('TOP_BLOCK_REASON').string_values) as Record<string, string>,
		};
	}
}

function templateUseOf(point: IDataObject): TemplateUse {
	const count = (name: string) => (point[name] === undefined ? undefined : Number(point[name]));
	return {
		sent: count('sent'),
		delivered: count('delivered'),
		read: count('read'),
		clicks: asList(point.clicked).map(({ type, button_content: button, count: clicks }) => ({
			button: String(button ?? ''),
			type: String(type ?? ''),
			clicks: Number(clicks ?? 0),
		})),
	};
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
