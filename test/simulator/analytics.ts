import { invalidParameter } from './errors';
import type { Json, SentMessage } from './types';
import type { World } from './world';

const DAY = 86_400;

/** Some of the calling codes, the longest first. */
const COUNTRIES: Array<[code: string, country: string]> = [
	['49', 'DE'],
	['55', 'BR'],
	['91', 'IN'],
	['1', 'US'],
];

/**
 * What `fields=pricing_analytics.start(…).end(…)…` of an account shows (Meta: Pricing analytics): the
 * delivered messages of each day of UTC; `undefined` where it was not asked for.
 */
export function pricingAnalytics(
	world: World,
	accountId: string,
	fields: unknown,
): Json | undefined {
	const asked = /(?:^|,)pricing_analytics((?:\.\w+\([^()]*\))*)/.exec(String(fields))?.[1];
	if (asked === undefined) return undefined;
	const filter = (name: string) => new RegExp(`\\.${name}\\(([^()]*)\\)`).exec(asked)?.[1];
	const [start, end] = [Number(filter('start')), Number(filter('end'))];
	if (!start || !end || filter('granularity') !== 'DAILY') {
		throw invalidParameter('The parameters start, end and granularity are required.');
	}
	const dimensions = JSON.parse(filter('dimensions') ?? '[]') as string[];
	const points = new Map<string, Json & { volume: number; cost?: number }>();
	for (const message of world.sent) {
		const number = world.number(message.businessNumberId);
		const delivered = message.statuses.find(({ status }) => status === 'delivered');
		const at = (delivered?.at ?? 0) / 1000;
		if (number.businessAccountId !== accountId || at < start || at >= end) continue;
		const day = Math.floor(at / DAY) * DAY;
		const about = { ...aboutOf(message), PHONE: ['phone_number', number.phone] };
		const shown = Object.entries(about).filter(([name]) => dimensions.includes(name));
		const node = { start: day, end: day + DAY, ...Object.fromEntries(shown.map(([, one]) => one)) };
		const point = points.get(JSON.stringify(node)) ?? { ...node, volume: 0 };
		point.volume++;
		const rate = world.pricing.rates?.[String(message.pricing?.category)];
		if (rate !== undefined) {
			point.cost = (point.cost ?? 0) + (message.pricing?.billable ? rate : 0);
		}
		points.set(JSON.stringify(node), point);
	}
	return { data: [{ data_points: [...points.values()] }] };
}

/** `GET /{account}/template_analytics` (Meta: Template analytics). */
export function templateAnalytics(world: World, query: Json): Json {
	const ids = JSON.parse(String(query.template_ids ?? '[]')) as string[];
	const [start, end] = [Number(query.start), Number(query.end)];
	if (!start || !end || query.granularity !== 'DAILY' || ids.length === 0 || ids.length > 10) {
		throw invalidParameter('The parameters start, end, granularity and template_ids are required.');
	}
	const product = query.product_type ?? 'CLOUD_API';
	const way = product === 'CLOUD_API' ? 'messages' : 'marketing_messages';
	const metrics = JSON.parse(String(query.metric_types ?? '[]')) as string[];
	const isIn = (at = 0) => at / 1000 >= start && at / 1000 < end;
	const points = ids.flatMap((id) => {
		const { name } = world.templates.byId.get(id) ?? {};
		const messages = world.sent.filter(
			({ body, way: by }) => (body.template as Json | undefined)?.name === name && by === way,
		);
		if (messages.length === 0) return [];
		const those = (wanted: string) =>
			messages.filter(({ statuses }) => {
				const found = statuses.find(({ status }) => status === wanted);
				return found !== undefined && isIn(found.at);
			});
		const delivered = those('delivered');
		const rate = world.pricing.rates?.[String(delivered[0]?.pricing?.category)];
		const all: Json = {
			sent: those('sent').length,
			delivered: delivered.length,
			read: those('read').length,
			clicked: clicksOn(world, messages),
			cost: rate === undefined ? [] : [{ type: 'amount_spent', value: rate * delivered.length }],
		};
		const shown = Object.entries(all).filter(
			([metric]) => metrics.length === 0 || metrics.includes(metric.toUpperCase()),
		);
		return [{ template_id: id, start, end, ...Object.fromEntries(shown) }];
	});
	return { data: [{ granularity: 'DAILY', product_type: product, data_points: points }] };
}

/** Taps on the quick replies of these messages. */
function clicksOn(world: World, messages: SentMessage[]): Json[] {
	const ids = messages.map(({ id }) => id);
	const taps = world.inbound
		.filter(({ message }) => ids.includes(String((message.context as Json | undefined)?.id)))
		.flatMap(({ message }) => (message.button as Json | undefined)?.text ?? []);
	return [...new Set(taps)].map((text) => ({
		type: 'quick_reply_button',
		button_content: text,
		count: taps.filter((other) => other === text).length,
	}));
}

const COMPARED_DAYS = [7, 30, 60, 90];

/**
 * `GET /{template}/compare` (Meta: Template comparison). Of people who block, the simulator knows
 * whether, not why.
 */
export function compareTemplates(world: World, id: string, query: Json): Json {
	const ids = [id, ...(JSON.parse(String(query.template_ids ?? '[]')) as unknown[]).map(String)];
	const [start, end] = [Number(query.start), Number(query.end)];
	if (ids.length !== 2 || !ids.every((one) => world.templates.byId.has(one))) {
		throw invalidParameter('Two templates are compared.');
	}
	const now = Math.floor(world.now() / 1000);
	if (end > now || !COMPARED_DAYS.includes((end - start) / DAY)) {
		throw invalidParameter('The period is not one of the last 7, 30, 60 and 90 days.');
	}
	const sends = ids.map((one) => {
		const { name } = world.templates.byId.get(one)!;
		const value = world.sent.filter(
			({ body, at }) =>
				(body.template as Json | undefined)?.name === name &&
				at / 1000 >= start &&
				at / 1000 <= end,
		).length;
		return { key: one, value };
	});
	if (sends.some(({ value }) => value < world.settings.leastCompared)) {
		throw invalidParameter('Templates are compared that were sent at least 1,000 times.');
	}
	const blocks = (one: string) => Number(world.templates.byId.get(one)?.blocks ?? 0);
	return {
		data: [
			{
				metric: 'BLOCK_RATE',
				type: 'RELATIVE',
				order_by_relative_metric: [...ids].sort((a, b) => blocks(a) - blocks(b)),
			},
			{ metric: 'MESSAGE_SENDS', type: 'NUMBER_VALUES', number_values: sends },
			{
				metric: 'TOP_BLOCK_REASON',
				type: 'STRING_VALUES',
				string_values: ids.map((key) => ({ key, value: 'UNKNOWN_BLOCK_REASON' })),
			},
		],
	};
}

/** Each dimension with its property and value. */
function aboutOf({ to, pricing = {} }: SentMessage): Record<string, [string, string]> {
	const country = COUNTRIES.find(([code]) => to.phone?.startsWith(code))?.[1] ?? 'OTHER';
	return {
		PRICING_CATEGORY: ['pricing_category', String(pricing.category).toUpperCase()],
		PRICING_TYPE: ['pricing_type', String(pricing.type).toUpperCase()],
		COUNTRY: ['country', country],
	};
}
